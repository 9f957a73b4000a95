import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDb } from "../../src/io/db.ts";
import { openLoreStore } from "../../src/io/lore-store.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-lore-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;
const newFile = () => join(folder, `lore${number++}.db`);
const open = async (file: string, notes: string[] = []) =>
  (await openLoreStore(file, (text) => notes.push(text)))!;

const place = "localhost:2002/A";
const piece = (key: string, value: string, at = 5) => ({ key, at, value });

test("what was saved is there again, each place for itself, the last word of each key", async () => {
  const file = newFile();
  const store = await open(file);
  store.save([
    { place, age: 0, pieces: [piece("w1", "2,3"), piece("p1", "4")] },
    { place: "localhost:2002/B", age: 0, pieces: [piece("w1", "9")] },
  ]);
  store.save([{ place, age: 0, pieces: [piece("w1", "2,3,7", 6)] }]);
  store.close();
  const again = await open(file);
  expect(again.load(place)).toEqual({ age: 0, lore: "0\np1 5 4\nw1 6 2,3,7", dropped: 0 });
  expect(again.load("localhost:2002/B").lore).toBe("0\nw1 5 9");
  expect(again.load("elsewhere:1/A")).toEqual({ age: 0, lore: "0", dropped: 0 });
  again.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("of a universe made anew only the new age is known, and one copy of the age before is left", async () => {
  const file = newFile();
  const store = await open(file);
  for (let age = 0; age < 4; age++)
    store.save([{ place, age, pieces: [piece("w1", String(age)), piece(`w${age}`, "7")] }]);
  expect(store.load(place).lore).toBe("3\nw1 5 3\nw3 5 7");
  store.close();
  const db = await openDb(file);
  expect(db.prepare("SELECT DISTINCT age FROM lore ORDER BY age").all()).toEqual([{ age: 2 }, { age: 3 }]);
  db.close();
});

test("rows that are no lore are counted and left out", async () => {
  const file = newFile();
  const store = await open(file);
  store.save([{ place, age: 0, pieces: [piece("w1", "2")] }]);
  store.close();
  const db = await openDb(file);
  db.exec(
    `INSERT INTO lore VALUES (1, 0, 'two words', 5, '2'), (1, 0, 'w2', -5, '2'), (1, 0, 'w3', 5, 'a' || char(10) || 'w4 5 2')`,
  );
  db.close();
  const again = await open(file);
  expect(again.load(place)).toEqual({ age: 0, lore: "0\nw1 5 2", dropped: 3 });
  again.close();
});

test("a damaged file is moved aside with a note, and a new one begun", async () => {
  for (const damage of ["no database at all ".repeat(500), ""]) {
    const file = newFile();
    const store = await open(file);
    store.save([
      { place, age: 0, pieces: Array.from({ length: 3000 }, (_, sector) => piece(`w${sector}`, "2,3,4,5")) },
    ]);
    store.close();
    const bytes = readFileSync(file);
    // The second one still begins like a database; a page in its middle is gone.
    if (damage === "") bytes.fill(0xff, 8192, 16_384);
    writeFileSync(file, damage === "" ? bytes : damage);
    const notes: string[] = [];
    const anew = await open(file, notes);
    expect(notes.join()).toContain(`"${file}" cannot be read and is moved aside`);
    expect(existsSync(`${file}.damaged`)).toBe(true);
    anew.save([{ place, age: 0, pieces: [piece("w1", "2")] }]);
    expect(anew.load(place).lore).toBe("0\nw1 5 2");
    anew.close();
  }
});

test("a file that another process has is left alone, with a note", async () => {
  const file = newFile();
  const first = await open(file);
  const notes: string[] = [];
  expect(await openLoreStore(file, (text) => notes.push(text))).toBeUndefined();
  expect(notes.join()).toContain("is in use");
  first.save([{ place, age: 0, pieces: [piece("w1", "2")] }]);
  expect(first.load(place).lore).toBe("0\nw1 5 2");
  first.close();
});
