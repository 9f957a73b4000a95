/** The galaxies in their database: loaded or made at the start, and kept up to date one transaction at a time. */
import { type Galaxy } from "./games/tw2002/host/galaxy.ts";
import type { Host } from "./games/tw2002/host/mod.ts";
import { newGalaxy } from "./games/tw2002/host/newgame.ts";
import {
  allRows,
  changedRows,
  galaxyFrom,
  type SavedRow,
  type SavedSighting,
} from "./games/tw2002/host/saved.ts";
import type { Db } from "./io/db.ts";
import { Refusal } from "./proto/refusal.ts";

/** What is asked of a new game. */
export interface Wanted {
  readonly seed: number;
  readonly sectors?: number;
  readonly turnsPerDay?: number;
}

const schemaVersion = 2;
const schema = `
  CREATE TABLE IF NOT EXISTS rows (
    game TEXT NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (game, kind, id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sightings (
    game TEXT NOT NULL, trader INTEGER NOT NULL, sector INTEGER NOT NULL,
    PRIMARY KEY (game, trader, sector)
  ) WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};
`;

/** Opens the tables; refuses a database of another version. */
export function createKeep(db: Db, path: string, log: (line: string) => void) {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() ?? {};
  if (version !== 0 && version !== schemaVersion) {
    db.close();
    throw new Refusal(
      "bad_input",
      `Cannot use "${path}": it is of version ${String(version)}, expected ${schemaVersion}`,
    );
  }
  db.exec(schema);
  const putRow = db.prepare("INSERT OR REPLACE INTO rows (game, kind, id, body) VALUES (?, ?, ?, ?)");
  const dropRow = db.prepare("DELETE FROM rows WHERE game = ? AND kind = ? AND id = ?");
  const putSighting = db.prepare("INSERT OR IGNORE INTO sightings (game, trader, sector) VALUES (?, ?, ?)");
  const put = (letter: string, rows: readonly SavedRow[], sightings: readonly SavedSighting[]) => {
    for (const { kind, id, body } of rows) {
      if (body === undefined) dropRow.run(letter, kind, id);
      else putRow.run(letter, kind, id, body);
    }
    for (const { trader, sector } of sightings) putSighting.run(letter, trader, sector);
  };
  return {
    load(letter: string, wanted: Wanted): Galaxy | undefined {
      const rows = db.prepare("SELECT kind, id, body FROM rows WHERE game = ?").all(letter);
      if (rows.length === 0) return undefined;
      const sightings = db.prepare("SELECT trader, sector FROM sightings WHERE game = ?").all(letter);
      const galaxy = galaxyFrom(rows as unknown as SavedRow[], sightings as unknown as SavedSighting[]);
      const { sectors, turnsPerDay } = galaxy.settings;
      const other =
        (wanted.sectors ?? sectors) !== sectors || (wanted.turnsPerDay ?? turnsPerDay) !== turnsPerDay;
      if (other) {
        log(`game ${letter} keeps its ${sectors} sectors and ${turnsPerDay} turns a day from "${path}"`);
      }
      return galaxy;
    },
    make(letter: string, { seed, sectors, turnsPerDay }: Wanted): Galaxy {
      const galaxy = newGalaxy({
        seed: seed + letter.charCodeAt(0),
        at: Date.now(),
        settings: {
          ...(sectors === undefined ? {} : { sectors }),
          ...(turnsPerDay === undefined ? {} : { turnsPerDay }),
        },
      });
      db.transaction(() => put(letter, allRows(galaxy), []));
      return galaxy;
    },
    /** One transaction for everything; none when nothing has changed. */
    save(changed: ReturnType<Host["takeChanges"]>): void {
      const work = changed
        .map(({ letter, galaxy, changes }) => ({
          letter,
          rows: changedRows(galaxy, changes),
          sightings: changes.sightings,
        }))
        .filter(({ rows, sightings }) => rows.length + sightings.length > 0);
      if (work.length === 0) return;
      db.transaction(() => {
        for (const { letter, rows, sightings } of work) put(letter, rows, sightings);
      });
    },
  };
}
