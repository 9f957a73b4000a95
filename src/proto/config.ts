/** bot.yaml and manager.yaml as schemas. Reading files and finding lines in them is io's work. */
import { z } from "zod";

const port = z.int().min(0).max(65_535);
const seconds = z.number().min(0);
/** What is typed into a game holds no Enter and no other control. */
const plain = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, "expected text without control characters");
/** A secret must be quoted in YAML, or 0123 becomes 123 before anyone sees it; hence no coercion. */
const secret = plain;

/** Strategies a bot can be given. `profitable_pairs` is the first system's name for what `opportunistic` does here. */
export const strategyNames = ["opportunistic", "profitable_pairs", "explore"] as const;

/**
 * Ways to haggle: `master` gets most, with up to eight bold counters before the last; `quick` makes one, and another where it costs no round trip;
 * `accept` takes every first offer.
 */
export const haggleWays = ["master", "quick", "accept"] as const;
export type HaggleWay = (typeof haggleWays)[number];
/** What a bot can be told: one of these ways, or `auto` for `master` where answers come fast and `quick` where they do not. */
export const haggleNames = ["auto", ...haggleWays] as const;
export type HaggleName = (typeof haggleNames)[number];

/** Strategies of the first system that have no equal here, and what a bot that asks for one plays instead (with a warning). */
export const strategiesPlayedAs: Readonly<Record<string, (typeof strategyNames)[number]>> = {
  twerk_optimized: "opportunistic",
  ai_strategy: "opportunistic",
};

/** Longest name and password that the game takes. */
export const traderNameMax = 40;
export const passwordMax = 20;

/** One bot: where it plays, as whom, and how. Every key has a default, so `{}` is a bot. */
export const BotConfig = z.strictObject({
  connection: z
    .strictObject({
      host: z.string().min(1).max(253).default("localhost"),
      port: port.min(1).default(2002),
      /** The game's letter on the host's menu. */
      game_letter: z
        .string()
        .regex(/^[A-Za-z]$/, "expected one letter, A to Z")
        .transform((letter) => letter.toUpperCase())
        .default("A"),
      /** For a game that asks for a password before it lets anyone in. */
      game_password: secret(40).nullish(),
      /** Seconds without an answer from the game before the bot takes the connection for dead. */
      answer_timeout: seconds.min(1).max(600).default(30),
      /** The name the caller gives at the host's door; the trader's name unless said otherwise. */
      username: plain(traderNameMax).nullish(),
      character_password: secret(passwordMax).nullish(),
    })
    .prefault({}),
  character: z
    .strictObject({
      /** The trader's name; made from the bot's id when absent. */
      name: plain(traderNameMax).nullish(),
      /** Made when absent, and kept in a file that only its owner can read. */
      password: secret(passwordMax).nullish(),
      password_file: z.string().min(1).max(4096).nullish(),
      ship_name: plain(30).nullish(),
      planet_name: plain(40).nullish(),
    })
    .prefault({}),
  trading: z
    .strictObject({
      strategy: z.enum(strategyNames).default("opportunistic"),
      goal: plain(200).default("profit"),
      /** Credits a bot keeps back when it buys a cargo. */
      reserve_credits: z.int().min(0).default(0),
      haggle: z.enum(haggleNames).default("auto"),
      /** How many sectors away a second port may lie for the two to be worked as a pair. */
      max_hop_distance: z.int().min(1).max(20).default(6),
    })
    .prefault({}),
  /** The Galactic Bank on the StarDock: what lies there is safe from whoever destroys the ship. */
  banking: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Credits in hand above which the rest is deposited, on errands to the StarDock; with the goal "banking", on journeys of their own. */
      deposit_threshold: z.int().min(0).default(250_000),
      /** Credits that stay in hand at least. */
      keep_on_hand: z.int().min(0).default(5_000),
    })
    .prefault({}),
  /** How fast keys are typed. */
  pace: z
    .strictObject({
      /** Keys that leave in a second, at most; null for no limit. Left out: none on this machine, 10 elsewhere. */
      keys_per_second: z.number().min(0.1).max(1000).nullish(),
      /** Milliseconds to wait before each answer, drawn between the two. */
      think_ms: z
        .tuple([z.number().min(0).max(60_000), z.number().min(0).max(60_000)])
        .refine(([least, most]) => least <= most, "expected the lesser number first")
        .default([0, 0]),
    })
    .prefault({}),
  session: z
    .strictObject({
      /** Turns after which the bot logs off and is done; 0 for no limit of its own. */
      max_turns_per_session: z.int().min(0).max(10_000_000).default(0),
      /** When the game grants no more turns for now: log off and come back for new ones; false ends the session there. */
      wait_for_turns: z.boolean().default(true),
      /** Times the bot dials again after a lost connection, over its whole life, before it gives up. */
      max_reconnects: z.int().min(0).max(1_000_000).default(1000),
      /** Makes names and choices repeatable: the same seed, bot id and game give the same decisions. */
      seed: z
        .int()
        .min(0)
        .max(2 ** 32 - 1)
        .nullish(),
    })
    .prefault({}),
});
export type BotConfig = z.infer<typeof BotConfig>;

