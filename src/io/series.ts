/**
 * How the swarm and each bot went, in a SQLite file of its own: close together for the last hours, wide apart for the last months.
 * Losing it costs a graph and nothing else, so it is written without waiting for the disk, and a damaged file is set aside.
 */
import { renameSync, rmSync } from "node:fs";
import { Refusal } from "../proto/refusal.ts";
import { SeriesRow } from "../proto/operations/looking.ts";
import { isDiskTrouble, type Db, type Row } from "./db.ts";
import { openSpare } from "./spare-db.ts";

/** A sample of one bot, of some by the name of what they have in common, or of the whole swarm (null). */
export interface Sample {
  readonly of: string | null;
  readonly row: SeriesRow;
}

export interface SeriesQuery {
  /** As it was added. */
  readonly of: string | null;
  /** Milliseconds since 1970, both included; without them all there is. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly points: number;
}

export interface Series {
  /** Keeps samples taken at `at`, in one transaction. Errors: SQLite's. */
  add(at: number, samples: readonly Sample[]): void;
  /** The oldest first. Where there are more than `points`, the last of each of so many equal stretches of time. */
  query(query: SeriesQuery): SeriesRow[];
  /** Thins out what has grown old: a bounded piece of work. Errors: SQLite's. */
  thin(now: number): void;
  close(): void;
}

const hour = 60 * 60_000;
/**
 * After `after` ms only the last sample of each `stretch` ms is kept. A swarm of 111 bots comes to some 350,000 rows, 40 MB.
 */
export const thinning = [
  { name: "minutes", after: 2 * hour, stretch: 5 * 60_000 },
  { name: "hours", after: 48 * hour, stretch: hour },
] as const;
/** Samples older than this go, in ms. */
export const seriesMaxAgeMs = 90 * 24 * hour;
/** Stretches thinned by one call, of each kind; rows dropped for their age, or for the file's size. */
const stretchesAtOnce = 5;
const droppedAtOnce = 5000;
/** Above this the oldest rows go first, in bytes. */
export const seriesMaxBytes = 512 * 1024 * 1024;

const columns = Object.keys(SeriesRow.shape).filter((name) => name !== "at") as Exclude<
  keyof SeriesRow,
  "at"
>[];

