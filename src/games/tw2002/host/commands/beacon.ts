/** R: a marker beacon. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function beacon(session: Session, then: Then): void {
  then(session);
}
