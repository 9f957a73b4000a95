/** Runs the built binary as a user would: real processes, real sockets, everything on loopback and ended by its test. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dir, "../..");
/** The program under test; BBSBOT_BINARY names another build of it. */
export const binary = process.env["BBSBOT_BINARY"] ?? join(root, "dist/bbsbot");

/** A folder for one test file, and the way to be rid of it. */
export function scratch(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "bbsbot-e2e-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** "host --port 0" as an argument list. */
export const words = (text: string) => text.split(" ");

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where tokens of the tests' own managers lie: never the user's. */
const stateHome = mkdtempSync(join(tmpdir(), "bbsbot-e2e-state-"));
process.on("exit", () => rmSync(stateHome, { recursive: true, force: true }));
const ownEnv = {
  XDG_STATE_HOME: stateHome,
  PATH: process.env["PATH"] ?? "",
  HOME: process.env["HOME"] ?? "/",
  NO_COLOR: "1",
};

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly command?: readonly string[];
  readonly maxMs?: number;
}

const spawn = (argv: readonly string[], options: RunOptions, timeout?: number) =>
  Bun.spawn([...(options.command ?? [binary]), ...argv], {
    cwd: options.cwd ?? root,
    env: { ...ownEnv, ...options.env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    ...(timeout === undefined ? {} : { timeout }),
  });

/** Runs one command to its end. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(argv, options, options.maxMs ?? 60_000);
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, stdout, stderr };
}

export interface Running {
  readonly pid: number;
  /** What it printed first, as JSON. */
  readonly first: Record<string, unknown>;
  readonly exited: Promise<number>;
  /** Signals, SIGTERM unless said otherwise, and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number>;
  log(): string;
}

/** Starts a process that stays, and waits for the JSON line that says it is ready. */
export async function start(argv: readonly string[], options: RunOptions = {}): Promise<Running> {
  const child = spawn(argv, options);
  let log = "";
  const copying = (async () => {
    for await (const bytes of child.stderr) log += new TextDecoder().decode(bytes);
  })();
  let text = "";
  for await (const bytes of child.stdout) {
    text += new TextDecoder().decode(bytes);
    if (text.includes("\n")) break;
  }
  if (!text.includes("\n")) {
    await copying;
    throw new Error(`${argv.join(" ")} ended before it was ready:\n${log}`);
  }
  return {
    pid: child.pid,
    first: JSON.parse(text.slice(0, text.indexOf("\n"))) as Record<string, unknown>,
    exited: child.exited,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return child.exited;
    },
    log: () => log,
  };
}

/** Waits until `look` finds something. Throws after `maxMs` with what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  maxMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + maxMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${maxMs / 1000} s: ${what}`);
    await Bun.sleep(50);
  }
}

/** Command lines of the processes that mention a text; the tests' own runner is not one of them. */
export function processesWith(text: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return commandLine.includes(text) ? [`${pid} ${commandLine}`] : [];
    } catch {
      return []; // it ended while we looked
    }
  });
}

export async function getJson(url: string | URL): Promise<Record<string, unknown>> {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}
