/** Whole games of a few bots: they grow, they earn, they share, and none goes on asking for what it cannot get. */
import { expect, test } from "bun:test";
import { note, sectorAt } from "../../src/games/tw2002/host/galaxy.ts";
import type { LifeEvent } from "../../src/player/happenings.ts";
import { type Arena, createArena } from "./arena.ts";
import { audit, creditsPerTurn, troubles } from "./audit.ts";

const turnsPerDay = 65_000;

for (const seed of [1, 3, 6]) {
  test(`a lone bot of 1,000 sectors has grown by turn 400 and earns 250 credits a turn over 600 turns, seed ${seed}`, () => {
    const grown = { holds: 0, turns: 0 };
    const arena = createArena({
      bots: 1,
      seed,
      turns: 600,
      turnsPerDay,
      onEffect({ life }) {
        const { holds, turns_executed } = life.report();
        if (turns_executed > 400 || holds <= grown.holds) return;
        grown.holds = holds;
        grown.turns = turns_executed;
      },
    });
    arena.run();
    const [bot] = arena.bots;
    expect(troubles(arena.bots)).toEqual([]);
    expect(audit(arena)).toEqual([]);
    expect(grown.holds).toBeGreaterThanOrEqual(60);
    expect(bot!.life.report().ship).toBe("Merchant Freighter");
    expect(creditsPerTurn(bot!)).toBeGreaterThan(250);
  });
}

/** What each bot asks to be left alone, and what it has been told that others hold. */
function hearsay(arena: Arena) {
  const asked = new Map<string, readonly string[]>();
  const told = new Map<string, Set<string>>();
  for (const { name, life } of arena.bots) {
    const taken = new Set<string>();
    told.set(name, taken);
    const step = life.step.bind(life);
    Object.assign(life, {
      step(event: LifeEvent, at: number) {
        if (event.type === "claimed") {
          for (const port of event.taken) taken.add(port);
          for (const port of event.free) taken.delete(port);
        }
        const effects = step(event, at);
        for (const effect of effects) if (effect.type === "claim") asked.set(name, effect.names);
        return effects;
      },
    });
  }
  return { asked, told };
}

test("twelve bots who share all grow and trade at the first word; no port is held by two of them", () => {
  const arena = createArena({ bots: 12, seed: 11, turns: 300, turnsPerDay, latencyMs: 40, shared: true });
  const { asked, told } = hearsay(arena);
  let held = 0;
  for (let second = 0; second < 600 && arena.bots.some(({ ended }) => !ended); second++) {
    arena.run(1000);
    const playing = arena.bots.filter(({ ended }) => !ended);
    for (const port of new Set(playing.flatMap(({ name }) => [...told.get(name)!]))) {
      const holders = playing.filter(({ name }) => !told.get(name)!.has(port));
      expect(holders.length).toBeLessThan(2);
      held += holders.filter(({ name }) => asked.get(name)?.includes(port)).length;
    }
  }
  expect(held).toBeGreaterThan(100);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
  const reports = arena.bots.map(({ life }) => life.report());
  // Where others had told the universe's size, nobody once read the screen that tells of the StarDock: 20 holds for ever.
  expect(Math.min(...reports.map(({ holds }) => holds))).toBeGreaterThan(30);
  const attempts = reports.reduce((sum, { trade_attempts }) => sum + trade_attempts, 0);
  const trades = reports.reduce((sum, { trades_executed }) => sum + trades_executed, 0);
  expect(attempts).toBeGreaterThan(500);
  expect(trades / attempts).toBeGreaterThan(0.95);
}, 20_000);

test("a game that is looked at every now and then is the same game", () => {
  const played = (sliceMs: number) => {
    const arena = createArena({ bots: 12, seed: 11, turns: 60, turnsPerDay, latencyMs: 40, shared: true });
    while (arena.bots.some(({ ended }) => !ended)) arena.run(sliceMs);
    expect(audit(arena)).toEqual([]);
    return arena.keyLog();
  };
  expect(played(100)).toBe(played(3_600_000));
});

test("the goal exploration sees more than profit does, and the strategy explore does so whatever its goal", () => {
  const seen = (strategy: string, goal: string) => {
    const arena = createArena({ bots: 1, seed: 8, turns: 300, turnsPerDay, strategy });
    arena.order(arena.bots[0]!, { type: "goal", id: 1, goal });
    arena.run();
    expect(troubles(arena.bots)).toEqual([]);
    return arena.bots[0]!.life.report().sectors_explored;
  };
  const profit = seen("opportunistic", "profit");
  expect(seen("opportunistic", "exploration")).toBeGreaterThan(1.5 * profit);
  expect(seen("explore", "profit")).toBeGreaterThan(1.5 * profit);
});

test("a StarDock that fighters bar all ways to is not asked for at every step, and the bot trades on without it", () => {
  let asked = 0;
  const arena = createArena({
    bots: 1,
    seed: 9,
    turns: 500,
    turnsPerDay,
    onEffect(_, effect) {
      if (effect.type === "chose" && effect.why.startsWith("a way to the StarDock")) asked++;
    },
  });
  const galaxy = arena.host.galaxyOf("A")!;
  const around = galaxy.sectors.filter(({ warps }) => warps.includes(galaxy.stardock));
  for (const sector of [...around, sectorAt(galaxy, galaxy.stardock)]) {
    sector.fighters = { owner: { type: "mercenaries" }, count: 100, mode: "defensive" };
    note(galaxy, "sector", sector);
  }
  arena.run();
  expect(troubles(arena.bots)).toEqual([]);
  expect(asked).toBeLessThan(10);
  expect(creditsPerTurn(arena.bots[0]!)).toBeGreaterThan(30);
}, 20_000);
