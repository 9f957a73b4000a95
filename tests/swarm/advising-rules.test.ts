/** The advisor under whatever may happen to it, in any order: what must hold all the same. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import type { CallResult } from "../../src/proto/advice.ts";
import { Llm } from "../../src/proto/llm-config.ts";
import {
  type Advising,
  type AdvisingEffect,
  createAdvising,
  overdueMs,
  waitMaxMs,
} from "../../src/swarm/advising.ts";
import { dayMs, minuteMs } from "../../src/swarm/budget.ts";
import { charsPerToken } from "../../src/swarm/purse.ts";

const timeoutMs = 20_000;
const limits = { calls: 4, tokens: 9_000, money: 0.009, plans: 6 };
const prices = { price_per_million_input: 1, price_per_million_output: 1 };
const llm = Llm.parse({
  ollama: { timeout_seconds: timeoutMs / 1000, max_retries: 3, max_tokens: 100 },
  budget: {
    calls_per_minute: limits.calls,
    calls_per_day: 40,
    plans_per_bot_per_day: limits.plans,
    ...prices,
  },
  batch: { bots_per_call: 3, gather_seconds: 0.5, calls_at_once: 2 },
});
const pictureChars = 400;

const bounds = {
  tokens: { tokens_per_day: limits.tokens },
  money: { money_per_day: limits.money },
};

/** What is known of the advisor from outside. */
interface Model {
  now: number;
  /** The open question of each bot. */
  readonly open: Map<string, { readonly id: number; readonly at: number }>;
  readonly underWay: Map<number, { readonly at: number; readonly bots: readonly string[] }>;
  readonly calledAt: number[];
  /** Plans that went into calls, tokens and money, by day. */
  readonly plans: Map<string, Set<number>>;
  readonly used: Map<number, { tokens: number; money: number; calls: number }>;
  nextId: number;
}

const dayOf = (now: number) => Math.floor(now / dayMs);
const usedOn = (model: Model, day: number) => {
  const used = model.used.get(day) ?? { tokens: 0, money: 0, calls: 0 };
  model.used.set(day, used);
  return used;
};

/** Takes effects in, and checks each against what is known. */
function take(model: Model, effects: readonly AdvisingEffect[]): void {
  for (const effect of effects) {
    if (effect.type === "note") continue;
    if (effect.type === "call") {
      expect(effect.asked.length).toBeWithin(1, llm.batch.bots_per_call + 1);
      const bots = effect.asked.map(({ bot }) => bot);
      expect(new Set(bots).size).toBe(bots.length);
      for (const { bot, id } of effect.asked) {
        expect(model.open.get(bot)?.id).toBe(id);
        const key = `${bot} ${dayOf(model.now)}`;
        const ids = model.plans.get(key) ?? new Set();
        model.plans.set(key, ids.add(id));
      }
      model.underWay.set(effect.call, { at: model.now, bots });
      model.calledAt.push(model.now);
      usedOn(model, dayOf(model.now)).calls++;
      continue;
    }
    // Answered exactly once, and only while it is the bot's latest.
    expect(model.open.get(effect.bot)?.id).toBe(effect.id);
    model.open.delete(effect.bot);
    if (effect.type === "unadvised" && effect.forMs !== undefined) expect(effect.forMs).toBeGreaterThan(0);
  }
}

function check(model: Model, real: Advising): void {
  for (const [call, { at }] of model.underWay)
    if (at + timeoutMs + overdueMs <= model.now) model.underWay.delete(call);
  expect(model.underWay.size).toBeLessThanOrEqual(llm.batch.calls_at_once);
  const lastMinute = model.calledAt.filter((at) => at > model.now - minuteMs);
  expect(lastMinute.length).toBeLessThanOrEqual(limits.calls);
  for (const { tokens, money, calls } of model.used.values()) {
    expect(tokens).toBeLessThanOrEqual(limits.tokens);
    expect(money).toBeLessThanOrEqual(limits.money + 1e-9);
    expect(calls).toBeLessThanOrEqual(40);
  }
  for (const [key, ids] of model.plans)
    // One that was asked the day before may be asked again today.
    expect({ key, plans: ids.size <= limits.plans + 1 }).toEqual({ key, plans: true });
  for (const { at } of model.open.values())
    expect(model.now - at).toBeLessThanOrEqual(waitMaxMs + timeoutMs + overdueMs);
  expect(real.dueAt()).toBeGreaterThan(model.now);
  const { waiting, underWay, today } = real.status(model.now);
  expect(underWay).toBe(model.underWay.size);
  expect(waiting).toBeLessThanOrEqual(model.open.size);
  expect(today.tokens).toBe(usedOn(model, dayOf(model.now)).tokens);
}

