/** Damage of every kind to the swarm's database: it is noticed, or it changes nothing; what was good before it is there again. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backupsIn, damagedKept } from "../../src/io/backup.ts";
import { openDb } from "../../src/io/db.ts";
import { openStore, statePlaces, type Store } from "../../src/io/store.ts";
import type { LifecycleEvent } from "../../src/proto/events.ts";
import { failureOf } from "../doubles/failure.ts";
import { spawned } from "../swarm/stories.ts";
import { batch, eventsOf, fill, names, session } from "./batches.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-rescue-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = Date.UTC(2026, 10, 23, 1, 12, 0);
const original = join(folder, "original");
let events: LifecycleEvent[];
let loaded: string;
let bytes: Buffer;
/** Events that the backup has. */
let backedUp: number;

beforeAll(async () => {
  const file = join(original, "swarm.db");
  const store = await openStore(file, at);
  const next = fill(store, names(60), 1);
  store.append(batch(next, [{ type: "cleared", bot: "bot_007", at: 30 }]));
  backedUp = next;
  store.backup(at);
  fill(store, names(10, 60), next + 1);
  store.close();
  const again = await openStore(file, at);
  const contents = again.load();
  events = contents.events;
  loaded = JSON.stringify(contents);
  again.close();
  bytes = readFileSync(file);
});

let copies = 0;
/** A copy of the original to be damaged. */
function copyOf(withBackups: boolean): string {
  const place = join(folder, `copy${copies++}`);
  cpSync(original, place, { recursive: true });
  const file = join(place, "swarm.db");
  if (!withBackups) for (const backup of backupsIn(statePlaces(file).backups)) rmSync(backup);
  return file;
}

/** Chance from a seed: the numbers of Numerical Recipes' generator, below `below`. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Opens what was damaged: unless it is noticed, all must be as it was; and what is there is always a beginning of what was. */
async function examine(file: string, atLeast: number): Promise<"noticed" | "harmless"> {
  const store = await openStore(file, at);
  try {
    const contents = store.load();
    if (store.told.length === 0) {
      expect(JSON.stringify(contents)).toBe(loaded);
      return "harmless";
    }
    expect(contents.events).toEqual(events.slice(0, contents.events.length));
    expect(contents.events.length).toBeGreaterThanOrEqual(atLeast);
    expect(contents.lastSeq).toBe(contents.events.length);
    expect(readdirSync(join(file, "..")).some((name) => name.includes(".damaged-20261123-011200"))).toBe(
      true,
    );
    // It can be written to from there on.
    store.append(batch(contents.lastSeq + 1, [spawned("later")]));
    return "noticed";
  } finally {
    store.close();
    rmSync(join(file, ".."), { recursive: true });
  }
}

function flip(file: string, places: number, roll: (below: number) => number, below = bytes.length): void {
  const damaged = Buffer.from(bytes);
  for (let index = 0; index < places; index++) damaged[roll(below)]! ^= 1 + roll(255);
  writeFileSync(file, damaged);
}

/** Changes a letter in the event of that bot, also where SQLite has left an older copy of the page. */
function misspell(content: Buffer, bot: string): Buffer {
  const damaged = Buffer.from(content);
  const text = `"bot":"${bot}","config_name"`;
  for (let place = damaged.indexOf(text); place >= 0; place = damaged.indexOf(text)) damaged[place + 8]! ^= 1;
  expect(damaged.equals(content)).toBe(false);
  return damaged;
}

test("20 changed bytes are noticed or harmless, with 60 seeds, with backups and without", async () => {
  const found = { noticed: 0, harmless: 0 };
  for (let seed = 0; seed < 60; seed++) {
    const withBackups = seed % 2 === 0;
    const file = copyOf(withBackups);
    flip(file, 20, dice(seed));
    found[await examine(file, withBackups ? backedUp : 0)]++;
  }
  expect(found.noticed).toBeGreaterThan(50);
}, 60_000);

test("a single changed byte is noticed or harmless, anywhere and in the file's head", async () => {
  const roll = dice(99);
  const found = { noticed: 0, harmless: 0 };
  for (let round = 0; round < 150; round++) {
    const file = copyOf(true);
    flip(file, 1, roll, round % 3 === 0 ? 100 : bytes.length);
    found[await examine(file, backedUp)]++;
  }
  expect(found.noticed).toBeGreaterThan(30);
  expect(found.harmless).toBeGreaterThan(30);
}, 60_000);

test("a letter changed in one event costs nothing where a backup has it: all that came after the backup is read on", async () => {
  const file = copyOf(true);
  // SQLite itself does not notice this: the page is in order.
  const damaged = misspell(bytes, "bot_003");
  writeFileSync(file, damaged);
  const store = await openStore(file, at);
  expect(JSON.stringify(store.load())).toBe(loaded);
  expect(store.told).toEqual([
    `The database was damaged: a row of events does not match its checksum; it is kept as "${file}.damaged-20261123-011200"`,
    `Restored from the backup "backup-20261123-011200.db": events up to ${backedUp}`,
    `${events.length - backedUp} events more were read from the damaged file, which is all that it had`,
  ]);
  expect(readFileSync(`${file}.damaged-20261123-011200`).equals(damaged)).toBe(true);
  store.close();
  const again = await openStore(file, at);
  expect(again.told).toEqual([]);
  again.close();
});

