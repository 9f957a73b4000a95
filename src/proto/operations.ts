/** The table of operations: whatever may be asked of a swarm, once. HTTP, its document, command line and (later) MCP are drawn from it. */
import { z } from "zod";
import { BotConfig } from "./config.ts";
import { BotId } from "./ids.ts";
import { goalMaxChars } from "./orders.ts";
import { BotStatus, SwarmStatus } from "./status.ts";

/** One thing a person or a program may ask of a swarm. */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** One line for --help and the API's document. */
  readonly summary: string;
  readonly http: readonly [method: "GET" | "POST" | "DELETE", path: string];
  /** HTTP status of success. */
  readonly success: 200 | 201 | 202;
  /** The verb on the command line. */
  readonly cli: string;
  /** False for what only looks: it needs no token where only writes do. */
  readonly writes: boolean;
  /** The tool's name for AI assistants. */
  readonly mcp: string;
  readonly input: I;
  readonly output: O;
}

const define = <I extends z.ZodType, O extends z.ZodType>(op: Operation<I, O>) => op;

const OneBot = z.strictObject({ bot_id: BotId });
/** What came of an order: in the bot's hands already, or kept until the bot can take it. */
export const OrderReceipt = z.object({
  bot_id: BotId,
  order: z.enum(["delivered", "queued"]),
  state: BotStatus.shape.state,
  goal: z.string().optional(),
});
export type OrderReceipt = z.infer<typeof OrderReceipt>;

export const batchMax = 5000;

