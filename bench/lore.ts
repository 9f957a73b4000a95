/** Shared knowledge: a great universe on its way into a bot's world, its size there, and what sharing costs a manager of many bots. */
import { tw2002 } from "../src/games/tw2002/mod.ts";
import { sectorsMax } from "../src/games/tw2002/chart.ts";
import { lineOf, loreText, loreTextMaxChars } from "../src/proto/lore.ts";
import { createCommons } from "../src/swarm/commons.ts";
import { seeded } from "../tests/cuts.ts";
import type { Benchmark } from "./harness/benchmark.ts";

const sectors = 20_000;
const ports = 8_000;
const atMs = Date.UTC(2026, 1, 2, 12);

/** All that can be known of a universe of 20,000 sectors with 8,000 ports. */
function greatUniverse(): string[] {
  const dice = seeded(1);
  const below = (end: number) => Math.floor(dice() * end);
  const say = (key: string, value: string) => lineOf({ key, at: atMs - below(86_400_000), value });
  const lines: string[] = [];
  for (let sector = 1; sector <= sectors; sector++) {
    const ways = Array.from({ length: 1 + below(6) }, () => 1 + below(sectors));
    lines.push(say(`w${sector}`, `${[...new Set(ways)].sort((a, b) => a - b).join()}*`));
  }
  for (let port = 1; port <= ports; port++) {
    const sector = 1 + ((port * 7) % sectors);
    const portClass = 1 + below(8);
    const stocks = Array.from({ length: 3 }, () => `${below(3000)},75,300`);
    const struck = Array.from({ length: 3 }, () => `x${below(2 ** 46).toString(16)}`);
    lines.push(
      say(`p${sector}`, String(portClass)),
      say(`g${sector}`, [portClass, ...stocks].join()),
      say(`H${sector}`, struck.join(";")),
    );
  }
  return lines;
}

/** As a manager tells it: texts no longer than a message. */
function batches(lines: readonly string[]): string[] {
  const texts: string[] = [];
  let batch: string[] = [];
  let chars = 2;
  for (const line of lines) {
    if (chars + line.length + 1 > loreTextMaxChars) {
      texts.push(loreText(0, batch));
      [batch, chars] = [[], 2];
    }
    batch.push(line);
    chars += line.length + 1;
  }
  return [...texts, loreText(0, batch)];
}

const newWorld = () =>
  tw2002.newWorld({
    name: "a",
    password: "b",
    gameLetter: "A",
    shipName: "c",
    planetName: "d",
    turnsMax: 0,
    reserveCredits: 0,
    maxHops: 6,
  });

function loadIntoWorld(texts: readonly string[]) {
  const world = newWorld();
  for (const text of texts) tw2002.lore!.recall(world, text);
  if (world.chart.seenCount !== sectors || world.ports.size !== ports)
    throw new Error(`Of ${sectorsMax} sectors at most, ${world.chart.seenCount} were taken in`);
  return world;
}

/** Things that are weighed together: one alone is lost in the heap's own ups and downs. */
const together = 4;

/** Bytes on the heap that `make` leaves. */
function heapOf(make: () => object): number {
  // The first one brings along what all share, and lets go what was made before.
  const kept = [make()];
  const before = heapBytes();
  for (let count = 0; count < together; count++) kept.push(make());
  const after = heapBytes();
  if (new Set(kept).size !== together + 1) throw new Error("Nothing was made");
  return (after - before) / together;
}

function heapBytes(): number {
  Bun.gc(true);
  return process.memoryUsage().heapUsed;
}

let great: string[] | undefined;
const greatTexts = () => (great ??= batches(greatUniverse()));

const bots = 111;
const changesPerBot = 5;
const seconds = 10;

/** Milliseconds of processor time for each second of many bots telling each other what changes. */
function commonsCost(): number {
  const commons = createCommons();
  let now = atMs;
  for (let bot = 0; bot < bots; bot++) commons.join(`bot_${bot}`, "localhost:2002/A", now);
  const dice = seeded(2);
  const began = performance.now();
  for (let second = 0; second < seconds; second++) {
    for (let quarter = 0; quarter < 4; quarter++) {
      now += 250;
      for (const { bot, word } of commons.words(now)) {
        if (word.type !== "lore") continue;
        JSON.stringify(word);
        commons.confirmed(bot, word.up_to);
      }
    }
    for (let bot = 0; bot < bots; bot++) {
      const lines = Array.from({ length: changesPerBot }, () => {
        const sector = 1 + Math.floor(dice() * sectors);
        return lineOf({ key: `g${sector}`, at: now, value: `3,${Math.floor(dice() * 3000)},80,900,60,88,3` });
      });
      commons.told(`bot_${bot}`, loreText(0, lines), now);
    }
  }
  return (performance.now() - began) / seconds;
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: `lore: ${sectors} sectors into a world`,
    unit: "ms",
    kind: "duration",
    cost: "quick",
    goal: { below: 200 },
    run() {
      const texts = greatTexts();
      const began = performance.now();
      loadIntoWorld(texts);
      return performance.now() - began;
    },
  },
  {
    name: "lore: on the wire, all of it",
    unit: "bytes/sector",
    kind: "cost",
    cost: "quick",
    runs: 1,
    run: () => JSON.stringify(greatTexts()).length / sectors,
  },
  {
    name: "lore: in a bot's world, all of it",
    unit: "bytes/sector",
    kind: "cost",
    cost: "quick",
    runs: 1,
    run() {
      const texts = greatTexts();
      return heapOf(() => loadIntoWorld(texts)) / sectors;
    },
  },
  {
    name: "lore: in the manager's commons, all of it",
    unit: "bytes/sector",
    kind: "cost",
    cost: "quick",
    runs: 1,
    run() {
      const texts = greatTexts();
      return (
        heapOf(() => {
          const commons = createCommons();
          commons.join("teller", "localhost:2002/A", atMs);
          for (const text of texts) commons.told("teller", text, atMs);
          commons.saved();
          return commons;
        }) / sectors
      );
    },
  },
  {
    name: `lore: commons of ${bots} bots, ${changesPerBot} changes a second each`,
    unit: "ms/s",
    kind: "duration",
    cost: "slow",
    goal: { below: 100 },
    run: commonsCost,
  },
];
