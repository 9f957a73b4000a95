/** The toggles of the computer's settings that have keys of their own. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function silence(session: Session, then: Then): void {
  then(session);
}

export function pauses(session: Session, then: Then): void {
  then(session);
}

export function autoFlee(session: Session, then: Then): void {
  then(session);
}
