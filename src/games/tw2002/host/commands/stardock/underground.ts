/** U: the door that is on no list. What lies behind it is not recorded, so it stays closed. */
import type { Session } from "../../session.ts";
import { closedDoor } from "../../text/stardock-tavern.ts";
import type { Then } from "./counter.ts";

export function underground(session: Session, then: Then): void {
  closedDoor(session.paper);
  then(session);
}
