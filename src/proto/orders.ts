/**
 * Manager and worker speak one language, whatever carries it: Bun's IPC for a spawned worker, a WebSocket for one that was
 * started by hand. Each message is a plain JSON value and passes its schema at the door. Here is what the manager says; what
 * the worker says is in link.ts, apart, so that a worker need not carry the schemas of what it only sends.
 */
import { z } from "zod";
import { AdviceFailure, planMaxChars } from "./advice.ts";
import { ClaimName, claimsToldMax, LoreText } from "./lore.ts";
import { Keys, LeaseId } from "./terminal.ts";

/** Goals that bots know; any other words are kept and shown, and change nothing. */
export const goalsKnown = ["profit", "exploration", "combat", "banking", "auto"] as const;
/** Longest goal, in characters. */
export const goalMaxChars = 200;

/** Raised when a message changes meaning; a manager turns away workers of another major. */
export const linkVersion = 2;
/** Largest message either side takes, in bytes of JSON. */
export const linkMessageMaxBytes = 64 * 1024;

/** Choices that a worker keeps, and characters of the name and the reason of each: all of them fit into one message. */
export const choicesMax = 100;
export const intentMaxChars = 40;
export const whyMaxChars = 160;

/** What a manager may want of a bot. `id` grows by one for each order to this bot; the bot confirms by it. */
export const Order = z.discriminatedUnion("type", [
  z.object({ type: z.literal("pause"), id: z.int() }),
  z.object({ type: z.literal("resume"), id: z.int() }),
  /** Do one thing, then stand still again; one that plays does as with `pause`. */
  z.object({ type: z.literal("step"), id: z.int() }),
  z.object({ type: z.literal("goal"), id: z.int(), goal: z.string().max(goalMaxChars) }),
  /** Log off and end with exit code 0. */
  z.object({ type: z.literal("stop"), id: z.int() }),
]);
export type Order = z.infer<typeof Order>;

/** What a bot had done before its process was started anew: its counters go on from there. */
export const Carried = z.object({
  credits_start: z.int(),
  turns_executed: z.int(),
  trades_executed: z.int(),
  trade_attempts: z.int(),
  haggle_deals: z.int(),
  haggle_offers: z.int(),
  haggle_lost: z.int(),
  troubles: z.int(),
});
export type Carried = z.infer<typeof Carried>;

/** From the manager. */
export const ManagerMessage = z.discriminatedUnion("type", [
  /**
   * The answer to each hello. Before the first one a worker does not play: its manager keeps in mind, from then on, that it is
   * there, so that no other is started for the same bot.
   */
  z.object({
    type: z.literal("welcome"),
    version: z.literal(linkVersion),
    /** Number of the last message of this session that is kept for good. */
    heard: z.int(),
    carried: Carried.optional(),
    /** Percent of one core that the worker keeps itself to. */
    max_cpu: z.number().optional(),
    /** Where to dial when this line breaks: a Unix socket. Absent for workers that came by HTTP, who know the way. */
    door: z.string().max(200).optional(),
    /** Milliseconds that it plays on without a manager. */
    orphan_grace: z.int(),
  }),
  /** Everything numbered up to here is kept for good. */
  z.object({ type: z.literal("ack"), n: z.int() }),
  /** The game server may be dialled now: the answer to `dialling`. */
  z.object({ type: z.literal("dial") }),
  z.object({ type: z.literal("order"), order: Order }),
  /** What others have seen; the next comes when the worker has said that it took this in (`recalled`). */
  z.object({ type: z.literal("lore"), lore: LoreText, up_to: z.int() }),
  /** Names that others hold since the last time, and names that nobody else holds any more. */
  z.object({
    type: z.literal("claims"),
    taken: z.array(ClaimName).max(claimsToldMax),
    free: z.array(ClaimName).max(claimsToldMax),
  }),
  /** Somebody wants to see what the game writes, from now on or no more (terminal.ts). */
  z.object({ type: z.literal("watch"), on: z.boolean() }),
  /** Somebody wants the keys, still wants them, types, gives them back. All but the first need the lease that stands. */
  z.object({ type: z.literal("take"), lease: LeaseId }),
  z.object({ type: z.literal("renew"), lease: LeaseId }),
  z.object({ type: z.literal("type"), lease: LeaseId, keys: Keys }),
  z.object({ type: z.literal("give"), lease: LeaseId }),
  /** Somebody wants to know what the bot chose last, and why. */
  z.object({ type: z.literal("recount") }),
  /** It is to be gone at once, without leaving the game: what SIGKILL is to a process of its own, for one that it shares. */
  z.object({ type: z.literal("drop") }),
  /** The answer to `ask`: a plan as JSON, as the model gave it, or why there is none. In `for_ms` it may be worth asking again. */
  z.object({ type: z.literal("advice"), id: z.int(), plan: z.string().max(planMaxChars) }),
  z.object({ type: z.literal("unadvised"), id: z.int(), reason: AdviceFailure, for_ms: z.int().optional() }),
]);
export type ManagerMessage = z.infer<typeof ManagerMessage>;
