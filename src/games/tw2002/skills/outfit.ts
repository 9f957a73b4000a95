/**
 * Holds, fighters and shields, as class 0 ports and the yards sell them.
 *
 *     Which item do you wish to buy? (A,B,C,Q,?) A
 *     How many Cargo Holds do you want installed? 20
 *     The cost for 20 more holds is 14,820 credits.
 *     Are you still interested in buying them? Yes
 *
 * Each item is asked for once a visit, for as many as are lacking, fit and can be paid; a price that is not what its quote
 * promised is declined.
 */
import type { Answer, Skill } from "../../../player/game.ts";
import { type Outfit, type OutfitItem, outfitItems } from "../docks.ts";
import type { Prompt } from "../prompts.ts";
import { holdsPrice } from "../rules/equipment.ts";
import type { World } from "../world.ts";

/** What is wanted, and the credits that are not to be touched. */
export interface Wish {
  readonly outfit: Outfit;
  readonly keep: number;
}

/** Keys of the list, in the order of `outfitItems`. */
const itemKeys = "ABC";

/** The next item of the list that is lacking and can be had, or out. */
export function chooseItem(world: Readonly<World>, wish: Wish): Answer {
  for (const [index, item] of outfitItems.entries()) {
    const key = itemKeys[index]!;
    if (!world.visit.tried.has(`class0${key}`) && countOf(world, wish, item) > 0) return { keys: key };
  }
  return { keys: "Q" };
}

/** As many of an item as are lacking, fit and can be paid. The quote of the next hold counts as that of an empty hull's first. */
export function countOf(world: Readonly<World>, { outfit, keep }: Wish, item: OutfitItem): number {
  const quote = world.visit.quotes.get(item);
  if (!quote) return 0;
  const credits = world.credits - keep;
  const wanted = Math.max(0, Math.min((outfit[item] ?? 0) - world[item], quote.most));
  // The list shows prices without their fractions.
  if (item !== "holds") return Math.max(0, Math.min(wanted, Math.floor(credits / (quote.price + 1))));
  let count = 0;
  while (count < wanted && holdsPrice({ hold: quote.price }, 0, count + 1) <= credits) count++;
  return count;
}

/** Yes to holds that cost what the list said, and are to be had for what we may spend. */
export function confirmHolds({ visit, credits }: Readonly<World>, { keep }: Wish): Answer {
  const { order, cost } = visit;
  const quote = visit.quotes.get("holds");
  const asPromised =
    order?.item === "holds" &&
    quote !== undefined &&
    cost !== undefined &&
    cost <= holdsPrice({ hold: quote.price }, 0, order.count) * (1 + priceSlack) &&
    cost <= credits - keep;
  return { keys: asPromised ? "Y" : "N" };
}
/** Prices drift from one minute to the next; by more they do not. */
const priceSlack = 0.01;

type OutfitIntent = Wish & { readonly type: "outfit" };

export const outfit: Skill<World, Prompt, OutfitIntent> = {
  start: () => ({ keys: "P" }),
  answers: {
    portMenu: ({ world }) => ({ keys: world.ports.get(world.sector)?.portClass === 0 ? "T" : "Q" }),
    class0: ({ world, intent }) => chooseItem(world, intent),
    howMany: ({ world, prompt, intent }) =>
      prompt.item === "pieces" ? undefined : { keys: `${countOf(world, intent, prompt.item)}\r` },
    holdsConfirm: ({ world, intent }) => confirmHolds(world, intent),
  },
};
