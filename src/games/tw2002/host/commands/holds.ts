/** J: throwing the cargo overboard. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function jettison(session: Session, then: Then): void {
  then(session);
}
