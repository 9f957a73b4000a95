/** U: the door that is on no list. What lies behind it is not recorded, so it stays closed. */
import type { Session, Then } from "../../session.ts";
import { closedDoor } from "../../text/stardock/tavern.ts";

export function underground(session: Session, then: Then): void {
  closedDoor(session.paper);
  then(session);
}
