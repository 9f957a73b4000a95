/** Worker processes: start one, talk to it over IPC, end it. Nothing in here throws after a worker has started. */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { BotConfig } from "../proto/config.ts";
import type { ManagerMessage } from "../proto/orders.ts";
import { packWords, type Pairs } from "../proto/pack.ts";
import { isThere, startTicks } from "./procfs.ts";
import { logOf } from "./worker-log.ts";

/** How to run this program again: `argv` comes before "worker"; `argv0` is the name that `ps` shows. */
export interface WorkerCommand {
  readonly argv: readonly string[];
  readonly argv0?: string;
}

/** Between a polite end and a certain one. */
export const termGraceMs = 2000;
/**
 * Names of the variables that a worker gets from the manager's environment: never BUN_OPTIONS, BUN_BE_BUN, NODE_OPTIONS, nor the token,
 * nor a model's key: it is the manager that asks.
 */
const inherited =
  /^(PATH|HOME|TMPDIR|TZ|LANG|LC_[A-Z]+|NO_COLOR|XDG_[A-Z_]+|BBSBOT_(?!TOKEN|LLM_API_KEY)[A-Z0-9_]+)$/;
/**
 * One worker of hundreds must be small. Measured on one that plays 2,000 turns without a pause: 29 MB of its own memory with
 * Bun's defaults, 13 MB without the JIT, 8 MB with a heap that also collects as if the machine had 2 MB. The price is twice the
 * processor time a turn, of which a bot on a real server, waiting for answers, uses next to none.
 * Idle Bun wakes for its collector's timer: at 30 s a quiet worker costs half the CPU.
 */
const ownVariables = {
  BUN_JSC_useJIT: "0",
  BUN_JSC_forceRAMSize: String(2 * 1024 * 1024),
  BUN_GC_TIMER_INTERVAL: "30000",
};

/**
 * A process that houses many bots keeps the JIT: they share its price, and have the work for it. Its collector lets the heap grow by half
 * before it comes again, where on a machine of much memory it would wait for twice: 250 bots take 132 MB for 180, at the same processor
 * time a turn within 5%. From a factor of 1.5 on it would look at new objects only, and the old ones that died stay for long.
 */
const packVariables = {
  BUN_JSC_forceRAMSize: String(2 * 1024 * 1024),
  BUN_JSC_largeHeapGrowthFactor: "1.49",
  BUN_GC_TIMER_INTERVAL: "30000",
};

/** A process of ours, and the channel to it. */
export interface ChildProcess<Message> {
  readonly pid: number;
  /** When it began, in ticks of the system's clock: with the pid its identity. Undefined where the system does not tell. */
  readonly ticks: number | undefined;
  /** False when it cannot be told any more. */
  send(message: Message): boolean;
  /** Closes the channel; the process goes on. */
  close(): void;
}
export interface WorkerProcess extends ChildProcess<ManagerMessage> {
  /** It shares the process with others: signals are not for it alone. */
  readonly packed?: true;
}
export type PackProcess = ChildProcess<Pairs>;

export interface WorkerHooks {
  readonly heard: (message: unknown) => void;
  /** Its channel closed, or carried what was no JSON; the process may still be there. */
  readonly closed: () => void;
  /** The process is gone: exit code or the signal's name; `words` where more is known than its own log tells. */
  readonly exited: (code: number | null, signal: string | null, words?: string) => void;
}

/** The part of an environment that a worker may see, and what it is given. */
export function workerEnv(
  env: Readonly<Record<string, string | undefined>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const passed = Object.entries(env).filter(([name, value]) => value !== undefined && inherited.test(name));
  return { ...(Object.fromEntries(passed) as Record<string, string>), ...given };
}

const draftName = "bot.yaml.draft";

/** The bot's own folder, with its whole configuration in it as a draft: for its owner's eyes only. JSON is YAML. Returns the folder. */
export function draftFolder(bots: string, id: string, config: unknown): string {
  const folder = join(bots, id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, draftName), `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return folder;
}

/** From now on its worker is started with what was drafted. */
export const useDraft = (folder: string): void =>
  renameSync(join(folder, draftName), join(folder, "bot.yaml"));

/** What was drafted and is not in use; undefined for nothing, and for what is no configuration. */
export const draftIn = (folder: string): BotConfig | undefined => configIn(join(folder, draftName));

/** The configuration in a bot's folder; undefined for none. */
export function configIn(file: string): BotConfig | undefined {
  try {
    return BotConfig.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Not there, or not whole: the same to those who ask.
    return undefined;
  }
}

/**
 * Starts `<argv> worker --config <folder>/bot.yaml --bot-id <id>` in the bot's folder, with its stderr appended to worker.log.
 * Errors: whatever starting a process throws, such as a missing program.
 */
export const startWorker = (
  command: WorkerCommand,
  id: string,
  folder: string,
  hooks: WorkerHooks,
): WorkerProcess =>
  startChild<ManagerMessage>(
    command,
    {
      words: ["worker", "--config", join(folder, "bot.yaml"), "--bot-id", id],
      folder,
      variables: ownVariables,
      log: openSync(logOf(folder), "a", 0o600),
    },
    hooks,
  );

/**
 * Starts `<argv> worker --seats <folder>` in that folder: a process for many bots, that has none yet; proto/pack.ts says what it is told. Its stderr
 * goes to a worker.log in there, which begins anew. Errors as with `startWorker`.
 */
export function startPack(command: WorkerCommand, folder: string, hooks: WorkerHooks): PackProcess {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = openSync(logOf(folder), "w", 0o600);
  return startChild<Pairs>(
    command,
    { words: [...packWords, folder], folder, variables: packVariables, log },
    hooks,
  );
}

interface Child {
  /** Behind the program's own. */
  readonly words: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** An open file for its stderr, which is closed here. */
  readonly log: number;
}

/** In a session of its own, so that neither Ctrl-C nor our death takes it along; with IPC (JSON), and no stdin and stdout. */
function startChild<Message>(
  command: WorkerCommand,
  { words, folder, variables, log }: Child,
  hooks: WorkerHooks,
): ChildProcess<Message> {
  let gone = false;
  try {
    const child = Bun.spawn({
      cmd: [...command.argv, ...words],
      ...(command.argv0 !== undefined && { argv0: command.argv0 }),
      cwd: folder,
      env: workerEnv(process.env, variables),
      stdio: ["ignore", "ignore", log],
      serialization: "json",
      detached: true,
      ipc: (message: unknown) => hooks.heard(message),
      onDisconnect: () => {
        if (!gone) hooks.closed();
      },
      onExit: (_, code, signal) => {
        gone = true;
        hooks.exited(signal === null ? code : null, signal === null ? null : signalName(signal));
      },
    });
    return {
      pid: child.pid,
      ticks: startTicks(child.pid),
      send(message) {
        if (gone) return false;
        try {
          child.send(message);
          return true;
        } catch {
          // The channel closes a moment before the exit is told: send throws at once then, and the exit follows.
          return false;
        }
      },
      close() {
        if (!gone) child.disconnect();
      },
    };
  } finally {
    closeSync(log);
  }
}

/** Signals a process if it still is the one that began at `ticks`. */
export function signalWorker(pid: number, ticks: number | undefined, signal: "SIGTERM" | "SIGKILL"): void {
  if (!isThere(pid, ticks)) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the two statements: that is what was wanted.
  }
}

const signalName = (signal: number | string) => (typeof signal === "string" ? signal : `signal ${signal}`);
