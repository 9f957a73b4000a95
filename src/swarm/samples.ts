/** A moment of the swarm as rows of the time series: one for the whole, one for each strategy, one for each bot that still goes on. */
import type { SeriesRow } from "../proto/operations/looking.ts";
import type { SwarmStatus } from "../proto/status.ts";
import { addRow, emptyRow, rowOf } from "../proto/sums.ts";
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
    addRow(whole, row);
    if (ofStrategy) addRow(ofStrategy, row);
    const over = hasEnded(bot);
    if (over) ended.add(bot.bot_id);
    if (!over || !before.has(bot.bot_id)) bots.push({ of: bot.bot_id, row });
  }
  const sums = Array.from(strategies, ([name, row]): Sample => ({ of: sumOf(name), row }));
  return { samples: [{ of: null, row: whole }, ...sums, ...bots], ended };
}
