/** U: a Genesis torpedo makes a planet. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function genesis(session: Session, then: Then): void {
  then(session);
}