/** Each entry leads from one schema to the next; only ever append. `user_version` counts those done. */
const migrations: readonly string[] = [
  `CREATE TABLE bots (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
   CREATE TABLE points (at INTEGER NOT NULL, bot INTEGER NOT NULL, bots INTEGER NOT NULL, running INTEGER NOT NULL,
     credits INTEGER NOT NULL, bank INTEGER NOT NULL, cargo_value INTEGER NOT NULL, net_worth INTEGER NOT NULL, turns INTEGER NOT NULL,
     trades INTEGER NOT NULL, trade_attempts INTEGER NOT NULL, haggle_deals INTEGER NOT NULL, haggle_offers INTEGER NOT NULL,
     haggle_lost INTEGER NOT NULL, errors INTEGER NOT NULL, PRIMARY KEY (at, bot)) STRICT, WITHOUT ROWID;
   CREATE INDEX points_of_bot ON points (bot, at);
   CREATE TABLE thinned (name TEXT PRIMARY KEY, upto INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
];

/**
 * Opens or makes the file. What cannot be read is renamed to `<file>.damaged` and begun anew, with a note. undefined when it cannot
 * be had at all: then nothing is kept, with a note as well.
 */
export async function openSeries(file: string, note: (text: string) => void): Promise<Series | undefined> {
  const none = (error: unknown) => {
    note(`"${file}" cannot be had, so no time series is kept: ${textOf(error)}`);
    return undefined;
  };
  try {
    return await openSound(file);
  } catch (error) {
    if (isDiskTrouble(error) || (error instanceof Refusal && error.code === "conflict")) return none(error);
    note(`"${file}" cannot be read and is moved aside: ${textOf(error)}`);
  }
  try {
    for (const ending of ["-wal", "-shm"]) rmSync(`${file}${ending}`, { force: true });
    renameSync(file, `${file}.damaged`);
    return await openSound(file);
  } catch (error) {
    return none(error);
  }
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const openSound = async (file: string): Promise<Series> =>
  seriesIn(await openSpare(file, "series", migrations));

/** The swarm's own number among the bots'. */
const theSwarm = 0;

function seriesIn(db: Db): Series {
  const idOf = db.prepare("SELECT id FROM bots WHERE name = ?");
  const newBot = db.prepare("INSERT INTO bots (name) VALUES (?)");
  const insert = db.prepare(
    `INSERT OR REPLACE INTO points (at, bot, ${columns.join(", ")}) VALUES (?, ?, ${columns.map(() => "?").join(", ")})`,
  );
  const bounds = db.prepare(
    "SELECT min(at) AS first, max(at) AS last, count(*) AS n FROM points WHERE bot = ? AND at BETWEEN ? AND ?",
  );
  // Beside max() SQLite takes the other columns from the row that has it: https://sqlite.org/lang_select.html#bareagg
  const stretches = db.prepare(
    `SELECT max(at) AS at, ${columns.join(", ")} FROM points WHERE bot = ? AND at BETWEEN ? AND ? GROUP BY (at - ?) / ? ORDER BY at`,
  );
  const ids = new Map<string, number>();

  function numberOf(bot: string | null): number | undefined {
    if (bot === null) return theSwarm;
    const known = ids.get(bot) ?? idOf.get(bot)?.["id"];
    if (known === undefined) return undefined;
    ids.set(bot, Number(known));
    return Number(known);
  }
  function admit(bot: string | null): number {
    const known = numberOf(bot);
    if (known !== undefined) return known;
    newBot.run(bot);
    return numberOf(bot)!;
  }

  return {
    add(at, samples) {
      db.transaction(() => {
        for (const { of, row } of samples) insert.run(at, admit(of), ...columns.map((name) => row[name]));
      });
    },
    query({ of, since = 0, until = Number.MAX_SAFE_INTEGER, points }) {
      const id = numberOf(of);
      const found = id === undefined ? undefined : bounds.get(id, since, until);
      if (id === undefined || !found || Number(found["n"]) === 0) return [];
      const [first, last] = [Number(found["first"]), Number(found["last"])];
      const stretch = Number(found["n"]) <= points ? 1 : Math.floor((last - first) / points) + 1;
      return stretches.all(id, since, until, first, stretch).map(rowOf);
    },
    thin: thinner(db),
    close: () => db.close(),
  };
}

const rowOf = (row: Row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])) as SeriesRow;

/** Thins stretch by stretch from where the last call came to; the stretch that `now - after` lies in is left whole. */
function thinner(db: Db): (now: number) => void {
  const oldest = db.prepare("SELECT min(at) AS at FROM points");
  const reached = db.prepare("SELECT upto FROM thinned WHERE name = ?");
  const reach = db.prepare("INSERT OR REPLACE INTO thinned (name, upto) VALUES (?, ?)");
  const next = db.prepare("SELECT min(at) AS at FROM points WHERE at >= ?");
  const keepLast = db.prepare(
    `DELETE FROM points WHERE at >= ?1 AND at < ?2 AND at < (SELECT max(later.at) FROM points AS later
       WHERE later.bot = points.bot AND later.at >= ?1 AND later.at < ?2)`,
  );
  const drop = db.prepare(
    "DELETE FROM points WHERE (at, bot) IN (SELECT at, bot FROM points WHERE at < ? ORDER BY at LIMIT ?)",
  );

  function thinOut({ name, after, stretch }: (typeof thinning)[number], now: number): void {
    const end = Math.floor((now - after) / stretch) * stretch;
    // A clock that was ahead has come further than there is to go.
    let from = Math.min(end, Number(reached.get(name)?.["upto"] ?? 0));
    for (let done = 0; done < stretchesAtOnce && from < end; done++) {
      // What no sample lies in is passed over at once.
      const at = next.get(from)?.["at"] ?? null;
      from = at === null ? end : Math.min(end, Math.floor(Number(at) / stretch) * stretch);
      if (from >= end) break;
      keepLast.run(from, from + stretch);
      from += stretch;
    }
    reach.run(name, from);
  }

  return (now) =>
    db.transaction(() => {
      for (const kind of thinning) thinOut(kind, now);
      drop.run(now - seriesMaxAgeMs, droppedAtOnce);
      if (usedBytes(db) > seriesMaxBytes)
        drop.run(Number(oldest.get()?.["at"] ?? 0) + seriesMaxAgeMs, droppedAtOnce);
    });
}

function usedBytes(db: Db): number {
  const pragma = (name: string) => Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
  return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
}
