/** bot.yaml as a schema. Reading files and finding lines in them is io's work; the manager's own is in manager-config.ts. */
import { z } from "zod";
import { file, seconds, told } from "./config-words.ts";
import { AiStrategy, Llm, providerNames } from "./llm-config.ts";

export const port = z.int().min(0).max(65_535);
/** What is typed into a game holds no Enter and no other control. */
const plain = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, "expected text without control characters");
/** A secret must be quoted in YAML, or 0123 becomes 123 before anyone sees it; hence no coercion. */
const secret = plain;

/** Labels of one bot. */
export const labelsMax = 16;
/** Words by which people tell bots apart, such as team: red. */
export const Labels = z
  .record(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, 'expected 1 to 32 of a-z, 0-9, point, _ and -, such as "team"'),
    z
      .string()
      .regex(/^[A-Za-z0-9._-]{0,63}$/, 'expected up to 63 letters, digits, points, _ and -, such as "red"'),
    // Of a key that does not fit the record says only that it does not.
    { error: (issue) => (issue.code === "invalid_key" ? issue.issues?.[0]?.message : undefined) },
  )
  .refine((labels) => Object.keys(labels).length <= labelsMax, `expected at most ${labelsMax} labels`);
export type Labels = z.infer<typeof Labels>;

/** Strategies a bot can be given. `profitable_pairs` is the first system's name for what `opportunistic` does here. */
export const strategyNames = ["opportunistic", "profitable_pairs", "explore", "ai"] as const;

/**
 * Ways to haggle: `master` gets most, with up to eight bold counters before the last; `quick` makes one, and another where it costs no round trip;
 * `accept` takes every first offer.
 */
export const haggleWays = ["master", "quick", "accept"] as const;
export type HaggleWay = (typeof haggleWays)[number];
/** What a bot can be told: one of these ways, or `auto` for `master` where answers come fast and `quick` where they do not. */
export const haggleNames = ["auto", ...haggleWays] as const;
export type HaggleName = (typeof haggleNames)[number];

/** The first system's name for the strategy "ai", taken wherever that is. */
const strategyOfOld = "ai_strategy";

/** Strategies of the first system that have no equal here, and what a bot that asks for one plays instead (with a warning). */
export const strategiesPlayedAs: Readonly<Record<string, (typeof strategyNames)[number]>> = {
  twerk_optimized: "opportunistic",
};

/** Longest name and password that the game takes, and the longest password of a private game. */
export const traderNameMax = 40;
export const passwordMax = 20;
export const gamePasswordMax = 40;

/** One bot: where it plays, as whom, and how. Every key has a default, so `{}` is a bot. */
export const BotConfig = z.strictObject({
  labels: told("Words by which bots are told apart and chosen, such as team: red", Labels.optional()),
  connection: z
    .strictObject({
      host: told("Where the game is", z.string().min(1).max(253).default("localhost")),
      port: told("Its telnet port", port.min(1).default(2002)),
      game_letter: told(
        "The game's letter on the host's menu; null for A",
        z
          .string()
          .regex(/^[A-Za-z]$/, "expected one letter, A to Z")
          .nullable()
          .default("A")
          .transform((letter) => (letter ?? "A").toUpperCase()),
      ),
      game_password: told(
        "For a game that asks for a password before it lets anyone in",
        secret(gamePasswordMax).nullish(),
      ),
      game_password_file: told("A file with that password as its one line", file.nullish()),
      answer_timeout: told(
        "Seconds without an answer from the game before the bot takes the connection for dead",
        seconds.min(1).max(600).default(30),
      ),
      username: told(
        "The name the caller gives at the host's door; the trader's name unless said otherwise",
        plain(traderNameMax).nullish(),
      ),
      character_password: told("Another name of character.password", secret(passwordMax).nullish()),
    })
    .prefault({}),
  character: z
    .strictObject({
      name: told("The trader's name; made from the bot's id when absent", plain(traderNameMax).nullish()),
      password: told(
        "Made when absent, and kept in a file that only its owner can read",
        secret(passwordMax).nullish(),
      ),
      password_file: told(
        "A file with the password as its one line; a relative path begins at this file's folder",
        file.nullish(),
      ),
      ship_name: told("What the first ship is called; made up when absent", plain(30).nullish()),
      planet_name: told("What a home planet is called; made up when absent", plain(40).nullish()),
    })
    .prefault({}),
  trading: z
    .strictObject({
      strategy: told(
        "opportunistic (or profitable_pairs) takes what earns most, explore looks at unseen sectors first, ai plays by a model's plans",
        z
          .enum([...strategyNames, strategyOfOld])
          .default("opportunistic")
          .transform((name) => (name === strategyOfOld ? "ai" : name)),
      ),
      goal: told(
        "profit, exploration, combat, banking, auto, or words of your own",
        plain(200).default("profit"),
      ),
      reserve_credits: told("Credits a bot keeps back when it buys a cargo", z.int().min(0).default(0)),
      haggle: told(
        "master gets most out of a port, quick talks less, accept takes every first offer; auto goes by the line",
        z.enum(haggleNames).default("auto"),
      ),
      max_hop_distance: told(
        "How many sectors away a second port may lie for the two to be worked as a pair",
        z.int().min(1).max(20).default(6),
      ),
      /** For the strategy "ai": a model that advises. */
      ai_strategy: AiStrategy.prefault({}),
    })
    .prefault({}),
  llm: told(
    'The model that the strategy "ai" asks; under a manager with an `llm` section of its own that one is asked',
    Llm.nullable().default(null),
  ),
  /** The Galactic Bank on the StarDock: what lies there is safe from whoever destroys the ship. */
  banking: z
    .strictObject({
      enabled: told("Whether the bank is used", z.boolean().default(true)),
      deposit_threshold: told(
        'Credits in hand above which the rest is deposited, on errands to the StarDock; with the goal "banking", on journeys of their own',
        z.int().min(0).default(250_000),
      ),
      keep_on_hand: told("Credits that stay in hand at least", z.int().min(0).default(5_000)),
    })
    .prefault({}),
  /** How fast keys are typed. */
  pace: z
    .strictObject({
      keys_per_second: told(
        "Keys that leave in a second, at most; null for no limit. Left out: none on this machine, 10 elsewhere",
        z.number().min(0.1).max(1000).nullish(),
      ),
      think_ms: told(
        "Milliseconds to wait before each answer, drawn between the two",
        z
          .tuple([z.number().min(0).max(60_000), z.number().min(0).max(60_000)])
          .refine(([least, most]) => least <= most, "expected the lesser number first")
          .default([0, 0]),
      ),
    })
    .prefault({}),
  session: z
    .strictObject({
      max_turns_per_session: told(
        "Turns after which the bot logs off and is done; 0 for no limit of its own",
        z.int().min(0).max(10_000_000).default(0),
      ),
      wait_for_turns: told(
        "When the game grants no more turns for now: log off and come back for new ones; false ends the session there",
        z.boolean().default(true),
      ),
      max_reconnects: told(
        "Times the bot dials again after a lost connection, over its whole life, before it gives up",
        z.int().min(0).max(1_000_000).default(1000),
      ),
      seed: told(
        "Makes names and choices repeatable: the same seed, bot id and game give the same decisions",
        z
          .int()
          .min(0)
          .max(2 ** 32 - 1)
          .nullish(),
      ),
    })
    .prefault({}),
});
export type BotConfig = z.infer<typeof BotConfig>;

