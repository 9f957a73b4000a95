/** S: the long range scanners. */
import type { Session } from "../session.ts";

type Then = (session: Session) => void;

export function scan(session: Session, then: Then): void {
  session.paper.put`\n~=Long Range Scan\n~gYou don't have a long range scanner.\n`;
  then(session);
}
