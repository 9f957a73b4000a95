/**
 * What scripts of the first system expect: its names beside ours in the two statuses, and its three routes of the time series.
 * Its times were seconds since 1970, ours are milliseconds: what has its name has its unit (`started_at` and `completed_at`, which
 * both have, are ours). Fields that nothing here stands for are left out.
 */
import type { Hono } from "hono";
import { z } from "zod";
import type { Swarm } from "../proto/operations.ts";
import { pointsMax, type SeriesRow } from "../proto/operations/looking.ts";
import type { BotStatus, SwarmStatus } from "../proto/status.ts";
import { answer, queryOf } from "./http.ts";
import { parseInput } from "./problem.ts";

/** The whole status with the first system's names beside ours; `intervalSeconds` lie between two points of the time series. */
export const swarmAsBefore = (status: SwarmStatus, intervalSeconds: number) => ({
  ...status,
  total_net_worth_estimate: status.total_net_worth,
  timeseries_interval_seconds: intervalSeconds,
  bots: status.bots.map(botAsBefore),
});

const seconds = (ms: number | undefined) => (ms === undefined ? null : ms / 1000);

/** One bot likewise. Scripts read its names without asking whether they are there: what is not known is null, as it was. */
export const botAsBefore = (bot: BotStatus) => ({
  ...bot,
  username: bot.trader ?? null,
  ship_name: bot.ship ?? null,
  bank_balance: bot.bank ?? 0,
  cargo_estimated_value: bot.cargo_value ?? 0,
  net_worth_estimate: bot.net_worth,
  credits_delta: bot.credits - bot.credits_start,
  trade_successes: bot.trades_executed,
  trade_failures: Math.max(0, bot.trade_attempts - bot.trades_executed),
  last_action: bot.activity,
  last_action_time: seconds(bot.last_activity),
  activity_context: bot.activity,
  last_update_time: seconds(bot.last_update),
  status_reported_at: seconds(bot.last_update),
  error_message: bot.error ?? null,
  error_timestamp: seconds(bot.error_at),
  exit_reason: exitReason(bot),
});

const exitReason = ({ state, error }: BotStatus) =>
  state === "COMPLETED"
    ? "target_reached"
    : state === "DEAD" || state === "ERROR" || state === "FAILED"
      ? (error ?? null)
      : null;

/** A number in an address. */
const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, "expected a whole number")
    .transform(Number)
    .pipe(z.int().min(min).max(max));
const Recent = z.strictObject({ limit: number(1, pointsMax).default(200) });
const Summary = z.strictObject({ window_minutes: number(1, 100_000).default(120) });

/** The time series as the first system told it. `now` is milliseconds since 1970. */
export function mountSeries(
  app: Hono,
  swarm: Pick<Swarm, "timeSeries">,
  intervalSeconds: number,
  now: () => number,
): void {
  const since = (seconds: number) => Math.max(0, now() - Math.round(seconds * 1000));
  const info = (samples: number) => ({ interval_seconds: intervalSeconds, samples });

  app.get("/swarm/timeseries/info", async (c) => {
    parseInput(z.strictObject({}), queryOf(c));
    const { rows } = await swarm.timeSeries({ points: pointsMax });
    return answer(info(rows.length));
  });
  app.get("/swarm/timeseries/recent", async (c) => {
    const { limit } = parseInput(Recent, queryOf(c));
    const { rows } = await swarm.timeSeries({ since: since(limit * intervalSeconds), points: limit });
    return answer({ rows: rows.map(rowAsBefore), info: info(rows.length) });
  });
  app.get("/swarm/timeseries/summary", async (c) => {
    const { window_minutes } = parseInput(Summary, queryOf(c));
    const { rows } = await swarm.timeSeries({ since: since(window_minutes * 60), points: pointsMax });
    const [first, last] = [rows[0], rows.at(-1)];
    return answer({
      window_minutes,
      samples: rows.length,
      ...(first && last && { delta: difference(first, last), last: rowAsBefore(last) }),
    });
  });
}

/** A row with the names that the first system's status has for the same sums. */
const rowAsBefore = (row: SeriesRow) => ({
  ...row,
  ts: row.at / 1000,
  total_bots: row.bots,
  total_credits: row.credits,
  total_bank_credits: row.bank,
  total_net_worth_estimate: row.net_worth,
  total_turns: row.turns,
});

const difference = (first: SeriesRow, last: SeriesRow) => ({
  seconds: (last.at - first.at) / 1000,
  credits: last.credits - first.credits,
  bank: last.bank - first.bank,
  net_worth: last.net_worth - first.net_worth,
  net_worth_estimate: last.net_worth - first.net_worth,
  turns: last.turns - first.turns,
  trades: last.trades - first.trades,
  trade_attempts: last.trade_attempts - first.trade_attempts,
  errors: last.errors - first.errors,
});
