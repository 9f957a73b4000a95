/** The cores alone: host and bots in one process, no socket, a seed for the only input. */
import { createArena } from "../tests/sim/arena.ts";
import type { Benchmark } from "./harness/benchmark.ts";

const bots = 20;
const turns = 250;

export const benchmarks: readonly Benchmark[] = [
  {
    name: `cores: ${bots} bots and their host in one process`,
    unit: "turns/s",
    kind: "rate",
    cost: "quick",
    run() {
      const arena = createArena({ bots, turns, seed: 1, turnsPerDay: 65_000 });
      const began = performance.now();
      arena.run();
      const played = arena.bots.reduce((sum, bot) => sum + bot.life.report().turns_executed, 0);
      return (played * 1000) / (performance.now() - began);
    },
  },
];
