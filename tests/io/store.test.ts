import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { momentsMaxAgeMs, momentsPerBot, pruneSlack, sessionsKept } from "../../src/io/moments.ts";
import { openDb } from "../../src/io/db.ts";
import { openStore, statePlaces } from "../../src/io/store.ts";
import { eventsVersion } from "../../src/proto/events.ts";
import { failureOf } from "../doubles/failure.ts";
import { report, spawned } from "../swarm/stories.ts";
import { batch, eventsOf, fill, names, session, traded } from "./batches.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;
const newFile = () => join(folder, `swarm${number++}.db`);
const open = (file: string) => openStore(file, 1_800_000_000_000);

test("what was appended is loaded again, in order, with the latest report of each bot and how far it was heard", async () => {
  const file = newFile();
  const store = await open(file);
  store.append(batch(1, [spawned("a"), spawned("b")]));
  store.append(
    batch(3, [{ type: "started", bot: "a", pid: 5, at: 2 }], { heard: [{ bot: "a", session, upTo: 3 }] }),
  );
  store.append(batch(4, [], { heard: [{ bot: "a", session, upTo: 7 }] }));
  store.saveReports([
    { bot: "a", at: 5, report: report({ credits: 1 }) },
    { bot: "b", at: 5, report: report() },
  ]);
  store.saveReports([{ bot: "a", at: 6, report: report({ credits: 2 }) }]);
  const kept = {
    events: [spawned("a"), spawned("b"), { type: "started", bot: "a", pid: 5, at: 2 }],
    reports: [
      { bot: "a", at: 6, report: report({ credits: 2 }) },
      { bot: "b", at: 5, report: report() },
    ],
    heard: [{ bot: "a", session, upTo: 7 }],
    lastSeq: 3,
  };
  expect(store.load()).toEqual(kept as never);
  store.close();
  const again = await open(file);
  expect(again.load()).toEqual(kept as never);
  // A second time it is read anew, with what came since.
  again.append(batch(4, [spawned("c")]));
  expect(again.load()).toMatchObject({ lastSeq: 4 });
  expect(again.told).toEqual([]);
  again.close();
});

test("a batch is kept whole or not at all", async () => {
  const store = await open(newFile());
  store.append(batch(1, [spawned("a")]));
  const broken = { ...spawned("c"), at: undefined as never };
  expect(() => store.append(batch(2, [spawned("b"), broken]))).toThrow();
  const more = { moments: [traded("a", 5)], heard: [{ bot: "a", session, upTo: 1 }] };
  expect(() => store.append(batch(1, [spawned("d")], more))).toThrow();
  expect(store.load()).toMatchObject({ events: [{ bot: "a" }], heard: [], lastSeq: 1 });
  expect(eventsOf(store, "a")).toHaveLength(1);
  store.close();
});

test("the events of a bot are told with its moments, the newest first, up to a limit and before a moment", async () => {
  const store = await open(newFile());
  store.append(batch(1, [spawned("a", 1), spawned("b", 2)], { moments: [traded("a", 3), traded("b", 4)] }));
  store.append(batch(3, [{ type: "playing", bot: "a", at: 5 }], { moments: [traded("a", 6)] }));
  const told = (before?: number, limit = 10) =>
    eventsOf(store, "a", before, limit).map(({ type, at }) => `${type} ${at}`);
  expect(told()).toEqual(["traded 6", "playing 5", "traded 3", "spawned 1"]);
  expect(told(5)).toEqual(["traded 3", "spawned 1"]);
  expect(told(undefined, 2)).toEqual(["traded 6", "playing 5"]);
  store.close();
});

test("moments above the newest of each bot go, and those that are too old, but no event", async () => {
  const store = await open(newFile());
  const surplus = pruneSlack + 50;
  const moments = Array.from({ length: momentsPerBot + surplus }, (_, index) => traded("a", 1000 + index));
  store.append(batch(1, [spawned("a"), spawned("b")], { moments: [traded("b", 1), ...moments] }));
  const kept = (bot: string) => eventsOf(store, bot).filter(({ type }) => type === "traded");
  store.prune(2000);
  expect(kept("a")).toHaveLength(momentsPerBot);
  expect(kept("a").at(-1)).toMatchObject({ at: 1000 + surplus });
  expect(kept("b")).toHaveLength(1);
  store.prune(1000 + momentsMaxAgeMs);
  expect(kept("b")).toEqual([]);
  for (let round = 0; round < 5; round++) store.prune(1_000_000 + momentsMaxAgeMs);
  expect(kept("a")).toEqual([]);
  expect(store.load().events).toHaveLength(2);
  store.close();
});

test("of a bot's sessions the last are kept; of a bot that is taken off the list only its events", async () => {
  const store = await open(newFile());
  const sessions = Array.from({ length: sessionsKept + 5 }, (_, index) =>
    index.toString(16).padStart(16, "0"),
  );
  const moments = Array.from({ length: pruneSlack }, () => traded("a", 5));
  for (const one of sessions) store.append(batch(1, [], { heard: [{ bot: "a", session: one, upTo: 1 }] }));
  store.append(batch(1, [spawned("a")], { moments }));
  store.saveReports([{ bot: "a", at: 5, report: report() }]);
  store.prune(10);
  expect(store.load().heard.map((heard) => heard.session)).toEqual(sessions.slice(5));
  store.append(batch(2, [{ type: "cleared", bot: "a", at: 9 }]));
  expect(store.load()).toMatchObject({ heard: [], reports: [], lastSeq: 2 });
  expect(eventsOf(store, "a").map(({ type }) => type)).toEqual(["cleared", "spawned"]);
  store.close();
});

