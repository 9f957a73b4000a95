/** L: landing on a planet. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function land(session: Session, then: Then): void {
  then(session);
}
