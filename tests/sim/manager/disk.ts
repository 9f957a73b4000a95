/** A store with SQLite's manners: all or nothing, and what is committed stays, whoever dies. */
import type { LifecycleEvent, Moment } from "../../../src/proto/events.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import type { BotReport } from "../../../src/proto/status.ts";
import type { Batch, Heard } from "../../../src/proto/batch.ts";
import { apply, emptySwarm, type SwarmState } from "../../../src/swarm/swarm.ts";

export interface Disk {
  full: boolean;
  /** Lifecycle events as they were written, the first with number 1. */
  readonly rows: string[];
  readonly events: LifecycleEvent[];
  /** What the next manager would make of it. */
  readonly shadow: SwarmState;
  commit(batch: Batch): void;
  saveReports(reports: readonly { bot: string; at: number; report: BotReport }[]): void;
  load(): {
    events: LifecycleEvent[];
    reports: { bot: string; at: number; report: BotReport }[];
    heard: Heard[];
    lastSeq: number;
  };
}

export interface DiskParts {
  readonly maxBots: number;
  readonly startedAt: number;
  readonly wrong: (what: string) => void;
  /** Hears what is kept for good. */
  readonly kept: (event: LifecycleEvent | Moment) => void;
}

export function createDisk({ maxBots, startedAt, wrong, kept }: DiskParts): Disk {
  const rows: string[] = [];
  const events: LifecycleEvent[] = [];
  const heard = new Map<string, Heard>();
  const reports = new Map<string, string>();
  const shadow = emptySwarm({ maxBots, spawnParallel: 4, at: startedAt });

  function forget(bot: string): void {
    reports.delete(bot);
    for (const [key, one] of heard) if (one.bot === bot) heard.delete(key);
  }

  const disk: Disk = {
    full: false,
    rows,
    events,
    shadow,
    commit(batch) {
      if (disk.full) throw new Refusal("disk_full", "Cannot write: the disk is full");
      if (batch.firstSeq !== rows.length + 1)
        wrong(`event ${batch.firstSeq} was stored after event ${rows.length}`);
      for (const event of batch.events) {
        const row = JSON.stringify(event);
        rows.push(row);
        const read = JSON.parse(row) as LifecycleEvent;
        events.push(read);
        apply(shadow, read);
        if (read.type === "cleared") forget(read.bot);
        kept(read);
      }
      for (const moment of batch.moments) kept(moment);
      for (const one of batch.heard) heard.set(`${one.bot} ${one.session}`, { ...one });
    },
    saveReports(latest) {
      if (disk.full) throw new Refusal("disk_full", "Cannot write: the disk is full");
      for (const one of latest) reports.set(one.bot, JSON.stringify(one));
    },
    load: () => ({
      events: rows.map((row) => JSON.parse(row) as LifecycleEvent),
      reports: [...reports.values()].map((row) => JSON.parse(row)),
      heard: [...heard.values()].map((one) => ({ ...one })),
      lastSeq: rows.length,
    }),
  };
  return disk;
}
