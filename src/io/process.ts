/** Worker processes: start one, talk to it over IPC, end it. Nothing in here throws after a worker has started. */
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { ManagerMessage } from "../proto/orders.ts";

/** How to run this program again: `argv` comes before "worker"; `argv0` is the name that `ps` shows. */
export interface WorkerCommand {
  readonly argv: readonly string[];
  readonly argv0?: string;
}

/** Between a polite end and a certain one. */
export const termGraceMs = 2000;
/** A worker whose channel closed has this long to be gone as well. */
export const closedGraceMs = 1000;
/** A worker's log is cut back to its last `logKeepBytes` when it is found above this. */
export const logMaxBytes = 1024 * 1024;
export const logKeepBytes = 64 * 1024;
/** Names of the variables that a worker gets from the manager's environment: never BUN_OPTIONS, BUN_BE_BUN, NODE_OPTIONS. */
const inherited = /^(PATH|HOME|TMPDIR|TZ|LANG|LC_[A-Z]+|NO_COLOR|XDG_[A-Z_]+|BBSBOT_[A-Z0-9_]+)$/;
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

export interface WorkerProcess {
  readonly pid: number;
  /** False when the worker cannot be told any more. */
  send(message: ManagerMessage): boolean;
  /** Waits `graceMs` for it to end by itself, then SIGTERM, then after `termMs` (`termGraceMs` unless given) SIGKILL. */
  end(graceMs: number, termMs?: number): void;
  /** SIGKILL. */
  cut(): void;
}

export interface WorkerHooks {
  readonly heard: (message: unknown) => void;
  /** Its channel closed, or carried what was no JSON, and the process is still there. */
  readonly broken: (reason: string) => void;
  /** The process is gone: exit code or the signal's name. */
  readonly exited: (code: number | null, signal: string | null) => void;
}

/** The part of an environment that a worker may see. */
export function workerEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const passed = Object.entries(env).filter(([name, value]) => value !== undefined && inherited.test(name));
  return { ...(Object.fromEntries(passed) as Record<string, string>), ...ownVariables };
}

/** The bot's own folder, with its whole configuration in it: for its owner's eyes only. JSON is YAML. Returns the folder. */
export function prepareFolder(bots: string, id: string, config: unknown): string {
  const folder = join(bots, id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, "bot.yaml.draft");
  writeFileSync(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, join(folder, "bot.yaml"));
  return folder;
}

/**
 * Starts `<argv> worker --config <folder>/bot.yaml --bot-id <id>` in the bot's folder, with IPC (JSON), no stdin and stdout, and
 * stderr appended to worker.log. Errors: whatever starting a process throws, such as a missing program.
 */
export function startWorker(
  command: WorkerCommand,
  id: string,
  folder: string,
  hooks: WorkerHooks,
): WorkerProcess {
  const log = openSync(join(folder, "worker.log"), "a", 0o600);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;
  const later = (ms: number, work: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  try {
    const child = Bun.spawn({
      cmd: [...command.argv, "worker", "--config", join(folder, "bot.yaml"), "--bot-id", id],
      ...(command.argv0 !== undefined && { argv0: command.argv0 }),
      cwd: folder,
      env: workerEnv(process.env),
      stdio: ["ignore", "ignore", log],
      serialization: "json",
      ipc: (message: unknown) => hooks.heard(message),
      onDisconnect: () => {
        if (!gone) later(closedGraceMs, () => hooks.broken("the worker closed its line to the manager"));
      },
      onExit: (_, code, signal) => {
        gone = true;
        clearTimeout(timer);
        hooks.exited(signal === null ? code : null, signal === null ? null : signalName(signal));
      },
    });
    const kill = (signal: "SIGTERM" | "SIGKILL") => {
      if (!gone) child.kill(signal);
    };
    return {
      pid: child.pid,
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
      end(graceMs, termMs = termGraceMs) {
        later(graceMs, () => {
          kill("SIGTERM");
          later(termMs, () => kill("SIGKILL"));
        });
      },
      cut() {
        clearTimeout(timer);
        kill("SIGKILL");
      },
    };
  } finally {
    closeSync(log);
  }
}

/** Cuts a worker's log back to its tail when it has grown too long. Workers append, so their next line lands after the tail. */
export function trimLog(folder: string): void {
  let file: number;
  try {
    file = openSync(join(folder, "worker.log"), "r+");
  } catch {
    // No log yet, or the folder is gone: nothing to bound.
    return;
  }
  try {
    const { size } = fstatSync(file);
    if (size <= logMaxBytes) return;
    const tail = Buffer.alloc(logKeepBytes);
    const read = readSync(file, tail, 0, logKeepBytes, size - logKeepBytes);
    ftruncateSync(file, 0);
    writeSync(file, tail, 0, read, 0);
  } finally {
    closeSync(file);
  }
}

const signalName = (signal: number | string) => (typeof signal === "string" ? signal : `signal ${signal}`);
