import { expect, test } from "bun:test";
import { createArena } from "./arena.ts";
import { audit, creditsPerTurn, mean, troubles } from "./audit.ts";

/** A day of the default game: 250 turns for each of 111. */
function day(seed: number) {
  const arena = createArena({ bots: 111, seed, turns: 0, turnsPerDay: 250 });
  arena.run(3_600_000);
  return arena;
}

test("111 bots play a whole day: all done, all books right, nearly all with a profit, twice the same", () => {
  const arena = day(20_260_202);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
  const rates = arena.bots.map(creditsPerTurn);
  const earners = rates.filter((rate) => rate > 0).length;
  console.info(
    `a day of 111: ${mean(rates).toFixed(1)} credits a turn, least ${Math.min(...rates).toFixed(1)}, ${earners} with a profit`,
  );
  expect(earners).toBeGreaterThanOrEqual(110);
  expect(mean(rates)).toBeGreaterThan(60);
  expect(day(20_260_202).keyLog()).toBe(arena.keyLog());
}, 60_000);
