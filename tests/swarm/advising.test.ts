import { expect, test } from "bun:test";
import type { AdviceFailure, CallResult } from "../../src/proto/advice.ts";
import { Llm } from "../../src/proto/llm-config.ts";
import { awayFirstMs, awayMaxMs, failuresMax } from "../../src/swarm/absence.ts";
import {
  type Advising,
  type AdvisingEffect,
  createAdvising,
  crowdedMs,
  openMax,
  overdueMs,
  retryWaitMaxMs,
  waitMaxMs,
} from "../../src/swarm/advising.ts";
import { noteGapMs } from "../../src/swarm/purse.ts";
import { dayMs, minuteMs } from "../../src/swarm/budget.ts";

/** Some midnight, UTC. */
const midnight = 20_000 * dayMs;
const quick = { gather_seconds: 0 };
const noRetries = { ollama: { max_retries: 0 } };
const advisor = (llm: object = {}): Advising => createAdvising(Llm.parse(llm));
const asked = (bot: string, id = 1) => ({ bot, id, at: 0, picture: "{}" });

/** A model's answer with a plan for each of these bots. */
const plansFor = (...bots: string[]): CallResult => ({
  how: "replied",
  ms: 100,
  text: JSON.stringify({ plans: bots.map((bot) => ({ bot, plan: "trade" })) }),
  inputTokens: 10,
  outputTokens: 5,
});
const says = (text: string): CallResult => ({ ...plansFor(), text }) as CallResult;
const failure = (reason: AdviceFailure, more: { words?: string; retryMs?: number } = {}): CallResult => ({
  how: "failed",
  ms: 50,
  reason,
  words: "it did not work",
  ...more,
});

const callsIn = (effects: readonly AdvisingEffect[]) =>
  effects.flatMap((effect) => (effect.type === "call" ? [effect] : []));
const botsIn = (effects: readonly AdvisingEffect[]) =>
  callsIn(effects).map((call) => call.asked.map(({ bot }) => bot));
const notesIn = (effects: readonly AdvisingEffect[]) =>
  effects.flatMap((effect) => (effect.type === "note" ? [effect.text] : []));
const refusalsIn = (effects: readonly AdvisingEffect[]) =>
  effects.flatMap((effect) => (effect.type === "unadvised" ? [effect] : []));
const firstCall = (effects: readonly AdvisingEffect[]) => callsIn(effects)[0]!.call;

test("a question waits for others to come along, and all of them go in one call", () => {
  const on = advisor({ batch: { gather_seconds: 0.5 } });
  expect(on.ask(asked("a"), midnight)).toEqual([]);
  expect(on.ask(asked("b"), midnight + 400)).toEqual([]);
  expect(on.dueAt()).toBe(midnight + 500);
  expect(on.tick(midnight + 499)).toEqual([]);
  expect(botsIn(on.tick(midnight + 500))).toEqual([["a", "b"]]);
  expect(on.status(midnight + 500)).toMatchObject({ waiting: 0, underWay: 1, calls: 1 });
});

test("as soon as a call is full it goes, and no more go at once than may", () => {
  const on = advisor({ batch: { bots_per_call: 2, calls_at_once: 2, gather_seconds: 5 } });
  const effects = ["a", "b", "c", "d", "e", "f"].flatMap((bot) => on.ask(asked(bot), midnight));
  expect(botsIn(effects)).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  expect(on.dueAt()).toBeGreaterThan(midnight + 5000);
  const next = on.answered(firstCall(effects), plansFor("a", "b"), midnight + 100);
  expect(botsIn(next)).toEqual([["e", "f"]]);
});

