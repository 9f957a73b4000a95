/**
 * The rows of the swarm's database, each under a checksum: SQLite notices pages that make no sense, but not a letter that was changed
 * within a text. What cannot be trusted is `Damaged`.
 */
import type { Heard, LastReport } from "../proto/batch.ts";
import { crc32 } from "node:zlib";
import { LifecycleEvent } from "../proto/events.ts";
import { Refusal } from "../proto/refusal.ts";
import { BotReport } from "../proto/status.ts";
import type { Db, Row, SqlValue } from "./db.ts";

/** Thrown for content that is not what was written. */
export class Damaged extends Error {}

/** Each table's key, and the columns under its checksum, which stands in `crc`. */
export const tables = {
  events: { key: "seq", sealed: ["seq", "at", "bot", "type", "body"] },
  moments: { key: "id", sealed: ["at", "bot", "body"] },
  reports: { key: "bot", sealed: ["bot", "at", "body"] },
  heard: { key: "id", sealed: ["bot", "session", "up_to"] },
  facts: { key: "name", sealed: ["name", "value"] },
} as const;
export type TableName = keyof typeof tables;

/** CRC-32 of the values, in the order of the table's `sealed`. */
export const seal = (...values: SqlValue[]): number => crc32(values.join("\0"));

/** Whether the row is as it was written. */
export const isSound = (table: TableName, row: Row): boolean =>
  row["crc"] === seal(...tables[table].sealed.map((column) => row[column]!));

/** Rows fetched at once, so that a long log is never in memory twice. */
const pageRows = 500;

/** All rows of a table in the order of its key, from behind `after`. Errors: SQLite's, and `Damaged` where the order is none. */
export function* rowsOf(
  db: Db,
  table: TableName,
  after: SqlValue,
  page = pageRows,
): Generator<Row, void, void> {
  const { key } = tables[table];
  const next = db.prepare(`SELECT * FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ?`);
  for (let last = after; ;) {
    const rows = next.all(last, page);
    for (const row of rows) {
      if (!(row[key]! > last!)) throw new Damaged(`the rows of ${table} are out of order`);
      last = row[key]!;
      yield row;
    }
    if (rows.length < page) return;
  }
}

/** The key before all keys of a table. */
export const beforeAll = (table: TableName): SqlValue => (table === "reports" || table === "facts" ? "" : -1);

/** All that a manager begins with. `lastSeq` is 0 for a new store. */
export interface Contents {
  readonly events: LifecycleEvent[];
  readonly reports: LastReport[];
  readonly heard: Heard[];
  readonly lastSeq: number;
}

/** Reads and checks everything a manager begins with. Throws `Damaged`, SQLite's errors, and a Refusal for what is sound but unknown. */
export function readAll(db: Db): Contents {
  const contents: Contents & { lastSeq: number } = { events: [], reports: [], heard: [], lastSeq: 0 };
  for (const row of soundRows(db, "events")) {
    contents.events.push(parsed(LifecycleEvent, row, `event ${String(row["seq"])}`));
    contents.lastSeq = Number(row["seq"]);
  }
  for (const row of soundRows(db, "reports")) {
    const report = parsed(BotReport, row, `the report of ${String(row["bot"])}`);
    contents.reports.push({ bot: String(row["bot"]), at: Number(row["at"]), report });
  }
  for (const row of soundRows(db, "heard"))
    contents.heard.push({
      bot: String(row["bot"]),
      session: String(row["session"]),
      upTo: Number(row["up_to"]),
    });
  return contents;
}

function* soundRows(db: Db, table: TableName): Generator<Row, void, void> {
  for (const row of rowsOf(db, table, beforeAll(table))) {
    if (!isSound(table, row)) throw new Damaged(`a row of ${table} does not match its checksum`);
    yield row;
  }
}

/** The checksum says that these are the very bytes that were written: what does not read them is the program, not the disk. */
function parsed<T>(schema: { safeParse(body: unknown): { data?: T } }, row: Row, what: string): T {
  const { data } = schema.safeParse(JSON.parse(String(row["body"])));
  if (data === undefined)
    throw new Refusal("unavailable", `Cannot understand ${what} in the database: another bbsbot wrote it`);
  return data;
}
