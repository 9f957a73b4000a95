/** A bot's standing as a row of the time series, and rows summed up: so the manager's points and the page's are the same sums. */
import type { SeriesRow } from "./operations/looking.ts";
import type { BotStatus } from "./status.ts";

/** A sum of nothing yet. */
export const emptyRow = (at: number): SeriesRow => ({
  at,
  bots: 0,
  running: 0,
  credits: 0,
  bank: 0,
  cargo_value: 0,
  net_worth: 0,
  turns: 0,
  trades: 0,
  trade_attempts: 0,
  haggle_deals: 0,
  haggle_offers: 0,
  haggle_lost: 0,
  errors: 0,
});

/** One bot at a moment, in milliseconds since 1970. */
export const rowOf = (bot: BotStatus, at: number): SeriesRow => ({
  at,
  bots: 1,
  running: bot.state === "RUNNING" ? 1 : 0,
  credits: bot.credits,
  bank: bot.bank ?? 0,
  cargo_value: bot.cargo_value ?? 0,
  net_worth: bot.net_worth,
  turns: bot.turns_executed,
  trades: bot.trades_executed,
  trade_attempts: bot.trade_attempts,
  haggle_deals: bot.haggle_deals ?? 0,
  haggle_offers: bot.haggle_offers ?? 0,
  haggle_lost: bot.haggle_lost ?? 0,
  errors: (bot.troubles ?? 0) + bot.restarts,
});

/** All that is summed up: everything but the moment. */
const counted = Object.keys(emptyRow(0)).filter((name) => name !== "at") as Exclude<keyof SeriesRow, "at">[];

/** Adds a row to a sum. */
export function addRow(sum: SeriesRow, row: SeriesRow): void {
  for (const name of counted) sum[name] += row[name];
}
