/** What a manager does on the side to remember how it went: samples for the graphs, backups, the snapshot for people's scripts. */
import type { Series } from "./io/series.ts";
import { writeSnapshot } from "./io/snapshot.ts";
import type { Store } from "./io/store.ts";
import type { OperationInput } from "./proto/operations.ts";
import type { SeriesRow } from "./proto/operations/looking.ts";
import { Refusal } from "./proto/refusal.ts";
import type { SwarmStatus } from "./proto/status.ts";
import { samplesOf, sumOf } from "./swarm/samples.ts";

/** Paces of the deeds, in ms. `backup` looks whether one is due. */
export const sampleEveryMs = 20_000;
export const thinEveryMs = 60_000;
export const backupLookEveryMs = 60_000;
export const pruneEveryMs = 1000;

export interface TelemetryKeep {
  /** Each of these is for a timer: it never throws, and a disk that fails is complained of once until it works again. */
  sample(): void;
  thin(): void;
  backup(): void;
  prune(): void;
  snapshot(): void;
  /** The series of one bot, of a strategy's bots together or, where neither is named, of the swarm. */
  query(asked: OperationInput<"timeSeries">): SeriesRow[];
}

export interface TelemetryParts {
  readonly status: () => SwarmStatus;
  /** Without it there are no series. */
  readonly series: Series | undefined;
  readonly store: Pick<Store, "backup" | "prune">;
  readonly snapshotFile: string | undefined;
  readonly now: () => number;
  readonly complain: (error: unknown) => void;
}

export function keepTelemetry(parts: TelemetryParts): TelemetryKeep {
  const { series, store, snapshotFile, status, now, complain } = parts;
  const failing = new Set<string>();
  let ended: ReadonlySet<string> = new Set();

  const careful = (deed: string, work: () => void) => () => {
    try {
      work();
      failing.delete(deed);
    } catch (error) {
      if (!failing.has(deed)) complain(error);
      failing.add(deed);
    }
  };

  return {
    sample: careful("sample", () => {
      if (!series) return;
      const at = now();
      const taken = samplesOf(status(), ended, at);
      series.add(at, taken.samples);
      ended = taken.ended;
    }),
    thin: careful("thin", () => series?.thin(now())),
    backup: careful("backup", () => store.backup(now())),
    prune: careful("prune", () => store.prune(now())),
    snapshot: careful("snapshot", () => {
      if (snapshotFile !== undefined) writeSnapshot(snapshotFile, status(), now());
    }),
    query({ bot_id: bot, strategy, since, until, points }) {
      if (bot !== undefined && strategy !== undefined)
        throw new Refusal("bad_input", "Give either bot_id or strategy, not both");
      const of = strategy === undefined ? (bot ?? null) : sumOf(strategy);
      return series?.query({ of, since, until, points }) ?? [];
    },
  };
}
