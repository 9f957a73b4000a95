import { expect, test } from "bun:test";
import { marketAround } from "../../../../src/games/tw2002/strategies/calls.ts";
import { type Earning, earningOf } from "../../../../src/games/tw2002/strategies/earning.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import { hereOf, type PortPlan, street, worldOf } from "./worlds.ts";

const earning = (world: World, turns = 1000): Earning =>
  earningOf(world, marketAround(world, hereOf(world)), turns);
/** Pairs in a row, with so much in stock. */
const rowOf = (count: number, stock = 2000): World => {
  const trading: Record<number, PortPlan> = {};
  const productivity = Math.max(200, stock / 10);
  for (let at = 0; at < count; at++)
    trading[20 + at] = { portClass: at % 2 ? 2 : 5, stocks: [stock, stock, stock], productivity };
  return worldOf({ ways: street(20, Math.max(2, count)), trading });
};

test("more holds and fewer turns a warp earn more, at any size between those that are reckoned", () => {
  for (const world of [rowOf(2), rowOf(16)]) {
    const career = earning(world);
    const careers = [15, 20, 30, 65, 75, 125, 150].map((holds) => career(holds, 3, 1000));
    expect(careers).toEqual([...new Set(careers)].sort((a, b) => a - b));
    for (const holds of [20, 65, 150]) {
      expect(career(holds, 2, 1000)).toBeGreaterThan(career(holds, 3, 1000));
      expect(career(holds, 3, 1000)).toBeGreaterThan(career(holds, 6, 1000));
    }
  }
});

test("half of the turns earn half, and none nothing", () => {
  const career = earning(rowOf(16));
  expect(career(65, 2, 500)).toBeCloseTo(career(65, 2, 1000) / 2, 6);
  expect(career(65, 2, 0)).toBe(0);
  // A hull without holds earns nothing, and never costs anything.
  expect(career(0, 6, 1000)).toBeGreaterThanOrEqual(0);
});

test("a rich market is worth more than a usual one, and a few ports tell nothing of what there is", () => {
  const worth = (world: World) => earning(world, 300)(65, 2, 300);
  const usual = worth(rowOf(2));
  for (const stock of [5, 65_000]) expect(worth(rowOf(10, stock))).toBe(usual);
  // However poor what is known, there is more to be found.
  expect(worth(rowOf(40, 5))).toBe(usual);
  // And if it is rich, what is known is what counts.
  expect(worth(rowOf(15, 65_000))).toBeGreaterThan(usual);
});

test("where others of ours are at work, too, a rich market is worth less to each", () => {
  const crowded = rowOf(15, 9000);
  for (const sector of [900, 901, 902, 903]) crowded.taken.add(sector);
  expect(earning(crowded, 300)(65, 2, 300)).toBeLessThan(earning(rowOf(15, 9000), 300)(65, 2, 300));
});

test("what was reckoned for one bot is not taken for another's", () => {
  const [rich, poor] = [rowOf(15, 9000), rowOf(15, 500)];
  const before = earning(rich, 300)(65, 2, 300);
  expect(earning(poor, 300)(65, 2, 300)).toBeLessThan(before);
  expect(earning(rich, 300)(65, 2, 300)).toBe(before);
});
