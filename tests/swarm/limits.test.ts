import { expect, test } from "bun:test";
import { createLimitsJudge, type Limits, type Reading } from "../../src/swarm/limits.ts";

const limits: Limits = { memoryMb: 200, cpuPercent: 50 };
const reading = (change: Partial<Reading> = {}): Reading => ({
  pid: 1,
  memoryMb: 20,
  cpuPercent: 5,
  cpuSeconds: 10,
  ...change,
});
/** What is said at each of the readings, by its type or "". */
const verdicts = (readings: readonly Partial<Reading>[], of = limits) => {
  const judge = createLimitsJudge(of);
  return readings.map((one, at) => judge.judge("a", reading(one), at)?.type ?? "");
};

test("memory: asked to restart at 90% of the limit, killed at 120%, each once", () => {
  expect(verdicts([{ memoryMb: 179.9 }, { memoryMb: 180 }, { memoryMb: 190 }, { memoryMb: 239.9 }])).toEqual([
    "",
    "restartAsked",
    "",
    "",
  ]);
  expect(verdicts([{ memoryMb: 180 }, { memoryMb: 240 }, { memoryMb: 300 }])).toEqual([
    "restartAsked",
    "cutOff",
    "",
  ]);
  expect(verdicts([{ memoryMb: 500 }, { memoryMb: 190 }])).toEqual(["cutOff", ""]);
});

test("the reason has the figures, in words", () => {
  const judge = createLimitsJudge(limits);
  expect(judge.judge("a", reading({ memoryMb: 187.64 }), 5)).toEqual({
    type: "restartAsked",
    bot: "a",
    reason: "its worker takes 187.6 MB of memory; the limit is 200 MB",
    fresh: false,
    at: 5,
  });
  expect(judge.judge("a", reading({ memoryMb: 240 }), 6)).toEqual({
    type: "cutOff",
    bot: "a",
    reason: "its worker took 240 MB of memory, far above the limit of 200 MB",
    at: 6,
  });
  for (let look = 0; look < 2; look++) judge.judge("b", reading({ cpuPercent: 90 }), 7);
  expect(judge.judge("b", reading({ cpuPercent: 90 }), 8)).toMatchObject({
    type: "restartAsked",
    reason: "its worker took 90% of a core over 30 s; the limit is 50%",
  });
});

test("processor time: the mean of three looks counts, with some tolerance, and each look by its length", () => {
  const cpu = (...percents: number[]) => verdicts(percents.map((cpuPercent) => ({ cpuPercent })));
  expect(cpu(100, 100, 100, 100)).toEqual(["", "", "restartAsked", ""]);
  expect(cpu(100, 5, 5, 100, 5)).toEqual(["", "", "", "", ""]);
  expect(cpu(60, 60, 60)).toEqual(["", "", ""]);
  expect(cpu(61, 61, 61)).toEqual(["", "", "restartAsked"]);
  // Only the last three: an evil past is forgotten.
  expect(cpu(60, 60, 60, 5, 5, 100)).toEqual(Array(6).fill(""));
  const short = { cpuPercent: 100, cpuSeconds: 1 };
  expect(verdicts([short, short, { cpuPercent: 10, cpuSeconds: 10 }])).toEqual(["", "", ""]);
});

test("looks close to each other are taken together until they say something: a start is no illness", () => {
  const quick = Array.from({ length: 6 }, () => ({ cpuPercent: 100, cpuSeconds: 0.5 }));
  expect(verdicts(quick)).toEqual(["", "", "", "", "", "restartAsked"]);
});

test("a new process is judged anew, and so is one after the bot was forgotten", () => {
  expect(verdicts([{ memoryMb: 190 }, { memoryMb: 190, pid: 2 }])).toEqual(["restartAsked", "restartAsked"]);
  const judge = createLimitsJudge(limits);
  expect(judge.judge("a", reading({ memoryMb: 190 }), 1)).toBeDefined();
  judge.forget("a");
  expect(judge.judge("a", reading({ memoryMb: 190 }), 2)).toBeDefined();
});

test("without limits nothing is ever too much", () => {
  const none = { memoryMb: undefined, cpuPercent: undefined };
  expect(verdicts(Array(5).fill({ memoryMb: 1e6, cpuPercent: 1e4 }), none)).toEqual(Array(5).fill(""));
});
