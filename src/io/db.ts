/** One SQLite file as a value: bun:sqlite under Bun, node:sqlite elsewhere, the same few words for both. */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "../proto/refusal.ts";

export type SqlValue = string | number | bigint | null | Uint8Array;
export type Row = Record<string, SqlValue>;

export interface Db {
  /** Runs one or more statements without parameters. */
  exec(sql: string): void;
  /** Prepares once; the statement is kept for the life of the database. */
  prepare(sql: string): Statement;
  /** All or nothing; nested calls are not supported. */
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
  return {
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
      native.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        native.exec("COMMIT");
        return result;
      } catch (error) {
        native.exec("ROLLBACK");
        throw error;
      }
    },
    close() {
      for (const finalize of finalizers.splice(0)) finalize();
      native.close();
    },
  };
}

/** Whose a database of ours is, and the mark that SQLite holds in its header for that: "bbsm", "bbsh" and "bbsl". */
const owners = { manager: 0x6262736d, host: 0x62627368, lore: 0x6262736c } as const;
export type Owner = keyof typeof owners;

/** Marks a new file as the owner's. Refuses, with "bad_input", one that is somebody else's. */
function claim(db: Db, path: string, who: Owner): void {
  const mark = Number(db.prepare("PRAGMA application_id").get()?.["application_id"] ?? 0);
  const tables = Number(db.prepare("SELECT count(*) AS n FROM sqlite_master").get()?.["n"] ?? 0);
  if (mark === owners[who]) return;
  if (mark === 0 && tables === 0) return db.exec(`PRAGMA application_id = ${owners[who]}`);
  db.close();
  throw new Refusal("bad_input", `"${path}" is not the database of a ${who} of ours`);
}

/**
 * The same for one process alone, in a file that only its owner can read. The kernel drops the lock when the process dies, however it dies: no lock file can be left
 * behind. Refuses with "conflict" when another holds it (`who` says who that would be), with "unavailable" for a file that
 * cannot be opened.
 */
export async function openAlone(path: string, durability: Durability, who: Owner): Promise<Db> {
  try {
    if (path !== ":memory:") makeFile(path);
    const native = await openNative(path);
    const db = wrapped(native);
    // Nothing of somebody else's file is touched, so this comes before all else.
    claim(db, path, who);
    if (path !== ":memory:") chmodSync(path, 0o600);
    setUp(native, durability);
    db.exec("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE");
    db.exec("BEGIN EXCLUSIVE; COMMIT");
    return db;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const said = error instanceof Error ? error.message : String(error);
    if (/locked|busy/i.test(said)) throw new Refusal("conflict", `Another ${who} uses "${path}"`);
    throw new Refusal("unavailable", `Cannot open "${path}": ${said}`);
  }
}

/** The folder with its parents, and the file, before SQLite makes them for everyone to read. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, "a", 0o600));
}
