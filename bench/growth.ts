/** Growth curves: the same work at several sizes, and by which power of the size its time grows. A bound far below 2 keeps squares out. */
import { tw2002 } from "../src/games/tw2002/mod.ts";
import { rosterOf } from "../src/control/roster.ts";
import { swarmStatus } from "../src/swarm/totals.ts";
import { createCommons } from "../src/swarm/commons.ts";
import { createDice } from "../src/io/identity.ts";
import { lineOf, loreText } from "../src/proto/lore.ts";
import { createTable, enlist } from "../tests/games/tw2002/host/players.ts";
import { newSwarm, report } from "../tests/swarm/stories.ts";
import { apply, numberedId, type SwarmState } from "../src/swarm/swarm.ts";
import type { Benchmark } from "./harness/benchmark.ts";
import { exponentOf, medianOf } from "./harness/stats.ts";
import { knownWorld } from "./memory.ts";

/** Each size is timed so often, and the middle counts. */
const timings = 5;
/** So long at least, so that no tick of a clock is seen, in milliseconds. */
const timedMinMs = 50;
/** An exponent moves by this by chance. */
const exponentSlack = 0.15;

/** Milliseconds of one call. */
function timed(work: () => unknown): number {
  work();
  return medianOf(
    Array.from({ length: timings }, () => {
      const began = performance.now();
      let calls = 0;
      do {
        work();
        calls++;
      } while (performance.now() - began < timedMinMs);
      return (performance.now() - began) / calls;
    }),
  );
}

/** `prepare` makes what one size needs and gives the work to be timed. */
function curve(
  what: string,
  sizes: readonly number[],
  below: number,
  prepare: (size: number) => () => unknown,
): Benchmark {
  const made = new Map<number, () => unknown>();
  const workAt = (size: number) => {
    const work = made.get(size) ?? prepare(size);
    made.set(size, work);
    return work;
  };
  return {
    name: `growth: ${what}, by ${sizes.map((size) => size.toLocaleString("en")).join(", ")}`,
    unit: "power",
    kind: "cost",
    cost: "slow",
    goal: { below },
    slack: exponentSlack,
    run: () => exponentOf(sizes.map((size) => [size, timed(workAt(size))] as const)),
  };
}

const atMs = Date.UTC(2026, 10, 23, 12);

/** So many bots at play, each with a report. */
function swarmOf(bots: number): SwarmState {
  const state = newSwarm({ maxBots: bots });
  for (let number = 0; number < bots; number++) {
    const bot = numberedId(number);
    apply(state, {
      type: "joined",
      bot,
      pid: 1000 + number,
      config_name: "bench",
      strategy: "opportunistic",
      token_hash: "",
      at: atMs,
    });
    apply(state, {
      type: "reported",
      bot,
      at: atMs,
      report: report({ credits: (number * 7919) % 100_003, turns_executed: number }),
    });
  }
  return state;
}

/** Where all is known, in a Merchant Cruiser of 75 holds, with nothing left to be asked. */
function traderIn(sectors: number) {
  const world = Object.assign(knownWorld(sectors), {
    informed: true,
    surveyed: true,
    courseYield: 0,
    sector: 1,
    credits: 100_000,
    creditsStart: 300,
    holds: 75,
    empty: 75,
    fighters: 30,
    turnsLeft: 10_000,
    weekday: 1,
  });
  world.ship.kind = "merchantCruiser";
  return world;
}

const about = { version: "0", degraded: undefined };
const bots = [10, 100, 1000] as const;
const sectors = [1000, 5000, 20_000] as const;

export const benchmarks: readonly Benchmark[] = [
  curve("the swarm's status as JSON, bots", bots, 1.2, (count) => {
    const state = swarmOf(count);
    return () => JSON.stringify(swarmStatus(state, about, atMs));
  }),
  curve("a sorted page of ten bots, bots", bots, 1.2, (count) => {
    const roster = rosterOf({ state: swarmOf(count), now: () => atMs });
    return () => roster.listBots({ sort: "-credits", limit: 10 });
  }),
  curve("a batch of lore told to all, bots", bots, 1.2, (count) => {
    const commons = createCommons();
    let now = atMs;
    for (let bot = 0; bot < count; bot++) commons.join(numberedId(bot), "localhost:2002/A", now);
    return () => {
      now += 1000;
      const lines = [lineOf({ key: `g${1 + (now % 1000)}`, at: now, value: "3,100,80,900,60,88,3" })];
      commons.told(numberedId(0), loreText(0, lines), now);
      for (const { bot, word } of commons.words(now))
        if (word.type === "lore") commons.confirmed(bot, word.up_to);
    };
  }),
  curve("a choice of a bot, sectors known", sectors, 1.2, (count) => {
    const world = traderIn(count);
    const dice = createDice(1, "growth");
    let sector = 0;
    return () => {
      // Nothing that was reckoned for one place and moment helps at the next.
      sector = (sector + 389) % count;
      Object.assign(world, { sector: 1 + sector, now: world.now + 1000 });
      const { intent } = tw2002.strategies["opportunistic"]!(world, dice, "profit");
      if (intent.type === "inform") throw new Error("The world is not ready to be played in");
    };
  }),
  curve("a command of the host's core, callers", bots, 0.5, (count) => {
    const table = createTable({ seed: 2, maxCallers: count, settings: { turnsPerDay: 1_000_000 } });
    const callers = Array.from({ length: count }, (_, index) => enlist(table, `Trader ${index}`));
    let next = 0;
    return () => table.press(callers[next++ % count]!, "I");
  }),
];
