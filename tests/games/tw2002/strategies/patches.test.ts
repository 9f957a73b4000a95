import { expect, test } from "bun:test";
import fc from "fast-check";
import type { TradingClass } from "../../../../src/games/tw2002/rules/ports.ts";
import { createMarket, type Market } from "../../../../src/games/tw2002/strategies/market.ts";
import {
  bestPatches,
  disjoint,
  patchesMax,
  type Round,
  roundsOf,
  type Trader,
  turnWorthOf,
} from "../../../../src/games/tw2002/strategies/patches.ts";
import { type PortPlan, street, worldOf } from "./worlds.ts";

const trader: Trader = { holds: 65, turnsPerWarp: 3, credits: 50_000, turns: 2000 };

/** Ports in a row, one in each sector from 20 on. */
function marketOf(plans: readonly PortPlan[]): Market {
  const trading = Object.fromEntries(plans.map((plan, at) => [20 + at, plan]));
  const world = worldOf({ ways: street(20, plans.length + 1), trading });
  return createMarket(world, [...world.ports.values()]);
}
const pair = marketOf([{ portClass: 5 }, { portClass: 2 }]);
const sold = { from: 0, to: 1, rate: 0 };
const rounds = (by: Trader): Round[] => roundsOf(pair, [sold], by);
const rateOf = ({ profit, turns }: Round) => profit / turns;
const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

test("each round at a pair earns less than the one before, until none earns anything", () => {
  const all = rounds(trader);
  expect(all.length).toBeGreaterThan(10);
  // A ship so large that it empties them before the last round that is looked at.
  for (const { profit } of rounds({ ...trader, holds: 250 })) expect(profit).toBeGreaterThan(0);
  const profits = all.map(({ profit }) => profit).sort((a, b) => b - a);
  expect(Math.min(...profits)).toBeGreaterThan(0);
  // Much less in the end: ports that have nothing left earn nothing.
  expect(profits.at(-1)!).toBeLessThan(0.3 * profits[0]!);
  expect(sum(profits)).toBeLessThan(2 * 2000 * 100);
  // The first one has the way to the pair on top.
  const usual = Math.min(...all.map(({ turns }) => turns));
  expect(all.filter(({ turns }) => turns > usual)).toHaveLength(1);
});

test("no more turns are worked than there are, and more of them never earn less", () => {
  const way = Math.max(...rounds(trader).map(({ turns }) => turns)) - 8;
  let before = 0;
  for (let turns = 0; turns <= 120; turns++) {
    const made = rounds({ ...trader, turns });
    expect(sum(made.map((round) => round.turns)) - (made.length > 0 ? way : 0)).toBeLessThanOrEqual(turns);
    const earned = sum(made.map(({ profit }) => profit));
    expect(earned).toBeGreaterThanOrEqual(before);
    before = earned;
  }
  // The last half of a round is made where the turns reach no further than out.
  expect(rounds({ ...trader, turns: 4 })).toHaveLength(1);
  expect(rounds({ ...trader, turns: 3 })).toEqual([]);
});

test("ports are left as they are: to weigh a pair sells nothing", () => {
  const before = [...pair.stock];
  rounds(trader);
  turnWorthOf(pair, disjoint(bestPatches(pair, trader)), trader);
  expect([...pair.stock]).toEqual(before);
});

test("a small purse earns less in its first round than in its second, and that less than in its third", () => {
  const made = rounds({ ...trader, credits: 500, turns: 26 }).map(({ profit }) => profit);
  const rich = rounds({ ...trader, turns: 26 }).map(({ profit }) => profit);
  expect(made.length).toBe(rich.length);
  expect(Math.min(...made)).toBeLessThan(0.5 * Math.max(...made));
  expect(sum(made)).toBeLessThan(sum(rich));
});

test("rounds of several pairs are worked from the best down, whichever pair they belong to", () => {
  const market = marketOf([
    { portClass: 5 },
    { portClass: 2 },
    { portClass: 5, stocks: [900, 900, 900] },
    { portClass: 2, stocks: [900, 900, 900] },
  ]);
  const patches = disjoint(bestPatches(market, trader));
  expect(patches.length).toBe(2);
  const all = roundsOf(market, patches, trader).map(rateOf);
  expect(all).toEqual([...all].sort((a, b) => b - a));
  // The lesser pair's best round comes before the better one's last.
  const [first, second] = patches.map((patch) => roundsOf(market, [patch], trader).map(rateOf));
  expect(Math.max(...second!)).toBeGreaterThan(Math.min(...first!));
  expect(Math.max(...first!)).toBeGreaterThan(Math.max(...second!));
});

const portClass = fc.integer({ min: 1, max: 8 }) as fc.Arbitrary<TradingClass>;
const stocks = fc.tuple(fc.nat(2500), fc.nat(2500), fc.nat(2500));
const aMarket = fc
  .array(fc.record({ portClass, stocks }), { minLength: 2, maxLength: 9 })
  .map((plans) => marketOf(plans));

test("of the pairs the best come first, each earns something, and those that are chosen share no port", () => {
  fc.assert(
    fc.property(aMarket, (market) => {
      const patches = bestPatches(market, trader);
      expect(patches.map(({ rate }) => rate)).toEqual(patches.map(({ rate }) => rate).sort((a, b) => b - a));
      for (const { from, to, rate } of patches) {
        expect(rate).toBeGreaterThan(0);
        expect(roundsOf(market, [{ from, to, rate }], trader).length).toBeGreaterThan(0);
      }
      const chosen = disjoint(patches);
      const ports = chosen.flatMap(({ from, to }) => [from, to]);
      expect(new Set(ports).size).toBe(ports.length);
      expect(chosen.length).toBeLessThanOrEqual(patchesMax);
      expect(chosen[0]).toEqual(patches[0]);
      // What is left out shares a port with what was chosen.
      for (const { from, to } of patches)
        expect(ports.includes(from) || ports.includes(to) || chosen.length === patchesMax).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("the more turns there are, the less one of them is worth; where they outlast all pairs, nothing", () => {
  // So small a ship needs more turns for a pair than are left; then what each pair yields does not depend on how many that are.
  const small = { ...trader, holds: 20, turnsPerWarp: 2 };
  const worthIn = (market: Market, turns: number) => {
    const by = { ...small, turns };
    return turnWorthOf(market, disjoint(bestPatches(market, by)), by);
  };
  const turns = [800, 1000, 1300, 2000, 100_000];
  fc.assert(
    fc.property(aMarket, (market) => {
      const worths = turns.map((left) => worthIn(market, left));
      expect(worths).toEqual([...worths].sort((a, b) => b - a));
      expect(worths.at(-1)).toBe(0);
    }),
    { numRuns: 40 },
  );
  const plans = Array.from({ length: 12 }, (_, at): PortPlan => {
    const stock = 800 + 100 * at;
    return { portClass: at % 2 ? 5 : 2, stocks: [stock, stock, stock] };
  });
  const few = [800, 1000, 1300, 100_000].map((left) => worthIn(marketOf(plans), left));
  expect(new Set(few).size).toBe(few.length);
});

test("a pair far apart is not worked back and forth", () => {
  const world = worldOf({ ways: street(20, 12), trading: { 20: 5, 25: 2 } });
  const market = createMarket(world, [...world.ports.values()]);
  expect(bestPatches(market, trader)).toEqual([]);
});
