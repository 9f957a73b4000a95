/** What is told of a bot and of the swarm: the words that the API, the command line and the pages share. */
import { z } from "zod";
import { BotId } from "./ids.ts";

/** Where a bot's process stands in its life. Order is the order of the life itself. */
export const botStates = [
  "SPAWNING",
  "REGISTERING",
  "RUNNING",
  "PAUSED",
  "COMPLETED",
  "DEAD",
  "ERROR",
] as const;
export const BotState = z.enum(botStates);
export type BotState = z.infer<typeof BotState>;

/**
 * What a worker tells of its own play. Counters count from the start of the bot's life, not of its process;
 * credits are what the trader carries (not the bank), in credits; turns are the game's turns, not actions.
 */
export const BotReport = z.object({
  /** The trader's name in the game; undefined until the game has accepted one. */
  trader: z.string().max(64).optional(),
  /** The game's letter on the host's menu. */
  game: z.string().max(1).optional(),
  sector: z.int().min(0),
  credits: z.int().min(0),
  /** Credits at the first sight of them, so that earnings can be told from means. */
  credits_start: z.int().min(0),
  turns_executed: z.int().min(0),
  turns_max: z.int().min(0),
  /** Turns that the game still grants today; undefined until seen. */
  turns_left: z.int().min(0).optional(),
  holds: z.int().min(0),
  experience: z.int().min(0),
  trades_executed: z.int().min(0),
  trade_attempts: z.int().min(0),
  sectors_explored: z.int().min(0),
  ports_known: z.int().min(0),
  /** The ship's kind, as the game names it; this and the next three undefined until the game has told. */
  ship: z.string().max(64).optional(),
  fighters: z.int().min(0).optional(),
  shields: z.int().min(0).optional(),
  /** Credits in the bank. */
  bank: z.int().min(0).optional(),
  strategy: z.string().max(64),
  goal: z.string().max(200),
  /** What the bot is doing, for people: "trade at 852". */
  activity: z.string().max(200),
});
export type BotReport = z.infer<typeof BotReport>;

/** One bot as the manager tells it. Times are milliseconds since 1970, UTC. */
export const BotStatus = BotReport.extend({
  bot_id: BotId,
  state: BotState,
  pid: z.int().optional(),
  /** The name of the configuration it was spawned from; the whole of it, secrets masked, is under `settings`. */
  config: z.string(),
  started_at: z.int().optional(),
  registered_at: z.int().optional(),
  completed_at: z.int().optional(),
  /** Last report that showed a change in the game. */
  last_activity: z.int().optional(),
  /** Last word of any kind from the worker. */
  last_update: z.int().optional(),
  uptime_seconds: z.number(),
  /** Credits earned per turn since the first sight of them; 0 before the first turn. */
  credits_per_turn: z.number(),
  restarts: z.int(),
  /** Why it ended or failed, for people; with the time it was seen. */
  error: z.string().optional(),
  error_at: z.int().optional(),
  /** Where the last order stands: accepted here, or confirmed by the bot. */
  order: z.object({ id: z.int(), type: z.string(), state: z.enum(["queued", "delivered"]) }).optional(),
});
export type BotStatus = z.infer<typeof BotStatus>;

/** The whole swarm: totals and every bot. */
export const SwarmStatus = z.object({
  total_bots: z.int(),
  by_state: z.record(BotState, z.int()),
  running: z.int(),
  completed: z.int(),
  errors: z.int(),
  stopped: z.int(),
  max_bots: z.int(),
  total_credits: z.int(),
  total_turns: z.int(),
  total_trades: z.int(),
  credits_per_turn: z.number(),
  uptime_seconds: z.number(),
  version: z.string(),
  /** Number of the last event folded in; /ws/swarm continues from it. */
  seq: z.int(),
  bots: z.array(BotStatus),
});
export type SwarmStatus = z.infer<typeof SwarmStatus>;
