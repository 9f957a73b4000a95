/**
 * What asking a model has cost, and what it may still cost. What a call will use is set aside before it is made, so that no budget is ever
 * overrun by calls that are under way together. Pure: time is handed in. A day is a day of UTC.
 */
import type { Llm } from "../proto/llm-config.ts";

export const minuteMs = 60_000;
export const dayMs = 86_400_000;
/** Bots whose plans of a day are counted; whoever comes after them is told that the budget is spent. */
export const botsCountedMax = 100_000;

type Limits = Llm["budget"];
/** A budget by the name of its key. */
export type BudgetName = keyof Pick<
  Limits,
  "calls_per_minute" | "calls_per_day" | "tokens_per_day" | "money_per_day" | "plans_per_bot_per_day"
>;

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** Not enough of a budget: when there may be again, or undefined where that hangs on the calls under way. */
export interface Lack {
  readonly budget: BudgetName;
  readonly until: number | undefined;
}

/** Use of a day. `plans`: by bot, counted only where they are limited. */
export interface Spent {
  readonly day: number;
  readonly calls: number;
  readonly tokens: number;
  readonly cost: number;
  readonly plans: Readonly<Record<string, number>>;
}

export interface Budget {
  /** What keeps a call that uses at most so many tokens from being made now. */
  lacks(tokens: Tokens, now: number): Lack | undefined;
  /** A call is made: its tokens are set aside until `settle`. */
  begin(tokens: Tokens, now: number): void;
  /** It is over: it used so many of those that were set aside. */
  settle(setAside: Tokens, used: Tokens, now: number): void;
  /** What keeps a bot from asking for one more plan today. */
  lacksPlans(bot: string, now: number): Lack | undefined;
  /** The bot's question goes into a call. */
  asksFor(bot: string, now: number): void;
  costOf(tokens: Tokens): number;
  callsInLastMinute(now: number): number;
  /** For the next one to go on from. */
  spent(now: number): Spent;
}

const nextDay = (day: number) => (day + 1) * dayMs;
const dayOf = (now: number) => Math.floor(now / dayMs);

/** A budget within these limits. `before`: what a former one has spent; of another day it counts for nothing. */
export function createBudget(limits: Limits, before?: Spent): Budget {
  let day = before?.day ?? Number.NEGATIVE_INFINITY;
  let calls = before?.calls ?? 0;
  let tokens = before?.tokens ?? 0;
  let cost = before?.cost ?? 0;
  const plans = new Map(Object.entries(before?.plans ?? {}));
  /** When the calls of the last minute were made, the oldest first. */
  let recent: number[] = [];
  let aside = { tokens: 0, cost: 0 };

  const { price_per_million_input: priceIn, price_per_million_output: priceOut } = limits;
  const costOf = ({ input, output }: Tokens) => (input * priceIn + output * priceOut) / 1_000_000;

  /** Lets the time pass. A clock that is set back begins no day anew. */
  function roll(now: number): void {
    while (recent.length > 0 && recent[0]! <= now - minuteMs) recent.shift();
    if (dayOf(now) <= day) return;
    day = dayOf(now);
    calls = 0;
    tokens = 0;
    cost = 0;
    plans.clear();
  }

  /** Of a sum of a day: enough, not before tomorrow, or perhaps when what is set aside for calls under way turns out not to be used. */
  function ofDay(budget: BudgetName, limit: number | null, used: number, set: number, more: number) {
    if (limit === null || used + set + more <= limit) return undefined;
    const hangsOnCalls = set > 0 && used + more <= limit;
    return { budget, until: hangsOnCalls ? undefined : nextDay(day) };
  }

  return {
    costOf,
    lacks(wanted, now) {
      roll(now);
      const { calls_per_minute, calls_per_day, tokens_per_day, money_per_day } = limits;
      const lack =
        ofDay("calls_per_day", calls_per_day, calls, 0, 1) ??
        ofDay("tokens_per_day", tokens_per_day, tokens, aside.tokens, wanted.input + wanted.output) ??
        ofDay("money_per_day", money_per_day, cost, aside.cost, costOf(wanted));
      if (lack || calls_per_minute === null || recent.length < calls_per_minute) return lack;
      return { budget: "calls_per_minute", until: recent[recent.length - calls_per_minute]! + minuteMs };
    },
    begin(wanted, now) {
      roll(now);
      calls++;
      recent.push(now);
      aside = { tokens: aside.tokens + wanted.input + wanted.output, cost: aside.cost + costOf(wanted) };
    },
    settle(set, used, now) {
      roll(now);
      // Sums of fractions drift: nothing is set aside where no call is under way.
      const left = aside.tokens - set.input - set.output;
      aside = { tokens: left, cost: left === 0 ? 0 : Math.max(0, aside.cost - costOf(set)) };
      tokens += used.input + used.output;
      cost += costOf(used);
    },
    lacksPlans(bot, now) {
      const { plans_per_bot_per_day: most } = limits;
      if (most === null) return undefined;
      roll(now);
      const isFull = plans.size >= botsCountedMax && !plans.has(bot);
      if ((plans.get(bot) ?? 0) < most && !isFull) return undefined;
      return { budget: "plans_per_bot_per_day", until: nextDay(day) };
    },
    asksFor(bot, now) {
      if (limits.plans_per_bot_per_day === null) return;
      roll(now);
      plans.set(bot, (plans.get(bot) ?? 0) + 1);
    },
    callsInLastMinute(now) {
      roll(now);
      return recent.length;
    },
    spent(now) {
      roll(now);
      return { day, calls, tokens, cost, plans: Object.fromEntries(plans) };
    },
  };
}
