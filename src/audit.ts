/** What a demo comes to: its figures, and whether the bots' books and the host's agree. */
import process from "node:process";
import type { Child } from "./children.ts";
import type { DemoFlags } from "./control/console/doors.ts";
import { duration, grouped } from "./control/console/terminal.ts";
import type { DemoPlan } from "./demo-plan.ts";
import { workerPids } from "./demo-samples.ts";
import { atWork, type DemoPoint, growth, type Growth, type ToldPoint, withPace } from "./demo-series.ts";
import { readBooks } from "./games/tw2002/host/books.ts";
import { openDb } from "./io/db.ts";
import { pssBytes } from "./io/procfs.ts";
import { printable } from "./proto/printable.ts";
import { endedStates, type BotStatus, type SwarmStatus } from "./proto/status.ts";

export interface DemoSummary {
  readonly count: number;
  readonly seed: number;
  /** The games' letters, sectors in each, and bots to a process. */
  readonly games: string;
  readonly sectors: number;
  readonly pack: number;
  /** From the start of the program to the end of the last bot. */
  readonly seconds: number;
  /** From the start of the program until every bot was RUNNING (or further), and until each had closed a trade; null if it never came to that. */
  readonly seconds_to_all_running: number | null;
  readonly seconds_to_all_traded: number | null;
  readonly by_state: SwarmStatus["by_state"];
  readonly turns: number;
  readonly turns_per_second: number;
  readonly credits: number;
  readonly net_worth: number;
  readonly trades: number;
  /** Times that a bot was started again, and bots that were STUCK when they were looked at. */
  readonly restarts: number;
  readonly stuck: readonly string[];
  readonly credits_per_turn: {
    mean: number;
    min: number;
    median: number;
    max: number;
    bots_above_zero: number;
  };
  /** Proportional set sizes in MB, taken when every bot had traded; null where the system does not tell. */
  readonly memory_mb: { host: number; manager: number; workers: number; workers_count: number } | null;
  /** Processor time by role, and of all together for a turn; null where the system does not tell, like the next two. */
  readonly cpu_seconds: DemoPoint["cpu_seconds"];
  readonly cpu_ms_per_turn: number | null;
  /** MB an hour over the last two thirds of the time in which all bots played; `worker` is the mean process. */
  readonly memory_growth_mb_per_hour: Growth | null;
  /** Open files at the first and at the last point at which all bots played. */
  readonly files: { begin: DemoPoint["files"]; end: DemoPoint["files"] };
  /** At the end. */
  readonly disk_mb: DemoPoint["disk_mb"] | null;
  /** Over time, at most 241 points, the last at the end. */
  readonly series: readonly ToldPoint[];
  /** Bots that were cut off have not told their last deals: they are named under `not_compared`. */
  readonly books: { agree: boolean; compared: number; not_compared: string[]; differences: string[] };
  readonly errors: { bot_id: string; error: string }[];
}

/** How the swarm was last seen, and when it got how far; seconds since the start of the program. */
export interface Watched {
  readonly last: SwarmStatus;
  readonly seconds: number;
  readonly allRunning: number | null;
  readonly allTraded: number | null;
  readonly memory: DemoSummary["memory_mb"];
  /** Bots that were seen STUCK. */
  readonly stuck: readonly string[];
  readonly points: readonly DemoPoint[];
  /** The exit status that goes with it, where somebody asked to stop. */
  readonly interrupted: number | undefined;
}

/** Nothing more will come of it. */
export const over = (bot: BotStatus) => endedStates.has(bot.state);

const isWrong = (state: BotStatus["state"]) => state === "ERROR" || state === "FAILED";

/** What host, manager and workers weigh now. */
export function measure(host: Child, manager: Child, status: SwarmStatus): DemoSummary["memory_mb"] {
  const megabytes = (bytes: number | undefined) => Math.round((bytes ?? 0) / 1e5) / 10;
  const workers = workerPids(status);
  if (pssBytes(process.pid) === undefined) return null;
  return {
    host: megabytes(pssBytes(host.pid)),
    manager: megabytes(pssBytes(manager.pid)),
    workers: megabytes(workers.reduce((sum, pid) => sum + (pssBytes(pid) ?? 0), 0)),
    workers_count: workers.length,
  };
}

/** All figures of a demo that is over; the host must have closed its database. */
export async function summarize(
  flags: DemoFlags,
  plan: DemoPlan,
  watched: Watched,
  hostDb: string,
): Promise<DemoSummary> {
  const { last } = watched;
  const perTurn = last.bots.map((bot) => bot.credits_per_turn).sort((a, b) => a - b);
  const rounded = (value: number | undefined) => Math.round((value ?? 0) * 100) / 100;
  const mean = perTurn.reduce((sum, value) => sum + value, 0) / Math.max(1, perTurn.length);
  return {
    count: flags.count,
    seed: flags.seed,
    ...plan,
    seconds: rounded(watched.seconds),
    seconds_to_all_running: watched.allRunning === null ? null : rounded(watched.allRunning),
    seconds_to_all_traded: watched.allTraded === null ? null : rounded(watched.allTraded),
    by_state: last.by_state,
    turns: last.total_turns,
    turns_per_second: rounded(last.total_turns / watched.seconds),
    credits: last.total_credits,
    net_worth: last.total_net_worth,
    trades: last.total_trades,
    restarts: last.bots.reduce((sum, { restarts }) => sum + restarts, 0),
    stuck: watched.stuck,
    credits_per_turn: {
      mean: rounded(mean),
      min: rounded(perTurn[0]),
      median: rounded(perTurn[Math.floor(perTurn.length / 2)]),
      max: rounded(perTurn.at(-1)),
      bots_above_zero: perTurn.filter((value) => value > 0).length,
    },
    memory_mb: watched.memory,
    ...readSeries(watched.points, flags.count, last.total_turns),
    books: await audit(last.bots, hostDb),
    errors: last.bots.flatMap(({ bot_id, state, error }) =>
      isWrong(state) ? [{ bot_id, error: error ?? "unknown" }] : [],
    ),
  };
}

