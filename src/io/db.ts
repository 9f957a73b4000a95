/** One SQLite file as a value: bun:sqlite under Bun, node:sqlite elsewhere, the same few words for both. */
import { chmodSync, closeSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "../proto/refusal.ts";

export type SqlValue = string | number | bigint | null | Uint8Array;
export type Row = Record<string, SqlValue>;

export interface Db {
  /** Runs one or more statements without parameters. */
  exec(sql: string): void;
  /** Prepares once; the statement is kept for the life of the database. */
  prepare(sql: string): Statement;
  /** All or nothing; nested calls are not supported. Throws what the work or SQLite threw. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export interface Statement {
  run(...values: SqlValue[]): void;
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
}

interface Native {
  exec(sql: string): unknown;
  prepare(sql: string): {
    run(...values: SqlValue[]): unknown;
    get(...values: SqlValue[]): unknown;
    all(...values: SqlValue[]): unknown;
    /** Bun has it and needs it: a database closed with statements left keeps its file and locks until they are collected. */
    finalize?(): unknown;
  };
  close(): void;
}

// The names are kept apart from import() so that neither runtime's checker resolves the other's module.
const moduleOf = { bun: "bun:sqlite", node: "node:sqlite" };

async function openNative(path: string): Promise<Native> {
  if ("Bun" in globalThis) {
    const sqlite = (await import(moduleOf.bun)) as { Database: new (path: string) => Native };
    return new sqlite.Database(path);
  }
  const sqlite = (await import(moduleOf.node)) as { DatabaseSync: new (path: string) => Native };
  return new sqlite.DatabaseSync(path);
}

/** How much a commit survives: NORMAL a killed process, FULL a power cut as well. */
export type Durability = "NORMAL" | "FULL";

/** Opens (and makes) a database in WAL mode. `:memory:` works. Errors: whatever SQLite says, thrown. */
export async function openDb(path: string, durability: Durability = "NORMAL"): Promise<Db> {
  const native = await openNative(path);
  setUp(native, durability);
  return wrapped(native);
}

function setUp(native: Native, durability: Durability): void {
  native.exec("PRAGMA journal_mode = WAL");
  native.exec(`PRAGMA synchronous = ${durability}`);
  native.exec("PRAGMA busy_timeout = 5000");
}

function wrapped(native: Native): Db {
  const statements = new Map<string, Statement>();
  const finalizers: (() => unknown)[] = [];
  const db: Db = {
    exec: (sql) => void native.exec(sql),
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const prepared = native.prepare(sql);
      const statement: Statement = {
        run: (...values) => void prepared.run(...values),
        get: (...values) => (prepared.get(...values) ?? undefined) as Row | undefined,
        all: (...values) => prepared.all(...values) as Row[],
      };
      statements.set(sql, statement);
      finalizers.push(() => prepared.finalize?.());
      return statement;
    },
    transaction(work) {
      // Prepared: SQLite would read them anew each time, thousands of times a second.
      db.prepare("BEGIN IMMEDIATE").run();
      try {
        const result = work();
        db.prepare("COMMIT").run();
        return result;
      } catch (error) {
        rollBack(native);
        throw error;
      }
    },
    close() {
      for (const finalize of finalizers.splice(0)) finalize();
      native.close();
    },
  };
  return db;
}

function rollBack(native: Native): void {
  try {
    native.exec("ROLLBACK");
  } catch {
    // After some failures, a full disk among them, SQLite has rolled back already; what went wrong is told by the first error.
  }
}

/** SQLite's codes, https://sqlite.org/rescode.html: the lowest byte of what it says. */
const code = {
  error: 1,
  busy: 5,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  toobig: 18,
  constraint: 19,
  mismatch: 20,
  format: 24,
  notadb: 26,
} as const;
const diskCodes: ReadonlySet<number> = new Set([code.full, code.ioerr, code.readonly]);
/** What SQLite comes upon in a file whose bytes were changed: pages or a schema that make no sense, rows that break their table's rules. */
const damageCodes: ReadonlySet<number> = new Set([
  code.error,
  code.corrupt,
  code.toobig,
  code.constraint,
  code.mismatch,
  code.format,
  code.notadb,
]);

