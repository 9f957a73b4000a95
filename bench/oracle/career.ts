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
  /** From each outfit what can be bought, the cheapest first: where ships are sold, and where holds are. */
  const offers = outfits.map((from) => {
    const all = outfits
      .map((outfit, to) => ({ to, outfit, price: priceBetween(from, outfit, prices) }))
      .filter(({ price }) => price < Number.POSITIVE_INFINITY)
      .sort((a, b) => a.price - b.price);
    return { ships: all, holds: all.filter(({ outfit }) => outfit.kind === from.kind) };
  });
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
  const rates = mixOf(
    tariffs,
    ({ rate }) => rate,
    ({ rateAtFirst }) => rateAtFirst,
  );
  const stays = shops.map((_, at) => {
    const of = (what: keyof Stay) =>
      mixOf(
        tariffs,
        (tariff) => tariff.shops[at]![0][what],
        (tariff) => tariff.shops[at]![1][what],
      );
    return { leaving: of("leaving"), coming: of("coming"), loss: of("loss") };
  });
  /** By tariff, of one caller: its value after the call, and that of a hold that sets out with it. */
  const called = new Float64Array(length);
  const setOut = new Float64Array(length);
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
      for (let index = 0; index < length; index++) {
        row[index] = row[index]! + power * mixed(rates, index, share);
      }
      wanting[at] = Math.max(0, share - experiencePerCall / (shipTypes[kind].turnsPerWarp + dockingTurns));
    }
  }

  /** A call at a shop: from every outfit to every other that the purse may pay. */
  function call(
    before: { readonly value: readonly Float64Array[]; readonly wanting: readonly number[] },
    at: number,
    { sellsShips }: Shop,
  ): void {
    const { leaving, coming, loss } = stays[at]!;
    for (const [from, { holds, power }] of outfits.entries()) {
      const row = before.value[from]!;
      if (row[0] === nobody) continue;
      const share = before.wanting[from]!;
      const stocked = stocks[from]!;
      let purse = Number.POSITIVE_INFINITY;
      for (let index = 0; index < length; index++) {
        const soon = callsApart * power * mixed(rates, index, share);
        const inGoods = holds * mixed(coming, index, share);
        purse = Math.min(purse, row[index]! + soon + stocked[index]! - inGoods);
        called[index] = row[index]! - holds * mixed(loss, index, share);
        setOut[index] = mixed(leaving, index, share);
      }
      for (const { to, outfit, price } of offers[from]![sellsShips ? "ships" : "holds"]) {
        if (price > purse) break;
        const more = outfit.holds - holds;
        const better = value[to]!;
        const restocked = stocks[to]!;
        wanting[to] = Math.min(wanting[to]!, share);
        for (let index = 0; index < length; index++) {
          // What was dealt in larger lots stays so when a ship with fewer holds is taken.
          const kept = Math.max(0, stocked[index]! - restocked[index]!);
          const worth = called[index]! + kept - price + more * setOut[index]!;
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

/** A figure of each tariff, with full experience, and what want of it adds. */
interface Mix {
  readonly late: Float64Array;
  readonly more: Float64Array;
}
const mixOf = (
  tariffs: readonly Tariff[],
  late: (tariff: Tariff) => number,
  early: (tariff: Tariff) => number,
): Mix => ({
  late: Float64Array.from(tariffs, late),
  more: Float64Array.from(tariffs, (tariff) => early(tariff) - late(tariff)),
});
/** Of the tariff of that number, when such a share of experience is wanting. */
const mixed = ({ late, more }: Mix, index: number, share: number) => late[index]! + more[index]! * share;
