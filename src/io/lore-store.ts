/**
 * What is known of games, kept in a SQLite file of its own: a manager's for all its bots, or that of a bot which plays alone. Losing
 * it costs turns and nothing else, so it is written without waiting for the disk, and a damaged file is moved aside.
 */
import { renameSync, rmSync } from "node:fs";
import { type Lore, lineOf, loreText, readLine } from "../proto/lore.ts";
import { Refusal } from "../proto/refusal.ts";
import { type Db, isDiskTrouble } from "./db.ts";
import { openSpare } from "./spare-db.ts";

/** Lore of one place and one age of its universe. */
export interface Kept {
  readonly place: string;
  readonly age: number;
  readonly pieces: readonly Lore[];
}

export interface LoreStore {
  /** All that is kept of a place's latest age, as one text; rows that are no lore are counted and left out. */
  load(place: string): { readonly age: number; readonly lore: string; readonly dropped: number };
  /** The places of which something is kept. */
  places(): string[];
  /** Keeps pieces in one transaction, each instead of what it was before. A new age leaves a copy of the one before it. */
  save(kept: readonly Kept[]): void;
  close(): void;
}

/** Only ever append (spare-db.ts). */
const migrations: readonly string[] = [
  `CREATE TABLE places (id INTEGER PRIMARY KEY, place TEXT NOT NULL UNIQUE) STRICT;
   CREATE TABLE lore (place INTEGER NOT NULL, age INTEGER NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, value TEXT NOT NULL,
     PRIMARY KEY (place, age, key)) STRICT, WITHOUT ROWID;`,
];

/**
 * Opens or makes the file. What cannot be read is renamed to `<file>.damaged` and begun anew, with a note. undefined when another
 * process has it: then nothing is kept, with a note as well.
 */
export async function openLoreStore(
  file: string,
  note: (text: string) => void,
): Promise<LoreStore | undefined> {
  try {
    return await openSound(file);
  } catch (error) {
    if (isDiskTrouble(error) || (error instanceof Refusal && error.code === "conflict")) {
      note(
        `"${file}" ${isDiskTrouble(error) ? "cannot be used" : "is in use"}: what is learned of the game will not be kept`,
      );
      return undefined;
    }
    note(
      `"${file}" cannot be read and is moved aside: ${error instanceof Error ? error.message : String(error)}`,
    );
    for (const ending of ["-wal", "-shm"]) rmSync(`${file}${ending}`, { force: true });
    renameSync(file, `${file}.damaged`);
    return openSound(file);
  }
}

const openSound = async (file: string): Promise<LoreStore> =>
  storeIn(await openSpare(file, "lore", migrations));

function storeIn(db: Db): LoreStore {
  const idOf = db.prepare("SELECT id FROM places WHERE place = ?");
  const allPlaces = db.prepare("SELECT place FROM places ORDER BY id");
  const newPlace = db.prepare("INSERT INTO places (place) VALUES (?) ON CONFLICT DO NOTHING");
  const latest = db.prepare("SELECT max(age) AS age FROM lore WHERE place = ?");
  const all = db.prepare("SELECT key, at, value FROM lore WHERE place = ? AND age = ?");
  const keep = db.prepare(
    "INSERT INTO lore (place, age, key, at, value) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, value = excluded.value",
  );
  const forget = db.prepare("DELETE FROM lore WHERE place = ? AND age < ?");
  const ageOf = (id: number) => Number(latest.get(id)?.["age"] ?? 0);
  return {
    load(place) {
      const id = Number(idOf.get(place)?.["id"] ?? 0);
      const age = ageOf(id);
      const rows = all.all(id, age);
      const lines = rows.flatMap((row) => {
        const line = lineOf({ key: String(row["key"]), at: Number(row["at"]), value: String(row["value"]) });
        return readLine(line) ? [line] : [];
      });
      return { age, lore: loreText(age, lines), dropped: rows.length - lines.length };
    },
    places: () => allPlaces.all().map((row) => String(row["place"])),
    save(kept) {
      if (kept.length === 0) return;
      db.transaction(() => {
        for (const { place, age, pieces } of kept) {
          newPlace.run(place);
          const id = Number(idOf.get(place)!["id"]);
          const before = ageOf(id);
          for (const { key, at, value } of pieces) keep.run(id, age, key, at, value);
          if (age > before) forget.run(id, before);
        }
      });
    },
    close: () => db.close(),
  };
}
