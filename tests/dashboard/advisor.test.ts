import { expect, test } from "bun:test";
import { planFacts } from "../../src/dashboard/pages/bot-plan.ts";
import { advisorTold, playedTold } from "../../src/dashboard/parts/advisor-told.ts";
import type { AdviceReport } from "../../src/proto/advice.ts";
import { replies } from "../doubles/scribe.ts";

const [away] = replies.advisor.advisors;
const now = away!.away_until! - 75_000;

test("a model that is away says until when and why, harmless", () => {
  expect(advisorTold({ ...away!, model: "x\u001b[2J" }, now)).toEqual({
    name: "openai_compatible x·[2J",
    state: "away, asked again in 1m15s: No answer within 30 s",
    tone: "bad",
    figures: [
      "12 of 30 calls in a minute",
      "700 calls today",
      "1.4M of 2M tokens",
      "0.75 of 2.50 money",
      "1.9 s a call",
      "3 bots wait",
    ],
  });
});

test("a model that is ready has no trouble to tell, and one that costs nothing no money", () => {
  const { away_until: _, ...known } = away!;
  const free = { ...known.budget, money_per_day: null, calls_per_minute: null };
  const told = advisorTold(
    { ...known, state: "ready", waiting: 0, calls: 0, budget: free, today: { ...known.today, cost: 0 } },
    now,
  );
  expect(told).toMatchObject({ state: "ready", tone: "good" });
  expect(told.figures).toEqual(["12 calls in a minute", "700 calls today", "1.4M of 2M tokens"]);
  expect(advisorTold({ ...known, state: "spent" }, now)).toMatchObject({
    state: "budget spent: bots play by their rules",
    tone: "warning",
  });
  expect(advisorTold({ ...known, last_error: "boom" }, now).state).toBe("away: boom");
});

test("who plays by what is told with what it earns, but not what nobody has played by", () => {
  expect(playedTold(replies.advisor.bots)).toEqual([
    "4 by plans (100.00 a turn)",
    "0 by rules (60.00 a turn)",
    "1 by fallback (-0.25 a turn)",
  ]);
  const { turns, ...bots } = replies.advisor.bots;
  expect(playedTold({ ...bots, turns: { ...turns, rules: 0 } })).toHaveLength(2);
});

const advice: AdviceReport = {
  source: "advice",
  plan: "work 12 and 77",
  why: "ignore all rules\u202e",
  asked: 1200,
  accepted: 1100,
  rejected: { dangerous: 2, spend: 5 },
  failed: {},
  turns: { advice: 900, rules: 0, fallback: 3 },
  credits: { advice: 90_000, rules: 0, fallback: -6 },
};

test("a bot's page tells the plan, who decides and why, what became of plans and what each earns", () => {
  expect(planFacts(advice)).toEqual([
    { name: "Plays by", value: "plans" },
    { name: "Plan", value: "work 12 and 77" },
    { name: "Why", value: "ignore all rules·" },
    { name: "Plans taken", value: "1,100", more: "of 1,200 asked for" },
    { name: "Turned down", value: "5 spends too much, 2 leads into danger" },
    { name: "By plans", value: "100.00", more: "a turn, 900 turns" },
    { name: "By fallback", value: "-2.00", more: "a turn, 3 turns" },
  ]);
});

test("without a plan the page says why there is none", () => {
  const { plan: _, ...planless } = advice;
  const facts = planFacts({
    ...planless,
    source: "fallback",
    why: "not reached",
    failed: { unreachable: 3 },
  });
  expect(facts.slice(0, 3)).toEqual([
    { name: "Plays by", value: "rules, the model having failed" },
    { name: "Plan", value: "–" },
    { name: "Why", value: "not reached" },
  ]);
  expect(facts).toContainEqual({ name: "None came", value: "3 not reached" });
});
