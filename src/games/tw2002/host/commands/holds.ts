/** J: throwing the cargo overboard. */
import { products } from "../../rules/ports.ts";
import { inFedSpace, note } from "../galaxy.ts";
import { askYesNo, player, type Session, type Then } from "../session.ts";
import { commas } from "../text/figures.ts";
import type { Ship } from "../things.ts";
import { align } from "./rewards.ts";
import { emptyHolds } from "../ships.ts";

/** What is in the holds, in the order of the screens; colonists last, which no recording shows here. */
const loads = ({ cargo, colonists }: Ship): readonly (readonly [what: string, holds: number])[] =>
  [
    ...products.map((product) => [product, cargo[product]] as const),
    ["Colonists", colonists] as const,
  ].filter(([, holds]) => holds > 0);

export function jettison(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~=<Jettison Cargo>\n\n`;
  if (inFedSpace(galaxy, trader.sector)) {
    paper.put`~gThe Federation does not allow cargo dumping in FedSpace (No Littering!).\n`;
    return then(session);
  }
  if (emptyHolds(trader.ship) === trader.ship.holds) {
    // Not recorded: these words are ours.
    paper.put`~gYou have no cargo to jettison.\n`;
    return then(session);
  }
  paper.line();
  for (const [what, holds] of loads(trader.ship)) paper.put`~g ${what}~Y=~C${holds}\n`;
  paper.put`\n~mAre you sure you want to jettison all cargo? (Y/N) `;
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
  for (const [what, holds] of loads(ship)) paper.put`~Y${holds}~g holds of ${what} jettisoned.\n`;
  for (const product of products) ship.cargo[product] = 0;
  ship.colonists = 0;
  note(galaxy, "trader", trader);
  if (people === 0) return;
  align(session, -people);
  paper.put`~gFor sending colonists into the void your alignment went down by ~Y${commas(people)}~g point(s).\n`;
}