/** Bun says `errno`, Node and Deno `errcode`; -1 for what did not come from SQLite. */
function codeOf(error: unknown): number {
  const cause = error instanceof Refusal ? error.cause : error;
  if (!(cause instanceof Error)) return -1;
  const { errno, errcode } = cause as { errno?: unknown; errcode?: unknown };
  const said = cause.name === "SQLiteError" ? errno : errcode;
  return typeof said === "number" ? said & 0xff : -1;
}

/** True when the disk takes nothing more: it is full, it fails, or it may only be read. */
export const isDiskTrouble = (error: unknown): boolean => diskCodes.has(codeOf(error));
/** True when the content of a database makes no sense, rather than that it cannot be reached. */
export const isDamage = (error: unknown): boolean => damageCodes.has(codeOf(error));

/**
 * Whether the first bytes of a file are none that SQLite writes: it takes a database of a later format for one that may only be read,
 * rather than for one that makes no sense.
 */
export function hasWrongHead(path: string): boolean {
  const head = Buffer.alloc(20);
  const file = openSync(path, "r");
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  const [toWrite, toRead] = [head[18]!, head[19]!];
  return head.toString("latin1", 0, 16) !== "SQLite format 3\0" || toWrite > 2 || toRead > 2;
}

/** What SQLite finds wrong with the pages and indexes of a file; undefined when nothing. It does not look into texts and numbers. */
export function pagesTrouble(db: Db): string | undefined {
  const found = db.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"];
  return found === "ok" ? undefined : String(found);
}

/** Whose a database of ours is, and the mark that SQLite holds in its header for that: "bbsm", "bbsh", "bbsl" and "bbst". */
const owners = { manager: 0x6262736d, host: 0x62627368, lore: 0x6262736c, series: 0x62627374 } as const;
export type Owner = keyof typeof owners;

/** Marks a new file as the owner's. Refuses, with "bad_input", one that is somebody else's. */
function claim(db: Db, path: string, who: Owner): void {
  const mark = Number(db.prepare("PRAGMA application_id").get()?.["application_id"] ?? 0);
  const tables = Number(db.prepare("SELECT count(*) AS n FROM sqlite_master").get()?.["n"] ?? 0);
  if (mark === owners[who]) return;
  if (mark === 0 && tables === 0) return db.exec(`PRAGMA application_id = ${owners[who]}`);
  throw new Refusal("bad_input", `"${path}" is not the database of a ${who} of ours`);
}

/**
 * The same for one process alone, in a file that only its owner can read. The kernel drops the lock when the process dies, however it dies: no lock file can be left
 * behind. Refuses with "conflict" when another holds it (`who` says who that would be), with "unavailable" for a file that
 * cannot be opened; `isDamage` knows then whether it is one that makes no sense.
 */
export async function openAlone(path: string, durability: Durability, who: Owner): Promise<Db> {
  let db: Db | undefined;
  try {
    if (path !== ":memory:") makeFile(path);
    const native = await openNative(path);
    db = wrapped(native);
    // Before anything is read: else SQLite wants room on the disk for what it shares with other processes, even on a full one.
    db.exec("PRAGMA locking_mode = EXCLUSIVE");
    // Nothing of somebody else's file is touched, so this comes before all that writes.
    claim(db, path, who);
    if (path !== ":memory:") chmodSync(path, 0o600);
    setUp(native, durability);
    db.exec("PRAGMA busy_timeout = 0");
    db.exec("BEGIN EXCLUSIVE; COMMIT");
    return db;
  } catch (error) {
    db?.close();
    throw error instanceof Refusal ? error : notOpened(error, path, who);
  }
}

/** What to do about one that is in use, where a person has chosen it. */
const ways: { readonly [W in Owner]?: string } = {
  host: ": end it, or name another file with --db",
  manager: ": end it, or name another file with --state-file",
};

function notOpened(error: unknown, path: string, who: Owner): Refusal {
  const said = error instanceof Error ? error.message : String(error);
  const refusal = /locked|busy/i.test(said)
    ? new Refusal("conflict", `Another ${who} uses "${path}"${ways[who] ?? ""}`)
    : new Refusal("unavailable", `Cannot open "${path}": ${said}`);
  refusal.cause = error;
  return refusal;
}

/** The folder with its parents, and the file, before SQLite makes them for everyone to read. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, "a", 0o600));
}
