import { expect, test } from "bun:test";
import fc from "fast-check";
import type { TradingClass } from "../../../../src/games/tw2002/rules/ports.ts";
import { weighCalls } from "../../../../src/games/tw2002/strategies/calls.ts";
import {
  bestCargo,
  createMarket,
  deliver,
  type Market,
  turnsBetween,
} from "../../../../src/games/tw2002/strategies/market.ts";
import { bestTour, type Stop, type Terms } from "../../../../src/games/tw2002/strategies/tours.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import { hereOf, type PortPlan, street, worldOf } from "./worlds.ts";

const marketOf = (world: World) => createMarket(world, [...world.ports.values()]);
const terms: Terms = { turnsPerWarp: 2, turnPrice: 100, pointWorth: 0 };
const docked = (place: number, more: Partial<Stop> = {}): Stop => ({
  place,
  before: undefined,
  units: [0, 0, 0],
  value: 0,
  credits: 50_000,
  holds: 50,
  turns: 200,
  ...more,
});
const placesOf = (tour: readonly Stop[] | undefined) => tour?.map(({ place }) => place);

test("a tour goes round three ports where no two of them trade both ways", () => {
  // Ore goes from 20 to 21, organics from there to 22, equipment from there to 20; nothing goes back.
  const world = worldOf({
    ways: [
      [20, 21],
      [21, 22],
      [22, 20],
    ],
    trading: {
      20: { portClass: 4, stocks: [2000, 0, 2000] },
      21: { portClass: 2, stocks: [2000, 2000, 0] },
      22: { portClass: 1, stocks: [0, 2000, 2000] },
    },
  });
  const tour = bestTour(marketOf(world), [docked(0)], terms);
  expect(placesOf(tour)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test("a tour ends where a cargo no longer earns what its turns are worth", () => {
  const world = worldOf({ ways: street(20, 2), trading: { 20: 5, 21: 2 } });
  const market = marketOf(world);
  expect(placesOf(bestTour(market, [docked(0)], terms))).toEqual([0, 1, 0, 1, 0, 1, 0]);
  // A cargo out earns some 3,900 credits in three turns, one back half of that; each takes the price down.
  expect(placesOf(bestTour(market, [docked(0)], { ...terms, turnPrice: 1200 }))).toEqual([0, 1]);
  expect(placesOf(bestTour(market, [docked(0, { turns: 7 })], terms))).toEqual([0, 1, 0]);
});

test("no tour is begun only to be docked somewhere", () => {
  const world = worldOf({ ways: street(20, 2), trading: { 20: 7, 21: 7 } });
  expect(bestTour(marketOf(world), [docked(0), docked(1)], terms)).toBeUndefined();
});

test("in any market a tour keeps to turns, holds and purse, takes no more than there is, and leaves the market as it was", () => {
  const stocks = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300));
  const portClass = fc.integer({ min: 1, max: 8 }) as fc.Arbitrary<TradingClass>;
  const port: fc.Arbitrary<PortPlan> = fc.record({ portClass, stocks });
  const ports = fc.array(port, { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(
      ports,
      fc.integer({ min: 1, max: 150 }),
      fc.nat(20_000),
      fc.nat(40),
      (all, holds, credits, turns) => {
        const trading = Object.fromEntries(all.map((plan, index) => [20 + index, plan]));
        const market = marketOf(worldOf({ ways: street(20, Math.max(2, all.length)), trading }));
        const before = [...market.stock];
        const left = market.stock.slice();
        const tour = bestTour(market, [docked(0, { holds, credits, turns })], terms) ?? [];
        for (const stop of tour) {
          expect(stop.turns).toBeGreaterThanOrEqual(0);
          expect(stop.credits).toBeGreaterThanOrEqual(stop.before?.credits ?? 0);
          expect(stop.units[0] + stop.units[1] + stop.units[2]).toBeLessThanOrEqual(holds);
          if (stop.before) deliver(left, stop.before.place, stop.place, stop.units, 1);
        }
        expect(Math.min(0, ...left)).toBe(0);
        expect([...market.stock]).toEqual(before);
      },
    ),
  );
});

/** The same search without a thought of what need not be reckoned: every cargo of every tour that is kept, the best twelve after each call. */
function searched(market: Market, starts: readonly Stop[], by: Terms): number | undefined {
  let kept = starts;
  let best: number | undefined;
  for (let call = 0; call < 6 && kept.length > 0; call++) {
    const next: Stop[] = [];
    for (const stop of kept) {
      const left = market.stock.slice();
      for (let at = stop; at.before; at = at.before) deliver(left, at.before.place, at.place, at.units, 1);
      for (let to = 0; to < market.ports.length; to++) {
        const taken = turnsBetween(market, stop.place, to, by.turnsPerWarp);
        if (to === stop.place || taken > stop.turns) continue;
        const empty = { units: [0, 0, 0] as [number, number, number], cost: 0, revenue: 0 };
        const { units, cost, revenue } = bestCargo(
          market,
          left,
          stop.place,
          to,
          stop.holds,
          stop.credits,
          empty,
        );
        if (revenue <= cost) continue;
        const value = stop.value + revenue - cost - taken * by.turnPrice;
        const { holds } = stop;
        next.push({
          place: to,
          before: stop,
          units,
          value,
          holds,
          credits: stop.credits + revenue - cost,
          turns: stop.turns - taken,
        });
      }
    }
    kept = next.sort((a, b) => b.value - a.value).slice(0, 12);
    if (kept[0] && (best === undefined || kept[0].value > best)) best = kept[0].value;
  }
  return best;
}

test("in a crowd of ports the tour is the one that a search through all cargoes finds", () => {
  const stocks = fc.tuple(fc.nat(2500), fc.nat(2500), fc.nat(2500));
  const portClass = fc.integer({ min: 1, max: 8 }) as fc.Arbitrary<TradingClass>;
  const ports = fc.array(fc.record({ portClass, stocks }), { minLength: 8, maxLength: 16 });
  const money = fc.oneof(fc.nat(3000), fc.nat(100_000));
  fc.assert(
    fc.property(
      ports,
      money,
      fc.integer({ min: 10, max: 120 }),
      fc.nat(300),
      (all, credits, holds, price) => {
        const trading = Object.fromEntries(all.map((plan, index) => [20 + index, plan]));
        const market = marketOf(worldOf({ ways: street(20, all.length), trading }));
        const starts = all.map((_, place) => docked(place, { credits, holds }));
        const by = { ...terms, turnPrice: price };
        const tour = bestTour(market, starts, by);
        expect(tour?.at(-1)?.value ?? 0).toBeCloseTo(searched(market, starts, by) ?? 0, 3);
      },
    ),
  );
});

/** What is bought for the next port at one that sells two products, to one that buys all. */
function boughtWith(more: Partial<World>): readonly number[] | undefined {
  const world = worldOf({
    ways: street(20, 2),
    trading: { 20: 5, 21: 8 },
    holds: 65,
    empty: 65,
    turnsPerWarp: 2,
    turnsLeft: 1000,
    ...more,
  });
  return weighCalls(world, hereOf(world), marketOf(world), 0).best?.buy;
}

test("as long as experience counts, a small lot of the second product is taken along, and none when it does not", () => {
  const [ore, organics, equipment] = boughtWith({ experience: 0 })!;
  expect(organics).toBe(0);
  expect(ore).toBeWithin(1, 12);
  expect(ore! + equipment!).toBe(65);
  expect(boughtWith({ experience: 1000 })).toEqual([0, 0, 65]);
});

test("who spends all on one cargo buys no lot beside it, though there is room", () => {
  const [ore, organics, equipment] = boughtWith({ experience: 0, credits: 800 })!;
  expect(ore).toBeWithin(20, 60);
  expect([organics, equipment]).toEqual([0, 0]);
});
