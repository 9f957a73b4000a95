import { expect, test } from "bun:test";
import { createArena } from "./arena.ts";
import { audit, creditsPerTurn, mean, troubles } from "./audit.ts";

/** A day of 120 turns for each, of bots that share what they know. */
function day(seed: number, bots: number) {
  const arena = createArena({ bots, seed, turns: 0, turnsPerDay: 120, shared: true, sectors: 2000 });
  arena.run(3_600_000);
  return arena;
}

test("111 bots play a whole day: all done, all books right, nearly all with a profit", () => {
  const arena = day(20_260_202, 111);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
  const rates = arena.bots.map(creditsPerTurn);
  const earners = rates.filter((rate) => rate > 0).length;
  console.info(
    `a day of 111: ${mean(rates).toFixed(1)} credits a turn, least ${Math.min(...rates).toFixed(1)}, ${earners} with a profit`,
  );
  expect(earners).toBeGreaterThanOrEqual(110);
  expect(mean(rates)).toBeGreaterThan(60);
}, 60_000);

test("a seed is all that a day depends on: played again, every key falls at the same moment", () => {
  const first = day(8, 8).keyLog();
  expect(day(8, 8).keyLog()).toBe(first);
  expect(day(9, 8).keyLog()).not.toBe(first);
}, 30_000);
