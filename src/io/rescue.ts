/**
 * A damaged database of a swarm: it is kept aside, and a new one made of the newest good backup and of all that can still be read
 * behind it, up to the first row that is not to be trusted.
 */
import { copyFileSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { backupsIn, setAside, settle } from "./backup.ts";
import { openAlone, openDb, pagesTrouble, type Db, type Row, type SqlValue } from "./db.ts";
import { beforeAll, Damaged, isSound, readAll, rowsOf, tables, type TableName } from "./store-rows.ts";
import { migrate } from "./store-schema.ts";

/** Rows written in one transaction. */
const copiedAtOnce = 1000;

/** Replaces the damaged file; the caller sees to it that nobody else does. Returns what a person should know. Errors: the disk's. */
export async function rescue(database: string, backups: string, now: number, why: string): Promise<string[]> {
  const aside = setAside(database, now);
  const draft = `${database}.draft`;
  const told = [`The database was damaged: ${why}; it is kept as "${aside}"`];
  const base = await restoreInto(draft, backupsIn(backups));
  told.push(
    base.from === undefined
      ? "There is no good backup: what could be read of it is kept"
      : `Restored from the backup "${basename(base.from)}": events up to ${lastSeq(base.db)}`,
  );
  try {
    told.push(await readOn(database, base.db));
  } finally {
    base.db.close();
  }
  for (const ending of ["-wal", "-shm"]) rmSync(database + ending, { force: true });
  settle(draft, database);
  return told;
}

/** A sound database under the name of `draft`: a copy of the first good one of `backups`, or an empty one. */
async function restoreInto(
  draft: string,
  backups: readonly string[],
): Promise<{ db: Db; from: string | undefined }> {
  for (const from of backups) {
    forget(draft);
    copyFileSync(from, draft);
    const db = await soundOrNone(draft);
    if (db) return { db, from };
  }
  forget(draft);
  const db = await openAlone(draft, "FULL", "manager");
  migrate(db, draft);
  return { db, from: undefined };
}

async function soundOrNone(file: string): Promise<Db | undefined> {
  let db: Db | undefined;
  try {
    db = await openAlone(file, "FULL", "manager");
    if (pagesTrouble(db) !== undefined) throw new Damaged();
    migrate(db, file);
    readAll(db);
    return db;
  } catch {
    // Whatever is wrong with this one, an older one may be good.
    db?.close();
    return undefined;
  }
}

function forget(file: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(file + ending, { force: true });
}

const lastKey = (db: Db, table: TableName) =>
  Number(db.prepare(`SELECT max(${tables[table].key}) AS last FROM ${table}`).get()?.["last"] ?? 0);
const lastSeq = (db: Db) => lastKey(db, "events");

/** Adds what the damaged file has beyond `db`. Returns words on it. Errors: those of writing. */
async function readOn(damaged: string, db: Db): Promise<string> {
  const from = await openDb(damaged).catch(() => undefined);
  if (!from) return "Nothing could be read from the damaged file";
  try {
    const events = copy(from, db, "events", lastSeq(db));
    copy(from, db, "moments", lastKey(db, "moments"));
    copy(from, db, "reports", beforeAll("reports"));
    // They tell which messages are kept: true only where all that was kept is here again.
    if (events.whole) copy(from, db, "heard", beforeAll("heard"));
    const more = `${events.copied} events more were read from the damaged file`;
    return events.whole
      ? `${more}, which is all that it had`
      : `${more}; those after number ${lastSeq(db)} are lost`;
  } finally {
    from.close();
  }
}

/** Copies the leading good rows behind `after`. `whole`: there was none that is not good. */
function copy(from: Db, to: Db, table: TableName, after: SqlValue): { copied: number; whole: boolean } {
  const rows = leadingRows(from, table, after);
  const columns = [...new Set([tables[table].key, ...tables[table].sealed, "crc"])];
  const insert = to.prepare(
    `INSERT OR REPLACE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  let copied = 0;
  for (;;) {
    const part: Row[] = [];
    let next = rows.next();
    for (; !next.done && part.length < copiedAtOnce; next = rows.next()) part.push(next.value);
    to.transaction(() => part.forEach((row) => insert.run(...columns.map((column) => row[column]!))));
    copied += part.length;
    if (next.done) return { copied, whole: next.value };
  }
}

/** One row after the other: a page that cannot be read takes with it all that is asked for at once. Returns whether it got to the end. */
function* leadingRows(from: Db, table: TableName, after: SqlValue): Generator<Row, boolean, void> {
  try {
    let last = after;
    for (const row of rowsOf(from, table, after, 1)) {
      const key = row[tables[table].key]!;
      // A search in a damaged page may pass rows over; events are counted without a gap.
      if (!isSound(table, row) || (table === "events" && key !== Number(last) + 1)) return false;
      yield row;
      last = key;
    }
    return true;
  } catch {
    // Here the damage begins.
    return false;
  }
}
