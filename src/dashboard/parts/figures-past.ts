/** What the page has seen of the swarm since it was opened: sums every few seconds, and each bot's worth a minute ago. */
import type { SeriesRow } from "../../proto/operations/looking.ts";
import type { BotStatus } from "../../proto/status.ts";
import type { LiveState } from "../../proto/live-fold.ts";
import { addRow, emptyRow, rowOf } from "../../proto/sums.ts";

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

/** The sums of these bots at a moment. */
export function sumsOf(bots: Iterable<BotStatus>, at: number): Look {
  const all = emptyRow(at);
  const byStrategy = new Map<string, SeriesRow>();
  for (const bot of bots) {
    const row = rowOf(bot, at);
    const own = byStrategy.get(bot.strategy) ?? emptyRow(at);
    byStrategy.set(bot.strategy, own);
    addRow(all, row);
    addRow(own, row);
  }
  return { all, byStrategy };
}
