/** The questions that are open: at most one of each bot. They wait to be gathered into a call, for a retry, or for the answer of a call. */
import type { AdviceFailure, Asked } from "../proto/advice.ts";

/** One bot's question, and when it was asked. */
export interface Question {
  readonly asked: Asked;
  readonly at: number;
}

/** Questions that go into one call; how often they have gone before, and how often the answer was none. */
export interface Attempt {
  readonly questions: readonly Question[];
  readonly tries: number;
  readonly garbled: number;
}

/** A call that failed and is to be made again, and why it failed. */
export interface Retry extends Attempt {
  readonly dueAt: number;
  readonly reason: AdviceFailure;
}

/** A question whose call failed, and why. */
export interface Retrying {
  readonly question: Question;
  readonly reason: AdviceFailure;
}

interface Taken {
  readonly waiting: Question[];
  readonly retrying: Retrying[];
}

export interface Queue {
  /** The bot has no question open any more. */
  close(bot: string): void;
  isOpen(question: Question): boolean;
  add(question: Question): void;
  retry(retry: Retry): void;
  /** What is ready to go into a call; it stays until it is taken. */
  next(now: number): Attempt | undefined;
  /** These go into a call: they are open, and wait no more. */
  take(attempt: Attempt): void;
  /** Those that wait and were asked at `before` or earlier: taken out, for their caller to close. */
  lapse(before: number): Taken;
  /** All that wait: taken out, for their caller to close. */
  clear(): Taken;
  /** Open questions, and those of them that wait. */
  size(): number;
  waiting(): number;
  /** When something is ready to go; Infinity when nothing waits. */
  readyAt(): number;
  /** When the oldest of those that wait was asked; Infinity likewise. */
  oldestAt(): number;
}

/** Questions are gathered for `gatherMs`, or until there are `botsPerCall`. */
export function createQueue(gatherMs: number, botsPerCall: number): Queue {
  const open = new Map<string, Question>();
  /** The oldest first. */
  let waiting: Question[] = [];
  let retries: Retry[] = [];

  const isOpen = (question: Question) => open.get(question.asked.bot) === question;
  const isGathered = (now: number) =>
    waiting.length >= botsPerCall || (waiting.length > 0 && waiting[0]!.at + gatherMs <= now);

  /** Takes those out that are meant. */
  function out(isMeant: (question: Question) => boolean): Taken {
    const gone: Taken = {
      waiting: waiting.filter(isMeant),
      retrying: retries.flatMap(({ questions, reason }) =>
        questions.filter(isMeant).map((question) => ({ question, reason })),
      ),
    };
    waiting = waiting.filter((question) => !isMeant(question));
    retries = retries
      .map((retry) => ({ ...retry, questions: retry.questions.filter((question) => !isMeant(question)) }))
      .filter(({ questions }) => questions.length > 0);
    return gone;
  }

  return {
    isOpen,
    close(bot) {
      const question = open.get(bot);
      if (question) out((one) => one === question);
      open.delete(bot);
    },
    add(question) {
      open.set(question.asked.bot, question);
      waiting.push(question);
    },
    retry(retry) {
      if (retry.questions.length > 0) retries.push(retry);
    },
    next(now) {
      const due = retries.find(({ dueAt }) => dueAt <= now);
      if (due) return due;
      if (!isGathered(now)) return undefined;
      return { questions: waiting.slice(0, botsPerCall), tries: 0, garbled: 0 };
    },
    take({ questions }) {
      const taken = new Set(questions);
      out((question) => taken.has(question));
    },
    lapse: (before) => out(({ at }) => at <= before),
    clear: () => out(() => true),
    size: () => open.size,
    waiting: () => waiting.length + retries.reduce((sum, { questions }) => sum + questions.length, 0),
    readyAt() {
      const gathered =
        waiting.length >= botsPerCall ? 0 : (waiting[0]?.at ?? Number.POSITIVE_INFINITY) + gatherMs;
      return Math.min(gathered, ...retries.map(({ dueAt }) => dueAt));
    },
    oldestAt: () =>
      Math.min(
        waiting[0]?.at ?? Number.POSITIVE_INFINITY,
        ...retries.flatMap(({ questions }) => questions.map(({ at }) => at)),
      ),
  };
}