test("without a backup what stands before the damage is kept; how far bots were heard is forgotten then", async () => {
  const file = copyOf(false);
  writeFileSync(file, misspell(bytes, "bot_030"));
  const store = await openStore(file, at);
  expect(store.load()).toMatchObject({ events: events.slice(0, 120), lastSeq: 120, heard: [] });
  expect(eventsOf(store, "bot_002")).toHaveLength(24);
  expect(store.told.slice(1)).toEqual([
    "There is no good backup: what could be read of it is kept",
    "120 events more were read from the damaged file; those after number 120 are lost",
  ]);
  store.close();
});

test("rows that a damaged page hides are not passed over in silence: what is read on ends before them", async () => {
  const file = copyOf(false);
  const db = await openDb(file);
  db.exec("DELETE FROM events WHERE seq = 50");
  db.close();
  writeFileSync(file, misspell(readFileSync(file), "bot_030"));
  const store = await openStore(file, at);
  expect(store.load()).toMatchObject({ events: events.slice(0, 49), lastSeq: 49, heard: [] });
  store.close();
});

test("a damaged backup is passed over for the one before it", async () => {
  const file = copyOf(true);
  const { backups } = statePlaces(file);
  const [good] = backupsIn(backups);
  const whole = readFileSync(good!);
  writeFileSync(join(backups, "backup-20261123-001200.db"), whole);
  writeFileSync(good!, misspell(whole, "bot_003"));
  writeFileSync(file, "");
  const store = await openStore(file, at);
  expect(store.told.slice(0, 2)).toEqual([
    expect.stringContaining("it is empty"),
    `Restored from the backup "backup-20261123-001200.db": events up to ${backedUp}`,
  ]);
  expect(store.load().lastSeq).toBe(backedUp);
  store.close();
});

test("only so many damaged files are kept, the last ones", async () => {
  const file = copyOf(true);
  for (let round = 0; round < damagedKept + 3; round++) {
    writeFileSync(file, `round ${round} `.repeat(1000));
    (await openStore(file, at + (round % 2) * 1000)).close();
  }
  const kept = readdirSync(join(file, "..")).filter((name) => name.includes("damaged"));
  expect(kept).toHaveLength(damagedKept);
  expect(existsSync(`${file}.draft`)).toBe(false);
});

test("a damaged file that another manager has open is left alone", async () => {
  const file = copyOf(true);
  const first = await openStore(file, at);
  const head = Buffer.from("no database");
  const damaged = Buffer.from(bytes);
  head.copy(damaged);
  writeFileSync(file, damaged);
  expect(await failureOf(openStore(file, at))).toContain("Another manager uses");
  expect(readdirSync(join(file, "..")).filter((name) => name.includes("damaged"))).toEqual([]);
  first.close();
});

/** A store as kill -9 leaves it, with its newest events in SQLite's log. */
async function killed(write: (store: Store) => void): Promise<{ file: string; end: () => void }> {
  const place = join(folder, `killed${copies++}`);
  const file = join(place, "swarm.db");
  const store = await openStore(file, at);
  write(store);
  const copy = join(place, "copy");
  mkdirSync(copy);
  for (const ending of ["", "-wal"]) cpSync(file + ending, join(copy, `swarm.db${ending}`));
  store.close();
  return { file: join(copy, "swarm.db"), end: () => rmSync(place, { recursive: true }) };
}

test("SQLite's log cut off at 40 places: the store opens with a beginning of what was kept, batch by batch", async () => {
  const written: number[] = [0];
  const { file, end } = await killed((store) => {
    for (let seq = 1; seq < 100; seq += 3) {
      const heard = [{ bot: "a", session, upTo: seq }];
      store.append(batch(seq, [spawned(`a${seq}`), spawned(`b${seq}`), spawned(`c${seq}`)], { heard }));
      written.push(seq + 2);
    }
  });
  const log = readFileSync(`${file}-wal`);
  const main = readFileSync(file);
  const seen = new Set<number>();
  for (let cut = 0; cut <= 40; cut++) {
    writeFileSync(file, main);
    writeFileSync(`${file}-wal`, log);
    truncateSync(`${file}-wal`, Math.round((log.length * cut) / 40));
    const store = await openStore(file, at);
    const { events: kept, heard, lastSeq } = store.load();
    expect(store.told).toEqual([]);
    expect(written).toContain(lastSeq);
    expect(kept).toHaveLength(lastSeq);
    expect(heard.map(({ upTo }) => upTo)).toEqual(lastSeq === 0 ? [] : [lastSeq - 2]);
    seen.add(lastSeq);
    store.close();
  }
  expect(seen.size).toBeGreaterThan(20);
  expect(seen.has(99)).toBe(true);
  end();
});