/** A number, or its digits as they come in an address. */
const Count = z
  .union(
    [
      z.int(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ],
    "expected a whole number",
  )
  .pipe(z.int().min(1).max(batchMax));

/** A whole number in an address, or in a body. */
const whole = (min: number, max: number) =>
  z
    .union(
      [
        z.int(),
        z
          .string()
          .regex(/^\d{1,16}$/)
          .transform(Number),
      ],
      "expected a whole number",
    )
    .pipe(z.int().min(min).max(max));
/** Milliseconds since 1970. */
const Moment = whole(0, 8_640_000_000_000_000);
/** The name of a file in the manager's `config_dir`, also in a folder within it: never a path of one's own. */
export const ConfigPath = z.string().min(1).max(400);
/** Asking again with the same key starts nothing again, for a day: the first answer is given once more. */
const Key = z
  .string()
  .regex(/^[!-~]{1,200}$/, "expected 1 to 200 printable characters")
  .optional();
const ConfigName = z.string().min(1).max(200);
/** A process id, once there is a process. */
const Pid = z.int().nullable();

export const eventsMax = 1000;
export const logLinesMax = 1000;
export const pointsMax = 5000;

const LogSlice = z.object({
  bot_id: BotId,
  lines: z.array(z.string()),
  /** Bytes of the log before the first of these lines, and after the last: `offset` of the next slice. */
  offset: z.int(),
  next_offset: z.int(),
  size: z.int(),
});

/** One point of a time series: sums over the bots for the swarm. Credits unless said otherwise. */
export const SeriesRow = z.object({
  /** Milliseconds since 1970; where points were thinned, the last of its stretch. */
  at: z.int(),
  bots: z.int(),
  running: z.int(),
  credits: z.int(),
  bank: z.int(),
  cargo_value: z.int(),
  net_worth: z.int(),
  turns: z.int(),
  trades: z.int(),
  trade_attempts: z.int(),
  haggle_deals: z.int(),
  haggle_offers: z.int(),
  haggle_lost: z.int(),
  /** Troubles told by the bots, and crashes. */
  errors: z.int(),
});
export type SeriesRow = z.infer<typeof SeriesRow>;

export const operations = {
  spawnBot: define({
    summary: "Start one bot",
    http: ["POST", "/swarm/spawn"],
    success: 201,
    cli: "spawn",
    mcp: "tw2002_spawn_bot",
    writes: true,
    input: z.strictObject({
      config: BotConfig.optional(),
      config_path: ConfigPath.optional(),
      /** A name people know the configuration by, such as the file it came from. */
      config_name: ConfigName.optional(),
      bot_id: BotId.optional(),
      idempotency_key: Key,
    }),
    output: z.object({ bot_id: BotId, state: BotStatus.shape.state, pid: Pid }),
  }),
  spawnSwarm: define({
    summary: "Start many bots at once: all of them, or none",
    http: ["POST", "/swarm/spawn-batch"],
    success: 201,
    cli: "spawn-swarm",
    mcp: "tw2002_spawn_swarm",
    writes: true,
    input: z.strictObject({
      /** Bots take these in turn: with 3 configurations the fourth bot gets the first again. */
      configs: z.array(BotConfig).min(1).max(batchMax).optional(),
      config_paths: z.array(ConfigPath).min(1).max(batchMax).optional(),
      config_name: ConfigName.optional(),
      /** How many bots; without it one for each configuration. */
      count: Count.optional(),
      /** So many bots are started, then after so many seconds as many more. Without it there are no groups. */
      group_size: Count.optional(),
      group_delay: z.number().min(0).max(86_400).optional(),
      idempotency_key: Key,
    }),
    output: z.object({
      bot_ids: z.array(BotId),
      count: z.int(),
      status: z.literal("spawning"),
      total_bots: z.int(),
      group_size: z.int(),
      group_delay: z.number(),
      total_groups: z.int(),
      estimated_time_seconds: z.number(),
    }),
  }),
  scaleSwarm: define({
    summary: "Have so many bots alive: starts what is missing, or kills the youngest",
    http: ["POST", "/swarm/scale"],
    success: 200,
    cli: "scale",
    mcp: "tw2002_scale_swarm",
    writes: true,
    input: z.strictObject({
      count: whole(0, batchMax),
      config: BotConfig.optional(),
      config_path: ConfigPath.optional(),
      config_name: ConfigName.optional(),
      idempotency_key: Key,
    }),
    output: z.object({ count: z.int(), started: z.array(BotId), killed: z.array(BotId) }),
  }),
  swarmStatus: define({
    summary: "Totals and every bot",
    http: ["GET", "/swarm/status"],
    success: 200,
    cli: "status",
    mcp: "tw2002_get_swarm_status",
    writes: false,
    input: z.strictObject({}),
    output: SwarmStatus,
  }),
  timeSeries: define({
    summary: "How credits, turns, trades and the rest went, for the swarm or for one bot",
    http: ["GET", "/swarm/timeseries"],
    success: 200,
    cli: "timeseries",
    mcp: "tw2002_get_time_series",
    writes: false,
    input: z.strictObject({
      bot_id: BotId.optional(),
      since: Moment.optional(),
      until: Moment.optional(),
      /** At most so many points: where there are more, each stretch is told by its last. */
      points: whole(1, pointsMax).default(500),
    }),
    output: z.object({ interval_seconds: z.number(), rows: z.array(SeriesRow) }),
  }),
  killAll: define({
    summary: "Stop every bot",
    http: ["POST", "/swarm/kill-all"],
    success: 200,
    cli: "kill-all",
    mcp: "tw2002_kill_all",
    writes: true,
    input: z.strictObject({}),
    output: z.object({ killed: z.array(BotId), count: z.int() }),
  }),
  clearSwarm: define({
    summary: "Take the bots that have ended off the list",
    http: ["POST", "/swarm/clear"],
    success: 200,
    cli: "clear",
    mcp: "tw2002_clear_swarm",
    writes: true,
    input: z.strictObject({}),
    output: z.object({ cleared: z.int(), bot_ids: z.array(BotId) }),
  }),
  botStatus: define({
    summary: "One bot",
    http: ["GET", "/bot/:bot_id/status"],
    success: 200,
    cli: "status",
    mcp: "tw2002_get_bot_status",
    writes: false,
    input: OneBot,
    output: BotStatus,
  }),
  botConfig: define({
    summary: "The configuration of a bot, its secrets masked",
    http: ["GET", "/bot/:bot_id/config"],
    success: 200,
    cli: "describe",
    mcp: "tw2002_get_bot_config",
    writes: false,
    input: OneBot,
    output: z.object({ bot_id: BotId, config_name: z.string(), config: z.unknown() }),
  }),
  botEvents: define({
    summary: "What a bot lived through, newest first",
    http: ["GET", "/bot/:bot_id/events"],
    success: 200,
    cli: "events",
    mcp: "tw2002_get_bot_events",
    writes: false,
    input: z.strictObject({
      bot_id: BotId,
      /** Only what happened before. */
      before: Moment.optional(),
      limit: whole(1, eventsMax).default(50),
    }),
    output: z.object({
      bot_id: BotId,
      state: BotStatus.shape.state,
      events: z.array(z.object({ type: z.string(), at: z.int() }).loose()),
    }),
  }),
  botLogs: define({
    summary: "Lines of a bot's log, from an offset in bytes",
    http: ["GET", "/bot/:bot_id/logs"],
    success: 200,
    cli: "logs",
    mcp: "tw2002_get_bot_logs",
    writes: false,
    input: z.strictObject({
      bot_id: BotId,
      offset: whole(0, Number.MAX_SAFE_INTEGER).default(0),
      limit: whole(1, logLinesMax).default(200),
    }),
    output: LogSlice,
  }),
  botLogTail: define({
    summary: "The last lines of a bot's log",
    http: ["GET", "/bot/:bot_id/logs/tail"],
    success: 200,
    cli: "logs",
    mcp: "tw2002_tail_bot_logs",
    writes: false,
    input: z.strictObject({ bot_id: BotId, lines: whole(1, logLinesMax).default(100) }),
    output: LogSlice,
  }),
  pauseBot: define({
    summary: "Hold a bot at its next safe prompt",
    http: ["POST", "/bot/:bot_id/pause"],
    success: 200,
    cli: "pause",
    mcp: "tw2002_pause_bot",
    writes: true,
    input: OneBot,
    output: OrderReceipt,
  }),
  resumeBot: define({
    summary: "Let a paused bot go on",
    http: ["POST", "/bot/:bot_id/resume"],
    success: 200,
    cli: "resume",
    mcp: "tw2002_resume_bot",
    writes: true,
    input: OneBot,
    output: OrderReceipt,
  }),
  setGoal: define({
    summary: "Give a bot a goal: profit, exploration, combat, banking, auto, or words of your own",
    http: ["POST", "/bot/:bot_id/set-goal"],
    success: 200,
    cli: "set-goal",
    mcp: "tw2002_set_bot_goal",
    writes: true,
    input: z.strictObject({
      bot_id: BotId,
      goal: z
        .string()
        .trim()
        .min(1, "expected a goal, found nothing")
        .max(goalMaxChars)
        .regex(/^\P{Cc}*$/u, "expected text without control characters"),
    }),
    output: OrderReceipt,
  }),
  restartBot: define({
    summary: "Start a bot's worker anew: it logs off first; one that has ended begins again",
    http: ["POST", "/bot/:bot_id/restart"],
    success: 202,
    cli: "restart",
    mcp: "tw2002_restart_bot",
    writes: true,
    input: OneBot,
    output: z.object({ bot_id: BotId, state: BotStatus.shape.state, pid: Pid }),
  }),
  respawnBot: define({
    summary: "Start a bot anew with another configuration, as the same bot",
    http: ["POST", "/bot/:bot_id/respawn"],
    success: 202,
    cli: "respawn",
    mcp: "tw2002_respawn_bot",
    writes: true,
    input: z.strictObject({
      bot_id: BotId,
      config: BotConfig.optional(),
      config_path: ConfigPath.optional(),
      config_name: ConfigName.optional(),
    }),
    output: z.object({ bot_id: BotId, state: BotStatus.shape.state, pid: Pid }),
  }),
  killBot: define({
    summary: "Stop a bot for good: it logs off, its process ends",
    http: ["DELETE", "/bot/:bot_id"],
    success: 200,
    cli: "kill",
    mcp: "tw2002_kill_bot",
    writes: true,
    input: OneBot,
    output: z.object({ killed: BotId }),
  }),
} as const;

export type OperationName = keyof typeof operations;
type Table = typeof operations;
export type OperationInput<K extends OperationName> = z.output<Table[K]["input"]>;
export type OperationOutput<K extends OperationName> = z.output<Table[K]["output"]>;

/** Whoever can carry out the operations: the manager itself, or a client of one far away. */
export type Swarm = { [K in OperationName]: (input: OperationInput<K>) => Promise<OperationOutput<K>> };
