import { describe, expect, test } from "bun:test";
import { hasEnded, liveCount, type Bot, type SwarmState } from "../../src/swarm/swarm.ts";
import { endedStates } from "../../src/proto/status.ts";
import { folded, newSwarm, type Stage } from "./stories.ts";
import { world } from "./world.ts";

const seeds = Array.from({ length: 40 }, (_, seed) => seed);
const movesEach = 400;

/** Whether it waits, starts or has a process is told in three places, which must agree. */
function agrees({ state }: Stage): void {
  for (const bot of state.bots.values()) {
    const told = [bot.id, bot.state, bot.process];
    const waits = state.waiting.has(bot.id);
    expect([...told, waits]).toEqual([...told, bot.process === "waiting"]);
    if (waits) expect(["QUEUED", "BACKOFF"]).toContain(bot.state);
    if (bot.state === "QUEUED" || bot.state === "BACKOFF")
      expect([...told]).toEqual([bot.id, bot.state, "waiting"]);
    if (state.starting.has(bot.id))
      expect([...told, hasEnded(bot)]).toEqual([bot.id, bot.state, "starting", false]);
    if (bot.linked) expect(told).toEqual([bot.id, bot.state, "up"]);
    if (endedStates.has(bot.state)) expect([...told, bot.endedAt]).not.toContain(undefined);
  }
  for (const id of [...state.waiting, ...state.starting]) expect(state.bots.has(id)).toBe(true);
  expect(state.starting.size).toBeLessThanOrEqual(state.spawnParallel);
}

/** What events of the present tell, which nobody stores. */
const present = new Set<keyof Bot>([
  "lastWord",
  "lastActivity",
  "report",
  "reportAt",
  "linked",
  "goal",
  "strategy",
  "turnsMax",
]);
const lasting = (state: SwarmState) =>
  JSON.stringify(
    {
      ...state,
      bots: Object.fromEntries(state.bots),
      waiting: [...state.waiting],
      starting: [...state.starting],
      keys: [...state.keys],
    },
    (key, value: unknown) => (present.has(key as keyof Bot) ? undefined : value),
  );

describe("a world of workers in which anything goes", () => {
  test("leads along the table alone, starts nobody twice, and keeps its books straight", () => {
    for (const seed of seeds) world(seed, agrees).run(movesEach);
  });

  test("is not put out by words and ends of workers that are gone", () => {
    for (const seed of seeds) world(seed, agrees, true).run(movesEach);
  });

  test("folded again is the same, and its numbers have no gap", () => {
    for (const seed of seeds) {
      const { on, run } = world(seed, () => {});
      run(movesEach);
      // What is stored may make way for another start, which is told in its turn.
      while (on.isDirty()) on.flush();
      expect(on.stored.map(({ seq }) => seq)).toEqual(on.stored.map((_, index) => index + 1));
      expect(on.state.seq).toBe(on.stored.length);
      const again = folded(on, newSwarm({ maxBots: 3, spawnParallel: 2 }));
      expect(JSON.parse(lasting(again))).toEqual(JSON.parse(lasting(on.state)));
      expect(lasting(again)).toBe(lasting(on.state));
    }
  });

  test("gets everywhere", () => {
    const visited = new Set<string>();
    for (const seed of seeds)
      world(seed, ({ state }) => state.bots.forEach((bot) => visited.add(bot.state))).run(movesEach);
    expect(visited.size).toBe(11);
  });

  test("never holds more live bots than it may", () => {
    for (const seed of seeds)
      world(seed, ({ state }) => {
        const alive = [...state.bots.values()].filter((bot) => !hasEnded(bot)).length;
        expect(alive).toBeLessThanOrEqual(state.maxBots);
        expect(liveCount(state)).toBeGreaterThanOrEqual(alive);
      }).run(movesEach);
  });
});
