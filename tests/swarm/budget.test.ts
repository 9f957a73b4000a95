import { expect, test } from "bun:test";
import { Llm } from "../../src/proto/llm-config.ts";
import { createBudget, dayMs, minuteMs } from "../../src/swarm/budget.ts";

const of = (limits: object) => Llm.parse({ budget: limits }).budget;
const unlimited = { calls_per_minute: null };
const tokens = (input: number, output = 0) => ({ input, output });
/** Noon of some day. */
const noon = 20_000 * dayMs + dayMs / 2;
const midnight = 20_001 * dayMs;

test("a minute's calls are those of the last sixty seconds, wherever the clock's minute begins", () => {
  const budget = createBudget(of({ calls_per_minute: 2 }));
  budget.begin(tokens(1), noon);
  budget.begin(tokens(1), noon + 50_000);
  const lack = { budget: "calls_per_minute", until: noon + minuteMs } as const;
  expect(budget.lacks(tokens(1), noon + 59_999)).toEqual(lack);
  expect(budget.lacks(tokens(1), noon + minuteMs)).toBeUndefined();
  budget.begin(tokens(1), noon + minuteMs);
  expect(budget.lacks(tokens(1), noon + 70_000)?.until).toBe(noon + 110_000);
  expect(budget.callsInLastMinute(noon + 70_000)).toBe(2);
});

test("a day's calls come back at midnight UTC", () => {
  const budget = createBudget(of({ ...unlimited, calls_per_day: 1 }));
  budget.begin(tokens(1), noon);
  expect(budget.lacks(tokens(1), noon + 1)).toEqual({ budget: "calls_per_day", until: midnight });
  expect(budget.lacks(tokens(1), midnight)).toBeUndefined();
});

test("what calls under way may use is set aside, and what they did not use comes back", () => {
  const budget = createBudget(of({ ...unlimited, tokens_per_day: 1000 }));
  budget.begin(tokens(500, 300), noon);
  expect(budget.lacks(tokens(100, 100), noon)).toBeUndefined();
  expect(budget.lacks(tokens(101, 100), noon)).toEqual({ budget: "tokens_per_day", until: undefined });
  expect(budget.lacks(tokens(1001), noon)).toEqual({ budget: "tokens_per_day", until: midnight });
  budget.settle(tokens(500, 300), tokens(200, 50), noon + 1);
  expect(budget.lacks(tokens(750), noon + 1)).toBeUndefined();
  expect(budget.lacks(tokens(751), noon + 1)).toEqual({ budget: "tokens_per_day", until: midnight });
  expect(budget.spent(noon + 2)).toMatchObject({ calls: 1, tokens: 250 });
});

test("money is tokens by their prices", () => {
  const prices = { price_per_million_input: 2, price_per_million_output: 10 };
  const budget = createBudget(of({ ...unlimited, money_per_day: 0.01, ...prices }));
  expect(budget.costOf(tokens(1_000_000, 500_000))).toBe(7);
  budget.begin(tokens(1000, 500), noon);
  expect(budget.lacks(tokens(2000), noon)).toEqual({ budget: "money_per_day", until: undefined });
  budget.settle(tokens(1000, 500), tokens(1000, 300), noon);
  expect(budget.spent(noon).cost).toBeCloseTo(0.005, 9);
  expect(budget.lacks(tokens(0, 501), noon)).toEqual({ budget: "money_per_day", until: midnight });
  expect(budget.lacks(tokens(0, 499), noon)).toBeUndefined();
});

test("one bot's plans of a day are its own", () => {
  const budget = createBudget(of({ plans_per_bot_per_day: 2 }));
  budget.asksFor("a", noon);
  budget.asksFor("a", noon);
  expect(budget.lacksPlans("a", noon)).toEqual({ budget: "plans_per_bot_per_day", until: midnight });
  expect(budget.lacksPlans("b", noon)).toBeUndefined();
  expect(budget.lacksPlans("a", midnight)).toBeUndefined();
});

test("the next budget goes on where the last one was, on the same day", () => {
  const limits = of({ ...unlimited, calls_per_day: 3, plans_per_bot_per_day: 1 });
  const first = createBudget(limits);
  first.begin(tokens(10), noon);
  first.begin(tokens(10), noon);
  first.settle(tokens(10), tokens(7), noon);
  first.asksFor("a", noon);
  const next = createBudget(limits, first.spent(noon));
  expect(next.spent(noon)).toEqual({ ...first.spent(noon), calls: 2, tokens: 7 });
  next.begin(tokens(10), noon);
  expect(next.lacks(tokens(1), noon)?.budget).toBe("calls_per_day");
  expect(next.lacksPlans("a", noon)).toBeDefined();
  const tomorrow = createBudget(limits, next.spent(noon));
  expect(tomorrow.lacks(tokens(1), midnight)).toBeUndefined();
  expect(tomorrow.spent(midnight)).toMatchObject({ calls: 0, tokens: 0, plans: {} });
});

test("a clock that is set back gives nobody a second day", () => {
  const budget = createBudget(of({ ...unlimited, calls_per_day: 1 }));
  budget.begin(tokens(1), midnight + 1);
  expect(budget.lacks(tokens(1), noon)?.budget).toBe("calls_per_day");
});
