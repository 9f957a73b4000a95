/**
 * The manager's memory: lifecycle events for ever, what bots lived through for a while, the latest report of each, and how far each
 * has been heard. SQLite, for one manager at a time. Nothing is taken for true that is not as it was written.
 */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Batch, LastReport } from "../proto/batch.ts";
import type { LifecycleEvent } from "../proto/events.ts";
import type { KeptAsked, KeptFound } from "../proto/kept.ts";
import { Refusal } from "../proto/refusal.ts";
import { backUp, backupsIn, prepareBackups } from "./backup.ts";
import {
  hasWrongHead,
  isDamage,
  isDiskTrouble,
  openAlone,
  pagesTrouble,
  type Db,
  type Durability,
} from "./db.ts";
import { momentPruner } from "./moments.ts";
import { rescue } from "./rescue.ts";
import { keptEvents } from "./store-events.ts";
import { Damaged, readAll, seal, type Contents } from "./store-rows.ts";
import { layoutOf, migrate, schemaVersion } from "./store-schema.ts";

/** Where a swarm keeps its things: `swarm_state.db` has all but itself in `swarm_state.d`. */
export interface StatePlaces {
  readonly database: string;
  /** The picture for people's scripts, where one is wanted. */
  readonly snapshot: string | undefined;
  readonly lore: string;
  readonly series: string;
  readonly backups: string;
  readonly bots: string;
}

/** A `state_file` that ends in .json names a snapshot for people; the database then lies beside it. */
export function statePlaces(stateFile: string): StatePlaces {
  const path = resolve(stateFile);
  const isSnapshot = extname(path) === ".json";
  const stem = join(dirname(path), basename(path, extname(path)));
  const folder = `${stem}.d`;
  return {
    database: isSnapshot ? `${stem}.db` : path,
    snapshot: isSnapshot ? path : undefined,
    lore: join(folder, "lore.db"),
    series: join(folder, "series.db"),
    backups: join(folder, "backups"),
    bots: join(folder, "bots"),
  };
}

export interface Store {
  /**
   * All or none. When it returns they survive the end of this process and, with `asked`, a power cut, together with all that was kept
   * before: that waits for the disk, 0.4 to 40 ms. Refuses with "disk_full" when the disk takes nothing more, or fails.
   */
  append(batch: Batch): void;
  /** Keeps the latest report of each bot named, in one transaction. Refuses like `append`. */
  saveReports(reports: readonly LastReport[]): void;
  /** Everything that a manager begins with, in order. */
  load(): Contents;
  /** Lifecycle events and moments, the newest first. */
  events(asked: KeptAsked): KeptFound;
  /** Lets go of moments that are too many or too old: a bounded piece of work. Refuses like `append`. */
  prune(now: number): void;
  /** Makes a backup when the last one is an hour old, and lets the oldest go. Refuses like `append`. */
  backup(now: number): void;
  /** What happened at the opening that a person should know. */
  readonly told: readonly string[];
  close(): void;
}

/**
 * Opens or makes the store, readable by its owner alone, and keeps every other manager out of it. A damaged file of ours is set aside
 * and replaced as far as backups and what can be read of it go. Refuses: with "conflict" while another manager is in,
 * with "bad_input" somebody else's file, with "unavailable" what cannot be opened or a newer version wrote.
 */
export async function openStore(database: string, now: number): Promise<Store> {
  const { backups } = statePlaces(database);
  try {
    return await openWhole(database, now);
  } catch (error) {
    // Only what has our backups beside it is taken for ours and damaged: any other file is left as it is.
    if (!existsSync(backups) || !meansDamage(error)) throw error;
  }
  // Of two managers that find the damage at the same moment one repairs it; the other is refused here or by the repaired file.
  const alone = await openAlone(join(dirname(backups), "rescue.lock"), "NORMAL", "manager");
  try {
    return await openRescued(database, now);
  } finally {
    alone.close();
  }
}

async function openWhole(database: string, now: number): Promise<Store> {
  const { backups } = statePlaces(database);
  const former = backupsIn(backups).length > 0;
  const isNew = !existsSync(database);
  if (former && !isNew && statSync(database).size === 0) throw new Damaged("it is empty");
  const sound = await openSound(database, now);
  prepareBackups(backups);
  const begun = `There is no "${database}": a new one is begun; backups of a former one are in "${backups}"`;
  return storeIn(sound, database, former && isNew ? [begun] : []);
}

async function openRescued(database: string, now: number): Promise<Store> {
  try {
    return await openWhole(database, now);
  } catch (error) {
    if (!meansDamage(error)) throw error;
    const told = await rescue(database, statePlaces(database).backups, now, reasonOf(error));
    return storeIn(await openSound(database, now), database, told);
  }
}

