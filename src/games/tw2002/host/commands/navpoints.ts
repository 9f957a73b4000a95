/** N and Y: navigation points. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function setCourse(session: Session, then: Then): void {
  then(session);
}

export function setNavPoints(session: Session, then: Then): void {
  then(session);
}
