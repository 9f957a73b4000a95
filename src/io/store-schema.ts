/** How the swarm's database is laid out, and how a file of a former layout comes to the present one. */
import { LifecycleEvent, eventsVersion } from "../proto/events.ts";
import { Refusal } from "../proto/refusal.ts";
import { BotReport } from "../proto/status.ts";
import type { Db } from "./db.ts";
import { beforeAll, Damaged, isSound, rowsOf, seal, tables, type TableName } from "./store-rows.ts";

const sql = (text: string) => (db: Db) => db.exec(text);

/** Moments that somebody should look at, by the text of what is kept: to find them, not to judge them. */
export const isGrave = `instr(body, '"severity":"warning"') OR instr(body, '"severity":"error"')`;

/** Each entry leads from one schema to the next; only ever append. `user_version` counts those done. */
const migrations: readonly ((db: Db) => void)[] = [
  sql(`CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, bot TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE INDEX events_of_bot ON events (bot, seq);
    CREATE TABLE reports (bot TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`),
  (db) => {
    db.exec(`ALTER TABLE events ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE reports ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE facts ADD COLUMN crc INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE moments (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, bot TEXT NOT NULL, body TEXT NOT NULL, crc INTEGER NOT NULL) STRICT;
      CREATE INDEX moments_of_bot ON moments (bot, at);
      CREATE TABLE heard (id INTEGER PRIMARY KEY, bot TEXT NOT NULL, session TEXT NOT NULL, up_to INTEGER NOT NULL, crc INTEGER NOT NULL,
        UNIQUE (bot, session)) STRICT;`);
    sealAll(db, "events", (body) => LifecycleEvent.safeParse(body).success);
    sealAll(db, "reports", (body) => BotReport.safeParse(body).success);
    // It had no checksum, and is written anew.
    db.exec("DELETE FROM facts");
  },
  // Along the time, for what happened to many bots; and to each of them.
  sql(`DROP INDEX events_of_bot;
    CREATE INDEX events_of_bot ON events (bot, at, seq);
    CREATE INDEX events_by_time ON events (at, seq);
    CREATE INDEX moments_by_time ON moments (at, id);
    CREATE INDEX moments_grave ON moments (at, id) WHERE ${isGrave};`),
];

/** Number of the present layout. */
export const schemaVersion = migrations.length;

/** Puts the rows of a former layout under checksums: the last moment to see by their content alone that they are sound. */
function sealAll(db: Db, table: TableName, fits: (body: unknown) => boolean): void {
  const { key, sealed } = tables[table];
  const write = db.prepare(`UPDATE ${table} SET crc = ? WHERE ${key} = ?`);
  for (const row of rowsOf(db, table, beforeAll(table))) {
    if (!fits(json(String(row["body"]))))
      throw new Damaged(`row ${String(row[key])} of ${table} makes no sense`);
    write.run(seal(...sealed.map((column) => row[column]!)), row[key]!);
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No body of ours is a bare undefined: no schema takes it.
    return undefined;
  }
}

/** The number of the layout that a file has; 0 for a new one. */
export const layoutOf = (db: Db): number =>
  Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);

/**
 * Brings the database to the present layout, each step whole or not at all. Refuses, with "unavailable", what a newer version wrote;
 * throws `Damaged` where the file's word on that is not to be trusted.
 */
export function migrate(db: Db, database: string): void {
  const done = layoutOf(db);
  if (isNewer(db, done)) throw new Refusal("unavailable", `Cannot read ${database}: a newer bbsbot wrote it`);
  for (const [index, step] of migrations.slice(done).entries()) {
    const layout = done + index + 1;
    db.transaction(() => {
      step(db);
      db.exec(`PRAGMA user_version = ${layout}`);
      // The first layout had no word on it but its number.
      if (layout > 1) state(db, "schema", layout);
    });
  }
  state(db, "events_version", eventsVersion);
}

/** Both numbers stand in `facts` as well, so that a changed byte in the file's head is not taken for a newer version. */
function isNewer(db: Db, done: number): boolean {
  if (done === 0) return false;
  const facts = new Map(
    db
      .prepare("SELECT * FROM facts")
      .all()
      .map((row) => [String(row["name"]), row]),
  );
  const schema = facts.get("schema");
  if (schema ? Number(schema["value"]) !== done : done > 1)
    throw new Damaged(`it calls itself version ${done} and is not`);
  const events = facts.get("events_version");
  if (done > schemaVersion) return true;
  if (done > 1 && events && !isSound("facts", events))
    throw new Damaged("a row of facts does not match its checksum");
  return Number(events?.["value"]) > eventsVersion;
}

/** Written only where it is not there yet: a store that is up to date opens on a full disk, too. */
function state(db: Db, name: string, value: number): void {
  const kept = db.prepare("SELECT value FROM facts WHERE name = ?").get(name);
  if (kept?.["value"] === String(value)) return;
  const keep = db.prepare("INSERT OR REPLACE INTO facts (name, value, crc) VALUES (?, ?, ?)");
  keep.run(name, String(value), seal(name, String(value)));
}
