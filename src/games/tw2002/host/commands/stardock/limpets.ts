/**
 * Other people's limpets on a hull: Federation docks take them off. Not recorded but for the end of the question; our
 * words.
 */
import { note } from "../../galaxy.ts";
import { askYesNo, player, type Session, type Then } from "../../session.ts";
import { commas } from "../../text/figures.ts";
import { pay } from "../pay.ts";

/** Asks whoever has a limpet aboard; nobody else notices anything. */
export function offerCleaning(session: Session, then: Then): void {
  const { trader, settings, paper } = player(session);
  if (trader.ship.limpeted.length === 0) return then(session);
  const price = settings.prices.limpetRemoval;
  paper.put`~RA dock worker has found a Limpet mine on your hull!
~gWe can take it off for ~Y${commas(price)}~g credits.
~mDo you want to pay for its removal? : (Y/N) `;
  askYesNo(session, false, (asked, yes) => {
    const { galaxy, trader: owner } = player(asked);
    if (yes && owner.ship.limpeted.length > 0 && pay(asked, price)) {
      owner.ship.limpeted = [];
      note(galaxy, "trader", owner);
      asked.paper.put`~gYour hull is clean again.\n`;
    }
    asked.paper.line();
    then(asked);
  });
}
