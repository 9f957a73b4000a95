import { expect, test } from "bun:test";
import {
  adviceFailures,
  adviceRejections,
  decisionSources,
  type AdviceReport,
} from "../../src/proto/advice.ts";
import { AdviceSums, rateBy, sumAdvice } from "../../src/proto/advice-sums.ts";
import { countsInWords, failureWords, rejectionWords, sourceWords } from "../../src/proto/advice-words.ts";

const report: AdviceReport = {
  source: "advice",
  asked: 10,
  accepted: 6,
  rejected: { dangerous: 2 },
  failed: { timeout: 1, away: 1 },
  turns: { advice: 300, rules: 40, fallback: 0 },
  credits: { advice: 30_100, rules: -20, fallback: 0 },
};

test("reports are summed by reason and by who decided, and rates are those of the sums", () => {
  const sums = sumAdvice([
    { state: "RUNNING", advice: report },
    {
      state: "PAUSED",
      advice: {
        ...report,
        source: "fallback",
        rejected: { dangerous: 1, worse: 4 },
        failed: {},
        turns: { advice: 100, rules: 0, fallback: 7 },
        credits: { advice: -100, rules: 0, fallback: 14 },
      },
    },
    { state: "RUNNING" },
  ]);
  expect(sums).toEqual({
    bots: 2,
    deciding: { advice: 1, rules: 0, fallback: 1 },
    asked: 20,
    accepted: 12,
    rejected: { dangerous: 3, worse: 4 },
    failed: { timeout: 1, away: 1 },
    turns: { advice: 400, rules: 40, fallback: 7 },
    credits: { advice: 30_000, rules: -20, fallback: 14 },
    credits_per_turn: { advice: 75, rules: -0.5, fallback: 2 },
  });
  expect(AdviceSums.parse(sums)).toEqual(sums);
});

test("what a bot did counts after its end, but nobody decides for it any more", () => {
  const sums = sumAdvice([{ state: "COMPLETED", advice: report }]);
  expect(sums).toMatchObject({ bots: 0, deciding: { advice: 0 }, asked: 10, turns: { advice: 300 } });
});

test("nothing played is a rate of nothing", () => {
  expect(sumAdvice([]).credits_per_turn).toEqual({ advice: 0, rules: 0, fallback: 0 });
  expect(rateBy(report, "fallback")).toBe(0);
  expect(rateBy(report, "advice")).toBe(100.33);
});

test("every reason and every source has words of its own", () => {
  for (const [names, words] of [
    [adviceFailures, failureWords],
    [adviceRejections, rejectionWords],
    [decisionSources, sourceWords],
  ] as const) {
    expect(Object.keys(words).toSorted()).toEqual([...names].toSorted());
    expect(new Set(Object.values(words)).size).toBe(names.length);
  }
  expect(countsInWords({ spend: 1, dangerous: 12, worse: 0 }, rejectionWords)).toBe(
    "12 leads into danger, 1 spends too much",
  );
  expect(countsInWords({}, failureWords)).toBe("");
});
