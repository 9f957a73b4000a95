/**
 * Who asks a model for plans, and when it is called: questions of many bots go out in one call, within a budget, and a model that fails is left
 * alone for a while. Pure: time is handed in, calls are handed out.
 */
import { type AdviceFailure, type Asked, type CallResult, plansIn } from "../proto/advice.ts";
import { type Llm, serviceOf } from "../proto/llm-config.ts";
import { printable } from "../proto/printable.ts";
import { createAbsence } from "./absence.ts";
import type { Spent, Tokens } from "./budget.ts";
import { createLatency } from "./latency.ts";
import { createPurse, inWords } from "./purse.ts";
import { createQueue, type Attempt, type Question } from "./questions.ts";

/** Questions that are open at one moment, asked or waiting; whoever comes after them is turned away. */
export const openMax = 2_000;
/** A question that no call was made for in this time is told that too many wait, and one that a retry waits for is told why, in ms. */
export const waitMaxMs = 60_000;
/** Who is turned away because too many wait had better not ask again before, in ms. */
export const crowdedMs = 10_000;
/** The longest wait before a retry, and the longest that a provider asks for and gets before it counts as away, in ms. */
export const retryWaitMaxMs = 30_000;
/** A call is over at the latest so long after its own time is out, whatever became of it, in ms. */
export const overdueMs = 5_000;
/** An answer that is none is asked for anew so often. */
export const garbledMax = 1;
/** Characters of an error that are told. */
const errorMaxChars = 300;
export type AdvisingEffect =
  /** Call the model with these questions, and tell with `answered`. */
  | { readonly type: "call"; readonly call: number; readonly asked: readonly Asked[] }
  | { readonly type: "advice"; readonly bot: string; readonly id: number; readonly plan: string }
  | {
      readonly type: "unadvised";
      readonly bot: string;
      readonly id: number;
      readonly reason: AdviceFailure;
      readonly forMs?: number;
    }
  /** For people: the model is away, or back; a budget is spent, or there is one again. */
  | { readonly type: "note"; readonly severity: "info" | "warning"; readonly text: string };

export interface AdvisorStatus {
  readonly provider: Llm["provider"];
  readonly model: string;
  /** `ready`; `away` until `awayUntil` after failures; `spent` while a budget is. */
  readonly state: "ready" | "away" | "spent";
  readonly awayUntil?: number;
  readonly waiting: number;
  readonly underWay: number;
  readonly calls: number;
  /** Calls that failed, each of their retries for itself; and questions that were turned away, or that an answer said nothing of. */
  readonly failed: Readonly<Partial<Record<AdviceFailure, number>>>;
  readonly lastError?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** By the configured prices. */
  readonly cost: number;
  /** Milliseconds of a call, of the last hundred. */
  readonly latencyMs: { readonly median: number; readonly p95: number };
  readonly lastMinute: { readonly calls: number };
  /** Since midnight, UTC. */
  readonly today: { readonly calls: number; readonly tokens: number; readonly cost: number };
  /** What may be used, and the prices. */
  readonly budget: Llm["budget"];
}

/** The advisor of one model. Times in milliseconds since 1970, which do not go back. */
export interface Advising {
  ask(asked: Asked, now: number): AdvisingEffect[];
  answered(call: number, result: CallResult, now: number): AdvisingEffect[];
  /** The bot is gone: nobody waits for its answer. */
  gone(bot: string): void;
  /** When `tick` is wanted next; Infinity for not at all. */
  dueAt(): number;
  tick(now: number): AdvisingEffect[];
  status(now: number): AdvisorStatus;
  /** What is used of the budget, for a later advisor of the same model. */
  spent(now: number): Spent;
}

export interface AdvisingTerms {
  /** Characters of each call beside the bots' pictures. */
  readonly callChars?: number;
  /** What a former advisor used of the budget. */
  readonly spent?: Spent | undefined;
}

/** Failures after which the same call may well succeed. */
const passing: ReadonlySet<AdviceFailure> = new Set([
  "timeout",
  "rate_limited",
  "server_error",
  "unreachable",
  "bad_answer",
]);

interface UnderWay extends Attempt {
  readonly overdueAt: number;
  readonly setAside: Tokens;
}
type Failed = Extract<CallResult, { how: "failed" }>;

