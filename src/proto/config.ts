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

/** A path. */
const file = z.string().min(1).max(4096);

/** What a key means, for the JSON Schema that editors read. Unlike `describe` it makes no second schema: each costs every worker a kilobyte. */
function told<S extends z.ZodType>(description: string, schema: S): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

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

/** Longest name and password that the game takes, and the longest password of a private game. */
export const traderNameMax = 40;
export const passwordMax = 20;
export const gamePasswordMax = 40;

/** One bot: where it plays, as whom, and how. Every key has a default, so `{}` is a bot. */
export const BotConfig = z.strictObject({
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
        "opportunistic takes what earns most, profitable_pairs is the same, explore looks at unseen sectors first",
        z.enum(strategyNames).default("opportunistic"),
      ),
      goal: told(
        "profit, exploration, combat or banking; can be changed while it plays",
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
    })
    .prefault({}),
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

/** When a bot whose worker died is started again. */
export const restartPolicies = ["never", "on_crash", "always"] as const;
/** What can be made to need the token. */
export const guardedWays = ["writes", "everything", "nothing"] as const;

/** The manager. */
export const ManagerConfig = z.strictObject({
  manager: z
    .strictObject({
      host: told(
        "Beyond this machine only with a token file of one's own (`auth.token_file`), and then everything needs the token",
        z.string().min(1).max(253).default("localhost"),
      ),
      port: told("0 lets the system choose; the address is printed", port.default(8000)),
      dashboard_port: told(
        "The dashboard's own port beside the API's; null serves it on the API's port alone",
        port.nullable().default(3000),
      ),
      max_bots: told("Bots alive at one moment", z.int().min(1).max(100_000).default(200)),
      state_file: told(
        "The database of the swarm, made when absent. Ending in .json it names a snapshot for people, and the database lies beside it",
        file.default("swarm_state.db"),
      ),
      auto_save_interval: told(
        "Seconds between two snapshots, where `state_file` ends in .json",
        seconds.min(0.1).max(86_400).default(60),
      ),
      health_check_interval: told(
        "Seconds between two looks at the processes: are they there, and within their limits",
        seconds.min(0.1).max(3600).default(10),
      ),
      status_broadcast_interval: told(
        "Seconds between two full tellings on /ws/swarm, at most",
        seconds.min(0.1).max(3600).default(5),
      ),
      bot_timeout: told(
        "Seconds without a word from a bot before it counts as stuck and is started again",
        seconds.min(1).max(86_400).default(60),
      ),
      progress_timeout: told(
        "Seconds without any progress in the game, though it is not waiting for anything, before it counts as stuck; null for no limit",
        seconds.min(1).max(86_400).nullable().default(600),
      ),
      max_memory_per_bot: told(
        "MB of a bot's own memory: at 90% it is asked to restart at a safe prompt, at 120% it is killed; null for no limit",
        z.number().min(16).max(1_000_000).nullable().default(200),
      ),
      max_cpu_per_bot: told(
        "Percent of one core that a bot keeps itself to; one that takes more over three looks is restarted. null for no limit",
        z.number().min(1).max(10_000).nullable().default(50),
      ),
      spawn_parallel: told(
        "Bots being started at one moment; 0 means twice the number of cores",
        z.int().min(0).max(1000).default(0),
      ),
      logins_per_second: told(
        "Connections that the swarm makes to one game server in a second; null for no limit",
        z.number().min(0.01).max(1000).nullable().default(20),
      ),
      restart: z
        .strictObject({
          policy: told(
            "When a bot whose worker died is started again: never, on_crash, or always: also after a worker said that it cannot go on",
            z.enum(restartPolicies).default("on_crash"),
          ),
          crashes: told(
            "So many crashes within `window` seconds, and the bot is FAILED",
            z.int().min(1).max(1000).default(5),
          ),
          window: told("Seconds in which `crashes` are counted", seconds.min(1).max(86_400).default(60)),
        })
        .prefault({}),
      orphan_grace: told(
        "Seconds that a worker plays on without a manager, before it logs off and ends",
        seconds.max(86_400).default(120),
      ),
      config_dir: told(
        "The folder whose files may be spawned from by name; null for none",
        file.nullable().default(null),
      ),
      auth: z
        .strictObject({
          token_file: told(
            "A file with one line of at least 16 characters, no spaces, that only its owner can read; null for the default one, made when absent",
            file.nullable().default(null),
          ),
          needed_for: told(
            "What needs the token: writes, everything or nothing. Our own pages and command line have it anyway",
            z.enum(guardedWays).default("writes"),
          ),
          names: told(
            "Further host names under which this manager is called",
            z.array(z.string().min(1).max(253)).max(20).default([]),
          ),
        })
        .prefault({}),
    })
    .prefault({}),
});
export type ManagerConfig = z.infer<typeof ManagerConfig>;

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

/** The keys of a configuration that name files: only who reads its YAML may follow them, never who is handed it. */
export function filesNamedIn({ connection, character }: BotConfig): string[] {
  return [
    ...(connection.game_password_file ? ["connection.game_password_file"] : []),
    ...(character.password_file ? ["character.password_file"] : []),
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
