/** The manager's memory: lifecycle events for ever, the latest report of each bot, one manager at a time. SQLite. */
import { basename, dirname, extname, join, resolve } from "node:path";
import { LifecycleEvent, eventsVersion } from "../proto/events.ts";
import { Refusal } from "../proto/refusal.ts";
import { BotReport } from "../proto/status.ts";
import { openAlone, type Db } from "./db.ts";

/** Where a swarm keeps its things: `swarm_state.db` has its bots' folders in `swarm_state.d/bots`, what they know in `lore.db` there. */
export interface StatePlaces {
  readonly database: string;
  readonly lore: string;
  readonly bots: string;
}

/** A `state_file` that ends in .json names a snapshot for people; the database then lies beside it. */
export function statePlaces(stateFile: string): StatePlaces {
  const path = resolve(stateFile);
  const stem = join(dirname(path), basename(path, extname(path)));
  const folder = `${stem}.d`;
  return {
    database: extname(path) === ".json" ? `${stem}.db` : path,
    lore: join(folder, "lore.db"),
    bots: join(folder, "bots"),
  };
}

/** Each entry leads from one schema to the next; only ever append. `user_version` counts those done. */
const migrations: readonly string[] = [
  `CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, bot TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
   CREATE INDEX events_of_bot ON events (bot, seq);
   CREATE TABLE reports (bot TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
];

export interface LastReport {
  readonly bot: string;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly report: BotReport;
}

export interface Store {
  /** Keeps events under the numbers `firstSeq`, `firstSeq` + 1 ..., all or none; when it returns they survive a power cut. */
  append(firstSeq: number, events: readonly LifecycleEvent[]): void;
  /** Keeps the latest report of each bot named, in one transaction. */
  saveReports(reports: readonly LastReport[]): void;
  /** Everything kept, in order. `lastSeq` is 0 for a new store. */
  load(): { events: LifecycleEvent[]; reports: LastReport[]; lastSeq: number };
  close(): void;
}

/** Opens or makes the store, readable by its owner alone, and keeps every other manager out of it. Refuses if one is in. */
export async function openStore(database: string): Promise<Store> {
  const db = await openAlone(database, "FULL", "manager");
  try {
    migrate(db, database);
  } catch (error) {
    db.close();
    throw error;
  }
  const insert = db.prepare("INSERT INTO events (seq, at, bot, type, body) VALUES (?, ?, ?, ?, ?)");
  const upsert = db.prepare(
    "INSERT INTO reports (bot, at, body) VALUES (?, ?, ?) ON CONFLICT (bot) DO UPDATE SET at = excluded.at, body = excluded.body",
  );
  return {
    append(firstSeq, events) {
      db.transaction(() => {
        events.forEach((event, index) =>
          insert.run(firstSeq + index, event.at, event.bot, event.type, JSON.stringify(event)),
        );
      });
    },
    saveReports(reports) {
      if (reports.length === 0) return;
      db.transaction(() => {
        for (const { bot, at, report } of reports) upsert.run(bot, at, JSON.stringify(report));
      });
    },
    load() {
      const rows = db.prepare("SELECT seq, body FROM events ORDER BY seq").all();
      return {
        events: rows.map((row) => LifecycleEvent.parse(JSON.parse(String(row.body)))),
        reports: db
          .prepare("SELECT bot, at, body FROM reports")
          .all()
          .map((row) => ({
            bot: String(row.bot),
            at: Number(row.at),
            report: BotReport.parse(JSON.parse(String(row.body))),
          })),
        lastSeq: Number(rows.at(-1)?.seq ?? 0),
      };
    },
    close: () => db.close(),
  };
}

function migrate(db: Db, database: string): void {
  const done = Number(db.prepare("PRAGMA user_version").get()?.user_version ?? 0);
  const written = () =>
    Number(db.prepare("SELECT value FROM facts WHERE name = 'events_version'").get()?.value);
  if (done > migrations.length || (done > 0 && written() > eventsVersion))
    throw new Refusal("unavailable", `Cannot read ${database}: a newer bbsbot wrote it`);
  for (const [index, step] of migrations.slice(done).entries()) {
    db.transaction(() => {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${done + index + 1}`);
    });
  }
  db.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES ('events_version', ?)").run(
    String(eventsVersion),
  );
}