test("each bot gets its own plan, and one that the answer leaves out is told so", () => {
  const on = advisor({ batch: { bots_per_call: 2 } });
  const call = firstCall([...on.ask(asked("a", 3), midnight), ...on.ask(asked("b", 7), midnight)]);
  expect(on.answered(call, plansFor("a", "stranger"), midnight + 100)).toEqual([
    { type: "advice", bot: "a", id: 3, plan: '{"plan":"trade"}' },
    { type: "unadvised", bot: "b", id: 7, reason: "silent" },
  ]);
  expect(on.answered(call, plansFor("a", "b"), midnight + 200)).toEqual([]);
  expect(on.status(midnight + 200)).toMatchObject({
    inputTokens: 10,
    outputTokens: 5,
    failed: { silent: 1 },
  });
});

test("a newer question of a bot takes the place of its older one, also while that is under way", () => {
  const on = advisor({ batch: { gather_seconds: 1 } });
  on.ask(asked("a", 1), midnight);
  on.ask(asked("a", 2), midnight + 500);
  expect(on.tick(midnight + 1000)).toEqual([]);
  const called = callsIn(on.tick(midnight + 1500));
  expect(called.map((call) => call.asked.map(({ id }) => id))).toEqual([[2]]);
  on.ask(asked("a", 3), midnight + 1600);
  expect(on.answered(called[0]!.call, plansFor("a"), midnight + 1700)).toEqual([]);
  expect(callsIn(on.tick(midnight + 2600))[0]!.asked[0]!.id).toBe(3);
});

test("nobody waits for the answer of a bot that is gone", () => {
  const on = advisor({ batch: quick });
  const call = firstCall(on.ask(asked("a"), midnight));
  on.gone("a");
  expect(on.answered(call, plansFor("a"), midnight)).toEqual([]);
  const late = advisor({ batch: { gather_seconds: 1 } });
  late.ask(asked("a"), midnight);
  late.gone("a");
  expect(late.dueAt()).toBe(Number.POSITIVE_INFINITY);
  expect(late.tick(midnight + 1000)).toEqual([]);
});

test("a failed call is made again, each time after a longer wait, and then its bots are told why", () => {
  const service = { max_retries: 2, retry_delay_seconds: 1, retry_backoff_multiplier: 3 };
  const on = advisor({ batch: quick, ollama: service });
  let now = midnight;
  let call = firstCall(on.ask(asked("a"), now));
  for (const waitMs of [1000, 3000]) {
    expect(on.answered(call, failure("server_error"), now)).toEqual([]);
    expect(on.dueAt()).toBe(now + waitMs);
    now += waitMs;
    call = firstCall(on.tick(now));
  }
  expect(on.answered(call, failure("server_error"), now)).toEqual([
    { type: "unadvised", bot: "a", id: 1, reason: "server_error" },
  ]);
  expect(on.status(now)).toMatchObject({
    calls: 3,
    failed: { server_error: 3 },
    lastError: "it did not work",
  });
});

test("a key that is refused, and a second answer that is none, are not tried again", () => {
  const refused = advisor({ batch: quick });
  const effects = refused.answered(firstCall(refused.ask(asked("a"), 0)), failure("refused_key"), 0);
  expect(refusalsIn(effects)).toEqual([{ type: "unadvised", bot: "a", id: 1, reason: "refused_key" }]);
  expect(refused.status(0).state).toBe("away");

  const babbling = advisor({ batch: quick, ollama: { max_retries: 10, retry_delay_seconds: 0 } });
  const first = firstCall(babbling.ask(asked("a"), 0));
  const again = babbling.answered(first, says("I would rather talk about the weather"), 0);
  expect(botsIn(again)).toEqual([["a"]]);
  expect(babbling.answered(firstCall(again), says('{"plans": 7}'), 0)).toEqual([
    { type: "unadvised", bot: "a", id: 1, reason: "bad_answer" },
  ]);
});

