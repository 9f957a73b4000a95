/** How a bot spends round trips, by how long they are. */
import { expect, test } from "bun:test";
import { roundTripsOf } from "../../bench/roundtrips.ts";
import { shortRoundTripMs } from "../../src/games/tw2002/bidding.ts";
import type { Self } from "../../src/player/game.ts";
import { createArena } from "./arena.ts";
import { mean } from "./audit.ts";

const season = { bots: 1, turns: 300, sectors: 300 };

test("on a line of 50 ms a port call with two products takes six round trips in the mean, a hop one at most", () => {
  const rows = [1, 2, 3, 4, 5, 6].map((seed) => roundTripsOf({ ...season, turns: 500, seed }));
  expect(Math.min(...rows.map(({ calls }) => calls))).toBeGreaterThan(10);
  expect(mean(rows.map(({ per_call }) => per_call))).toBeLessThanOrEqual(6);
  expect(mean(rows.map(({ per_hop }) => per_hop))).toBeLessThanOrEqual(1);
});

/** Counters typed for each deal. */
function talk(latencyMs: number, self: Partial<Self> = {}): number {
  let counters = 0;
  let deals = 0;
  const arena = createArena({
    ...season,
    seed: 4,
    latencyMs,
    self,
    onEffect(_, effect) {
      if (effect.type === "traded") deals++;
      if (effect.type === "learned" && effect.fact.type === "bid") counters++;
    },
  });
  arena.run(24 * 3_600_000);
  expect(deals).toBeGreaterThan(50);
  return counters / deals;
}

test("where answers come at once a bot talks for the best price, where they do not it is brief, unless it is told how", () => {
  const [near, far] = [shortRoundTripMs / 2 - 1, shortRoundTripMs / 2 + 1];
  expect(talk(near)).toBeGreaterThan(4);
  expect(talk(far)).toBeLessThan(3);
  expect(talk(far, { haggle: "master" })).toBeGreaterThan(4);
  expect(talk(near, { haggle: "quick" })).toBeLessThan(3);
});
