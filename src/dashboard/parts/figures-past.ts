/** What the page has seen of the swarm since it was opened: sums every few seconds, and each bot's worth a minute ago. */
import type { SeriesRow } from "../../proto/operations/looking.ts";
import type { BotStatus } from "../../proto/status.ts";
import type { LiveState } from "../../proto/live-fold.ts";

/** A look is taken no more often than this, in milliseconds. */
export const lookMs = 5000;
/** Looks kept, the oldest go first: an hour. */
export const looksMax = 720;
/** What was "a minute ago", in milliseconds. */
export const minuteMs = 60_000;
/** After so long without a look what was before tells nothing of the present, in milliseconds. */
const gapMaxMs = 60_000;

/** Sums over the bots at a moment, as in the time series. */
export interface Look {
  readonly all: SeriesRow;
  readonly byStrategy: ReadonlyMap<string, SeriesRow>;
}

export interface Past {
  /** Oldest first. */
  readonly looks: readonly Look[];
  /** The worth of each bot at the looks of the last minute, oldest first. */
  readonly worths: readonly { readonly at: number; readonly of: ReadonlyMap<string, number> }[];
}

export const noPast: Past = { looks: [], worths: [] };

/** Takes a look, where one is due. */
export function look(past: Past, { bots }: LiveState, at: number): Past {
  const last = past.looks.at(-1)?.all.at ?? 0;
  if (at - last < lookMs) return past;
  const near = at - last > gapMaxMs ? [] : past.worths;
  const from = near.findLastIndex((one) => at - one.at >= minuteMs);
  const worth = new Map<string, number>();
  for (const bot of bots.values()) worth.set(bot.bot_id, bot.net_worth);
  return {
    looks: [...past.looks.slice(1 - looksMax), sumsOf(bots.values(), at)],
    worths: [...near.slice(Math.max(0, from)), { at, of: worth }],
  };
}

/** How a bot's worth changed in the last minute, or since the page first saw it; undefined before there is anything to compare. */
export function changeOf({ worths }: Past, { bot_id, net_worth }: BotStatus): number | undefined {
  for (const { of } of worths) {
    const then = of.get(bot_id);
    if (then !== undefined) return worths.length < 2 ? undefined : net_worth - then;
  }
  return undefined;
}

export function sumsOf(bots: Iterable<BotStatus>, at: number): Look {
  const all = emptyRow(at);
  const byStrategy = new Map<string, Sums>();
  for (const bot of bots) {
    const own = byStrategy.get(bot.strategy) ?? emptyRow(at);
    byStrategy.set(bot.strategy, own);
    add(all, bot);
    add(own, bot);
  }
  return { all, byStrategy };
}

type Sums = { -readonly [K in keyof SeriesRow]: number };

function add(sums: Sums, bot: BotStatus): void {
  sums.bots++;
  if (bot.state === "RUNNING") sums.running++;
  sums.credits += bot.credits;
  sums.bank += bot.bank ?? 0;
  sums.cargo_value += bot.cargo_value ?? 0;
  sums.net_worth += bot.net_worth;
  sums.turns += bot.turns_executed;
  sums.trades += bot.trades_executed;
  sums.trade_attempts += bot.trade_attempts;
  sums.haggle_deals += bot.haggle_deals ?? 0;
  sums.haggle_offers += bot.haggle_offers ?? 0;
  sums.haggle_lost += bot.haggle_lost ?? 0;
  sums.errors += (bot.troubles ?? 0) + bot.restarts;
}

const emptyRow = (at: number): Sums => ({
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
