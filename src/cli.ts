/** The executable: gives the command line its doors. Every process of bbsbot begins here; each door loads only what it needs. */
import process from "node:process";
import { colourTold } from "./control/console/colours.ts";
import { exits } from "./control/console/exits.ts";
import type { Doors } from "./control/console/doors.ts";
import type { Console } from "./control/console/terminal.ts";
import { packWords } from "./proto/pack.ts";
import { printable } from "./proto/printable.ts";
import { tty } from "./tty.ts";
import manifest from "../package.json" with { type: "json" };

/** A reader that takes nothing more is waited for so long at the end, in milliseconds. */
const lastWordsMaxMs = 500;

const isTty = process.stdout.isTTY === true;
const colour = colourTold(process.env);
const terminal: Console = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTty,
  errIsTty: process.stderr.isTTY === true,
  colour: colour ?? (isTty && process.env["TERM"] !== "dumb"),
  columns: process.stdout.columns ?? 80,
};

const doors: Doors = {
  console: terminal,
  tty,
  version: manifest.version,
  manager: async (flags) => (await import("./doors.ts")).managerDoor(flags, terminal, manifest.version),
  worker: async (flags) => (await import("./doors.ts")).workerDoor(flags, terminal),
  host: async (flags) => (await import("./doors.ts")).hostDoor(flags, terminal),
  explain: async (files, json) => (await import("./explain.ts")).explainDoor(files, json, terminal),
  askHost: async (db, request) => (await import("./doors.ts")).askHostDoor(db, request),
  inspectHost: async (db, game, what) => (await import("./doors.ts")).inspectHostDoor(db, game, what),
  demo: async (flags) => (await import("./demo.ts")).demoDoor(flags, terminal),
  live: async (at, ears) => (await import("./viewing.ts")).viewLive(at, ears),
  feed: async (at, ears) => (await import("./viewing.ts")).viewFeed(at, ears),
  terminal: async (at, bot, ears) => (await import("./viewing.ts")).viewTerminal(at, bot, ears),
  mcp: async (flags) => (await import("./mcp.ts")).mcpDoor(flags, terminal, manifest.version),
  doctor: async (at) => (await import("./doctor.ts")).examine(at, manifest.version),
  writeFile: async (path, chunks, replace) =>
    (await import("./io/new-file.ts")).writeFile(path, chunks, replace),
  settings: async () => (await import("./io/cli-file.ts")).readSettings(process.env, colour),
  settingsFile: async () => (await import("./io/cli-file.ts")).cliFile(process.env),
  async swarm(url, tokenFile, answerMaxMs) {
    const [{ remoteSwarm }, { clientToken }] = await Promise.all([
      import("./control/client.ts"),
      import("./io/token.ts"),
    ]);
    const hurried = (request: Request) => fetch(request, { signal: AbortSignal.timeout(answerMaxMs!) });
    return remoteSwarm(url, answerMaxMs === undefined ? fetch : hurried, clientToken(url, tokenFile));
  },
  configFiles: async (words) => (await import("./io/config-files.ts")).filesMeant(words),
  filesLike: async (typed) => (await import("./io/config-files.ts")).filesLike(typed),
  async readBotConfig(file) {
    const { value, warnings } = (await import("./io/bot-file.ts")).loadBot(file);
    for (const warning of warnings) terminal.err(`${printable(warning)}\n`);
    return value;
  },
  checkConfig: async (file, kind) => (await import("./io/config-file.ts")).checkConfig(file, kind),
  showConfig: async (file, kind, resolved) =>
    (await import("./io/config-file.ts")).showConfig(file, kind, resolved),
};

/**
 * A reader that has seen enough closes the pipe: for a command that is its end, and no error. A process that stays has work to
 * finish in order, and goes on unheard.
 */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: Error & { code?: string }) => {
    if (process.listenerCount("SIGTERM") > 0) return;
    if (error.code === "EPIPE") process.exit(0);
    terminal.err(`Cannot write: ${error.message}\n`);
    process.exit(1);
  });
}

const argv = process.argv.slice(2);
if (argv[0] === "worker" && process.connected) {
  const { runSpawned, spawnedArguments } = await import("./spawned.ts");
  const spawned = spawnedArguments(argv);
  if (spawned) process.exitCode = await runSpawned(spawned, terminal);
  else if (argv.length === 3 && argv[1] === packWords[1])
    process.exit(await (await import("./packed.ts")).runPacked(terminal));
  else process.exitCode = await commandLine();
} else process.exitCode = await commandLine();

// Whoever asked for the end does not wait for what is still under way, such as a manager's answer; what was said is still written.
if (isAskedEnd(process.exitCode)) {
  await Promise.race([
    tty.drained(),
    new Promise<void>((resolve) => void tty.later(lastWordsMaxMs, resolve)),
  ]);
  process.exit();
}

// An open channel to the process that started this one would keep it alive with nothing left to do.
if (process.connected) process.disconnect?.();

function isAskedEnd(status: number): boolean {
  return status === exits.interrupted || status === exits.terminated || status === exits.hungUp;
}

async function commandLine(): Promise<number> {
  const { runCommandLine } = await import("./control/console/program.ts");
  return runCommandLine(argv, doors);
}
