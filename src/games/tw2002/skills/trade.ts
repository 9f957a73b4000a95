/**
 * A call at a port: sell what it buys, buy what we came for, leave the rest.
 *
 *     Command [TL=00:00:00]:[744] (?=Help)? : P
 *     Enter your choice [T] ? T
 *     How many holds of Equipment do you want to buy [18]? 10
 *     Your offer [653] ? 600
 */
import type { Skill } from "../../../player/game.ts";
import { type Bidder, bidFor, firstBid, partingBid } from "../bidding.ts";
import type { Bargain } from "../bargain.ts";
import type { Intent } from "../intents.ts";
import { dearestAt, pointWorth } from "../prices.ts";
import type { Prompt } from "../prompts.ts";
import { basePrice, products } from "../rules/ports.ts";
import { openBargain } from "../trading.ts";
import { toSpend, type World } from "../world.ts";
import { answersAhead } from "./asked.ts";

type TradeIntent = Extract<Intent, { type: "trade" }>;

export const trade: Skill<World, Prompt, TradeIntent> = {
  // At the command prompt, where there is no port after all, T opens the corporation's menu, which we leave.
  start: ({ world, intent }) => ({
    keys: "P",
    ahead: [{ at: "portMenu", keys: "T" }, ...answersAhead(world, intent)],
  }),
  answers: {
    portMenu: () => ({ keys: "T" }),
    quantity({ world, prompt, intent }) {
      const units = unitsFor(world, prompt, intent);
      if (units === 0) return { keys: "0\r", ahead: answersAhead(world, intent, prompt) };
      const bargain = openBargain(world, prompt.product, prompt.side, units);
      const bid = bargain && firstBid(bargain, bidderOf(world));
      // A number that stands in full at its question is followed by the port's offer and by nothing else.
      return { keys: `${units}\r`, ahead: bid === undefined ? [] : [{ at: "offer", keys: `${bid}\r` }] };
    },
    offer({ world, prompt, intent }) {
      const { bargain } = world;
      // Without the talk that led here there is nothing to reckon with: the port's own price is always taken.
      if (!bargain || bargain.rounds.at(-1)?.offer !== prompt.credits) return { keys: "\r" };
      if (isUnwanted(bargain, intent)) return { keys: `${partingBid(bargain)}\r` };
      return { keys: `${bidFor(bargain, bidderOf(world))}\r` };
    },
  },
};

/** An Enter that was typed ahead has taken what another product was meant to be. */
function isUnwanted({ product, side, units }: Bargain, { sell, buy }: TradeIntent): boolean {
  return units > (side === "buying" ? sell : buy)[products.indexOf(product)]!;
}

/** We as a port meets us. */
export const bidderOf = (world: Readonly<World>): Bidder => ({
  haggle: world.haggle,
  credits: toSpend(world),
  pointWorth: pointWorth(world),
  patience: world.patience,
});

/** Of what the port buys, what we came to sell; of what it sells, what we came for and can surely pay. */
function unitsFor(
  world: Readonly<World>,
  { product, side, most }: Extract<Prompt, { type: "quantity" }>,
  intent: TradeIntent,
): number {
  const index = products.indexOf(product);
  if (side === "buying") return Math.min(most, intent.sell[index]!);
  if (intent.buy[index] === 0) return 0;
  const port = world.ports.get(world.sector);
  const price = port ? dearestAt(world, port, product) : basePrice[product];
  return Math.max(0, Math.min(most, intent.buy[index]!, Math.floor(toSpend(world) / price)));
}
