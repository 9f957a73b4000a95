/** What a life is to those outside: what happens to it, and what it does about it, are plain values. */
import type { AdviceFailure, AdviceOutcome, TakenIn } from "../proto/advice.ts";
import type { AiStrategy } from "../proto/llm-config.ts";
import type { LineEvent } from "../proto/lines.ts";
import type { Carried, Order } from "../proto/orders.ts";
import type { BotReport } from "../proto/status.ts";
import type { Self, Tagged, Trade } from "./game.ts";
import type { KeysWord } from "./lending.ts";
import type { PaceLimits } from "./pace.ts";

export interface LifeOptions {
  readonly self: Self;
  readonly strategy: string;
  /** For the strategy "ai": how far a model is heeded. */
  readonly ai?: AiStrategy | undefined;
  /** Answers of an earlier life, to be taken in where it took them in: nobody is asked for any. */
  readonly recorded?: readonly TakenIn[] | undefined;
  readonly goal: string;
  /** Numbers from 0 up to 1, seeded. */
  readonly dice: () => number;
  /** Milliseconds without an answer after which something is wrong; more where answers are seen to take long. */
  readonly answerTimeoutMs: number;
  readonly pace: PaceLimits;
  /** Lost connections over the whole life that are made good. */
  readonly reconnectsMax: number;
  /** What the bot had done before this life, when it is not its first. */
  readonly carried?: Carried | undefined;
}

export interface Life {
  step(event: LifeEvent, atMs: number): LifeEffect[];
  report(): BotReport;
  /** True while it stands still on an order. */
  paused(): boolean;
}

export type LifeEvent =
  | LineEvent
  /** The life begins: it asks to be connected. */
  | { readonly type: "started" }
  | { readonly type: "connected" }
  /** The link is gone, or could not be made (`reached`: false). `reason` is for people. */
  | { readonly type: "closed"; readonly reason?: string; readonly reached?: boolean }
  /** The time that `await` asked for has passed. */
  | { readonly type: "silent" }
  | { readonly type: "ordered"; readonly order: Order }
  /** Somebody wants the bot's keys, has them and types, or gives them back. */
  | { readonly type: "keys"; readonly word: KeysWord }
  /** Whoever had the keys cannot be heard any more. */
  | { readonly type: "unlinked" }
  /** The answer to `ask`: a plan as JSON, or why there is none; in `forMs` it may be worth asking again. */
  | { readonly type: "advised"; readonly id: number; readonly plan: string }
  | {
      readonly type: "unadvised";
      readonly id: number;
      readonly reason: AdviceFailure;
      readonly forMs?: number;
    }
  /** What others have seen (proto/lore.ts). The first such word says that somebody listens. */
  | { readonly type: "told"; readonly lore: string }
  /** Names that others have claimed, and such as nobody else claims any more. */
  | { readonly type: "claimed"; readonly taken: readonly string[]; readonly free: readonly string[] };

export type LifeEffect =
  /** Make a connection after so many milliseconds; sooner, unless that is `firm`, if whoever knows of all the calls gives leave. */
  | { readonly type: "dial"; readonly afterMs: number; readonly firm: boolean }
  /** Close the connection and tell with `closed`. */
  | { readonly type: "hangUp"; readonly reason: string }
  /** To be written at once, in one piece. */
  | { readonly type: "send"; readonly keys: string; readonly secret: boolean }
  /** Tell `silent` after so many milliseconds; replaces what was asked before. */
  | { readonly type: "await"; readonly ms: number }
  | { readonly type: "learned"; readonly fact: Tagged }
  /** What it has seen since the last time, for whoever listens. */
  | { readonly type: "tell"; readonly lore: string }
  /** What it has set out for from now on: others had better leave that alone. */
  | { readonly type: "claim"; readonly names: readonly string[] }
  | { readonly type: "chose"; readonly intent: Tagged; readonly why: string }
  | ({ readonly type: "traded" } & Trade)
  /** A plan is wanted (proto/advice.ts): tell with `advised` or `unadvised`. Play goes on meanwhile. `at`: choices made so far. */
  | { readonly type: "ask"; readonly id: number; readonly at: number; readonly picture: string }
  /** What became of a question, once for each: also when no plan came (`unadvised`, or the counsel gave up waiting: then the reason). */
  | { readonly type: "weighed"; readonly id: number; readonly at: number; readonly outcome: AdviceOutcome }
  /** Home was reached for the first time on this connection. */
  | { readonly type: "playing" }
  /** The bot stands still and sends nothing until it is told to resume. */
  | { readonly type: "held" }
  | { readonly type: "confirmed"; readonly orderId: number }
  /** The keys are this lease's: the bot stands still and only reads. Or they are not, or no more; the reason is for people. */
  | { readonly type: "taken"; readonly lease: string }
  | { readonly type: "given"; readonly lease: string; readonly reason: string }
  | { readonly type: "note"; readonly severity: "info" | "warning" | "error"; readonly text: string }
  /** Nobody has an answer to this; `text` is what stands on the open line. */
  | { readonly type: "stuck"; readonly at: string; readonly text: string }
  /** The report has changed; urgent when people wait for it. */
  | { readonly type: "changed"; readonly urgent: boolean }
  | ({ readonly type: "ended" } & Ending);

/** How a life came to its end; the reason is for people. */
export interface Ending {
  readonly how: "completed" | "stopped" | "failed";
  readonly reason: string;
}