/**
 * Keys of the first system's files that do nothing here. They, and whatever stands under them, are taken with a warning, so that
 * such files load; every other unknown key is an error.
 */
export const keysWithoutEffect: readonly string[] = [
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
  ...[
    "enabled",
    "context_mode",
    "sector_radius",
    "include_history",
    "max_history_items",
    "timeout_ms",
    "cache_decisions",
    "post_change_review_turns",
    "supervisor_policy_locked",
    "allow_llm_policy_override",
    "no_trade_trigger_turns",
    "loss_trigger_*",
    "stagnation_trigger_turns",
    "goal_contract_*",
    "record_history",
    "feedback_*",
    "goals",
    "show_goal_visualization",
    "visualization_interval",
    "intervention",
    "trade_quality_override",
  ].map((key) => `trading.ai_strategy.${key}`),
  "trading.twerk_optimized",
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
];

/** The keys of a configuration that name password files: only who reads its YAML may follow them, never who is handed it. */
export function filesNamedIn({ connection, character }: BotConfig): string[] {
  return [
    ...(connection.game_password_file ? ["connection.game_password_file"] : []),
    ...(character.password_file ? ["character.password_file"] : []),
  ];
}

/** Why such a key is refused there. */
export const namesFile = (key: string): string =>
  `"${key}" names a file: a configuration that is handed in holds the password itself`;

/** The keys of its `llm` section that name files: whoever asks the model would read or write them, and under a manager that is the manager. */
export function modelFilesNamedIn({ llm }: BotConfig): string[] {
  if (!llm) return [];
  const { replay_file, record_file } = llm;
  const services = providerNames.filter((name) => name !== "replay" && llm[name].api_key_file);
  return [
    ...services.map((name) => `llm.${name}.api_key_file`),
    ...(replay_file ? ["llm.replay_file"] : []),
    ...(record_file ? ["llm.record_file"] : []),
  ];
}

/** Keys whose value nobody is shown. */
export const isSecretKey = (key: PropertyKey) => /(password|secret|token|api_key)$/i.test(String(key));

/** The same value with every secret in it replaced by "***": the only form that leaves the process in answers and logs. */
export function maskSecrets<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(maskSecrets) as T;
  const masked = Object.entries(value).map(([key, inner]: [string, unknown]) => [
    key,
    isSecretKey(key) && inner ? "***" : maskSecrets(inner),
  ]);
  return Object.fromEntries(masked) as T;
}

/** The trader a configuration names, with the game it is in, as people read it; undefined when the bot makes up its own. */
export function namedTrader({ character, connection }: BotConfig): string | undefined {
  const name = character.name ?? connection.username;
  return name
    ? `${name} in game ${connection.game_letter} at ${connection.host}:${connection.port}`
    : undefined;
}
