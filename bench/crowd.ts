/**
 * Swarms of several sizes as a user has them, the built binary with a process for each bot or with many bots in one: how soon all play, what
 * memory each role takes, what a turn costs the processor, and how soon the manager answers meanwhile. Hosts answer after
 * half a second, as slow real ones do: a hundred bots at full speed keep any machine busy, and then only that is measured.
 */
import { join } from "node:path";
import { pssBytes } from "../src/io/procfs.ts";
import { processesWith } from "../tests/e2e/harness.ts";
import { makeField, type Field } from "../tests/e2e/storm/field.ts";
import { cpuSeconds } from "../tests/e2e/storm/processes.ts";
import { type Benchmark, type Kind, perRound } from "./harness/benchmark.ts";
import { binaryMissing, packsMissing } from "./harness/binary.ts";
import { quantileOf } from "./harness/stats.ts";
import { askAtRate } from "./load/asking.ts";

const latencyMs = 500;
/** Newcomers tell each other the whole map, and shop: that is not what a swarm costs. */
const settleSeconds = 20;
const allPlayingMaxMs = 180_000;
/** Most bots of one game: more are spread over several, as an operator would. */
const botsPerGame = 125;
const letters = "ABCDEFGH";
/** GET /swarm/status in a second: fewer of a great swarm, whose answer is as much longer; and for how long. */
const asksPerSecond = (bots: number) => (bots > 200 ? 20 : 200);
const askSeconds = 10;
/** Ticks of Linux are 10 ms: a lone bot has to play this long for its turns to be told from them. */
const cpuSecondsWatched = (bots: number) => (bots < 10 ? 60 : 20);

interface Size {
  readonly bots: number;
  /** Bots in one process; a process for each, for none. */
  readonly pack?: number;
}

/** What one swarm came to. Memory is PSS in MB; processor time is in microseconds. */
export interface Crowd {
  readonly secondsToPlay: number;
  readonly manager: number;
  readonly host: number;
  readonly workers: number;
  readonly workerMean: number;
  readonly workerMost: number;
  readonly processes: number;
  readonly cpuPerTurn: number;
  readonly turnsPerSecond: number;
  readonly answerMs: readonly number[];
}

async function openField({ bots, pack }: Size, latencyMs: number): Promise<Field> {
  const field = await makeField({
    latencyMs,
    host: ["--games", gamesFor(bots), "--max-callers", String(bots + 50)],
    manager: { max_bots: Math.max(200, bots), ...(pack !== undefined && { bots_per_worker: pack }) },
  });
  try {
    await field.startManager();
    return field;
  } catch (error) {
    await field.close();
    throw error;
  }
}

const gamesFor = (bots: number) => letters.slice(0, Math.ceil(bots / botsPerGame));

/** Asks for all of them and answers, in seconds, when the last one plays. */
async function timeToPlay(field: Field, { bots }: Size): Promise<number> {
  const began = performance.now();
  const games = gamesFor(bots);
  for (const game_letter of games)
    await field.spawn(Math.ceil(bots / games.length), { connection: { port: field.hostPort, game_letter } });
  await field.allPlaying(allPlayingMaxMs);
  return (performance.now() - began) / 1000;
}

async function crowd(size: Size): Promise<Crowd> {
  const { bots } = size;
  const field = await openField(size, latencyMs);
  try {
    const secondsToPlay = await timeToPlay(field, size);
    await Bun.sleep(1000 * settleSeconds);
    const pids = await workersOf(field);
    const played = await turnsOf(field, pids, cpuSecondsWatched(bots));
    const sizes = pids.map(megabytes);
    const workers = sizes.reduce((sum, size) => sum + size, 0);
    const { tookMs } = await askAtRate(`${field.url}/swarm/status`, asksPerSecond(bots), askSeconds);
    return {
      secondsToPlay,
      manager: megabytes(field.manager().pid),
      host: megabytes(hostOf(field)),
      workers,
      workerMean: workers / sizes.length,
      workerMost: Math.max(...sizes),
      processes: sizes.length,
      ...played,
      answerMs: tookMs,
    };
  } finally {
    await field.close();
  }
}

/** Packed bots name one process together. */
async function workersOf(field: Field): Promise<readonly number[]> {
  const { bots } = await field.status();
  return [...new Set(bots.flatMap(({ pid }) => pid ?? []))];
}

/** The field tells only where it listens. */
function hostOf({ folder }: Field): number {
  const [host] = processesWith(join(folder, "host.db"));
  if (host === undefined) throw new Error("The host is gone");
  return Number.parseInt(host, 10);
}

async function turnsOf(field: Field, pids: readonly number[], seconds: number) {
  const used = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const [turns, cpu, began] = [(await field.status()).total_turns, used(), performance.now()];
  await Bun.sleep(1000 * seconds);
  const played = (await field.status()).total_turns - turns;
  if (played <= 0) throw new Error(`No turn was played in ${seconds} s`);
  return {
    cpuPerTurn: (1e6 * (used() - cpu)) / played,
    turnsPerSecond: (1000 * played) / (performance.now() - began),
  };
}

function megabytes(pid: number): number {
  const bytes = pssBytes(pid);
  if (bytes === undefined) throw new Error(`The memory of process ${pid} cannot be read`);
  return bytes / 1e6;
}

