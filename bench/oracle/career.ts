/** The best way to grow: what is flown when, by turns, so that in the end most is left. */
import type { OutfitPrices } from "../../src/games/tw2002/rules/equipment.ts";
import { shipTypes } from "../../src/games/tw2002/rules/ships.ts";
import { dockingTurns } from "../../src/games/tw2002/rules/turns.ts";
import { type Outfit, priceBetween } from "./growth.ts";
import type { Place, Stay } from "./shops.ts";
import { lots } from "./worth.ts";

/**
 * Two sets of prices, for full experience and for none: what lies between follows by mixing them. For each of them, and for all that
 * anyone can do, holds times turns at its rates, with what the stocks bring beyond, is no less than what is earned.
 */
export interface Tariff {
  /** Credits for a turn of one hold of the first ship. */
  readonly rate: number;
  readonly rateAtFirst: number;
  /** Credits from all stocks, by the lots of worth.ts. */
  readonly stocks: readonly number[];
  /** Credits a hold is worth where the character begins, and at the worst place to end. */
  readonly start: number;
  readonly end: number;
  /** At each shop, with full experience and with none. */
  readonly shops: readonly (readonly [late: Stay, early: Stay])[];
}

export interface Shop {
  readonly place: Place;
  readonly sellsShips: boolean;
  /** Turns until it can be reached from the start. */
  readonly after: number;
  /** To the nearest other shop. */
  readonly hopsToNext: number;
}

export interface Career {
  /** Credits earned at the most, all purchases paid. */
  readonly earned: number;
  /** Of the most powerful ship on the way. */
  readonly outfit: Outfit;
  /** Credits that a turn of one hold is worth in the end. */
  readonly rate: number;
}

interface Terms {
  readonly prices: OutfitPrices;
  readonly turns: number;
  /** Experience at first, as a share of what is enough. */
  readonly experience: number;
  readonly credits: number;
}

/**
 * Experience that a call at a port brings at the most, as a share of what is enough: three deals of 2 points and 1 for having
 * found the port. A ship calls no more often than its warps let it.
 */
const experiencePerCall = 7 / 1000;
/**
 * Two calls at one shop with earnings in between are so many turns apart: a warp away, a port, and back, in the quickest
 * ship. Calls are weighed that often: one in between is taken to come earlier, with the purse of later.
 */
const callsApartMax = 6;
const quickest = 2;
const nobody = Number.NEGATIVE_INFINITY;

/**
 * For each turn and outfit the most that its holds can have earned by each tariff, purchases paid, and what their places
 * are worth included. All tariffs bound the same purse, so the least of them decides what can be paid.
 */
export function career(
  tariffs: readonly Tariff[],
  outfits: readonly Outfit[],
  shops: readonly Shop[],
  { prices, turns, experience, credits }: Terms,
): Career {
  const { length } = tariffs;
  const stocks = outfits.map(({ holds }) => {
    const lot = lots.findIndex((most) => most >= holds);
    return Float64Array.from(tariffs, (tariff) => tariff.stocks[lot]!);
  });
  const between = outfits.map((from) => outfits.map((to) => priceBetween(from, to, prices)));
  /** By outfit, and by tariff. */
  const value = outfits.map(({ holds }, at) =>
    Float64Array.from(tariffs, ({ start }) => (at === 0 ? credits + start * holds : nobody)),
  );
  /** The most powerful outfit on the way to each. */
  const proudest = outfits.map((_, at) => at);
  const callsApart = Math.min(
    callsApartMax,
    ...shops.map(({ hopsToNext }) => Math.max(1, quickest * hopsToNext + 1)),
  );
  /** By outfit, what is still wanting in experience, as a share: the least of all ways to it. */
  const wanting = outfits.map((_, at) => (at === 0 ? Math.max(0, 1 - experience) : 1));
  const rateOf = ({ rate, rateAtFirst }: Tariff, share: number) => rate + (rateAtFirst - rate) * share;
  for (let turn = 0; turn < turns; turn++) {
    if (turn % callsApart === 0) {
      const before = { value: value.map((row) => row.slice()), wanting: [...wanting] };
      for (const [at, shop] of shops.entries()) {
        if (turn + callsApart > shop.after) call(before, at, shop);
      }
    }
    for (const [at, { kind, power }] of outfits.entries()) {
      const row = value[at]!;
      if (row[0] === nobody) continue;
      const share = wanting[at]!;
      for (const [index, tariff] of tariffs.entries())
        row[index] = row[index]! + power * rateOf(tariff, share);
      wanting[at] = Math.max(0, share - experiencePerCall / (shipTypes[kind].turnsPerWarp + dockingTurns));
    }
  }

  /** A call at a shop: from every outfit to every other that the purse may pay. */
  function call(
    before: { readonly value: readonly Float64Array[]; readonly wanting: readonly number[] },
    at: number,
    { sellsShips }: Shop,
  ): void {
    for (const [from, { kind, holds, power }] of outfits.entries()) {
      const row = before.value[from]!;
      if (row[0] === nobody) continue;
      const share = before.wanting[from]!;
      const [leaving, coming, loss] = staysAt(tariffs, at, share);
      let purse = Number.POSITIVE_INFINITY;
      for (const [index, tariff] of tariffs.entries()) {
        const soon = callsApart * power * rateOf(tariff, share);
        purse = Math.min(purse, row[index]! + soon + stocks[from]![index]! - holds * coming[index]!);
      }
      for (const [to, outfit] of outfits.entries()) {
        const price = between[from]![to]!;
        if (price > purse || (outfit.kind !== kind && !sellsShips)) continue;
        const more = outfit.holds - holds;
        const better = value[to]!;
        wanting[to] = Math.min(wanting[to]!, share);
        for (let index = 0; index < length; index++) {
          // What was dealt in larger lots stays so when a ship with fewer holds is taken.
          const kept = Math.max(0, stocks[from]![index]! - stocks[to]![index]!);
          const worth = row[index]! + kept - price - holds * loss[index]! + more * leaving[index]!;
          if (worth <= better[index]!) continue;
          better[index] = worth;
          proudest[to] = outfits[proudest[from]!]!.power > outfit.power ? proudest[from]! : to;
        }
      }
    }
  }

  return outfits
    .map((outfit, at): Career => {
      let [earned, rate] = [Number.POSITIVE_INFINITY, 0];
      for (const [index, tariff] of tariffs.entries()) {
        const all = value[at]![index]! + stocks[at]![index]! - outfit.holds * tariff.end - credits;
        if (all < earned) [earned, rate] = [all, tariff.rate];
      }
      return { earned, rate, outfit: outfits[proudest[at]!]! };
    })
    .reduce((a, b) => (b.earned > a.earned ? b : a));
}

/** What the tariffs make of a stay at a shop: leaving, coming and loss, each by tariff. */
function staysAt(tariffs: readonly Tariff[], shop: number, share: number) {
  const of = (what: keyof Stay) =>
    Float64Array.from(tariffs, ({ shops }) => {
      const [late, early] = shops[shop]!;
      return late[what] + (early[what] - late[what]) * share;
    });
  return [of("leaving"), of("coming"), of("loss")] as const;
}