/** What the points say of processors, memory, files and disk. */
function readSeries(points: readonly DemoPoint[], bots: number, turns: number) {
  const last = points.at(-1);
  const working = atWork(points, bots);
  const cpu = last?.cpu_seconds ?? null;
  const spent = cpu && cpu.host + cpu.manager + cpu.workers + cpu.demo;
  return {
    cpu_seconds: cpu,
    cpu_ms_per_turn: spent === null ? null : Math.round((spent * 1e6) / Math.max(1, turns)) / 1000,
    memory_growth_mb_per_hour: growth(working),
    files: { begin: working[0]?.files ?? null, end: working.at(-1)?.files ?? null },
    disk_mb: last?.disk_mb ?? null,
    series: withPace(points),
  };
}

/** Compares what each bot says it owns with what the host's own database says of that trader. */
async function audit(bots: readonly BotStatus[], hostDb: string): Promise<DemoSummary["books"]> {
  const db = await openDb(hostDb);
  const books = readBooks(db);
  db.close();
  const differences: string[] = [];
  const final = bots.filter((bot) => bot.trader !== undefined && over(bot) && !isWrong(bot.state));
  for (const bot of final) {
    const entry = books.find((each) => each.name === bot.trader && each.game === bot.game);
    if (!entry) differences.push(`${bot.bot_id}: the host knows no trader "${bot.trader}"`);
    else if (entry.credits !== bot.credits) {
      differences.push(`${bot.bot_id}: ${bot.credits} credits, the host says ${entry.credits}`);
    }
  }
  const not_compared = bots.filter((bot) => !final.includes(bot)).map((bot) => bot.bot_id);
  return { agree: differences.length === 0, compared: final.length, not_compared, differences };
}

/** The same for people. */
export function tellSummary(summary: DemoSummary): string {
  const { books, credits_per_turn: perTurn, memory_mb: memory } = summary;
  const states = Object.entries(summary.by_state).flatMap(([state, n]) => (n ? [`${n} ${state}`] : []));
  const lines = [
    `${summary.count} bots in ${duration(summary.seconds)}: ${states.join(", ")}; ${summary.restarts} restarts, ${summary.stuck.length} seen stuck`,
    `${grouped(summary.turns)} turns (${summary.turns_per_second} a second), ${grouped(summary.trades)} trades, ${grouped(summary.credits)} credits, net worth ${grouped(summary.net_worth)}`,
    `${perTurn.mean} credits a turn (from ${perTurn.min} to ${perTurn.max}); ${perTurn.bots_above_zero} bots above zero`,
    `All running after ${summary.seconds_to_all_running ?? "-"} s, each with a trade after ${summary.seconds_to_all_traded ?? "-"} s`,
    memory
      ? `Memory (PSS): host ${memory.host} MB, manager ${memory.manager} MB, ${memory.workers_count} workers ${memory.workers} MB`
      : undefined,
    ...tellMachine(summary),
    books.agree
      ? `Books of bots and host agree to the credit (${books.compared} traders)`
      : `Books differ: ${books.differences.join("; ")}`,
    books.not_compared.length > 0
      ? `Not compared, for they never told their last deals: ${books.not_compared.join(", ")}`
      : undefined,
    ...summary.errors.map(({ bot_id, error }) => `${bot_id}: ${error}`),
  ];
  return lines.flatMap((line) => (line ? [`${printable(line)}\n`] : [])).join("");
}

/** What the machine had to do with it. */
function tellMachine(summary: DemoSummary): string[] {
  const { cpu_seconds: cpu, memory_growth_mb_per_hour: grown, files, disk_mb: disk } = summary;
  const lines: string[] = [];
  if (cpu) {
    lines.push(
      `Processors: host ${cpu.host} s, manager ${cpu.manager} s, workers ${cpu.workers} s, demo ${cpu.demo} s; ${summary.cpu_ms_per_turn} ms a turn`,
    );
  }
  if (grown) {
    lines.push(
      `Memory grew by MB an hour: host ${grown.host}, manager ${grown.manager}, mean worker ${grown.worker}`,
    );
  }
  if (files.begin && files.end) {
    const told = (role: "host" | "manager" | "workers") => `${files.begin?.[role]} to ${files.end?.[role]}`;
    lines.push(
      `Open files, first to last: host ${told("host")}, manager ${told("manager")}, workers ${told("workers")}`,
    );
  }
  if (disk) lines.push(`Databases: host ${disk.host_db} MB, manager ${disk.manager_db} MB`);
  return lines;
}
