/** When a figure is worse than the baseline's. */
import { expect, test } from "bun:test";
import { compare, type Compared } from "../../../bench/harness/compare.ts";

const figure = (kind: Compared["kind"], median: number, more: Partial<Compared> = {}): Compared => ({
  kind,
  median,
  mad: 0,
  slack: 0,
  ...((kind === "duration" || kind === "rate") && { yardstick: { name: "work", ms: 10 } }),
  ...more,
});
const onMachine = (ms: number): Partial<Compared> => ({ yardstick: { name: "work", ms } });
const verdict = (now: Compared, base: Compared) => compare(now, base).verdict;

test("less is better for durations and costs, more for rates and yields", () => {
  const verdicts = (["duration", "cost", "rate", "yield"] as const).map((kind) => [
    verdict(figure(kind, 130), figure(kind, 100)),
    verdict(figure(kind, 70), figure(kind, 100)),
  ]);
  expect(verdicts).toEqual([
    ["worse", "better"],
    ["worse", "better"],
    ["better", "worse"],
    ["better", "worse"],
  ]);
});

test("15% worse is let pass, more is not", () => {
  expect(verdict(figure("cost", 115), figure("cost", 100))).toBe("same");
  expect(verdict(figure("cost", 115.1), figure("cost", 100))).toBe("worse");
  // A rate is 15% worse when as much work takes 15% longer.
  expect(verdict(figure("rate", 87), figure("rate", 100))).toBe("same");
  expect(verdict(figure("rate", 86.9), figure("rate", 100))).toBe("worse");
});

test("a machine twice as slow may take twice as long, and do half as much", () => {
  const slow = onMachine(20);
  expect(compare(figure("duration", 200, slow), figure("duration", 100))).toMatchObject({
    slower: 2,
    expected: 200,
    worse: 1,
    verdict: "same",
  });
  expect(compare(figure("rate", 50, slow), figure("rate", 100))).toMatchObject({ expected: 50, worse: 1 });
});

test("a machine twice as fast hides no regression", () => {
  const fast = onMachine(5);
  expect(verdict(figure("duration", 100, fast), figure("duration", 100))).toBe("worse");
  expect(verdict(figure("rate", 100, fast), figure("rate", 100))).toBe("worse");
});

test("bytes and memory are the same on every machine", () => {
  expect(compare(figure("cost", 130), figure("cost", 100)).slower).toBe(1);
});

test("a difference within the spread of the runs is none, on either side of the comparison", () => {
  expect(verdict(figure("duration", 130, { mad: 11 }), figure("duration", 100))).toBe("same");
  expect(verdict(figure("duration", 130, { mad: 9 }), figure("duration", 100))).toBe("worse");
  expect(verdict(figure("duration", 130, { mad: 5 }), figure("duration", 100, { mad: 6 }))).toBe("same");
  expect(verdict(figure("cost", 70, { mad: 11 }), figure("cost", 100))).toBe("same");
});

test("the baseline's spread grows with the machine", () => {
  expect(compare(figure("duration", 200, onMachine(20)), figure("duration", 100, { mad: 4 })).within).toBe(
    24,
  );
});

test("a difference up to the slack means nothing", () => {
  expect(verdict(figure("cost", 1, { slack: 1 }), figure("cost", 0))).toBe("same");
  expect(verdict(figure("cost", 2, { slack: 1 }), figure("cost", 0))).toBe("worse");
});

test("what cost nothing and costs nothing is the same; what cost less than nothing can get worse", () => {
  expect(compare(figure("cost", 0), figure("cost", 0))).toMatchObject({ worse: 1, verdict: "same" });
  expect(verdict(figure("cost", 3), figure("cost", -1))).toBe("worse");
  expect(verdict(figure("cost", -3), figure("cost", -1))).toBe("better");
});

test("figures of time without the same yardstick are not compared", () => {
  const started = figure("duration", 1, { yardstick: { name: "start", ms: 1 } });
  expect(() => compare(started, figure("duration", 1))).toThrow("the same yardstick");
});
