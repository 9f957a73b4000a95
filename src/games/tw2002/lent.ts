/** The ship in other hands: what they do to it is seen as ever, and is no deed, no plan and no evidence of the bot's own. */
import { newVisit } from "./docks.ts";
import type { World } from "./world.ts";

/** They have it from here on. The answer puts right what only the bot's own doing may change, and leaves nothing planned or taken for granted. */
export function lent(world: World): () => void {
  const { trades, tradeAttempts, unheard } = world;
  const { deals, offers, lost } = world.haggled;
  const { shops, bank } = world.market.vain;
  const { refusals, wrongPasswords, namesRefused } = world.door;

  return () => {
    world.trades = trades;
    world.tradeAttempts = tradeAttempts;
    Object.assign(world.haggled, { deals, offers, lost });
    Object.assign(world.market.vain, { shops, bank });
    Object.assign(world.door, { refusals, wrongPasswords, namesRefused });
    world.unheard = unheard;
    // Read anew at home, before anything is chosen.
    world.informed = false;
    world.visit = newVisit();
    world.bargain = undefined;
    world.upTo = undefined;
    world.heading = 0;
  };
}