/** Lets the time pass; the advisor is woken when it wants to be, and never too often. */
function pass(model: Model, real: Advising, ms: number): void {
  const end = model.now + ms;
  for (let ticks = 0; real.dueAt() <= end; ticks++) {
    expect(ticks).toBeLessThan(1000);
    model.now = Math.max(model.now, real.dueAt());
    countOverdue(model);
    take(model, real.tick(model.now));
    check(model, real);
  }
  model.now = end;
}

/** A call that nobody tells of has cost what it was sent. */
function countOverdue(model: Model): void {
  for (const { at, bots } of model.underWay.values())
    if (at + timeoutMs + overdueMs <= model.now) charge(model, inputOf(bots.length), 0);
}
const inputOf = (bots: number) => Math.ceil((bots * (pictureChars + 40)) / charsPerToken);
function charge(model: Model, input: number, output: number): void {
  const used = usedOn(model, dayOf(model.now));
  used.tokens += input + output;
  used.money += (input * prices.price_per_million_input + output * prices.price_per_million_output) / 1e6;
}

type Command = fc.Command<Model, Advising>;
const command = (words: string, run: (model: Model, real: Advising) => void): Command => ({
  check: () => true,
  run(model, real) {
    run(model, real);
    check(model, real);
  },
  toString: () => words,
});

const bot = fc.integer({ min: 0, max: 6 }).map((number) => `bot_${number}`);
const ask = bot.map((name) =>
  command(`ask ${name}`, (model, real) => {
    const id = ++model.nextId;
    model.open.set(name, { id, at: model.now });
    take(model, real.ask({ bot: name, id, at: 0, picture: "x".repeat(pictureChars) }, model.now));
  }),
);
const gone = bot.map((name) =>
  command(`gone ${name}`, (model, real) => {
    real.gone(name);
    model.open.delete(name);
  }),
);
const ms = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 1, max: 30_000 }),
  fc.integer({ min: 1, max: 400_000 }),
  fc.constant(dayMs / 3),
);
const wait = ms.map((time) => command(`wait ${time}`, (model, real) => pass(model, real, time)));

const failures = ["timeout", "rate_limited", "server_error", "unreachable", "refused_key"] as const;
const outcome = fc.oneof(
  fc.record({ how: fc.constant("plans"), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ how: fc.constant("babble"), share: fc.constant(0) }),
  fc.record({ how: fc.constantFrom(...failures), share: fc.constantFrom(0, 0, 7_000, 90_000) }),
);
const answer = fc.tuple(fc.nat(), outcome).map(([which, { how, share }]) =>
  command(`answer ${which} ${how} ${share}`, (model, real) => {
    const [call, on] = [...model.underWay][which % Math.max(1, model.underWay.size)] ?? [];
    if (call === undefined || !on) return;
    model.underWay.delete(call);
    const input = inputOf(on.bots.length);
    const told = on.bots.slice(0, Math.round(share * on.bots.length)).map((name) => ({ bot: name }));
    let result: CallResult;
    if (how === "plans" || how === "babble") {
      const output = Math.round(share * 100 * on.bots.length) || 1;
      const text = how === "plans" ? JSON.stringify({ plans: told }) : "no plans here";
      result = { how: "replied", ms: 10, text, inputTokens: input, outputTokens: output };
      charge(model, input, output);
    } else {
      const reason = how as (typeof failures)[number];
      result = { how: "failed", ms: 10, reason, words: "no", ...(share > 0 && { retryMs: share }) };
      if (reason === "timeout") charge(model, input, 0);
    }
    take(model, real.answered(call, result, model.now));
    // A word that comes twice changes nothing.
    expect(real.answered(call, result, model.now)).toEqual([]);
  }),
);

test.each(["tokens", "money"] as const)(
  "whatever happens within bounds of %s: no bot waits for ever, no budget is overrun, and each question is answered once",
  (bound) => {
    fc.assert(
      fc.property(
        fc.commands([ask, ask, ask, answer, answer, wait, gone], { maxCommands: 120, size: "+1" }),
        (commands) => {
          const model: Model = {
            now: 20_000 * dayMs + 1,
            open: new Map(),
            underWay: new Map(),
            calledAt: [],
            plans: new Map(),
            used: new Map(),
            nextId: 0,
          };
          const real = createAdvising({ ...llm, budget: { ...llm.budget, ...bounds[bound] } });
          fc.modelRun(() => ({ model, real }), commands);
          // Left alone, it answers all that is open.
          pass(model, real, dayMs);
          expect([...model.open.keys()]).toEqual([]);
          expect(real.dueAt()).toBe(Number.POSITIVE_INFINITY);
        },
      ),
      { numRuns: 300 },
    );
  },
);
