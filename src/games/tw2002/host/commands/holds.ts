/** J: throwing the cargo overboard. */
import { products } from "../../rules/ports.ts";
import { emptyHolds, inFedSpace, note } from "../galaxy.ts";
import { askYesNo, player, type Session } from "../session.ts";
import { commas } from "../text/figures.ts";
import { align } from "./rewards.ts";

type Then = (session: Session) => void;

/** Only the refusal in FedSpace is recorded; the question is the one that scripts wait for, the rest is in our words. */
export function jettison(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~=<Jettison Cargo>\n\n`;
  if (inFedSpace(galaxy, trader.sector)) {
    paper.put`~gThe Federation does not allow cargo dumping in FedSpace (No Littering!).\n`;
    return then(session);
  }
  if (emptyHolds(trader.ship) === trader.ship.holds) {
    paper.put`~gYou have no cargo to jettison.\n`;
    return then(session);
  }
  paper.put`~mAre you sure you want to jettison all cargo? ~Y(Y/N) `;
  askYesNo(session, false, (asked, yes) => {
    if (yes && !inFedSpace(galaxy, trader.sector)) dump(asked);
    then(asked);
  });
}

/** Empties the holds. Each hold of colonists weighs on the conscience as a point of alignment: our choice. */
function dump(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  const { ship } = trader;
  const people = ship.colonists;
  for (const product of products) ship.cargo[product] = 0;
  ship.colonists = 0;
  note(galaxy, "trader", trader);
  paper.put`~gCargo jettisoned, you have ~Y${ship.holds}~g empty cargo holds.\n`;
  if (people === 0) return;
  align(session, -people);
  paper.put`~gFor sending colonists into the void your alignment went down by ~Y${commas(people)}~g point(s).\n`;
}