interface Sound {
  readonly db: Db;
  readonly contents: Contents;
}

/** Opens, checks, migrates and reads. Throws what `meansDamage` knows for a file that is not what was written. */
async function openSound(database: string, now: number): Promise<Sound> {
  const db = await openAlone(database, "FULL", "manager").catch((error: unknown) => {
    throw isDiskTrouble(error) && hasWrongHead(database) ? new Damaged("its head makes no sense") : error;
  });
  try {
    const wrong = pagesTrouble(db);
    if (wrong !== undefined) throw new Damaged(wrong);
    const layout = layoutOf(db);
    if (layout > 0 && layout < schemaVersion) backUp(db, statePlaces(database).backups, now);
    migrate(db, database);
    return { db, contents: readAll(db) };
  } catch (error) {
    db.close();
    throw error;
  }
}

const meansDamage = (error: unknown) =>
  error instanceof Damaged || isDamage(error) || (error instanceof Refusal && error.code === "bad_input");
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Does it, and says of a disk that takes nothing more what everybody understands. */
function written<T>(database: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isDiskTrouble(error) && !isNoSpace(error)) throw error;
    throw new Refusal("disk_full", `Cannot write "${database}": ${reasonOf(error)}`);
  }
}

const isNoSpace = (error: unknown) =>
  ["ENOSPC", "EDQUOT", "EROFS", "EIO"].includes(String((error as { code?: unknown } | undefined)?.code));

function storeIn({ db, contents }: Sound, database: string, told: readonly string[]): Store {
  const { backups } = statePlaces(database);
  const insert = db.prepare("INSERT INTO events (seq, at, bot, type, body, crc) VALUES (?, ?, ?, ?, ?, ?)");
  const keepMoment = db.prepare("INSERT INTO moments (at, bot, body, crc) VALUES (?, ?, ?, ?)");
  const keepHeard = db.prepare(
    "INSERT INTO heard (bot, session, up_to, crc) VALUES (?, ?, ?, ?) ON CONFLICT (bot, session) DO UPDATE SET up_to = excluded.up_to, crc = excluded.crc",
  );
  const upsert = db.prepare(
    "INSERT INTO reports (bot, at, body, crc) VALUES (?, ?, ?, ?) ON CONFLICT (bot) DO UPDATE SET at = excluded.at, body = excluded.body, crc = excluded.crc",
  );
  const pruner = momentPruner(db);
  let fresh: Contents | undefined = contents;
  let durability: Durability = "FULL";
  /** SQLite keeps the whole log up to a FULL commit, so what was committed before it is as safe. */
  function commitAs(wanted: Durability): void {
    if (wanted !== durability) db.exec(`PRAGMA synchronous = ${wanted}`);
    durability = wanted;
  }

  function appendEvent(seq: number, event: LifecycleEvent): void {
    const body = JSON.stringify(event);
    insert.run(seq, event.at, event.bot, event.type, body, seal(seq, event.at, event.bot, event.type, body));
    if (event.type === "cleared") pruner.forget(event.bot);
  }

  return {
    append({ firstSeq, events, moments, heard, asked }) {
      fresh = undefined;
      commitAs(asked ? "FULL" : "NORMAL");
      written(database, () =>
        db.transaction(() => {
          events.forEach((event, index) => appendEvent(firstSeq + index, event));
          for (const moment of moments) {
            const body = JSON.stringify(moment);
            keepMoment.run(moment.at, moment.bot, body, seal(moment.at, moment.bot, body));
          }
          for (const { bot, session, upTo } of heard)
            keepHeard.run(bot, session, upTo, seal(bot, session, upTo));
        }),
      );
      for (const { bot } of moments) pruner.grew(bot);
      for (const { bot } of heard) pruner.grew(bot);
    },
    saveReports(reports) {
      if (reports.length === 0) return;
      fresh = undefined;
      commitAs("NORMAL");
      written(database, () =>
        db.transaction(() => {
          for (const { bot, at, report } of reports) {
            const body = JSON.stringify(report);
            upsert.run(bot, at, body, seal(bot, at, body));
          }
        }),
      );
    },
    load() {
      // What the opening has read is given away once; a swarm's log is too long to be kept twice.
      const loaded = fresh ?? readAll(db);
      fresh = undefined;
      return loaded;
    },
    events: (asked) => keptEvents(db, asked),
    prune: (now) => written(database, () => pruner.prune(now)),
    backup: (now) => written(database, () => backUp(db, backups, now)),
    told,
    close: () => db.close(),
  };
}
