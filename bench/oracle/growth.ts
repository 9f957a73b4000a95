/** What a character can fly, and what it costs at the least to have come to fly it. */
import { holdsPrice, type OutfitPrices, valueShip } from "../../src/games/tw2002/rules/equipment.ts";
import { shipKinds, shipTypes, type ShipKind } from "../../src/games/tw2002/rules/ships.ts";
import { turnWeight } from "./worth.ts";

/** A ship with any number of holds within a narrow range: it trades with the most of them, and has paid for the least. */
interface Range {
  readonly kind: ShipKind;
  readonly least: number;
  readonly holds: number;
  /** Holds, weighted by how quick the ship is. */
  readonly power: number;
}

/** A ship, and all weaker ones that cost no less to come to: whoever flies one of them is no worse off with this. */
export interface Outfit extends Range {
  /** Most holds of any ship that it stands for: lots may be as large. */
  readonly lot: number;
  /** Credits paid on the cheapest way to it from the first one, and on the cheapest that needs no shipyard. */
  readonly paid: number;
  readonly paidForHolds: number;
}

/** Holds that are taken together: few outfits are quickly weighed. */
const together = 3;

/** All outfits worth having, the first one foremost, each with more power than the one before and no cheaper. */
export function outfitsFrom(kind: ShipKind, holds: number, prices: OutfitPrices): Outfit[] {
  const range = (of: ShipKind, least: number, most: number): Range => ({
    kind: of,
    least,
    holds: most,
    power: most * turnWeight(shipTypes[of].turnsPerWarp),
  });
  const first = range(kind, holds, holds);
  const others = shipKinds.flatMap((of) => {
    const { ceoOnly, commissionOnly, holdsFirst, holdsMax } = shipTypes[of];
    if (of === "escapePod" || ceoOnly || commissionOnly) return [];
    const from = of === kind ? holds + 1 : holdsFirst;
    return Array.from({ length: Math.max(0, Math.ceil((holdsMax - from + 1) / together)) }, (_, group) => {
      const least = from + group * together;
      return range(of, least, Math.min(holdsMax, least + together - 1));
    });
  });
  const all = [first, ...others];
  const paid = cheapestWays(all, prices);
  const order = all.map((_, at) => at).sort((a, b) => paid[a]! - paid[b]! || all[b]!.power - all[a]!.power);
  const better: (Range & { readonly paid: number })[] = [{ ...first, paid: 0 }];
  for (const at of order) {
    if (all[at]!.power > better.at(-1)!.power) better.push({ ...all[at]!, paid: paid[at]! });
  }
  return better.map((outfit, at): Outfit => {
    const weaker = better[at - 1]?.power ?? 0;
    const stoodFor = all.filter(({ power }) => power > weaker && power <= outfit.power);
    const same = stoodFor.filter((one) => one.kind === kind && one.least >= holds);
    return {
      ...outfit,
      lot: at === 0 ? holds : Math.max(...stoodFor.map((one) => one.holds)),
      paidForHolds: Math.min(...same.map(({ least }) => holdsPrice(prices, holds, least - holds))),
    };
  });
}

/** Of the most powerful of them. */
export const powerMost = (outfits: readonly Outfit[]) => Math.max(...outfits.map(({ power }) => power));

/** Credits paid at the least from the first of them to each, by whatever purchases. */
function cheapestWays(all: readonly Range[], prices: OutfitPrices): number[] {
  const paid = all.map((_, at) => (at === 0 ? 0 : Number.POSITIVE_INFINITY));
  const open = new Set(all.keys());
  while (open.size > 0) {
    let next = -1;
    for (const at of open) if (next < 0 || paid[at]! < paid[next]!) next = at;
    open.delete(next);
    for (const at of open) {
      paid[at] = Math.min(paid[at]!, paid[next]! + priceBetween(all[next]!, all[at]!, prices));
    }
  }
  return paid;
}

/**
 * Least credits from one ship to another; Infinity for fewer holds in the same ship. Both are taken at their least holds, as if
 * those between were not there: what they cost is more than what a yard gives for them, so that whoever has them has paid more, and
 * the prices of one purchase after another add up to no more than was paid. Where a yard would pay the difference it is
 * 0: a ship sold is no income from trading.
 */
export function priceBetween(
  from: Pick<Range, "kind" | "least">,
  to: Pick<Range, "kind" | "least">,
  prices: OutfitPrices,
): number {
  if (from.kind === to.kind) {
    return to.least > from.least
      ? holdsPrice(prices, from.least, to.least - from.least)
      : Number.POSITIVE_INFINITY;
  }
  const { cost, holdsFirst } = shipTypes[to.kind];
  const { total } = valueShip(shipTypes[from.kind], { holds: from.least, fittings: 0 }, prices);
  return Math.max(0, cost - total + holdsPrice(prices, holdsFirst, to.least - holdsFirst));
}
