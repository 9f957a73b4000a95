/** The Federation's share of what a trader carries, taken when he comes in. */
import { type Galaxy, note } from "../galaxy.ts";
import type { Trader } from "../things.ts";
import { dayOf } from "../../rules/time.ts";

/** Credits on hand below which nobody is taxed. The recordings show 5,000,000 taxed and 1,000 not: where it begins is ours. */
const taxedFrom = 100_000;
/** Credits of tax for a point of alignment: 249,999 brought 166. */
const creditsPerPoint = 1500;

/**
 * Takes the tax if one is due: once a day, from those who have enough. The evil pay nothing (a trader of the worst repute
 * came in with five million and kept them). Undefined when nothing was taken.
 */
export function takeTax(
  galaxy: Galaxy,
  trader: Trader,
  at: number,
): { readonly tax: number; readonly points: number } | undefined {
  const rate = galaxy.settings.taxRate;
  if (rate <= 0 || trader.alignment < 0 || trader.credits < taxedFrom) return undefined;
  if (trader.taxedOn !== 0 && dayOf(trader.taxedOn) === dayOf(at)) return undefined;
  // 5 % of 5,000,000 were 249,999: a hair below the exact share is cut down to whole credits.
  const tax = Math.min(trader.credits, Math.ceil(trader.credits * rate) - 1);
  const points = Math.floor(tax / creditsPerPoint);
  trader.credits -= tax;
  trader.alignment += points;
  trader.taxedOn = at;
  note(galaxy, "trader", trader);
  return { tax, points };
}
