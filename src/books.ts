/** What a manager keeps on the disk, open while it runs; and the swarm as it was left there. */
import { openLoreStore, type LoreStore } from "./io/lore-store.ts";
import { openSeries, type Series } from "./io/series.ts";
import { openStore, statePlaces, type StatePlaces, type Store } from "./io/store.ts";
import type { Heard } from "./proto/batch.ts";
import { apply, emptySwarm, type SwarmState } from "./swarm/swarm.ts";

export interface Books {
  readonly places: StatePlaces;
  readonly store: Store;
  /** Undefined where they cannot be used: then nothing of the kind is kept. */
  readonly lore: LoreStore | undefined;
  readonly series: Series | undefined;
  close(): void;
}

/** Opens what lies at `state_file`, or makes it. Refuses what the store refuses: another manager, somebody else's file. */
export async function openBooks(stateFile: string, now: number, log: (line: string) => void): Promise<Books> {
  const places = statePlaces(stateFile);
  const store = await openStore(places.database, now);
  for (const line of store.told) log(line);
  // After the swarm's own, so that only its one manager gets so far.
  const lore = await openLoreStore(places.lore, log);
  const series = await openSeries(places.series, log);
  return {
    places,
    store,
    lore,
    series,
    close() {
      store.close();
      lore?.close();
      series?.close();
    },
  };
}

/** The swarm as the store tells it, and how far each worker has been heard. */
export function recall(
  store: Pick<Store, "load">,
  limits: { maxBots: number; spawnParallel: number; at: number },
): { state: SwarmState; heard: readonly Heard[] } {
  const state = emptySwarm(limits);
  const { events, reports, heard, lastSeq } = store.load();
  for (const event of events) apply(state, event);
  for (const { bot, at, report } of reports) {
    // The last words of a bot that ended are in its ending already, and may be newer.
    const known = state.bots.get(bot);
    if (known && known.reportAt <= at) apply(state, { type: "reported", bot, report, at });
  }
  state.seq = lastSeq;
  return { state, heard };
}
