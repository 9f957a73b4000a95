/**
 * Who asks a model for plans, and when it is called: questions of many bots go out in one call, within a budget, and a model that fails is left
 * alone for a while. Pure: time is handed in, calls are handed out.
 */
import type { AdviceFailure, Asked, CallResult } from "../proto/advice.ts";
import type { Llm } from "../proto/llm-config.ts";

export type AdvisingEffect =
  /** Call the model with these questions, and tell with `answered`. */
  | { readonly type: "call"; readonly call: number; readonly asked: readonly Asked[] }
  | { readonly type: "advice"; readonly bot: string; readonly id: number; readonly plan: string }
  | { readonly type: "unadvised"; readonly bot: string; readonly id: number; readonly reason: AdviceFailure; readonly forMs?: number }
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
  readonly failed: Readonly<Partial<Record<AdviceFailure, number>>>;
  readonly lastError?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** By the configured prices. */
  readonly cost: number;
  /** Milliseconds of a call, of the last hundred. */
  readonly latencyMs: { readonly median: number; readonly p95: number };
  readonly today: { readonly calls: number; readonly tokens: number; readonly cost: number };
}

/** The advisor of one model. Times in milliseconds since 1970. */
export interface Advising {
  ask(asked: Asked, now: number): AdvisingEffect[];
  answered(call: number, result: CallResult, now: number): AdvisingEffect[];
  /** The bot is gone: nobody waits for its answer. */
  gone(bot: string): void;
  /** When `tick` is wanted next; Infinity for not at all. */
  dueAt(): number;
  tick(now: number): AdvisingEffect[];
  status(now: number): AdvisorStatus;
}
