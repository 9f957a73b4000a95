/** X: to another ship of one's own. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function transporter(session: Session, then: Then): void {
  then(session);
}