test("no call is made before the provider wants one, and one that is too long off counts as away", () => {
  const on = advisor({ batch: quick });
  const call = firstCall(on.ask(asked("a"), 0));
  expect(on.answered(call, failure("rate_limited", { retryMs: 20_000 }), 0)).toEqual([]);
  expect(on.ask(asked("b"), 1000)).toEqual([]);
  expect(on.dueAt()).toBe(20_000);
  expect(botsIn(on.tick(20_000))).toEqual([["a"], ["b"]]);

  const long = advisor({ batch: quick });
  const retryMs = retryWaitMaxMs + 1;
  const told = long.answered(firstCall(long.ask(asked("a"), 0)), failure("rate_limited", { retryMs }), 0);
  expect(refusalsIn(told)).toEqual([
    { type: "unadvised", bot: "a", id: 1, reason: "rate_limited", forMs: retryMs },
  ]);
  expect(refusalsIn(long.ask(asked("b"), 1))).toMatchObject([{ reason: "away", forMs: retryMs - 1 }]);
});

test("while a retry waits its bots are told nothing, but no longer than a limit", () => {
  const slow = { max_retries: 10, retry_delay_seconds: 600 };
  const on = advisor({ batch: quick, ollama: slow });
  let call = firstCall(on.ask(asked("a"), 0));
  expect(on.answered(call, failure("timeout"), 0)).toEqual([]);
  expect(on.dueAt()).toBe(retryWaitMaxMs);
  call = firstCall(on.tick(retryWaitMaxMs));
  // The next one would come too late.
  const told = { type: "unadvised", bot: "a", id: 1, reason: "timeout" } as const;
  expect(on.answered(call, failure("timeout"), retryWaitMaxMs)).toEqual([told]);

  // Nor is a retry waited for that finds no room.
  const full = advisor({ batch: { ...quick, calls_at_once: 1 }, ollama: { ...slow, timeout_seconds: 600 } });
  full.answered(firstCall(full.ask(asked("a"), 0)), failure("timeout"), 0);
  full.ask(asked("b"), 1);
  expect(full.dueAt()).toBe(waitMaxMs);
  expect(full.tick(waitMaxMs)).toEqual([told]);
});

test("after some calls that failed for good the model is left alone, ever longer, and one call tries again", () => {
  const on = advisor({ batch: { ...quick, calls_at_once: 5 }, ...noRetries });
  const fail = (bot: string, now: number) =>
    on.answered(firstCall(on.ask(asked(bot), now)), failure("unreachable"), now);
  for (let count = 1; count < failuresMax; count++) expect(notesIn(fail(`bot_${count}`, 0))).toEqual([]);
  expect(notesIn(fail("last", 0))).toEqual([
    'The model "gemma3" (ollama) is left alone for 5 s, and longer each time it fails again: it did not work. Bots play by their rules meanwhile',
  ]);
  expect(on.status(0)).toMatchObject({ state: "away", awayUntil: awayFirstMs });
  expect(refusalsIn(on.ask(asked("a"), 1000))).toEqual([
    { type: "unadvised", bot: "a", id: 1, reason: "away", forMs: awayFirstMs - 1000 },
  ]);

  let now = awayFirstMs;
  let awayMs = awayFirstMs;
  for (let round = 0; round < 10; round++) {
    const trial = on.ask(asked("a"), now);
    expect(botsIn(trial)).toEqual([["a"]]);
    expect(on.ask(asked("b"), now)).toEqual([]);
    const failed = on.answered(firstCall(trial), failure("unreachable"), now);
    awayMs = Math.min(awayMaxMs, 2 * awayMs);
    expect(notesIn(failed)).toEqual([]);
    expect(refusalsIn(failed).map(({ bot, reason, forMs }) => [bot, reason, forMs])).toEqual([
      ["a", "unreachable", undefined],
      ["b", "away", awayMs],
    ]);
    now += awayMs;
  }
  expect(awayMs).toBe(awayMaxMs);

  const trial = on.ask(asked("a"), now);
  on.ask(asked("b"), now);
  const back = on.answered(firstCall(trial), plansFor("a"), now);
  expect(notesIn(back)[0]).toMatch(/^The model "gemma3" \(ollama\) answers again, after \d+ min away$/);
  expect(botsIn(back)).toEqual([["b"]]);
  expect(on.status(now).state).toBe("ready");
});