/** The manager. */
export const ManagerConfig = z.strictObject({
  manager: z
    .strictObject({
      host: z.string().min(1).max(253).default("localhost"),
      /** 0 lets the system choose; the address is printed. */
      port: port.default(8000),
      /** The dashboard's own port beside the API's; null serves it on the API's port alone. */
      dashboard_port: port.nullable().default(3000),
      max_bots: z.int().min(1).max(100_000).default(200),
      /** The database of the swarm; made when absent. */
      state_file: z.string().min(1).max(4096).default("swarm_state.db"),
      health_check_interval: seconds.min(0.1).default(10),
      status_broadcast_interval: seconds.min(0.1).default(5),
      /** Seconds without a word from a bot before it counts as failed. */
      bot_timeout: seconds.min(1).default(60),
      /** Bots being started at one moment; 0 means twice the number of cores. */
      spawn_parallel: z.int().min(0).max(1000).default(0),
    })
    .prefault({}),
});
export type ManagerConfig = z.infer<typeof ManagerConfig>;

/**
 * Keys that files of the first system, or written for a manager to come, may hold and that do nothing here. They are taken with
 * a warning, so that such files load; every other unknown key is an error.
 */
export const keysWithoutEffect: readonly string[] = [
  "manager.auto_save_interval",
  "manager.max_memory_per_bot",
  "manager.max_cpu_per_bot",
  "character.name_complexity",
  "character.number_prefix",
  "character.generate_ship_names",
  "character.ship_names_with_numbers",
  "character.name_seed",
  "trading.policy",
  "trading.dynamic_policy",
  "trading.anti_collapse",
  "trading.trade_quality",
  "trading.no_trade_guard",
  "trading.profitable_pairs",
  "trading.opportunistic",
  "trading.twerk_optimized",
  "trading.ai_strategy",
  "trading.enable_strategy_rotation",
  "trading.rotation_failure_threshold",
  "trading.rotation_cooldown_turns",
  "trading.rotation_order",
  "trading.no_trade_guard_*",
  "trading.trade_stall_reroute_streak",
  "trading.bootstrap_trade_turns",
  "scanning",
  "upgrades",
  "combat",
  "multi_character",
  "session.target_credits",
  "llm",
];

/** The same configuration with every secret replaced by "***": the only form that leaves the process in answers and logs. */
export function maskSecrets(config: BotConfig): BotConfig {
  const hide = (value: string | null | undefined) => (value ? "***" : value);
  return {
    ...config,
    connection: {
      ...config.connection,
      game_password: hide(config.connection.game_password),
      character_password: hide(config.connection.character_password),
    },
    character: { ...config.character, password: hide(config.character.password) },
  };
}
