/** H and K: mines laid in a sector. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function mineControl(session: Session, then: Then): void {
  then(session);
}

export function mineScan(session: Session, then: Then): void {
  then(session);
}
