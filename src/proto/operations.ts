/** The table of operations: whatever may be asked of a swarm, once. HTTP, command line and (later) MCP are drawn from it. */
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

export const operations = {
  spawnBot: define({
    summary: "Start one bot",
    http: ["POST", "/swarm/spawn"],
    success: 201,
    cli: "spawn",
    mcp: "tw2002_spawn_bot",
    input: z.strictObject({
      config: BotConfig.prefault({}),
      /** A name people know the configuration by, such as the file it came from. */
      config_name: z.string().min(1).max(200).default("inline"),
      bot_id: BotId.optional(),
    }),
    output: z.object({ bot_id: BotId, state: BotStatus.shape.state }),
  }),
  spawnSwarm: define({
    summary: "Start many bots at once",
    http: ["POST", "/swarm/spawn-batch"],
    success: 201,
    cli: "spawn-swarm",
    mcp: "tw2002_spawn_swarm",
    input: z.strictObject({
      /** Bots take these in turn: with 3 configurations the fourth bot gets the first again. */
      configs: z.array(BotConfig).min(1).max(batchMax).prefault([{}]),
      config_name: z.string().min(1).max(200).default("inline"),
      /** How many bots; without it one for each configuration. */
      count: Count.optional(),
    }),
    output: z.object({ bot_ids: z.array(BotId), count: z.int() }),
  }),
  swarmStatus: define({
    summary: "Totals and every bot",
    http: ["GET", "/swarm/status"],
    success: 200,
    cli: "status",
    mcp: "tw2002_get_swarm_status",
    input: z.strictObject({}),
    output: SwarmStatus,
  }),
  botStatus: define({
    summary: "One bot",
    http: ["GET", "/bot/:bot_id/status"],
    success: 200,
    cli: "status",
    mcp: "tw2002_get_bot_status",
    input: OneBot,
    output: BotStatus,
  }),
  pauseBot: define({
    summary: "Hold a bot at its next safe prompt",
    http: ["POST", "/bot/:bot_id/pause"],
    success: 200,
    cli: "pause",
    mcp: "tw2002_pause_bot",
    input: OneBot,
    output: OrderReceipt,
  }),
  resumeBot: define({
    summary: "Let a paused bot go on",
    http: ["POST", "/bot/:bot_id/resume"],
    success: 200,
    cli: "resume",
    mcp: "tw2002_resume_bot",
    input: OneBot,
    output: OrderReceipt,
  }),
  setGoal: define({
    summary: "Give a bot a goal: profit, exploration, combat, banking, auto, or words of your own",
    http: ["POST", "/bot/:bot_id/set-goal"],
    success: 200,
    cli: "set-goal",
    mcp: "tw2002_set_bot_goal",
    input: z.strictObject({
      bot_id: BotId,
      goal: z
        .string()
        .trim()
        .min(1)
        .max(goalMaxChars)
        .regex(/^\P{Cc}*$/u, "expected text without control characters"),
    }),
    output: OrderReceipt,
  }),
  killBot: define({
    summary: "Stop a bot for good: it logs off, its process ends",
    http: ["DELETE", "/bot/:bot_id"],
    success: 200,
    cli: "kill",
    mcp: "tw2002_kill_bot",
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
