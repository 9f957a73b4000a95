/** What a character can fly, and what it costs to come from one ship to another. */
import { holdsPrice, type OutfitPrices, valueShip } from "../../src/games/tw2002/rules/equipment.ts";
import { shipKinds, shipTypes, type ShipKind } from "../../src/games/tw2002/rules/ships.ts";
import { turnWeight } from "./worth.ts";

/** A ship with any number of holds within a narrow range: it trades with the most of them, and has paid for the least. */
export interface Outfit {
  readonly kind: ShipKind;
  readonly least: number;
  readonly holds: number;
  /** Holds, weighted by how quick the ship is. */
  readonly power: number;
}

/** Holds that are taken together: few outfits are quickly weighed. */
const together = 3;

/** All outfits worth having, the first one foremost: no other costs less from there and has more power. */
export function outfitsFrom(kind: ShipKind, holds: number, prices: OutfitPrices): Outfit[] {
  const outfit = (of: ShipKind, least: number, most: number): Outfit => ({
    kind: of,
    least,
    holds: most,
    power: most * turnWeight(shipTypes[of].turnsPerWarp),
  });
  const first = outfit(kind, holds, holds);
  const others = shipKinds.flatMap((of) => {
    const { ceoOnly, commissionOnly, holdsFirst, holdsMax } = shipTypes[of];
    if (of === "escapePod" || ceoOnly || commissionOnly) return [];
    const from = of === kind ? holds + 1 : holdsFirst;
    return Array.from({ length: Math.ceil((holdsMax - from + 1) / together) }, (_, group) => {
      const least = from + group * together;
      return outfit(of, least, Math.min(holdsMax, least + together - 1));
    });
  });
  others.sort((a, b) => priceBetween(first, a, prices) - priceBetween(first, b, prices) || b.power - a.power);
  let most = 0;
  const better = others.filter(({ power }) => {
    const more = power > most;
    most = Math.max(most, power);
    return more;
  });
  return [first, ...better];
}

/** Of the most powerful of them. */
export const powerMost = (outfits: readonly Outfit[]) => Math.max(...outfits.map(({ power }) => power));

/** Least credits from one outfit to another; negative where the yards pay the difference. Infinity for fewer holds in the same ship. */
export function priceBetween(from: Outfit, to: Outfit, prices: OutfitPrices): number {
  if (from.kind === to.kind) {
    return to.least > from.holds
      ? holdsPrice(prices, from.holds, to.least - from.holds)
      : Number.POSITIVE_INFINITY;
  }
  const { cost, holdsFirst } = shipTypes[to.kind];
  const { total } = valueShip(shipTypes[from.kind], { holds: from.holds, fittings: 0 }, prices);
  return Math.max(0, cost - total + holdsPrice(prices, holdsFirst, to.least - holdsFirst));
}
