/** F and G: fighters left in a sector. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function dropFighters(session: Session, then: Then): void {
  then(session);
}

export function deployedFighters(session: Session, then: Then): void {
  then(session);
}
