/** A: attacking another ship. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function attack(session: Session, then: Then): void {
  then(session);
}
