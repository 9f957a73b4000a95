/** What a demo comes to: its figures, and whether the bots' books and the host's agree. */
import process from "node:process";
import type { Child } from "./children.ts";
import type { DemoFlags } from "./control/console/doors.ts";
import { duration, grouped } from "./control/console/terminal.ts";
import { readBooks } from "./games/tw2002/host/books.ts";
import { openDb } from "./io/db.ts";
import { pssBytes } from "./io/procfs.ts";
import { printable } from "./proto/printable.ts";
import { endedStates, type BotStatus, type SwarmStatus } from "./proto/status.ts";

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
  /** The exit status that goes with it, where somebody asked to stop. */
  readonly interrupted: number | undefined;
}

/** Nothing more will come of it. */
export const over = (bot: BotStatus) => endedStates.has(bot.state);

const isWrong = (state: BotStatus["state"]) => state === "ERROR" || state === "FAILED";

/** What host, manager and workers weigh now. */
export function measure(host: Child, manager: Child, status: SwarmStatus): DemoSummary["memory_mb"] {
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

/** All figures of a demo that is over; the host must have closed its database. */
export async function summarize(flags: DemoFlags, watched: Watched, hostDb: string): Promise<DemoSummary> {
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
    books: await audit(last.bots, hostDb),
    errors: last.bots.flatMap(({ bot_id, state, error }) =>
      isWrong(state) ? [{ bot_id, error: error ?? "unknown" }] : [],
    ),
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
    books.not_compared.length > 0
      ? `Not compared, for they never told their last deals: ${books.not_compared.join(", ")}`
      : undefined,
    ...summary.errors.map(({ bot_id, error }) => `${bot_id}: ${error}`),
  ];
  return lines.flatMap((line) => (line ? [`${printable(line)}\n`] : [])).join("");
}
