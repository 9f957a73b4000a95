/** O: building a port, or building one up. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function buildPort(session: Session, then: Then): void {
  then(session);
}
