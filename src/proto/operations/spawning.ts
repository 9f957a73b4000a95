/** Bots that are to be: one, many, so many, or the same with another configuration. */
import { z } from "zod";
import { BotConfig, Labels } from "../config.ts";
import { BotId } from "../ids.ts";
import { batchMax, Count, define, Pid, whole } from "../operation.ts";
import { BotStatus } from "../status.ts";

/** The name of a file in the manager's `config_dir`, also in a folder within it: never a path of one's own. */
export const ConfigPath = z.string().min(1).max(400);
/**
 * Characters of a configuration that is handed in as text. A long one has six thousand; the worst text of this length holds up the
 * manager for a third of a second.
 */
export const configTextMaxChars = 16 * 1024;
/** What complaints call it: they begin as those about a file do, with "config_text:LINE:COLUMN: ". */
export const configTextName = "config_text";
/** What a bot.yaml says. It fills in no variable of the manager's, and names no file. */
const ConfigText = z.string().min(1).max(configTextMaxChars);
/** Asking again with the same key starts nothing again, for a day: the first answer is given once more. */
const Key = z
  .string()
  .regex(/^[!-~]{1,200}$/, "expected 1 to 200 printable characters")
  .optional();
/** A name people know a configuration by, such as the file it came from; and labels beside those in it, and before them. */
const marks = { config_name: z.string().min(1).max(200).optional(), labels: Labels.optional() };
/** Where a configuration comes from: one of these at most. */
const source = {
  config: BotConfig.optional(),
  config_path: ConfigPath.optional(),
  config_text: ConfigText.optional(),
  ...marks,
};

export const spawning = {
  spawnBot: define({
    summary: "Start one bot",
    http: ["POST", "/swarm/spawn"],
    success: 201,
    cli: "spawn",
    mcp: {
      name: "tw2002_spawn_bot",
      title: "Spawn a bot",
      destructive: false,
      idempotent: false,
      openWorld: true,
    },
    writes: true,
    input: z.strictObject({ ...source, bot_id: BotId.optional(), idempotency_key: Key }),
    output: z.object({ bot_id: BotId, state: BotStatus.shape.state, pid: Pid }),
  }),
  spawnSwarm: define({
    summary: "Start many bots at once: all of them, or none",
    http: ["POST", "/swarm/spawn-batch"],
    success: 201,
    cli: "spawn-swarm",
    mcp: {
      name: "tw2002_spawn_swarm",
      title: "Spawn many bots",
      destructive: false,
      idempotent: false,
      openWorld: true,
    },
    writes: true,
    input: z.strictObject({
      /** Bots take these in turn: with 3 configurations the fourth bot gets the first again. */
      configs: z.array(BotConfig).min(1).max(batchMax).optional(),
      config_paths: z.array(ConfigPath).min(1).max(batchMax).optional(),
      config_text: ConfigText.optional(),
      ...marks,
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
    mcp: {
      name: "tw2002_scale_swarm",
      title: "Scale the swarm",
      destructive: true,
      idempotent: true,
      openWorld: true,
    },
    writes: true,
    input: z.strictObject({ count: whole(0, batchMax), ...source, idempotency_key: Key }),
    output: z.object({ count: z.int(), started: z.array(BotId), killed: z.array(BotId) }),
  }),
  respawnBot: define({
    summary: "Start a bot anew with another configuration, as the same bot",
    http: ["POST", "/bot/:bot_id/respawn"],
    success: 202,
    cli: "respawn",
    writes: true,
    input: z.strictObject({ bot_id: BotId, ...source }),
    output: z.object({ bot_id: BotId, state: BotStatus.shape.state, pid: Pid }),
  }),
} as const;
