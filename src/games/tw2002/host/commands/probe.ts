/** E: an ether probe. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function etherProbe(session: Session, then: Then): void {
  then(session);
}
