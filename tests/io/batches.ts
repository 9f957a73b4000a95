/** The words in which the tests of the swarm's database tell what is kept. */
import type { KeptEvent, LifecycleEvent, Moment } from "../../src/proto/events.ts";
import type { Store } from "../../src/io/store.ts";
import type { Batch } from "../../src/proto/batch.ts";
import { report, spawned } from "../swarm/stories.ts";

export const batch = (
  firstSeq: number,
  events: readonly LifecycleEvent[],
  more: Partial<Batch> = {},
): Batch => ({
  firstSeq,
  events,
  moments: [],
  heard: [],
  asked: true,
  ...more,
});

export const session = "0123456789abcdef";
export const traded = (bot: string, at: number): Moment => ({
  type: "traded",
  bot,
  at,
  sector: 852,
  product: "organics",
  units: 20,
  credits: 500,
});

/** What is kept of one bot, the newest first. */
export const eventsOf = (store: Store, bot: string, before?: number, limit = 10_000): KeptEvent[] =>
  store.events({ bots: new Set([bot]), before, limit }).events;

/** Some bots with all that can be kept of them; returns the number of the next event. */
export function fill(store: Store, bots: readonly string[], firstSeq: number): number {
  let seq = firstSeq;
  for (const bot of bots) {
    const life: LifecycleEvent[] = [
      spawned(bot),
      { type: "started", bot, pid: 7, ticks: 70, at: 2 },
      { type: "registered", bot, pid: 7, ticks: 70, session, at: 3 },
      { type: "playing", bot, at: 4 },
    ];
    const moments = Array.from({ length: 20 }, (_, index) => traded(bot, 5 + index));
    store.append(batch(seq, life, { moments, heard: [{ bot, session, upTo: 20 }] }));
    seq += life.length;
  }
  store.saveReports(bots.map((bot) => ({ bot, at: 9, report: report() })));
  return seq;
}

export const names = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `bot_${String(from + index).padStart(3, "0")}`);
