/**
 * When a bot asks its model for a plan, and for how long it leaves it alone: one question is open at a time, nobody waits for its answer, and a model
 * that fails again and again is not asked for a while.
 */
import type { AdviceFailure, AdviceOutcome, TakenIn } from "../proto/advice.ts";
import type { AiStrategy } from "../proto/llm-config.ts";

/** A question is given up when so many turns, and so many milliseconds, have passed without an answer: whoever asked it for us may be gone. */
export const answerTurnsMax = 20;
export const answerMsMax = 180_000;
/** A budget that is spent, or a model that is not there, is asked again after so many milliseconds unless it says when. */
export const quietMs = 60_000;
/** Most turns for which a model that goes on failing is left alone. */
export const fallbackTurnsMax = 1_000;

/** Reasons that say nothing about the model: it was not asked at all. */
const noFault: ReadonlySet<AdviceOutcome> = new Set(["off", "budget", "crowded"]);

/** An answer to the open question. */
export type Heard =
  | { readonly id: number; readonly plan: string }
  | { readonly id: number; readonly reason: AdviceFailure; readonly forMs?: number };

/** Where the bot stands in its life: turns used, milliseconds since 1970, choices made. */
export interface Moment {
  readonly turns: number;
  readonly ms: number;
  readonly at: number;
}

export interface Asking {
  /** An answer came in: kept for the next `taken`. Late ones, to questions that are not open any more, are nobody's. */
  hears(answer: Heard): void;
  /** What has come of a question since the last time, if anything has; each is taken once. */
  taken(now: Moment): Heard | undefined;
  /** A plan that came of it leads somewhere. */
  proved(): void;
  /** No plan came of it, for that reason; true when the model is left alone for a while from here on. */
  failed(reason: AdviceOutcome, now: Moment, forMs?: number): boolean;
  mayAsk(now: Moment): boolean;
  /** Opens the next question; its number. */
  asks(now: Moment): number;
  asked(): number;
  /** The model is left alone, after failures. */
  isFallback(turns: number): boolean;
  /** Turns that the last answer took to come. */
  lead(): number;
}

/** Nothing was asked yet. With `recorded` answers nobody is asked: each comes where the record has it. */
export function createAsking(policy: AiStrategy, recorded?: readonly TakenIn[]): Asking {
  const spacing = policy.urgent_wakeup_min_spacing_turns;
  let open: { readonly id: number; readonly turns: number; readonly ms: number } | undefined;
  let heard: Heard | undefined;
  let id = 0;
  let played = 0;
  let lead = 0;
  let askedTurns = Number.NEGATIVE_INFINITY;
  let notBeforeMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let fallbackUntil = Number.NEGATIVE_INFINITY;
  let fallbackTurns = policy.fallback_duration_turns;

  function replayed({ at }: Moment): Heard | undefined {
    // Places that were passed by, where a life went another way than the recorded one, are passed by for good.
    while (recorded && played < recorded.length && recorded[played]!.at < at) played++;
    const next = recorded?.[played];
    if (next?.at !== at) return undefined;
    played++;
    id = next.id;
    return next;
  }

  return {
    hears(answer) {
      if (answer.id === open?.id) heard ??= answer;
    },
    taken(now) {
      if (recorded) return replayed(now);
      if (!open) return undefined;
      const late = now.turns - open.turns >= answerTurnsMax && now.ms - open.ms >= answerMsMax;
      const answer = heard ?? (late ? { id: open.id, reason: "timeout" as const } : undefined);
      if (!answer) return undefined;
      lead = now.turns - open.turns;
      open = heard = undefined;
      return answer;
    },
    proved() {
      failures = 0;
      fallbackTurns = policy.fallback_duration_turns;
    },
    failed(reason, now, forMs) {
      if (forMs !== undefined || noFault.has(reason)) notBeforeMs = now.ms + (forMs ?? quietMs);
      if (noFault.has(reason) || ++failures < policy.fallback_threshold) return false;
      fallbackUntil = now.turns + fallbackTurns;
      fallbackTurns = Math.min(fallbackTurnsMax, 2 * fallbackTurns);
      // Tried once more after that: if it fails again at once, it is left alone for longer.
      failures = policy.fallback_threshold - 1;
      return true;
    },
    mayAsk: ({ turns, ms }) =>
      !recorded && !open && turns >= fallbackUntil && turns - askedTurns >= spacing && ms >= notBeforeMs,
    asks({ turns, ms }) {
      open = { id: ++id, turns, ms };
      askedTurns = turns;
      return id;
    },
    asked: () => id,
    isFallback: (turns) => turns < fallbackUntil,
    lead: () => lead,
  };
}
