/** How often a benchmark is run, and what of it counts. */
import { expect, test } from "bun:test";
import { type Benchmark, perRound } from "../../../bench/harness/benchmark.ts";
import { measure, steadied } from "../../../bench/harness/measure.ts";

const counted = (more: Partial<Benchmark> = {}) => {
  const seen: number[] = [];
  const benchmark: Benchmark = {
    name: "test: rounds",
    unit: "rounds",
    kind: "cost",
    cost: "quick",
    run(round) {
      seen.push(round);
      return round;
    },
    ...more,
  };
  return { benchmark, seen };
};

test("warm-ups of a quick one are run and not counted", async () => {
  const { benchmark, seen } = counted();
  const { median, runs, min } = await measure(benchmark);
  expect(seen).toEqual([-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect({ median, runs, min }).toEqual({ median: 4, runs: 9, min: 0 });
});

test("as many rounds as are asked for, but no more than say anything new", async () => {
  expect((await measure(counted({ cost: "whole" }).benchmark, 3)).runs).toBe(3);
  const { benchmark, seen } = counted({ runs: 1 });
  await measure(benchmark, 3);
  expect(seen).toEqual([0]);
});

test("all that came of a round counts", async () => {
  const { runs, max } = await measure(counted({ cost: "whole", run: () => [1, 2, 9] }).benchmark);
  expect({ runs, max }).toEqual({ runs: 3, max: 9 });
});

test("only figures of time have a yardstick", async () => {
  expect((await measure(counted().benchmark, 1)).yardstick).toBeUndefined();
  const { yardstick } = await measure(counted({ kind: "rate", cost: "whole", run: () => 1 }).benchmark);
  expect(yardstick?.name).toBe("work");
  expect(yardstick?.ms).toBeGreaterThan(0);
});

test("a goal is held against the median", async () => {
  const { benchmark } = counted({ goal: { below: 4 } });
  expect((await measure(benchmark)).goal).toEqual({ words: "below 4", met: false });
  expect((await measure({ ...benchmark, goal: { atLeast: 4 } })).goal?.met).toBe(true);
});

test("what several figures are read from is made once a round", async () => {
  let made = 0;
  const shared = perRound(() => ++made);
  expect([await shared(0), await shared(0), await shared(1)]).toEqual([1, 1, 2]);
});

test("what a round found on a machine that was busy is told as of its usual speed", () => {
  expect(steadied("duration", [10, 30], 2)).toEqual([5, 15]);
  expect(steadied("rate", [10, 30], 2)).toEqual([20, 60]);
  expect(steadied("cost", [10, 30], 2)).toEqual([10, 30]);
});
