/** S at the StarDock's port menu: landing there. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function landOnStarDock(session: Session, then: Then): void {
  then(session);
}
