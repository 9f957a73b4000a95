/**
 * Whether a call can be paid for, and what calls have come to: what each may use is set aside before it is made, and what people are told when
 * a budget is spent. Pure: time is handed in.
 */
import type { AdviceFailure, CallResult } from "../proto/advice.ts";
import { type Llm, serviceOf } from "../proto/llm-config.ts";
import { type BudgetName, createBudget, type Spent, type Tokens } from "./budget.ts";
import type { Question } from "./questions.ts";

/** When there is budget again that soon, questions wait for it, in ms. */
export const budgetWaitMs = 5_000;
/** That the same budget is spent is told again only after so long, in ms. */
export const noteGapMs = 600_000;
/** Characters of a prompt that make at least one token, for what is set aside, and for providers that do not count. */
export const charsPerToken = 2;
/** Characters that a bot takes in a prompt beside its picture. */
const botChars = 40;
/** Failures of a call that the provider has read all the same, and puts on the bill. */
const billed: ReadonlySet<AdviceFailure> = new Set(["timeout", "bad_answer"]);

/**
 * So many of the questions can be paid for in one call, with what is to be set aside for it; or none before that moment (Infinity: before a
 * call that is under way is over); or none before that moment, which is too long to wait.
 */
export type Offer =
  | { readonly type: "pays"; readonly questions: readonly Question[]; readonly setAside: Tokens }
  | { readonly type: "wait"; readonly until: number }
  | { readonly type: "spent"; readonly until: number };

export interface Purse {
  offer(questions: readonly Question[], now: number): Offer;
  /** A call is made with these; `isFirst`: not as a retry. */
  begin(questions: readonly Question[], isFirst: boolean, now: number): void;
  /** It is over. */
  settle(setAside: Tokens, result: CallResult, now: number): void;
  /** Until when nothing can be paid for this bot; undefined where that is not known to be so. */
  refusedUntil(bot: string, now: number): number | undefined;
  /** What is to be told: a budget is spent, or there is one again. Each is said once. */
  notes(now: number): { readonly severity: "info" | "warning"; readonly text: string }[];
  /** When there will be a note; Infinity for never. */
  noteAt(): number;
  status(now: number): {
    readonly isSpent: boolean;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cost: number;
    readonly lastMinute: { readonly calls: number };
    readonly today: { readonly calls: number; readonly tokens: number; readonly cost: number };
  };
  spent(now: number): Spent;
}

/** A purse for one model, which `name` begins a sentence about. `callChars`: characters of each call beside the bots' pictures. */
export function createPurse(llm: Llm, name: string, callChars: number, before: Spent | undefined): Purse {
  const budget = createBudget(llm.budget, before);
  const outputMax = serviceOf(llm)?.max_tokens ?? 0;
  const total = { input: 0, output: 0, cost: 0 };
  let spent: { readonly budget: BudgetName; readonly until: number } | undefined;
  const saidSpentAt = new Map<BudgetName, number>();
  let owesSpent = false;
  let owesAgain = false;

  /** The most that a call for these can use. */
  function tokensOf(questions: readonly Question[]): Tokens {
    const chars = questions.reduce((sum, { asked }) => sum + asked.picture.length + botChars, callChars);
    return { input: Math.ceil(chars / charsPerToken), output: outputMax * questions.length };
  }

  const isSpent = (now: number) => spent !== undefined && spent.until > now;

  return {
    offer(questions, now) {
      let fitting = questions;
      let lack = budget.lacks(tokensOf(fitting), now);
      while (lack && fitting.length > 1) {
        fitting = fitting.slice(0, -1);
        lack = budget.lacks(tokensOf(fitting), now);
      }
      if (!lack) return { type: "pays", questions: fitting, setAside: tokensOf(fitting) };
      const { until = Number.POSITIVE_INFINITY } = lack;
      if (lack.until === undefined || until - now <= budgetWaitMs) return { type: "wait", until };
      spent = { budget: lack.budget, until };
      owesSpent = now - (saidSpentAt.get(lack.budget) ?? Number.NEGATIVE_INFINITY) >= noteGapMs;
      return { type: "spent", until };
    },
    begin(questions, isFirst, now) {
      budget.begin(tokensOf(questions), now);
      if (isFirst) for (const { asked } of questions) budget.asksFor(asked.bot, now);
    },
    settle(setAside, result, now) {
      const used = usedOf(setAside, result);
      budget.settle(setAside, used, now);
      total.input += used.input;
      total.output += used.output;
      total.cost += budget.costOf(used);
    },
    refusedUntil: (bot, now) => (isSpent(now) ? spent!.until : budget.lacksPlans(bot, now)?.until),
    notes(now) {
      if (!spent) return [];
      if (owesSpent) {
        const { budget: key, until } = spent;
        saidSpentAt.set(key, now);
        owesSpent = false;
        owesAgain = true;
        const why = `budget.${key} is ${llm.budget[key]}, and spent. Bots play by their rules meanwhile`;
        return [{ severity: "warning", text: `${name} is not asked for ${inWords(until - now)}: ${why}` }];
      }
      if (isSpent(now)) return [];
      spent = undefined;
      const again = { severity: "info", text: `${name} can be paid for again` } as const;
      const isOwed = owesAgain;
      owesAgain = false;
      return isOwed ? [again] : [];
    },
    noteAt: () => spent?.until ?? Number.POSITIVE_INFINITY,
    status(now) {
      const { calls, tokens, cost } = budget.spent(now);
      return {
        isSpent: isSpent(now),
        inputTokens: total.input,
        outputTokens: total.output,
        cost: total.cost,
        lastMinute: { calls: budget.callsInLastMinute(now) },
        today: { calls, tokens, cost },
      };
    },
    spent: budget.spent,
  };
}

/** What a call used: as the provider counts; where it does not, what was set aside for that which it surely read, and wrote. */
function usedOf(setAside: Tokens, result: CallResult): Tokens {
  const { inputTokens, outputTokens } = result;
  if (result.how === "failed")
    return {
      input: inputTokens || (billed.has(result.reason) ? setAside.input : 0),
      output: outputTokens ?? 0,
    };
  return {
    input: inputTokens || setAside.input,
    output: outputTokens || Math.ceil(result.text.length / charsPerToken),
  };
}

/** A time for people, in whole seconds or minutes. */
export const inWords = (ms: number) =>
  ms < 120_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
