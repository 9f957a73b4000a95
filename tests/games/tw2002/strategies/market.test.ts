import { expect, test } from "bun:test";
import fc from "fast-check";
import { haggleGain, likelyMcic } from "../../../../src/games/tw2002/prices.ts";
import {
  products,
  sideOf,
  type TradingClass,
  unitPrice,
  weekdayMood,
} from "../../../../src/games/tw2002/rules/ports.ts";
import {
  bestCargo,
  type Cargo,
  createMarket,
  deliver,
  legHopsMax,
  legsFrom,
  turnsBetween,
  unitAt,
} from "../../../../src/games/tw2002/strategies/market.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import { type PortPlan, street, worldOf } from "./worlds.ts";

const marketOf = (world: World) => createMarket(world, [...world.ports.values()]);
const emptyCargo = (): Cargo => ({ units: [0, 0, 0], cost: 0, revenue: 0 });
const tradingClass = fc.integer({ min: 1, max: 8 }) as fc.Arbitrary<TradingClass>;
const stocks = fc.tuple(fc.nat(3000), fc.nat(3000), fc.nat(3000));
const port: fc.Arbitrary<PortPlan> = fc.record({ portClass: tradingClass, stocks });

test("a unit costs or brings what the rules say at every stock, bettered by what haggling gains", () => {
  const terms = fc.record({
    portClass: tradingClass,
    productivity: fc.integer({ min: 100, max: 300 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    experience: fc.integer({ min: 0, max: 1500 }),
    weekday: fc.integer({ min: 0, max: 6 }),
    haggle: fc.constantFrom("master", "quick", "accept"),
  });
  fc.assert(
    fc.property(terms, ({ portClass, productivity, share, experience, weekday, haggle }) => {
      const stock = Math.floor(share * 10 * productivity);
      const plan: PortPlan = { portClass, productivity, stocks: [stock, stock, stock] };
      const world = worldOf({ ways: street(20, 2), trading: { 20: plan }, experience, weekday });
      const haggling = { ...world, self: { ...world.self, haggle } };
      const market = marketOf(haggling);
      const mood = (weekdayMood[weekday]![0] + weekdayMood[weekday]![1]) / 2;
      for (const [index, product] of products.entries()) {
        const side = sideOf(portClass, product)!;
        const mcic = likelyMcic(product, world.ports.get(20)!.good(index));
        const hidden = unitPrice({ product, side, mcic, productivity, mood, stock, experience });
        const gain = ((side === "buying" ? 1 : -1) * haggleGain(haggling) * mcic) / 1000;
        const unit = unitAt(market, index, market.stock[index]!);
        expect(market.side[index]).toBe(side === "buying" ? 1 : -1);
        if (hidden >= 5) expect(unit).toBeCloseTo(hidden * (1 + gain), 6);
        else expect(unit).toBeWithin(3.9, 5.1);
      }
    }),
  );
});

test("each unit sold brings less than the one before, and each unit bought costs more", () => {
  const world = worldOf({ ways: street(20, 2), trading: { 20: 7, 21: 8 } });
  const market = marketOf(world);
  for (let product = 0; product < 3; product++) {
    const costs = [2000, 1500, 1000, 500].map((stock) => unitAt(market, product, stock));
    const brings = [2000, 1500, 1000, 500].map((stock) => unitAt(market, 3 + product, stock));
    expect(costs).toEqual([...new Set(costs)].sort((a, b) => a - b));
    expect(brings).toEqual([...new Set(brings)].sort((a, b) => b - a));
    // At full stock the port that buys pays more than the one that sells asks.
    expect(brings[0]).toBeGreaterThan(costs[0]!);
  }
});

test("a port that nobody has reported on is taken for a full one, and only deals in what its class deals in", () => {
  const world = worldOf({ ways: street(20, 2) });
  world.ports.add(20, 5);
  world.ports.add(21, 9);
  world.mapVersion++;
  const market = marketOf(world);
  expect([...market.side]).toEqual([-1, 1, -1, 1, 1, 1]);
  for (const stock of market.stock) expect(stock).toBeWithin(1000, 3001);
});

test("a stock that was read some time ago has grown since, by a twentieth of its most a day, never beyond it", () => {
  const day = 86_400_000;
  const world = worldOf({
    ways: street(20, 2),
    trading: { 20: { portClass: 7, stocks: [300, 1_950, 2_000] } },
  });
  const after = (ms: number) => {
    world.ports.get(20)!.stockAt = world.now - ms;
    return [...marketOf(world).stock];
  };
  expect(after(0)).toEqual([300, 1_950, 2_000]);
  expect(after(day)).toEqual([400, 2_000, 2_000]);
  expect(after(day / 2)).toEqual([350, 2_000, 2_000]);
  expect(after(100 * day)).toEqual([2_000, 2_000, 2_000]);
  // A clock that went back takes nothing away.
  expect(after(-day)).toEqual([300, 1_950, 2_000]);
});

test("turns between ports are the warps at the ship's speed and the call; beyond the limit there are none", () => {
  const far = 22 + legHopsMax;
  const world = worldOf({ ways: street(20, far - 18), trading: { 20: 1, 22: 2, [far]: 3 } });
  const market = marketOf(world);
  expect(turnsBetween(market, 0, 1, 3)).toBe(7);
  expect(turnsBetween(market, 0, 1, 2)).toBe(5);
  expect(turnsBetween(market, 1, 2, 3)).toBe(3 * legHopsMax + 1);
  expect(turnsBetween(market, 0, 2, 3)).toBe(Number.POSITIVE_INFINITY);
});

test("cargo is taken to ports close by that buy what is sold here, and to no others", () => {
  // At 20 ore and equipment are sold; 21 buys neither, 22 buys ore, 23 all; 30 is too far.
  const world = worldOf({ ways: street(20, 12), trading: { 20: 5, 21: 5, 22: 3, 23: 8, 30: 8 } });
  const market = marketOf(world);
  const sectors = legsFrom(market, 0).map((place) => market.ports[place]!.sector);
  expect(sectors.sort((a, b) => a - b)).toEqual([22, 23]);
  expect(legsFrom(market, 3)).toEqual([]);
});

test("a cargo is never more than the holds, the stocks at both ends and the purse, nor of what they do not deal in", () => {
  const purse = fc.oneof(fc.nat(100_000), fc.nat(500));
  fc.assert(
    fc.property(port, port, fc.integer({ min: 1, max: 250 }), purse, (one, other, holds, credits) => {
      const world = worldOf({ ways: street(20, 2), trading: { 20: one, 21: other } });
      const market = marketOf(world);
      const left = market.stock.slice();
      const { units, cost, revenue } = bestCargo(market, left, 0, 1, holds, credits, emptyCargo());
      expect(units[0] + units[1] + units[2]).toBeLessThanOrEqual(holds);
      expect(cost).toBeLessThanOrEqual(credits + 1e-6);
      // A cargo at a loss is none.
      expect(revenue).toBeGreaterThanOrEqual(cost);
      if (units[0] + units[1] + units[2] > 0) expect(revenue).toBeGreaterThan(cost);
      for (const [index, product] of products.entries()) {
        const count = units[index]!;
        expect(Number.isInteger(count) && count >= 0).toBe(true);
        expect(count).toBeLessThanOrEqual(Math.min(market.stock[index]!, market.stock[3 + index]!));
        if (count === 0) continue;
        expect(sideOf(one.portClass, product)).toBe("selling");
        expect(sideOf(other.portClass, product)).toBe("buying");
      }
      expect([...left]).toEqual([...market.stock]);
      deliver(left, 0, 1, units, 1);
      for (const [at, stock] of left.entries()) {
        expect(stock).toBeGreaterThanOrEqual(0);
        expect(market.stock[at]! - stock).toBe(units[at % 3]!);
      }
      deliver(left, 0, 1, units, -1);
      expect([...left]).toEqual([...market.stock]);
    }),
  );
});

test("with money enough no other cargo of the three products earns more at these prices", () => {
  const small = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(small, small, fc.integer({ min: 1, max: 12 }), (sold, bought, holds) => {
      const world = worldOf({
        ways: street(20, 2),
        trading: { 20: { portClass: 7, stocks: sold }, 21: { portClass: 8, stocks: bought } },
      });
      const market = marketOf(world);
      const margins = [0, 1, 2].map(
        (at) => unitAt(market, 3 + at, market.stock[3 + at]!) - unitAt(market, at, market.stock[at]!),
      );
      const most = [0, 1, 2].map((at) => Math.min(sold[at]!, bought[at]!));
      let best = 0;
      for (let ore = 0; ore <= most[0]!; ore++)
        for (let organics = 0; organics <= Math.min(most[1]!, holds - ore); organics++)
          for (let equipment = 0; equipment <= Math.min(most[2]!, holds - ore - organics); equipment++)
            best = Math.max(best, ore * margins[0]! + organics * margins[1]! + equipment * margins[2]!);
      const { cost, revenue } = bestCargo(market, market.stock, 0, 1, holds, 1e6, emptyCargo());
      expect(revenue - cost).toBeCloseTo(best, 6);
    }),
  );
});

test("what the best product's stock does not fill, the next best does", () => {
  const small = { stocks: [30, 30, 30], productivity: 3 } as const;
  const trading = { 20: { portClass: 7, ...small }, 21: { portClass: 8, ...small } } as const;
  const market = marketOf(worldOf({ ways: street(20, 2), trading }));
  const mixed = bestCargo(market, market.stock, 0, 1, 65, 1e6, emptyCargo());
  expect(mixed.units).toEqual([5, 30, 30]);
});

test("where the purse is what binds, the product that earns most a credit is bought", () => {
  const rich = worldOf({ ways: street(20, 2), trading: { 20: 7, 21: 8 }, experience: 1000 });
  const market = marketOf(rich);
  const worth = (at: number) => {
    const cost = unitAt(market, at, market.stock[at]!);
    return (unitAt(market, 3 + at, market.stock[3 + at]!) - cost) / cost;
  };
  const byCredit = [0, 1, 2].sort((a, b) => worth(b) - worth(a))[0]!;
  const poor = bestCargo(market, market.stock, 0, 1, 65, 200, emptyCargo());
  expect(poor.units[byCredit]).toBeGreaterThan(0);
  // As good as spending all of it there, but for a part of a unit.
  expect(poor.revenue - poor.cost).toBeGreaterThan(0.85 * 200 * worth(byCredit));
  const full = bestCargo(market, market.stock, 0, 1, 65, 1e6, emptyCargo());
  expect(full.units).toEqual([0, 0, 65]);
});
