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
const together = 5;

/** All outfits worth having, the first one foremost. */
export function outfitsFrom(kind: ShipKind, holds: number, prices: OutfitPrices): Outfit[] {
  const outfit = (of: ShipKind, least: number, most: number): Outfit => ({
    kind: of,
    least,
    holds: most,
    power: most * turnWeight(shipTypes[of].turnsPerWarp),
  });
  const sold = shipKinds.filter((of) => {
    const { ceoOnly, commissionOnly } = shipTypes[of];
    return of !== "escapePod" && !ceoOnly && !commissionOnly;
  });
  const worthHaving = sold.filter(
    (of) => of === kind || !sold.some((other) => other !== of && beats(other, of, prices)),
  );
  const others = worthHaving.flatMap((of) => {
    const { holdsFirst, holdsMax } = shipTypes[of];
    const from = of === kind ? holds + 1 : holdsFirst;
    return Array.from({ length: Math.max(0, Math.ceil((holdsMax - from + 1) / together)) }, (_, group) => {
      const least = from + group * together;
      return outfit(of, least, Math.min(holdsMax, least + together - 1));
    });
  });
  return [outfit(kind, holds, holds), ...others];
}

/** Whether one ship is no worse than another with any number of holds: as quick, no dearer, and a yard takes no more off its price. */
function beats(one: ShipKind, other: ShipKind, prices: OutfitPrices): boolean {
  const [better, worse] = [shipTypes[one], shipTypes[other]];
  if (better.turnsPerWarp > worse.turnsPerWarp || better.holdsMax < worse.holdsMax) return false;
  for (let holds = worse.holdsFirst; holds <= worse.holdsMax; holds++) {
    const bought = Math.max(holds, better.holdsFirst);
    const [price, dearer] = [priceNew(one, bought, prices), priceNew(other, holds, prices)];
    const [loss, more] = [price - tradeIn(one, bought, prices), dearer - tradeIn(other, holds, prices)];
    if (price > dearer || loss > more) return false;
  }
  return true;
}

const priceNew = (kind: ShipKind, holds: number, prices: OutfitPrices) => {
  const { cost, holdsFirst } = shipTypes[kind];
  return cost + holdsPrice(prices, holdsFirst, holds - holdsFirst);
};
const tradeIn = (kind: ShipKind, holds: number, prices: OutfitPrices) =>
  valueShip(shipTypes[kind], { holds, fittings: 0 }, prices).total;

/** Of the most powerful of them. */
export const powerMost = (outfits: readonly Outfit[]) => Math.max(...outfits.map(({ power }) => power));

/**
 * Least credits from one outfit to another; negative where a yard pays the difference on a better ship, Infinity for no more holds in the
 * same ship, and for less of everything. Both are taken at their least holds, as if those between were not there: what they cost
 * is more than what a yard gives for them, so that whoever has them has paid more, and the prices of one purchase after
 * another add up to no more than was paid. What a yard pays for a lesser ship in exchange is no income from trading.
 */
export function priceBetween(from: Outfit, to: Outfit, prices: OutfitPrices): number {
  const { kind, least } = to;
  if (from.kind === kind) {
    return least > from.least ? holdsPrice(prices, from.least, least - from.least) : Number.POSITIVE_INFINITY;
  }
  const { cost, holdsFirst, turnsPerWarp } = shipTypes[kind];
  const before = shipTypes[from.kind].turnsPerWarp;
  const lesser = to.power <= from.least * turnWeight(before);
  if (lesser && turnsPerWarp >= before && to.holds <= from.least) return Number.POSITIVE_INFINITY;
  const exchange = cost - tradeIn(from.kind, from.least, prices);
  return (lesser ? Math.max(0, exchange) : exchange) + holdsPrice(prices, holdsFirst, least - holdsFirst);
}
