/**
 * The whole of it, as a user has it: the built binary, a host, a manager and 111 worker processes on this machine. One demo
 * gives all figures; it is run once a round, when the first of them is asked for. Needs `bun run build` first.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DemoSummary } from "../src/audit.ts";
import { type Benchmark, type Kind, perRound } from "./harness/benchmark.ts";

const binary = join(import.meta.dir, "../dist/bbsbot");
const bots = 111;
/** Enough that all bots are still there when the last one has traded. */
const turns = 1000;

const demoOf = perRound(() => demo());

async function demo(): Promise<DemoSummary> {
  if (!existsSync(binary)) throw new Error(`No ${binary}: run "bun run build" first`);
  const words = `demo --count ${bots} --turns ${turns} --seed 1 --port 0 --json`.split(" ");
  const child = Bun.spawn([binary, ...words], { stdout: "pipe", stderr: "ignore", stdin: "ignore" });
  const summary = JSON.parse(await new Response(child.stdout).text()) as DemoSummary;
  if ((await child.exited) !== 0) throw new Error(`The demo failed: ${JSON.stringify(summary)}`);
  return summary;
}

const figure = (
  name: string,
  unit: string,
  kind: Kind,
  read: (summary: DemoSummary) => number | null | undefined,
  goal?: Benchmark["goal"],
): Benchmark => ({
  name: `swarm: ${name}`,
  unit,
  kind,
  cost: "whole",
  ...(goal ? { goal } : {}),
  run: async (round) => read(await demoOf(round)) ?? Number.NaN,
});

export const benchmarks: readonly Benchmark[] = [
  figure("start to 111 bots running", "s", "duration", (demo) => demo.seconds_to_all_running),
  figure("start to each with a trade", "s", "duration", (demo) => demo.seconds_to_all_traded, { below: 60 }),
  figure("111 workers, PSS", "MB", "cost", (demo) => demo.memory_mb?.workers, { below: 1000 }),
  figure("manager, PSS", "MB", "cost", (demo) => demo.memory_mb?.manager, { below: 80 }),
  figure("host, PSS", "MB", "cost", (demo) => demo.memory_mb?.host),
  figure("turns a second, all of them", "turns/s", "rate", (demo) => demo.turns / demo.seconds),
  figure("credits a turn, mean", "credits", "yield", (demo) => demo.credits_per_turn.mean, { atLeast: 0.35 }),
];
