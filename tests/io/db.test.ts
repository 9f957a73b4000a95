import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAlone, openDb } from "../../src/io/db.ts";

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
    message: `Another host uses "${file}"`,
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
