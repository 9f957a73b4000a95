/** Mail for those who are not there. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function mailbox(session: Session, then: Then): void {
  then(session);
}
