import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backUp, backupEveryMs, backupsIn, backupsKept, settle } from "../../src/io/backup.ts";
import { openDb } from "../../src/io/db.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const start = Date.UTC(2026, 10, 23);

test("a backup an hour, the last day of them kept, whole and for their owner's eyes", async () => {
  const db = await openDb(join(folder, "a.db"));
  const backups = join(folder, "backups");
  db.exec("CREATE TABLE t (n INTEGER)");
  const insert = db.prepare("INSERT INTO t VALUES (?)");
  for (let minute = 0; minute < 30 * 60; minute += 20) {
    insert.run(minute);
    backUp(db, backups, start + minute * 60_000);
  }
  const kept = backupsIn(backups);
  expect(kept).toHaveLength(backupsKept);
  expect(kept[0]).toEndWith("backup-20261124-050000.db");
  expect(kept.at(-1)).toEndWith("backup-20261123-060000.db");
  expect(statSync(kept[0]!).mode & 0o777).toBe(0o600);
  expect(statSync(backups).mode & 0o777).toBe(0o700);
  const last = await openDb(kept[0]!);
  expect(last.prepare("SELECT max(n) AS n FROM t").get()).toEqual({ n: 29 * 60 });
  last.close();
  db.close();
});

test("a backup from the future, of a clock that was wrong, keeps none back", async () => {
  const db = await openDb(join(folder, "b.db"));
  const backups = join(folder, "ahead");
  backUp(db, backups, start + 10 * backupEveryMs);
  backUp(db, backups, start);
  expect(backupsIn(backups)).toHaveLength(2);
  db.close();
});

test("what a killed process left half made is no backup, and goes", async () => {
  const db = await openDb(join(folder, "c.db"));
  const backups = join(folder, "left");
  backUp(db, backups, start);
  writeFileSync(join(backups, "backup-20261123-010000.db.draft"), "half");
  expect(backupsIn(backups)).toHaveLength(1);
  backUp(db, backups, start + backupEveryMs);
  expect(readdirSync(backups).sort()).toEqual(["backup-20261123-000000.db", "backup-20261123-010000.db"]);
  db.close();
});

test("a draft takes the place of the file before it", async () => {
  const file = join(folder, "settled");
  writeFileSync(file, "old");
  writeFileSync(`${file}.draft`, "new");
  settle(`${file}.draft`, file);
  expect(await Bun.file(file).text()).toBe("new");
});
