/** What is told of a bot and of the swarm: the words that the API, the command line and the pages share. */
import { z } from "zod";
import { AdviceReport } from "./advice.ts";
import { BotId } from "./ids.ts";

/** Where a bot stands in its life, in the order of the life itself. What leads from one to the next is in swarm/lifecycle.ts. */
export const botStates = [
  "QUEUED",
  "SPAWNING",
  "REGISTERING",
  "RUNNING",
  "PAUSED",
  "STUCK",
  "BACKOFF",
  "COMPLETED",
  "DEAD",
  "ERROR",
  "FAILED",
] as const;
export const BotState = z.enum(botStates);
export type BotState = z.infer<typeof BotState>;

/** States in which nothing goes on until somebody wants it. */
export const endedStates: ReadonlySet<BotState> = new Set(["COMPLETED", "DEAD", "ERROR", "FAILED"]);

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
  /** What the cargo aboard was bought for, or would bring, in credits; undefined until something of it is known. */
  cargo_value: z.int().min(0).optional(),
  /** Bargains closed, offers made in them, and bargains that the port broke off. */
  haggle_deals: z.int().min(0).optional(),
  haggle_offers: z.int().min(0).optional(),
  haggle_lost: z.int().min(0).optional(),
  /** Warnings and errors the bot has told of. */
  troubles: z.int().min(0).optional(),
  /** True while it waits for something outside itself: turns, the host, an order. */
  waits: z.boolean().optional(),
  strategy: z.string().max(64),
  goal: z.string().max(200),
  /** How it fares with a model; absent without one. */
  advice: AdviceReport.optional(),
  /** What the bot is doing, for people: "trade at 852". */
  activity: z.string().max(200),
});
export type BotReport = z.infer<typeof BotReport>;

/** One bot as the manager tells it. Times are milliseconds since 1970, UTC. */
export const BotStatus = BotReport.extend({
  bot_id: BotId,
  state: BotState,
  pid: z.int().optional(),
  /** False while a bot that has a worker cannot be told anything: its line is down. */
  linked: z.boolean(),
  /** By which people tell it from others; absent when it has none. */
  labels: z.record(z.string(), z.string()).optional(),
  /** Somebody has taken its keys. */
  taken: z.boolean().optional(),
  /** The name of the configuration it was spawned from; the whole of it, secrets masked, is an operation of its own. */
  config: z.string(),
  /** The game it plays, as host:port/LETTER: what bots of one place know is shared, and one map shows it. */
  place: z.string().optional(),
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
  /** Credits in hand and in the bank, and the worth of the cargo. */
  net_worth: z.int(),
  /** Times its worker was started again, for whatever reason. */
  restarts: z.int(),
  /** When it will be started again, in BACKOFF, or for the first time, in QUEUED. */
  next_start_at: z.int().optional(),
  /** As last looked at: MB of its own memory, percent of one core. */
  memory_mb: z.number().optional(),
  cpu_percent: z.number().optional(),
  /** Why it ended or failed, for people; with the time it was seen. */
  error: z.string().optional(),
  error_at: z.int().optional(),
  /** Where the last order stands with the worker that it has, or waits for: accepted here, or confirmed. None where it is over. */
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
  /** Bots being held at a prompt, and bots that are being helped up: STUCK or BACKOFF. */
  paused: z.int(),
  recovering: z.int(),
  total_credits: z.int(),
  total_bank_credits: z.int(),
  total_net_worth: z.int(),
  total_turns: z.int(),
  total_trades: z.int(),
  credits_per_turn: z.number(),
  uptime_seconds: z.number(),
  version: z.string(),
  /** Why this manager cannot take orders just now, such as a full disk; bots play on. */
  degraded: z.string().optional(),
  /** Number of the last lifecycle event folded in. */
  seq: z.int(),
  bots: z.array(BotStatus),
});
export type SwarmStatus = z.infer<typeof SwarmStatus>;
