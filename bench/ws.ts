/** Viewers of /ws/swarm at 111 playing bots, counted at the bytes: what one costs, what those who stall cost, what a thousand cost. */
import { join } from "node:path";
import { rawViewer } from "../tests/doubles/viewer.ts";
import { type Benchmark, perRound } from "./harness/benchmark.ts";
import type { Took } from "./ws-server.ts";

const bots = 111;
const paceMs = 250;
/** A whole number of full statuses, one every 5 s. */
const watchedMs = 10_000;
/** Until the viewers are there and the compiler has done its work. */
const settledMs = 3000;

interface Scene {
  readonly took: Took;
  /** Kilobytes a second of each viewer that reads. */
  readonly kilobytes: readonly number[];
  /** Viewers that read, and were cut off all the same. */
  readonly lost: number;
}

interface Wanted {
  readonly viewers: number;
  readonly deflate?: boolean;
  readonly stalled?: number;
  readonly pace?: number;
}

/** A server, its viewers, and what happened while they watched. */
async function scene({ viewers, deflate = false, stalled = 0, pace = paceMs }: Wanted): Promise<Scene> {
  let answered: (answer: unknown) => void = () => {};
  const answer = <T>() => new Promise<T>((resolve) => (answered = resolve as (answer: unknown) => void));
  const port = answer<number>();
  const server = Bun.spawn(
    [process.execPath, join(import.meta.dir, "ws-server.ts"), String(bots), String(pace)],
    { ipc: (message) => answered(message), stdio: ["ignore", "inherit", "inherit"] },
  );
  const ask = () => {
    const took = answer<Took>();
    server.send("what did you take?");
    return took;
  };
  const at = await port;
  const reading = Array.from({ length: viewers }, () => rawViewer(at, { deflate }));
  const notReading = Array.from({ length: stalled }, () => rawViewer(at, { stalled: true }));
  try {
    await Bun.sleep(settledMs);
    await ask();
    const before = reading.map((viewer) => viewer.bytes());
    await Bun.sleep(watchedMs);
    const took = await ask();
    const kilobytes = reading.map((viewer, index) => (viewer.bytes() - before[index]!) / watchedMs);
    return { took, kilobytes, lost: reading.filter((viewer) => viewer.isClosed()).length };
  } finally {
    for (const viewer of [...reading, ...notReading]) viewer.leave();
    server.kill();
    await server.exited;
  }
}

const mean = (figures: readonly number[]) => figures.reduce((sum, one) => sum + one, 0) / figures.length;

/** Each scene is played once a round, for all figures that are read from it. */
const once = (wanted: Wanted) => perRound(() => scene(wanted));
const nobody = once({ viewers: 0 });
const one = once({ viewers: 1, deflate: true });
const plain = once({ viewers: 1 });
const ten = once({ viewers: 10, deflate: true });
const thousand = once({ viewers: 1000, deflate: true });
/** Twenty-five times as fast, for a stalled viewer's kernel buffers take megabytes before anybody notices. */
const hurried = once({ viewers: 10, pace: paceMs / 25 });
const stalling = once({ viewers: 10, stalled: 10, pace: paceMs / 25 });

const figure = (
  name: string,
  unit: string,
  run: (round: number) => Promise<number>,
  more: Partial<Benchmark> = {},
): Benchmark => ({ name: `ws: ${name}`, unit, kind: "cost", cost: "whole", run, ...more });
/** Percent of a core that a scene may take more or less without anybody's doing. */
const percentSlack = 3;

export const benchmarks: readonly Benchmark[] = [
  figure("a viewer of 111 bots", "KB/s", async (round) => mean((await one(round)).kilobytes), {
    goal: { below: 40 },
  }),
  figure("the same, without deflate", "KB/s", async (round) => mean((await plain(round)).kilobytes)),
  figure("one of ten viewers", "KB/s", async (round) => mean((await ten(round)).kilobytes), {
    goal: { below: 40 },
  }),
  figure(
    "what ten viewers cost, of a core",
    "%",
    async (round) => {
      const [watched, unwatched] = [await ten(round), await nobody(round)];
      return watched.took.cpuPercent - unwatched.took.cpuPercent;
    },
    { kind: "duration", slack: percentSlack },
  ),
  figure("1,000 viewers, of a core", "%", async (round) => (await thousand(round)).took.cpuPercent, {
    kind: "duration",
    slack: percentSlack,
  }),
  figure("1,000 viewers, longest telling", "ms", async (round) => (await thousand(round)).took.tellingMaxMs, {
    kind: "duration",
    goal: { below: paceMs },
  }),
  figure(
    "1,000 viewers, event loop late, p99",
    "ms",
    async (round) => (await thousand(round)).took.delayP99Ms,
    { kind: "duration", goal: { below: 50 } },
  ),
  figure("10 stalled beside 10: readers cut off", "of 10", async (round) => (await stalling(round)).lost, {
    goal: { below: 1 },
  }),
  figure(
    "10 stalled beside 10: stalled still there",
    "of 10",
    async (round) => (await stalling(round)).took.viewers - 10,
    { goal: { below: 1 } },
  ),
  figure(
    "10 stalled beside 10: memory more by",
    "MB",
    async (round) => {
      const [beside, alone] = [await stalling(round), await hurried(round)];
      return beside.took.residentMb - alone.took.residentMb;
    },
    { slack: 10 },
  ),
];
