/** A moment of the swarm as rows of the time series: one for the whole, one for each strategy, one for each bot that still goes on. */
import type { SeriesRow } from "../proto/operations/looking.ts";
import type { BotStatus, SwarmStatus } from "../proto/status.ts";
import { hasEnded } from "./swarm.ts";

export interface Sample {
  /** A bot's id, a strategy by `sumOf`, or null for the whole swarm. */
  readonly of: string | null;
  readonly row: SeriesRow;
}

/** The bots of a strategy together. No bot's id has a blank in it. */
export const sumOf = (strategy: string) => `strategy ${strategy}`;

/** Strategies of which rows are made: workers that somebody started by hand may call theirs what they like. */
export const strategiesMax = 32;

export interface Samples {
  readonly samples: readonly Sample[];
  /** The bots that have ended: they have told their last. */
  readonly ended: ReadonlySet<string>;
}

/** The rows at `at`. A bot that has ended is told once more; `before` are those that were told so. */
export function samplesOf(status: SwarmStatus, before: ReadonlySet<string>, at: number): Samples {
  const whole = emptyRow(at);
  const strategies = new Map<string, SeriesRow>();
  const bots: Sample[] = [];
  const ended = new Set<string>();
  for (const bot of status.bots) {
    const row = rowOf(bot, at);
    let ofStrategy = strategies.get(bot.strategy);
    if (!ofStrategy && strategies.size < strategiesMax)
      strategies.set(bot.strategy, (ofStrategy = emptyRow(at)));
    for (const name of counted) {
      whole[name] += row[name];
      if (ofStrategy) ofStrategy[name] += row[name];
    }
    const over = hasEnded(bot);
    if (over) ended.add(bot.bot_id);
    if (!over || !before.has(bot.bot_id)) bots.push({ of: bot.bot_id, row });
  }
  const sums = Array.from(strategies, ([name, row]): Sample => ({ of: sumOf(name), row }));
  return { samples: [{ of: null, row: whole }, ...sums, ...bots], ended };
}

const emptyRow = (at: number): SeriesRow => ({
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

/** All that is summed up: everything but the moment. */
const counted = Object.keys(emptyRow(0)).filter((name) => name !== "at") as Exclude<keyof SeriesRow, "at">[];

const rowOf = (bot: BotStatus, at: number): SeriesRow => ({
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
