/** The committed figures: what is read, what is refused, and what a new run leaves of them. */
import { expect, test } from "bun:test";
import { baselineText, emptyBaseline, readBaseline, renewed } from "../../../bench/harness/baseline.ts";
import type { Machine } from "../../../bench/harness/machine.ts";
import type { Figure } from "../../../bench/harness/measure.ts";

const machine = (at: string): Machine => ({
  cpu: "test (x64)",
  cores: 2,
  memory_gb: 8,
  kernel: "Linux 6",
  bun: "1.4.5",
  load: 0,
  commit: "abc",
  at,
});
const figure = (name: string, median: number): Figure => ({
  name,
  unit: "ms",
  kind: "duration",
  slack: 0,
  median,
  min: median,
  max: median,
  mad: 0,
  runs: 1,
  yardstick: { name: "work", ms: 10 },
  goal: { words: "below 5", met: true },
});

test("what is written is read again, to five digits", () => {
  const baseline = renewed(emptyBaseline, [figure("a: b", 1.23456789)], machine("monday"));
  const read = readBaseline(baselineText(baseline));
  expect(read.figures["a: b"]).toMatchObject({ median: 1.2346, taken: "monday" });
  expect(read.takings["monday"]).toEqual(machine("monday"));
});

test("new figures take the place of old ones, others stay with their machine", () => {
  const old = renewed(emptyBaseline, [figure("a: b", 1), figure("a: c", 2)], machine("monday"));
  const both = renewed(old, [figure("a: c", 3)], machine("tuesday"));
  expect(Object.entries(both.figures).map(([name, { median, taken }]) => [name, median, taken])).toEqual([
    ["a: b", 1, "monday"],
    ["a: c", 3, "tuesday"],
  ]);
  const neither = renewed(both, [figure("a: b", 4)], machine("tuesday"));
  expect(Object.keys(neither.takings)).toEqual(["tuesday"]);
});

const good = () =>
  JSON.parse(baselineText(renewed(emptyBaseline, [figure("a: b", 1)], machine("monday")))) as {
    figures: Record<string, Record<string, unknown>>;
    takings: Record<string, unknown>;
  };
const refusal = (change: (baseline: ReturnType<typeof good>) => void) => {
  const baseline = good();
  change(baseline);
  return () => readBaseline(JSON.stringify(baseline));
};

test("a baseline is refused with the place of what is wrong", () => {
  expect(refusal(() => {})).not.toThrow();
  expect(refusal(({ figures }) => (figures["a: b"]!["median"] = "much"))).toThrow("figures.a: b.median");
  expect(refusal(({ figures }) => (figures["a: b"]!["runs"] = 0))).toThrow("figures.a: b.runs");
  expect(refusal(({ figures }) => (figures["a: b"]!["taken"] = "never"))).toThrow('no taking "never"');
  expect(refusal(({ figures }) => delete figures["a: b"]!["yardstick"])).toThrow("expected a yardstick");
  expect(refusal(({ figures }) => (figures["a: b"]!["kind"] = "cost"))).toThrow("expected a yardstick");
  expect(refusal(({ figures }) => (figures["a: b"]!["more"] = 1))).toThrow("figures.a: b");
  expect(refusal((baseline) => Object.assign(baseline, { format: 2 }))).toThrow("format");
});