type Read = (crowd: Crowd) => number;

const sizes = {
  1: { bots: 1 },
  20: { bots: 20 },
  111: { bots: 111 },
  /** The process that others could share. */
  "1 packed": { bots: 1, pack: 2 },
  "111 packed": { bots: 111, pack: 111 },
  "1000 packed": { bots: 1000, pack: 250 },
} as const satisfies Readonly<Record<string, Size>>;
type CrowdName = keyof typeof sizes;
const crowdOf = {
  1: perRound(() => crowd(sizes[1])),
  20: perRound(() => crowd(sizes[20])),
  111: perRound(() => crowd(sizes[111])),
  "1 packed": perRound(() => crowd(sizes["1 packed"])),
  "111 packed": perRound(() => crowd(sizes["111 packed"])),
  "1000 packed": perRound(() => crowd(sizes["1000 packed"])),
} as const;

const isPacked = (name: CrowdName) => "pack" in sizes[name];
const skipOf = (name: CrowdName) => (isPacked(name) ? packsMissing : binaryMissing);

function figuresOf(name: CrowdName): readonly Benchmark[] {
  const { bots } = sizes[name];
  const figure = (
    what: string,
    unit: string,
    kind: Kind,
    read: Read,
    more: Partial<Benchmark> = {},
  ): Benchmark => ({
    name: `crowd: ${name}: ${what}`,
    unit,
    kind,
    cost: "whole",
    skip: skipOf(name),
    run: async (round) => read(await crowdOf[name](round)),
    ...more,
  });
  return [
    figure(
      `from the request until all play, host of ${latencyMs} ms`,
      "s",
      // Most of it is waiting for the host, how fast the machine may be.
      "cost",
      ({ secondsToPlay }) => secondsToPlay,
      {
        slack: 3,
      },
    ),
    figure("manager, PSS", "MB", "cost", ({ manager }) => manager, { slack: 5 }),
    figure("host, PSS", "MB", "cost", ({ host }) => host, { slack: 5 }),
    figure("worker processes", "", "cost", ({ processes }) => processes),
    figure("all workers, PSS", "MB", "cost", ({ workers }) => workers, { slack: 2 }),
    figure("mean worker, PSS", "MB", "cost", ({ workerMean }) => workerMean, { slack: 1 }),
    figure("largest worker, PSS", "MB", "cost", ({ workerMost }) => workerMost, { slack: 2 }),
    figure("processor time of a turn, workers", "us", "duration", ({ cpuPerTurn }) => cpuPerTurn),
    figure("turns, all bots", "turns/s", "yield", ({ turnsPerSecond }) => turnsPerSecond),
    figure(
      `GET /swarm/status, ${asksPerSecond(bots)} a second, p50`,
      "ms",
      "duration",
      ({ answerMs }) => quantileOf(answerMs, 0.5),
      {
        slack: 1,
      },
    ),
    figure(
      `GET /swarm/status, ${asksPerSecond(bots)} a second, p99`,
      "ms",
      "duration",
      ({ answerMs }) => quantileOf(answerMs, 0.99),
      {
        slack: 5,
        goal: { below: 10 },
      },
    ),
  ];
}

/** The same request where the host answers at once: then the machine's own time is all there is. */
function startOf(name: CrowdName): Benchmark {
  const size = sizes[name];
  return {
    name: `crowd: ${name}: from the request until all play, host without delay`,
    unit: "s",
    kind: "duration",
    cost: "whole",
    slack: 0.5,
    skip: skipOf(name),
    async run() {
      const field = await openField(size, 0);
      try {
        return await timeToPlay(field, size);
      } finally {
        await field.close();
      }
    },
  };
}

/** A turn costs the same, however many bots share the machine or the process. */
const besideLone = (name: CrowdName): Benchmark => ({
  name: `crowd: ${name}: processor time of a turn, beside a lone bot's`,
  unit: "times",
  kind: "cost",
  cost: "whole",
  slack: 0.1,
  skip: skipOf(name),
  ...(isPacked(name) && { goal: { below: 1.1 } }),
  run: async (round) => (await crowdOf[name](round)).cpuPerTurn / (await crowdOf[1](round)).cpuPerTurn,
});

/** What one more bot adds to the process that it shares. */
const eachOf = (name: "111 packed" | "1000 packed"): Benchmark => ({
  name: `crowd: ${name}: PSS of a bot, beyond the process's base`,
  unit: "MB",
  kind: "cost",
  cost: "whole",
  slack: 0.05,
  goal: { below: 0.5 },
  skip: packsMissing,
  async run(round) {
    const { workers, processes } = await crowdOf[name](round);
    const { workers: base } = await crowdOf["1 packed"](round);
    return (workers - processes * base) / (sizes[name].bots - processes);
  },
});

export const benchmarks: readonly Benchmark[] = [
  ...figuresOf(1),
  ...figuresOf(20),
  startOf(111),
  ...figuresOf(111),
  besideLone(111),
  startOf("111 packed"),
  ...figuresOf("111 packed"),
  besideLone("111 packed"),
  eachOf("111 packed"),
  startOf("1000 packed"),
  ...figuresOf("1000 packed"),
  besideLone("1000 packed"),
  eachOf("1000 packed"),
];
