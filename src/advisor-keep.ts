/**
 * The advisor of one model at work (swarm/advising.ts): its timer, the calls, the record and the budget's file. A manager keeps one for each model
 * that its bots ask; a worker that plays alone with a model has one of its own. Nobody else loads this.
 */
import { join } from "node:path";
import { briefings } from "./games/briefings.ts";
import { type AdviceRecord, openAdviceRecord } from "./io/advice-record.ts";
import { type SpentFile, spentFile } from "./io/advice-spent.ts";
import { laterIfThere, type Later } from "./io/later.ts";
import type { Model } from "./io/model.ts";
import type { Environment } from "./io/variables.ts";
import { AdviceFailure, type AdviceOutcome, type Asked, promptFor, sharedMaxChars } from "./proto/advice.ts";
import { type Llm, serviceOf } from "./proto/llm-config.ts";
import { type AdvisingEffect, type AdvisorStatus, createAdvising } from "./swarm/advising.ts";

/** What is used of the budget is written at most so often, in ms: what a crash may forget of it. */
const keepSpentEveryMs = 1_000;

/** What is told of it. An answer may be told while its question is being asked. */
export type Told = Exclude<AdvisingEffect, { type: "call" }>;

export interface AdvisorParts {
  readonly llm: Llm;
  /** What each call says before the bots' pictures. */
  readonly instructions: string;
  /** Opened when the first call is to be made. */
  readonly model: () => Promise<Model>;
  readonly record?: AdviceRecord | undefined;
  readonly spent?: SpentFile | undefined;
  /** What the swarm knows, as JSON, for a call about these bots; undefined for nothing. */
  readonly shared?: (asked: readonly Asked[]) => Promise<string | undefined>;
  /** Milliseconds since 1970 that never go back. */
  readonly now: () => number;
  readonly later: Later;
  readonly told: (effect: Told) => void;
  readonly complain: (error: unknown) => void;
}

export interface AdvisorKeep {
  ask(asked: Asked): void;
  /** What became of a bot's question. */
  weighed(bot: string, id: number, at: number, outcome: AdviceOutcome): void;
  /** Nobody waits for this bot's answer any more. */
  gone(bot: string): void;
  status(): AdvisorStatus;
  /** Gives up what is under way; nothing is told any more. */
  end(): void;
}

export function keepAdvisor(parts: AdvisorParts): AdvisorKeep {
  const { llm, instructions, record, spent, now, complain } = parts;
  const advising = createAdvising(llm, {
    callChars: instructions.length + sharedMaxChars,
    spent: spent?.read(),
  });
  /** The plan that each bot was told last: its word of what became of it names only its number. */
  const plans = new Map<string, { readonly id: number; readonly plan: string }>();
  let model: Promise<Model> | undefined;
  let hasEnded = false;
  let callOff: (() => void) | undefined;
  let isSpentKept = true;
  let keepsSoon: (() => void) | undefined;

  function perform(effects: readonly AdvisingEffect[]): void {
    for (const effect of effects) {
      if (hasEnded) return;
      if (effect.type === "call") {
        void call(effect.call, effect.asked).catch(complain);
        keepSpentSoon();
      } else {
        if (effect.type === "advice") plans.set(effect.bot, effect);
        parts.told(effect);
      }
    }
    wake();
  }

  /** Sees to it that the next tick comes when it is wanted. */
  function wake(): void {
    callOff?.();
    callOff = undefined;
    const dueAt = advising.dueAt();
    if (hasEnded || dueAt === Number.POSITIVE_INFINITY) return;
    callOff = parts.later(Math.max(1, Math.ceil(dueAt - now())), () => perform(advising.tick(now())));
  }

  /** A call that fails by a mistake of ours is never answered: it is over at its time. */
  async function call(number: number, asked: readonly Asked[]): Promise<void> {
    const told = await parts.shared?.(asked).catch(complain);
    const shared = told !== undefined && told.length <= sharedMaxChars ? told : undefined;
    const text = { instructions, prompt: promptFor(asked, shared) };
    const result = await (await opened()).call(text, asked.length);
    if (hasEnded) return;
    record?.called({ provider: llm.provider, model: nameOf(llm), call: text, asked, result }, now());
    perform(advising.answered(number, result, now()));
    keepSpentSoon();
  }

  function opened(): Promise<Model> {
    model ??= parts.model().catch((error: unknown) => {
      // Whatever it was, it may not be there at the next call.
      model = undefined;
      throw error;
    });
    return model;
  }

  function keepSpentSoon(): void {
    isSpentKept = false;
    keepsSoon ??= spent && parts.later(keepSpentEveryMs, keepSpent);
  }

  function keepSpent(): void {
    keepsSoon?.();
    keepsSoon = undefined;
    if (isSpentKept) return;
    isSpentKept = true;
    try {
      spent?.keep(advising.spent(now()));
    } catch (error) {
      // The budget holds all the same, until this process ends.
      complain(error);
    }
  }

  return {
    ask: (asked) => perform(advising.ask(asked, now())),
    weighed(bot, id, at, outcome) {
      const known = plans.get(bot);
      if (known?.id === id) plans.delete(bot);
      const hasFailed = AdviceFailure.safeParse(outcome).success;
      const plan = !hasFailed && known?.id === id ? known.plan : undefined;
      // A plan that a former manager told is not known here, and what cannot be played again is not kept.
      if (hasFailed || plan !== undefined) record?.took({ bot, id, at, plan, outcome }, now());
    },
    gone(bot) {
      plans.delete(bot);
      advising.gone(bot);
      wake();
    },
    status: () => advising.status(now()),
    end() {
      if (hasEnded) return;
      hasEnded = true;
      callOff?.();
      keepSpent();
      void model?.then((opened) => opened.end()).catch(complain);
      record?.close();
    },
  };
}

export interface OpeningParts {
  readonly llm: Llm;
  /**
   * The section is the operator's own: a manager's, or the file of a worker that plays alone. Only then are files followed that it names, and only then
   * is the used budget kept, in `folder`, for the next process.
   */
  readonly isOwn: boolean;
  readonly env: Environment;
  readonly folder: string;
  readonly shared?: AdvisorParts["shared"];
  readonly now: () => number;
  readonly later?: Later;
  /** Takes what people should know: a record that is full, a file that cannot be read, a mistake of ours. */
  readonly warn: (text: string) => void;
}

/** Opens an advisor, which begins when it knows whom to tell. Throws Refusal "bad_input" where its record cannot be written. */
export async function openAdvisor(parts: OpeningParts): Promise<(told: AdvisorParts["told"]) => AdvisorKeep> {
  const { llm, isOwn, env, folder, shared, now, warn } = parts;
  const file = isOwn ? llm.record_file : undefined;
  const record = file ? openAdviceRecord(file, { stopped: warn }) : undefined;
  const spent = isOwn ? spentFile(join(folder, spentName), budgetOf(llm), warn) : undefined;
  const instructions = await briefings.tw2002();
  return (told) =>
    keepAdvisor({
      llm,
      instructions,
      model: async () => (await import("./io/model.ts")).openModel(llm, { env, isOwn }),
      record,
      spent,
      ...(shared && { shared }),
      now,
      later: parts.later ?? laterIfThere,
      told,
      complain: (error) => warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
}

/** Where the used budget is kept. */
export const spentName = "advice-spent.json";
/** Whose budget it is: that of this model, at this place. */
const budgetOf = (llm: Llm) => `${llm.provider} ${serviceOf(llm)?.base_url ?? ""} ${nameOf(llm)}`;
const nameOf = (llm: Llm) => serviceOf(llm)?.model ?? "";
