import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasWrongHead, isDamage, isDiskTrouble, openAlone, openDb, pagesTrouble } from "../../src/io/db.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-db-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "nothing failed",
    (error: unknown) => error,
  );

test("what is committed is there at the next opening; what failed in the middle is not", async () => {
  const file = join(folder, "a.db");
  const db = await openDb(file);
  db.exec("CREATE TABLE t (n INTEGER)");
  const insert = db.prepare("INSERT INTO t VALUES (?)");
  db.transaction(() => insert.run(1));
  expect(() =>
    db.transaction(() => {
      insert.run(2);
      throw new Error("half way");
    }),
  ).toThrow("half way");
  db.close();
  const again = await openDb(file);
  expect(again.prepare("SELECT n FROM t").all()).toEqual([{ n: 1 }]);
  expect(again.prepare("SELECT n FROM t WHERE n = ?").get(2)).toBeUndefined();
  again.close();
});

test("a database that one has for itself is refused to others until it is closed", async () => {
  const file = join(folder, "b.db");
  const first = await openAlone(file, "NORMAL", "host");
  expect(await failureOf(openAlone(file, "NORMAL", "host"))).toMatchObject({
    code: "conflict",
    message: `Another host uses "${file}": end it, or name another file with --db`,
  });
  first.close();
  (await openAlone(file, "NORMAL", "host")).close();
});

test("a host's database is not a manager's, and nobody else's is ours", async () => {
  const file = join(folder, "d.db");
  (await openAlone(file, "NORMAL", "host")).close();
  expect(await failureOf(openAlone(file, "FULL", "manager"))).toMatchObject({
    code: "bad_input",
    message: `"${file}" is not the database of a manager of ours`,
  });
  const foreign = join(folder, "e.db");
  const db = await openDb(foreign);
  db.exec("CREATE TABLE notes (text TEXT)");
  db.close();
  expect(await failureOf(openAlone(foreign, "NORMAL", "host"))).toMatchObject({ code: "bad_input" });
  (await openAlone(file, "NORMAL", "host")).close();
});

test("a file that is no database is refused with its name", async () => {
  const file = join(folder, "c.db");
  writeFileSync(file, "this is no database, but long enough to be looked at. ".repeat(40));
  expect(await failureOf(openAlone(file, "FULL", "manager"))).toMatchObject({ code: "unavailable" });
});

test("content that makes no sense is told from a file that is in use, or somebody else's", async () => {
  const damaged = join(folder, "f.db");
  writeFileSync(damaged, "this is no database, but long enough to be looked at. ".repeat(40));
  expect(hasWrongHead(damaged)).toBe(true);
  expect(isDamage(await failureOf(openAlone(damaged, "FULL", "manager")))).toBe(true);
  // What failed holds nothing back: the file can be looked at again.
  expect(isDamage(await failureOf(openAlone(damaged, "FULL", "manager")))).toBe(true);
  const file = join(folder, "g.db");
  const db = await openAlone(file, "FULL", "manager");
  expect(pagesTrouble(db)).toBeUndefined();
  expect(isDamage(await failureOf(openAlone(file, "FULL", "manager")))).toBe(false);
  db.close();
  expect(hasWrongHead(file)).toBe(false);
  expect(isDamage(await failureOf(openAlone(file, "FULL", "host")))).toBe(false);
  for (const error of [new Error("no such table"), undefined, "text"]) {
    expect(isDamage(error)).toBe(false);
    expect(isDiskTrouble(error)).toBe(false);
  }
});

test("pages that do not fit together are found, though the file opens", async () => {
  const file = join(folder, "h.db");
  const db = await openAlone(file, "FULL", "manager");
  db.exec("CREATE TABLE t (n INTEGER, text TEXT)");
  const insert = db.prepare("INSERT INTO t VALUES (?, ?)");
  db.transaction(() => {
    for (let n = 0; n < 500; n++) insert.run(n, "x".repeat(100));
  });
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, 8192, 8292);
  writeFileSync(file, bytes);
  const again = await openAlone(file, "FULL", "manager");
  expect(pagesTrouble(again)).toBeString();
  again.close();
});
