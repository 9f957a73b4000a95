/**
 * A call at a port: sell what it buys, buy what we came for, leave the rest.
 *
 *     Command [TL=00:00:00]:[744] (?=Help)? : P
 *     Enter your choice [T] ? T
 *     How many holds of Equipment do you want to buy [18]? 10
 *     Your offer [653] ? 600
 */
import type { Skill } from "../../../player/game.ts";
import { bidFor } from "../bargain.ts";
import type { Intent } from "../intents.ts";
import { dearestAt } from "../prices.ts";
import type { Prompt } from "../prompts.ts";
import { basePrice } from "../rules/ports.ts";
import type { World } from "../world.ts";

type TradeIntent = Extract<Intent, { type: "trade" }>;

export const trade: Skill<World, Prompt, TradeIntent> = {
  start: () => ({ keys: "P" }),
  answers: {
    portMenu: () => ({ keys: "T" }),
    quantity: ({ world, prompt, intent }) => ({ keys: `${unitsFor(world, prompt, intent)}\r` }),
    offer({ world, prompt }) {
      const { bargain } = world;
      // Without the talk that led here there is nothing to reckon with: the port's own price is always taken.
      if (!bargain || bargain.rounds.at(-1)?.offer !== prompt.credits) return { keys: "\r" };
      return { keys: `${bidFor(bargain, toSpend(world))}\r` };
    },
  },
};

const toSpend = ({ credits, self }: Readonly<World>) => Math.max(0, credits - self.reserveCredits);

/** All that the port buys; of what it sells, what we came for and can surely pay. */
function unitsFor(
  world: Readonly<World>,
  { product, side, most }: Extract<Prompt, { type: "quantity" }>,
  intent: TradeIntent,
): number {
  if (side === "buying") return intent.sell ? most : 0;
  if (product !== intent.buy) return 0;
  const port = world.ports.get(world.sector);
  const price = port ? dearestAt(world, port, product) : basePrice[product];
  return Math.max(0, Math.min(most, intent.units, Math.floor(toSpend(world) / price)));
}
