/** manager.yaml as a schema; apart from bot.yaml, so that no worker carries it. */
import { z } from "zod";
import { port } from "./config.ts";
import { file, seconds, told } from "./config-words.ts";
import { Llm } from "./llm-config.ts";
import { seatsMax } from "./pack.ts";

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
      page_read_only: told(
        "The dashboard only looks on: what comes from a browser without the token may change nothing",
        z.boolean().default(false),
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
      bots_per_worker: told(
        "Bots that share one worker process: less memory and processor time for each, and when it crashes all of them start anew. 1 gives each its own",
        z.int().min(1).max(seatsMax).default(1),
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
      llm: told(
        'The model that bots with the strategy "ai" ask, all of them through the manager; null: what each bot\'s own `llm` section says',
        Llm.nullable().default(null),
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
