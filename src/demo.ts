/** `bbsbot demo`: a host, a manager and a swarm on this machine, watched until all are done or Ctrl-C, then taken down and audited. */
import { mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { DemoFlags } from "./control/console/doors.ts";
import { duration, grouped, type Console } from "./control/console/terminal.ts";
import { swarmLine, swarmTable } from "./control/console/views.ts";
import { remoteSwarm } from "./control/client.ts";
import { selfCommand, untilAsked } from "./doors.ts";
import { readBooks } from "./games/tw2002/host/books.ts";
import { openDb } from "./io/db.ts";
import { pssBytes } from "./io/procfs.ts";
import { BotConfig } from "./proto/config.ts";
import { operations, type Swarm } from "./proto/operations.ts";
import { Refusal } from "./proto/refusal.ts";
import type { BotStatus, SwarmStatus } from "./proto/status.ts";

const readyMaxMs = 30_000;
const stopMaxMs = 15_000;
const sendHomeMaxMs = 8_000;
const lookEveryMs = 250;
/** In a pipe a line at this pace is enough to follow. */
const tellEveryMs = 5_000;

export interface DemoSummary {
  readonly count: number;
  readonly seed: number;
  readonly seconds: number;
  /** From the start of the program until every bot was RUNNING (or further), and until each had closed a trade; null if it never came to that. */
  readonly seconds_to_all_running: number | null;
  readonly seconds_to_all_traded: number | null;
  readonly by_state: SwarmStatus["by_state"];
  readonly turns: number;
  readonly credits: number;
  readonly trades: number;
  readonly credits_per_turn: {
    mean: number;
    min: number;
    median: number;
    max: number;
    bots_above_zero: number;
  };
  /** Proportional set sizes in MB, taken when every bot had traded; null where the system does not tell. */
  readonly memory_mb: { host: number; manager: number; workers: number; workers_count: number } | null;
  readonly books: { agree: boolean; compared: number; differences: string[] };
  readonly errors: { bot_id: string; error: string }[];
}

export async function demoDoor(flags: DemoFlags, console: Console): Promise<number> {
  if (!("Bun" in globalThis)) throw new Refusal("unavailable", "The demo needs Bun");
  const asked = untilAsked();
  const folder = mkdtempSync(join(tmpdir(), "bbsbot-demo-"));
  const say = (text: string) => console.err(`${text}\n`);
  const children: Child[] = [];
  try {
    const host = startChild("host", hostArguments(flags, folder), folder);
    children.push(host);
    const { port: gamePort } = await host.ready;
    const manager = startChild("manager", await managerArguments(flags, folder), folder);
    children.push(manager);
    const { url, dashboard_url } = await manager.ready;
    say(`Game at 127.0.0.1 port ${String(gamePort)}, seed ${flags.seed}`);
    say(`Status page at ${String(dashboard_url ?? url)}`);
    const watched = await watchSwarm(flags, String(url), Number(gamePort), children, asked, console);
    await manager.stop();
    await host.stop();
    const summary = await summarize(flags, watched, join(folder, "host.db"));
    if (flags.json) console.out(`${JSON.stringify(summary)}\n`);
    else console.out(tellSummary(summary));
    if (watched.interrupted) return 130;
    return summary.errors.length === 0 && summary.books.agree ? 0 : 1;
  } finally {
    for (const child of children.toReversed()) await child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const hostArguments = (flags: DemoFlags, folder: string) => [
  ...words("host --json --port 0 --db"),
  join(folder, "host.db"),
  ...words(`--seed ${flags.seed} --sectors ${flags.sectors} --max-callers ${flags.count + 10}`),
];

const words = (text: string) => text.split(" ");

async function managerArguments(flags: DemoFlags, folder: string): Promise<string[]> {
  const port = (await isFree(flags.port)) ? flags.port : 0;
  return [
    ...words(`manager --json --port ${port} --max-bots ${Math.max(flags.count, 1)} --state-file`),
    join(folder, "swarm_state.db"),
  ];
}

interface Child {
  readonly pid: number;
  /** What it printed first. */
  readonly ready: Promise<Record<string, unknown>>;
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts one of our own processes with a channel to it: it ends itself when the channel closes, so even a killed demo
 * leaves nothing. In a session of its own, so that Ctrl-C reaches it through us, in order.
 */
function startChild(name: string, argv: readonly string[], folder: string): Child {
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "a");
  const { BUN_OPTIONS: _, BUN_BE_BUN: __, ...env } = process.env;
  const child = Bun.spawn([...selfCommand(), ...argv], {
    argv0: "bbsbot",
    env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: log,
    detached: true,
    serialization: "json",
    ipc: () => undefined,
  });
  const fail = async (why: string): Promise<never> => {
    const tail = (await Bun.file(logFile).text()).trim().split("\n").slice(-5).join("\n");
    throw new Refusal("unavailable", `The ${name} ${why}\n${tail}`);
  };
  let late: ReturnType<typeof setTimeout> | undefined;
  const ready = Promise.race([
    firstLine(child.stdout).then((line) => (line ? parsed(line) : fail("ended before it was ready"))),
    new Promise<void>((resolve) => (late = setTimeout(resolve, readyMaxMs))).then(() =>
      fail(`was not ready within ${readyMaxMs / 1000} s`),
    ),
  ]).finally(() => clearTimeout(late));
  // Awaited by whoever needs the child; until then a failure must not count as unhandled.
  ready.catch(() => undefined);
  return {
    pid: child.pid,
    ready,
    exited: child.exited,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), stopMaxMs);
      await child.exited;
      clearTimeout(late);
    },
  };
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  let text = "";
  for await (const bytes of stream) {
    text += new TextDecoder().decode(bytes);
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  return undefined;
}

const parsed = (line: string) => JSON.parse(line) as Record<string, unknown>;

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

interface Watched {
  readonly last: SwarmStatus;
  readonly seconds: number;
  readonly allRunning: number | null;
  readonly allTraded: number | null;
  readonly memory: DemoSummary["memory_mb"];
  readonly interrupted: boolean;
}

const over = (bot: BotStatus) => ["COMPLETED", "DEAD", "ERROR"].includes(bot.state);
const playing = (bot: BotStatus) => bot.state === "RUNNING" || bot.state === "PAUSED";

/** Spawns the swarm and looks at it until every bot is done or someone asks to stop. */
async function watchSwarm(
  flags: DemoFlags,
  url: string,
  gamePort: number,
  [host, manager]: Child[],
  asked: Promise<number>,
  console: Console,
): Promise<Watched> {
  const seconds = () => process.uptime();
  const swarm = remoteSwarm(url, fetch);
  const config = BotConfig.parse({
    connection: { host: "127.0.0.1", port: gamePort },
    session: { max_turns_per_session: flags.turns, seed: flags.seed },
  });
  await swarm.spawnSwarm(
    operations.spawnSwarm.input.parse({ configs: [config], config_name: "demo", count: flags.count }),
  );
  let interrupted = false;
  void asked.then(() => (interrupted = true));
  let allRunning: number | null = null;
  let allTraded: number | null = null;
  let memory: DemoSummary["memory_mb"] = null;
  let last = await swarm.swarmStatus({});
  let toldAt = 0;
  for (;;) {
    await Promise.race([asked, Bun.sleep(lookEveryMs)]);
    last = await swarm.swarmStatus({});
    if (allRunning === null && last.bots.every((bot) => playing(bot) || over(bot))) allRunning = seconds();
    if (allTraded === null && last.bots.every((bot) => bot.trades_executed > 0)) {
      allTraded = seconds();
      memory = measure(host!, manager!, last);
    }
    toldAt = tellProgress(console, last, seconds(), toldAt);
    if (interrupted || last.bots.every(over)) break;
  }
  if (interrupted) last = await sendHome(swarm, last);
  return { last, seconds: seconds(), allRunning, allTraded, memory, interrupted };
}

/** Every bot is told to log off, so that its books are final; those that take too long are left to the manager's end. */
async function sendHome(swarm: Swarm, status: SwarmStatus): Promise<SwarmStatus> {
  const deadline = performance.now() + sendHomeMaxMs;
  await Promise.all(status.bots.flatMap((bot) => (over(bot) ? [] : [swarm.killBot({ bot_id: bot.bot_id })])));
  for (;;) {
    const now = await swarm.swarmStatus({});
    if (now.bots.every(over) || performance.now() > deadline) return now;
    await Bun.sleep(lookEveryMs);
  }
}

/** A small table kept up to date for a person, a line now and then for a pipe. Answers when it last spoke, in milliseconds. */
function tellProgress(console: Console, status: SwarmStatus, seconds: number, toldAt: number): number {
  if (!console.isTty) {
    if (seconds * 1000 - toldAt < tellEveryMs) return toldAt;
    console.err(`${duration(seconds)}  ${swarmLine(status)}\n`);
    return seconds * 1000;
  }
  const lines = swarmTable(status, duration(seconds)).map(
    (line) => `\r\x1b[K${line.slice(0, console.columns - 1)}\n`,
  );
  // Over the lines of the last time.
  console.err((toldAt > 0 ? `\x1b[${lines.length}A` : "") + lines.join(""));
  return seconds * 1000;
}

function measure(host: Child, manager: Child, status: SwarmStatus): DemoSummary["memory_mb"] {
  const megabytes = (bytes: number | undefined) => Math.round((bytes ?? 0) / 1e5) / 10;
  const workers = status.bots.flatMap((bot) => (bot.pid === undefined || over(bot) ? [] : [bot.pid]));
  if (pssBytes(process.pid) === undefined) return null;
  return {
    host: megabytes(pssBytes(host.pid)),
    manager: megabytes(pssBytes(manager.pid)),
    workers: megabytes(workers.reduce((sum, pid) => sum + (pssBytes(pid) ?? 0), 0)),
    workers_count: workers.length,
  };
}

async function summarize(flags: DemoFlags, watched: Watched, hostDb: string): Promise<DemoSummary> {
  const { last } = watched;
  const perTurn = last.bots.map((bot) => bot.credits_per_turn).sort((a, b) => a - b);
  const rounded = (value: number | undefined) => Math.round((value ?? 0) * 100) / 100;
  const mean = perTurn.reduce((sum, value) => sum + value, 0) / Math.max(1, perTurn.length);
  return {
    count: flags.count,
    seed: flags.seed,
    seconds: rounded(watched.seconds),
    seconds_to_all_running: watched.allRunning === null ? null : rounded(watched.allRunning),
    seconds_to_all_traded: watched.allTraded === null ? null : rounded(watched.allTraded),
    by_state: last.by_state,
    turns: last.total_turns,
    credits: last.total_credits,
    trades: last.total_trades,
    credits_per_turn: {
      mean: rounded(mean),
      min: rounded(perTurn[0]),
      median: rounded(perTurn[Math.floor(perTurn.length / 2)]),
      max: rounded(perTurn.at(-1)),
      bots_above_zero: perTurn.filter((value) => value > 0).length,
    },
    memory_mb: watched.memory,
    books: await audit(last.bots, hostDb, watched.interrupted),
    errors: last.bots.flatMap(({ bot_id, state, error }) =>
      state === "ERROR" ? [{ bot_id, error: error ?? "unknown" }] : [],
    ),
  };
}

/** Compares what each bot says it owns with what the host's own database says of that trader. */
async function audit(
  bots: readonly BotStatus[],
  hostDb: string,
  interrupted: boolean,
): Promise<DemoSummary["books"]> {
  const db = await openDb(hostDb);
  const books = readBooks(db);
  db.close();
  const differences: string[] = [];
  let compared = 0;
  for (const bot of bots) {
    // A bot that was cut off in the middle of a deal may not have read its end: nothing to compare.
    if (bot.trader === undefined || (interrupted && !over(bot))) continue;
    const entry = books.find((each) => each.name === bot.trader && each.game === bot.game);
    compared++;
    if (!entry) differences.push(`${bot.bot_id}: the host knows no trader "${bot.trader}"`);
    else if (entry.credits !== bot.credits) {
      differences.push(`${bot.bot_id}: ${bot.credits} credits, the host says ${entry.credits}`);
    }
  }
  return { agree: differences.length === 0, compared, differences };
}

function tellSummary(summary: DemoSummary): string {
  const { books, credits_per_turn: perTurn, memory_mb: memory } = summary;
  const states = Object.entries(summary.by_state).flatMap(([state, n]) => (n ? [`${n} ${state}`] : []));
  const lines = [
    `${summary.count} bots in ${duration(summary.seconds)}: ${states.join(", ")}`,
    `${grouped(summary.turns)} turns, ${grouped(summary.trades)} trades, ${grouped(summary.credits)} credits`,
    `${perTurn.mean} credits a turn (from ${perTurn.min} to ${perTurn.max}); ${perTurn.bots_above_zero} bots above zero`,
    `All running after ${summary.seconds_to_all_running ?? "-"} s, each with a trade after ${summary.seconds_to_all_traded ?? "-"} s`,
    memory
      ? `Memory (PSS): host ${memory.host} MB, manager ${memory.manager} MB, ${memory.workers_count} workers ${memory.workers} MB`
      : undefined,
    books.agree
      ? `Books of bots and host agree to the credit (${books.compared} traders)`
      : `Books differ: ${books.differences.join("; ")}`,
    ...summary.errors.map(({ bot_id, error }) => `${bot_id}: ${error}`),
  ];
  return lines.flatMap((line) => (line ? [`${line}\n`] : [])).join("");
}