test("the call that tries again is one try, and one that was under way before says nothing new", () => {
  const on = advisor({ batch: { ...quick, calls_at_once: 5 }, ollama: { retry_delay_seconds: 0 } });
  const [first, second] = ["a", "b"].map((bot) => firstCall(on.ask(asked(bot), 0)));
  on.answered(first!, failure("refused_key"), 0);
  expect(refusalsIn(on.answered(second!, failure("timeout"), 1000))).toMatchObject([{ reason: "timeout" }]);
  expect(on.status(1000).awayUntil).toBe(awayFirstMs);
  const trial = firstCall(on.ask(asked("a", 2), awayFirstMs));
  expect(refusalsIn(on.answered(trial, failure("timeout"), awayFirstMs))).toMatchObject([{ id: 2 }]);
  expect(on.status(awayFirstMs).awayUntil).toBe(3 * awayFirstMs);
});

test("calls that fail when nobody waits for them any more count as well", () => {
  const on = advisor({ batch: quick });
  for (let count = 0; count < failuresMax; count++) {
    const call = firstCall(on.ask(asked("a"), 0));
    on.gone("a");
    on.answered(call, failure("timeout"), 0);
  }
  expect(on.status(0).state).toBe("away");
});

test("a success between failures begins their count anew", () => {
  const on = advisor({ batch: quick, ...noRetries });
  for (let round = 0; round < 3 * failuresMax; round++) {
    const isGood = round % failuresMax === failuresMax - 1;
    const call = firstCall(on.ask(asked("a"), 0));
    on.answered(call, isGood ? plansFor("a") : failure("timeout"), 0);
  }
  expect(on.status(0).state).toBe("ready");
});

test("when the calls of a minute are spent, bots are told for how long, and people once", () => {
  const on = advisor({ batch: quick, budget: { calls_per_minute: 1 } });
  on.answered(firstCall(on.ask(asked("a"), midnight)), plansFor("a"), midnight);
  const told = on.ask(asked("b"), midnight + 10_000);
  expect(refusalsIn(told)).toEqual([
    { type: "unadvised", bot: "b", id: 1, reason: "budget", forMs: minuteMs - 10_000 },
  ]);
  expect(notesIn(told)).toEqual([
    'The model "gemma3" (ollama) is not asked for 50 s: budget.calls_per_minute is 1, and spent. Bots play by their rules meanwhile',
  ]);
  expect(on.status(midnight + 10_000).state).toBe("spent");
  expect(notesIn(on.ask(asked("b"), midnight + 20_000))).toEqual([]);
  expect(on.dueAt()).toBe(midnight + minuteMs);
  expect(notesIn(on.tick(midnight + minuteMs))).toEqual([
    'The model "gemma3" (ollama) can be paid for again',
  ]);
  const again = on.ask(asked("b"), midnight + minuteMs);
  on.answered(firstCall(again), plansFor("b"), midnight + minuteMs);
  expect(notesIn(on.ask(asked("c"), midnight + minuteMs + 1))).toEqual([]);
  expect(notesIn(on.tick(midnight + 2 * minuteMs))).toEqual([]);
  const later = midnight + 10_000 + noteGapMs;
  on.ask(asked("c"), later);
  expect(notesIn(on.ask(asked("d"), later))).toHaveLength(1);
});

test("for a budget that is there again soon, questions wait", () => {
  const on = advisor({ batch: quick, budget: { calls_per_minute: 1 } });
  on.answered(firstCall(on.ask(asked("a"), midnight)), plansFor("a"), midnight);
  expect(on.ask(asked("b"), midnight + minuteMs - 3000)).toEqual([]);
  expect(on.dueAt()).toBe(midnight + minuteMs);
  expect(botsIn(on.tick(midnight + minuteMs))).toEqual([["b"]]);
});