test("the file is readable by its owner alone, and nothing but the file is left after closing", async () => {
  const file = newFile();
  const store = await open(file);
  store.append(batch(1, [spawned("a")]));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  if (existsSync(`${file}-wal`)) expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  store.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(existsSync(`${file}-shm`)).toBe(false);
});

test("one manager at a time: the second is refused, and let in when the first has gone", async () => {
  const file = newFile();
  const first = await open(file);
  expect(await failureOf(open(file))).toContain(`Another manager uses "${file}"`);
  first.append(batch(1, [spawned("a")]));
  first.close();
  const second = await open(file);
  expect(second.load().lastSeq).toBe(1);
  second.close();
});

/** As the former version made it, with the two rows of a bot. */
async function formerVersion(file: string, body: string): Promise<void> {
  const db = await openDb(file);
  db.exec(`PRAGMA application_id = ${0x6262736d};
    CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, bot TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE INDEX events_of_bot ON events (bot, seq);
    CREATE TABLE reports (bot TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO facts VALUES ('events_version', '1');
    PRAGMA user_version = 1;`);
  db.prepare("INSERT INTO events VALUES (1, 1, 'a', 'spawned', ?)").run(body);
  db.prepare("INSERT INTO reports VALUES ('a', 5, ?)").run(JSON.stringify(report()));
  db.close();
}

test("a database of the former version is taken over whole, with a backup of how it was", async () => {
  const file = newFile();
  await formerVersion(file, JSON.stringify(spawned("a")));
  const store = await open(file);
  store.append(batch(2, [spawned("b")], { moments: [traded("a", 3)] }));
  store.close();
  const again = await open(file);
  expect(again.load()).toEqual({
    events: [spawned("a"), spawned("b")],
    reports: [{ bot: "a", at: 5, report: report() }],
    heard: [],
    lastSeq: 2,
  });
  expect(again.told).toEqual([]);
  again.close();
  const [backup] = readdirSync(statePlaces(file).backups);
  const db = await openDb(join(statePlaces(file).backups, backup!));
  expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
  db.close();
});

test("a database of a newer version is refused and left as it is, whichever of the two versions is newer", async () => {
  for (const change of [
    "PRAGMA user_version = 99; UPDATE facts SET value = '99' WHERE name = 'schema'",
    "events",
  ]) {
    const file = newFile();
    const store = await open(file);
    fill(store, ["a"], 1);
    store.close();
    const db = await openDb(file);
    if (change !== "events") db.exec(change);
    else {
      const { seal } = await import("../../src/io/store-rows.ts");
      const newer = String(eventsVersion + 1);
      db.prepare("UPDATE facts SET value = ?, crc = ? WHERE name = 'events_version'").run(
        newer,
        seal("events_version", newer),
      );
    }
    db.close();
    expect(await failureOf(open(file))).toContain(`Cannot read ${file}: a newer bbsbot wrote it`);
    expect(readdirSync(folder).filter((name) => name.includes("damaged"))).toEqual([]);
  }
});

test("an event that is as it was written, and yet none that we know, is refused rather than thrown away", async () => {
  const file = newFile();
  const store = await open(file);
  store.append(batch(1, [{ ...spawned("a"), type: "dreamed" } as never]));
  store.close();
  expect(await failureOf(open(file))).toBe(
    "Cannot understand event 1 in the database: another bbsbot wrote it",
  );
  expect(await failureOf(open(file))).toContain("Cannot understand event 1");
});

test("somebody else's file is refused with its name and left as it is", async () => {
  const text = newFile();
  const notes = "bots:\n  - this is no database, whatever its name says\n".repeat(100);
  writeFileSync(text, notes);
  for (let round = 0; round < 2; round++)
    expect(await failureOf(open(text))).toContain(`Cannot open "${text}"`);
  expect(await Bun.file(text).text()).toBe(notes);
  const foreign = newFile();
  const db = await openDb(foreign);
  db.exec("CREATE TABLE notes (text TEXT)");
  db.close();
  for (let round = 0; round < 2; round++)
    expect(await failureOf(open(foreign))).toContain("is not the database of a manager of ours");
});

test("a database that was taken away is begun anew, with a word on the backups", async () => {
  const file = newFile();
  const store = await open(file);
  fill(store, names(3), 1);
  store.backup(1_800_000_000_000);
  store.close();
  rmSync(file);
  const anew = await open(file);
  expect(anew.load().events).toEqual([]);
  expect(anew.told.join()).toContain(`backups of a former one are in "${statePlaces(file).backups}"`);
  anew.close();
});

test("state_file decides where everything lies; a .json name keeps its database beside it", () => {
  expect(statePlaces("/x/swarm_state.db")).toEqual({
    database: "/x/swarm_state.db",
    snapshot: undefined,
    lore: "/x/swarm_state.d/lore.db",
    series: "/x/swarm_state.d/series.db",
    backups: "/x/swarm_state.d/backups",
    bots: "/x/swarm_state.d/bots",
  });
  expect(statePlaces("/x/swarm_state.json")).toMatchObject({
    database: "/x/swarm_state.db",
    snapshot: "/x/swarm_state.json",
  });
  expect(statePlaces("/x/swarm").bots).toBe("/x/swarm.d/bots");
});
