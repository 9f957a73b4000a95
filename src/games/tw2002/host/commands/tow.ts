/** W: a tractor beam; B: an interdictor. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function tow(session: Session, then: Then): void {
  then(session);
}

export function interdict(session: Session, then: Then): void {
  then(session);
}
