/** T: corporations. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function corporateMenu(session: Session, then: Then): void {
  then(session);
}
