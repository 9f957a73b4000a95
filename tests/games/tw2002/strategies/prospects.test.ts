import { expect, test } from "bun:test";
import {
  careerOf,
  type Prospector,
  prospectWorth,
} from "../../../../src/games/tw2002/strategies/prospects.ts";

const prospector: Prospector = { holds: 65, turnsPerWarp: 2, credits: 50_000, turns: 1000 };
const worth = (more: Partial<Prospector>) => prospectWorth({ ...prospector, ...more });
const rising = (numbers: readonly number[]) =>
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));

test("exploring is worth more to larger and faster ships, and to those with money for a cargo", () => {
  rising([5, 20, 40, 65, 150].map((holds) => worth({ holds })));
  rising([6, 4, 3, 2].map((turnsPerWarp) => worth({ turnsPerWarp })));
  rising([150, 400, 1000, 2000].map((credits) => worth({ credits })));
  // More than fills the holds is of no use.
  expect(worth({ credits: 1e9 })).toBe(worth({ credits: 65 * 40 }));
  // Somebody without a credit can still sell one thing or the other.
  expect(worth({ credits: 0 })).toBeGreaterThan(0);
});

test("with too few turns to find a pair exploring is worth nothing, with more of them ever more, up to a limit", () => {
  for (const turns of [0, 5, 18]) expect(worth({ turns })).toBe(0);
  const worths = [20, 30, 60, 120].map((turns) => worth({ turns }));
  rising(worths);
  expect(worths[0]).toBeGreaterThan(0);
  expect(worth({ turns: 100_000 })).toBe(worth({ turns: 10_000 }));
});

test("a turn of exploring is worth what such ships have earned in play, by the order", () => {
  expect(worth({})).toBeWithin(300, 1500);
  expect(worth({ holds: 20, turnsPerWarp: 3, credits: 300 })).toBeWithin(30, 200);
});

test("a career earns more with more turns, holds and speed, and less for each further turn", () => {
  rising([20, 40, 65, 150, 250].map((holds) => careerOf(holds, 3, 1000)));
  rising([6, 4, 3, 2].map((turnsPerWarp) => careerOf(65, turnsPerWarp, 1000)));
  rising([50, 100, 200, 400, 800].map((turns) => careerOf(65, 2, turns)));
  expect(careerOf(65, 2, 0)).toBe(0);
  // A ship of twice the size finds no more pairs in the same time.
  expect(careerOf(130, 2, 1000)).toBeLessThan(2 * careerOf(65, 2, 1000));
});