test("a call takes no more bots than the rest of the day's tokens can pay for", () => {
  const ollama = { max_tokens: 100 };
  const on = advisor({ batch: { gather_seconds: 1 }, ollama, budget: { tokens_per_day: 300 } });
  for (const bot of ["a", "b", "c", "d"]) on.ask(asked(bot), midnight);
  const called = on.tick(midnight + 1000);
  expect(botsIn(called)).toEqual([["a", "b"]]);
  // What is left hangs on what that call will turn out to have used.
  expect(refusalsIn(called)).toEqual([]);
  const used = { ...plansFor("a", "b"), inputTokens: 40, outputTokens: 20 };
  const next = on.answered(firstCall(called), used, midnight + 1100);
  expect(botsIn(next)).toEqual([["c"]]);
  const all = { ...plansFor("c"), inputTokens: 100, outputTokens: 100 };
  expect(refusalsIn(on.answered(firstCall(next), all, midnight + 1200))).toEqual([
    { type: "unadvised", bot: "d", id: 1, reason: "budget", forMs: dayMs - 1200 },
  ]);
});

test("tokens that a provider does not count are reckoned from the texts", () => {
  const on = advisor({ batch: quick, budget: { price_per_million_input: 10_000 } });
  const call = firstCall(on.ask({ ...asked("a"), picture: "x".repeat(960) }, midnight));
  const uncounted = { ...plansFor("a"), inputTokens: 0, outputTokens: 0 };
  on.answered(call, uncounted, midnight);
  const { inputTokens, outputTokens, cost, today } = on.status(midnight);
  expect(inputTokens).toBe(500);
  expect(outputTokens).toBeGreaterThan(10);
  expect(cost).toBe(5);
  expect(today.tokens).toBe(inputTokens + outputTokens);
});

test("a bot that has had its plans of the day is turned away, and no other", () => {
  const on = advisor({ batch: quick, budget: { plans_per_bot_per_day: 1 } });
  on.answered(firstCall(on.ask(asked("a"), midnight)), plansFor("a"), midnight);
  expect(refusalsIn(on.ask(asked("a", 2), midnight))).toMatchObject([{ reason: "budget", forMs: dayMs }]);
  expect(botsIn(on.ask(asked("b"), midnight))).toEqual([["b"]]);
});

test("a call that is never told of is over at its time, and counts against nobody any more", () => {
  const on = advisor({
    batch: { ...quick, calls_at_once: 1 },
    ollama: { timeout_seconds: 10, max_retries: 0 },
  });
  const call = firstCall(on.ask(asked("a"), 0));
  const overdue = 10_000 + overdueMs;
  expect(on.dueAt()).toBe(overdue);
  on.ask(asked("b"), 100);
  const told = on.tick(overdue);
  expect(told).toMatchObject([{ type: "unadvised", bot: "a", reason: "timeout" }, { type: "call" }]);
  expect(on.answered(call, plansFor("a"), overdue + 1)).toEqual([]);
});

test("whoever comes when too many wait is turned away, and nobody waits for ever for a call", () => {
  const on = advisor({ batch: { calls_at_once: 1, bots_per_call: 1 }, ollama: { timeout_seconds: 600 } });
  for (let count = 0; count < openMax; count++) on.ask(asked(`bot_${count}`), 0);
  expect(refusalsIn(on.ask(asked("one_more"), 0))).toMatchObject([
    { bot: "one_more", reason: "crowded", forMs: crowdedMs },
  ]);
  expect(on.dueAt()).toBe(waitMaxMs);
  expect(refusalsIn(on.tick(waitMaxMs))).toHaveLength(openMax - 1);
  expect(on.status(waitMaxMs)).toMatchObject({ waiting: 0, underWay: 1 });
});

test("what the provider says is harmless where it is shown", () => {
  const on = advisor({ batch: quick, ...noRetries });
  const words = `\u001b[2J${"x".repeat(1000)}`;
  on.answered(firstCall(on.ask(asked("a"), 0)), failure("server_error", { words }), 0);
  expect(on.status(0).lastError).toMatch(/^·\[2Jx{296}$/);
});