/** An advisor that has asked nothing yet. */
export function createAdvising(llm: Llm, { callChars = 0, spent: before }: AdvisingTerms = {}): Advising {
  const service = serviceOf(llm);
  const { bots_per_call: botsPerCall, calls_at_once: callsAtOnce } = llm.batch;
  const model = printable(service?.model ?? "");
  const name = `The model "${model}" (${llm.provider})`;
  const purse = createPurse(llm, name, callChars, before);
  const absence = createAbsence();
  const latency = createLatency();
  const queue = createQueue(llm.batch.gather_seconds * 1000, botsPerCall);
  const underWay = new Map<number, UnderWay>();
  let calls = 0;
  /** The provider asked not to be called before. */
  let notBefore = 0;
  /** No call can be paid for before; Infinity: not before one that is under way is over. */
  let brokeUntil = 0;
  const failures: Partial<Record<AdviceFailure, number>> = {};
  let lastError: string | undefined;

  const count = (reason: AdviceFailure) => void (failures[reason] = (failures[reason] ?? 0) + 1);

  function refuse({ asked: { bot, id } }: Question, reason: AdviceFailure, forMs?: number): AdvisingEffect {
    queue.close(bot);
    return { type: "unadvised", bot, id, reason, ...(forMs !== undefined && { forMs }) };
  }

  /** The same for questions that no failed call has counted. */
  function turnAway(questions: readonly Question[], reason: AdviceFailure, forMs?: number): AdvisingEffect[] {
    return questions.map((question) => {
      count(reason);
      return refuse(question, reason, forMs);
    });
  }

  /** All that can be done now. */
  function advance(now: number): AdvisingEffect[] {
    const effects: AdvisingEffect[] = [];
    for (const [call, { overdueAt }] of underWay)
      if (overdueAt <= now) effects.push(...over(call, neverTold(now, overdueAt), now));
    const lapsed = queue.lapse(now - waitMaxMs);
    effects.push(...turnAway(lapsed.waiting, "crowded", crowdedMs));
    for (const { question, reason } of lapsed.retrying) effects.push(refuse(question, reason));
    brokeUntil = 0;
    for (let more = start(now); more; more = start(now)) effects.push(...more);
    for (const note of purse.notes(now)) effects.push({ type: "note", ...note });
    return effects;
  }

  const isFree = () => underWay.size < (absence.until() === undefined ? callsAtOnce : 1);

  /** Makes one call, or finds that it cannot be paid for; undefined when nothing is to be done. */
  function start(now: number): AdvisingEffect[] | undefined {
    if (!isFree() || now < notBefore) return undefined;
    const attempt = queue.next(now);
    if (!attempt) return undefined;
    const offer = purse.offer(attempt.questions, now);
    if (offer.type === "spent") return giveUp("budget", offer.until - now);
    if (offer.type === "pays") return [begin({ ...attempt, ...offer }, now)];
    brokeUntil = offer.until;
    return undefined;
  }

  /** Nobody who waits is asked about before then. */
  function giveUp(reason: AdviceFailure, forMs: number): AdvisingEffect[] {
    const { waiting, retrying } = queue.clear();
    // Whose call failed is told of that.
    const failedOnes = retrying.map((one) => refuse(one.question, one.reason, forMs));
    return [...turnAway(waiting, reason, forMs), ...failedOnes];
  }

  function begin(attempt: Attempt & { readonly setAside: Tokens }, now: number): AdvisingEffect {
    const call = ++calls;
    purse.begin(attempt.questions, attempt.tries === 0, now);
    queue.take(attempt);
    const overdueAt = now + (service?.timeout_seconds ?? 0) * 1000 + overdueMs;
    underWay.set(call, { ...attempt, tries: attempt.tries + 1, overdueAt });
    return { type: "call", call, asked: attempt.questions.map(({ asked }) => asked) };
  }

  /** A call is over. */
  function over(call: number, result: CallResult, now: number): AdvisingEffect[] {
    const attempt = underWay.get(call);
    // Told too late, or twice.
    if (!attempt) return [];
    underWay.delete(call);
    latency.add(result.ms);
    purse.settle(attempt.setAside, result, now);
    if (result.how === "failed") return failed(attempt, result, now);
    const plans = plansIn(result.text);
    if (!plans) return failed(attempt, garbled(result), now);
    const effects = isBack(now);
    for (const question of attempt.questions) {
      const { bot, id } = question.asked;
      if (!queue.isOpen(question)) continue;
      const plan = plans.get(bot);
      if (plan === undefined) effects.push(...turnAway([question], "silent"));
      else effects.push({ type: "advice", bot, id, plan });
      queue.close(bot);
    }
    return effects;
  }

  function isBack(now: number): AdvisingEffect[] {
    const since = absence.answered();
    if (since === undefined) return [];
    return [
      { type: "note", severity: "info", text: `${name} answers again, after ${inWords(now - since)} away` },
    ];
  }

  function failed(attempt: UnderWay, failure: Failed, now: number): AdvisingEffect[] {
    const { reason, words, retryMs } = failure;
    count(reason);
    lastError = printable(words).slice(0, errorMaxChars);
    if (retryMs !== undefined) notBefore = Math.max(notBefore, now + Math.min(retryMs, retryWaitMaxMs));
    const wasAway = absence.until() !== undefined;
    const questions = attempt.questions.filter(queue.isOpen);
    const retry = wasAway ? undefined : retryOf({ ...attempt, questions }, failure, now);
    if (retry) queue.retry(retry);
    const effects = questions
      .filter((question) => !retry?.questions.includes(question))
      .map((question) => refuse(question, reason, retryMs));
    if (retry || !absence.failed(reason, retryMs, now)) return effects;
    const awayMs = absence.until()! - now;
    effects.push(...giveUp("away", awayMs));
    if (!wasAway)
      effects.push({
        type: "note",
        severity: "warning",
        text: `${name} is left alone for ${inWords(awayMs)}, and longer each time it fails again: ${lastError}. Bots play by their rules meanwhile`,
      });
    return effects;
  }

  /** The same call once more, for those who can wait for it; undefined where that is vain, or may not be. */
  function retryOf({ questions, tries, garbled: before }: Attempt, failure: Failed, now: number) {
    const { reason, retryMs = 0 } = failure;
    const garbledTimes = before + (reason === "bad_answer" ? 1 : 0);
    const isVain = !passing.has(reason) || garbledTimes > garbledMax || retryMs > retryWaitMaxMs;
    if (isVain || tries > (service?.max_retries ?? 0)) return undefined;
    const dueAt = now + Math.max(retryMs, retryDelayMs(tries));
    const patient = questions.filter(({ at }) => at + waitMaxMs > dueAt);
    return patient.length === 0
      ? undefined
      : { questions: patient, tries, garbled: garbledTimes, dueAt, reason };
  }

  /** The wait after so many tries. */
  function retryDelayMs(tries: number): number {
    const { retry_delay_seconds: first = 0, retry_backoff_multiplier: by = 1 } = service ?? {};
    return Math.min(retryWaitMaxMs, first * 1000 * by ** (tries - 1));
  }

  /** What keeps a question from being asked at all. */
  function obstacle(bot: string, now: number): { reason: AdviceFailure; forMs: number } | undefined {
    const awayUntil = absence.until() ?? 0;
    if (awayUntil > now) return { reason: "away", forMs: awayUntil - now };
    const until = purse.refusedUntil(bot, now);
    if (until !== undefined) return { reason: "budget", forMs: until - now };
    return queue.size() >= openMax ? { reason: "crowded", forMs: crowdedMs } : undefined;
  }

  return {
    ask(asked, now) {
      queue.close(asked.bot);
      const effects = advance(now);
      const question = { asked, at: now };
      const barred = obstacle(asked.bot, now);
      if (barred) return [...effects, ...turnAway([question], barred.reason, barred.forMs)];
      queue.add(question);
      return [...effects, ...advance(now)];
    },
    answered: (call, result, now) => [...over(call, result, now), ...advance(now)],
    gone: (bot) => queue.close(bot),
    tick: advance,
    dueAt() {
      const overdue = [...underWay.values()].map(({ overdueAt }) => overdueAt);
      const startAt = isFree() ? Math.max(queue.readyAt(), notBefore, brokeUntil) : Number.POSITIVE_INFINITY;
      const lapseAt = queue.oldestAt() + waitMaxMs;
      return Math.min(startAt, lapseAt, purse.noteAt(), ...overdue);
    },
    status(now) {
      const awayUntil = absence.until() ?? 0;
      const { isSpent, ...used } = purse.status(now);
      return {
        provider: llm.provider,
        model,
        state: awayUntil > now ? "away" : isSpent ? "spent" : "ready",
        ...(awayUntil > now && { awayUntil }),
        waiting: queue.waiting(),
        underWay: underWay.size,
        calls,
        failed: { ...failures },
        ...(lastError !== undefined && { lastError }),
        latencyMs: latency.told(),
        ...used,
        budget: llm.budget,
      };
    },
    spent: purse.spent,
  };
}

const neverTold = (now: number, overdueAt: number): Failed => ({
  how: "failed",
  ms: now - overdueAt + overdueMs,
  reason: "timeout",
  words: "the call did not end in its time",
});

const garbled = ({ ms, text }: { ms: number; text: string }): Failed => ({
  how: "failed",
  ms,
  reason: "bad_answer",
  words: `the answer holds no plans: ${JSON.stringify(text.slice(0, 80))}`,
});
