/** The galaxies in their database: loaded or made at the start, and kept up to date one transaction at a time. */
import type { Galaxy } from "./games/tw2002/host/galaxy.ts";
import type { Calendar, Host, Keeper } from "./games/tw2002/host/mod.ts";
import { newGalaxy } from "./games/tw2002/host/universe/newgame.ts";
import {
  allRows,
  changedRows,
  galaxyFrom,
  type SavedRow,
  type SavedSighting,
  settingsRow,
} from "./games/tw2002/host/saved.ts";
import {
  completed,
  fixedSettings,
  type GameSettings,
  type SomeSettings,
} from "./games/tw2002/host/settings.ts";
import type { Db } from "./io/db.ts";
import { Refusal } from "./proto/refusal.ts";

/** A game as the sysop wants it. What is not said is left as the save has it, or as a new game has it. */
export interface GamePlan {
  readonly letter: string;
  readonly name?: string;
  readonly description?: string;
  /** What the universe grows from when it is made now. */
  readonly seed: number;
  readonly settings?: Omit<SomeSettings, "password">;
  /** What only a game that is made now takes, where `settings` says nothing. */
  readonly newSettings?: Omit<SomeSettings, "password">;
  /** Of a private game, as it is typed; "" opens it. */
  readonly password?: string;
}

/**
 * Pages of 4 KB that the write-ahead log takes before they go into the database: the same few pages are written over and over
 * by those who play, and go in once.
 */
const logPages = 4096;
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
  CREATE TABLE IF NOT EXISTS calendar (id INTEGER PRIMARY KEY CHECK (id = 0), shown INTEGER NOT NULL);
  PRAGMA user_version = ${schemaVersion};
  PRAGMA wal_autocheckpoint = ${logPages};
`;

/** What waits to be written: the last state of each row. */
interface Pending {
  readonly rows: Map<string, SavedRow>;
  readonly sightings: SavedSighting[];
}
const keyOf = ({ kind, id }: SavedRow) => `${kind} ${id}`;

export type Keep = ReturnType<typeof createKeep>;

/** Refuses a database of another version. 0 is a new one's. */
export function checkVersion(db: Db, path: string): void {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() ?? {};
  if (version === 0 || version === schemaVersion) return;
  throw new Refusal(
    "bad_input",
    `Cannot use "${path}": it is of version ${String(version)}, expected ${schemaVersion}`,
  );
}

/**
 * A saved game; undefined when there is none of this letter. `rows` and `sightings` are what is newer than the save,
 * `resettle` what becomes of its settings. Refuses one that is damaged.
 */
export function readGame(
  db: Db,
  path: string,
  letter: string,
  newer: Partial<Pending> & { readonly resettle?: (saved: GameSettings) => GameSettings } = {},
): Galaxy | undefined {
  const rows = db.prepare("SELECT kind, id, body FROM rows WHERE game = ?").all(letter);
  if (rows.length === 0) return undefined;
  const sightings = db.prepare("SELECT trader, sector FROM sightings WHERE game = ?").all(letter);
  const known = new Map((rows as unknown as SavedRow[]).map((row) => [keyOf(row), row]));
  for (const [key, row] of newer.rows ?? []) {
    if (row.body === undefined) known.delete(key);
    else known.set(key, row);
  }
  const seen = [...(sightings as unknown as SavedSighting[]), ...(newer.sightings ?? [])];
  try {
    return galaxyFrom([...known.values()], seen, newer.resettle);
  } catch (error) {
    const why =
      error instanceof Error && error.message.startsWith("The saved") ? error.message : "it is damaged";
    throw new Refusal("bad_input", `Cannot read game ${letter} in "${path}": ${why}`);
  }
}

/** The moment that the games' calendar has come to by the save, ms since 1970; 0 for one that keeps to the wall's clock. */
export const calendarShown = (db: Db): number =>
  Number(db.prepare("SELECT shown FROM calendar").get()?.["shown"] ?? 0);

/** Opens the tables; refuses a database of another version. */
export function createKeep(
  db: Db,
  path: string,
  {
    clock,
    seal,
    log,
  }: { clock: number; seal: (password: string, salt: string) => string; log: (line: string) => void },
) {
  checkVersion(db, path);
  db.exec(schema);
  const putRow = db.prepare("INSERT OR REPLACE INTO rows (game, kind, id, body) VALUES (?, ?, ?, ?)");
  const dropRow = db.prepare("DELETE FROM rows WHERE game = ? AND kind = ? AND id = ?");
  const putSighting = db.prepare("INSERT OR IGNORE INTO sightings (game, trader, sector) VALUES (?, ?, ?)");
  const putShown = db.prepare("INSERT OR REPLACE INTO calendar (id, shown) VALUES (0, ?)");
  const put = (letter: string, rows: Iterable<SavedRow>, sightings: readonly SavedSighting[]) => {
    for (const { kind, id, body } of rows) {
      if (body === undefined) dropRow.run(letter, kind, id);
      else putRow.run(letter, kind, id, body);
    }
    for (const { trader, sector } of sightings) putSighting.run(letter, trader, sector);
  };
  const pending = new Map<string, Pending>();
  const read = (letter: string, resettle?: (saved: GameSettings) => GameSettings) =>
    readGame(db, path, letter, { ...pending.get(letter), ...(resettle && { resettle }) });
  const keepChanges: Keeper["keep"] = (letter, galaxy, changes) => {
    const rows = changedRows(galaxy, changes);
    if (rows.length + changes.sightings.length === 0) return;
    let more = pending.get(letter);
    if (!more) pending.set(letter, (more = { rows: new Map(), sightings: [] }));
    for (const row of rows) more.rows.set(keyOf(row), row);
    more.sightings.push(...changes.sightings);
  };
  const calendar = createCalendar(clock, calendarShown(db));
  const now = () => calendar.game(Date.now());

  const settingsFor = ({ letter, settings = {}, password }: GamePlan): SomeSettings => ({
    ...settings,
    ...(password === undefined ? {} : { password: password === "" ? "" : seal(password, letter) }),
  });
  const create = (plan: GamePlan) =>
    newGalaxy({
      seed: plan.seed,
      at: now(),
      settings: { ...plan.newSettings, ...settingsFor(plan) },
    });

  return {
    calendar,
    /** A saved game with what the plan changes of its settings; undefined when there is none of this letter. */
    load(plan: GamePlan): Galaxy | undefined {
      const { letter } = plan;
      const wanted = settingsFor(plan);
      const galaxy = read(letter, (saved) =>
        changedSettings(saved, wanted, (key, kept) => {
          log(`game ${letter} keeps its ${key} of ${String(kept)}: it was made with that`);
        }),
      );
      if (!galaxy) return undefined;
      // A clock that once was wrong must not stop the wanderers and the maintenance until it is right again.
      const { chronicle } = galaxy;
      chronicle.wanderedAt = Math.min(chronicle.wanderedAt, now());
      chronicle.maintainedAt = Math.min(chronicle.maintainedAt, now());
      db.transaction(() => put(letter, [settingsRow(galaxy)], []));
      return galaxy;
    },
    make(plan: GamePlan): Galaxy {
      const galaxy = create(plan);
      db.transaction(() => put(plan.letter, allRows(galaxy), []));
      return galaxy;
    },
    /** Another galaxy in place of a saved one; nothing of the old one is left. */
    remake(plan: GamePlan): Galaxy {
      const galaxy = create(plan);
      pending.delete(plan.letter);
      db.transaction(() => {
        db.prepare("DELETE FROM rows WHERE game = ?").run(plan.letter);
        db.prepare("DELETE FROM sightings WHERE game = ?").run(plan.letter);
        put(plan.letter, allRows(galaxy), []);
      });
      return galaxy;
    },
    /** Notes what an event has changed, for the next save. */
    keep: keepChanges,
    /** A game as the database and what waits for the next save have it. */
    kept(letter: string): Galaxy {
      const galaxy = read(letter);
      if (!galaxy) throw new Error(`Game ${letter} has never been saved`);
      return galaxy;
    },
    /** One transaction for everything up to now; none when nothing has changed. */
    save(changed: ReturnType<Host["takeChanges"]>): void {
      for (const { letter, galaxy, changes } of changed) keepChanges(letter, galaxy, changes);
      if (pending.size === 0) return;
      db.transaction(() => {
        for (const [letter, { rows, sightings }] of pending) put(letter, rows.values(), sightings);
        if (calendar.ahead) putShown.run(Math.ceil(now()));
      });
      pending.clear();
    },
  };
}

/** A calendar of its own speed that never goes back: it begins where it has been, or today. */
function createCalendar(rate: number, shown: number): Calendar & { readonly ahead: boolean } {
  const began = Date.now();
  const first = Math.max(began, shown);
  return {
    game: (wall) => Math.floor(first + (wall - began) * rate),
    // Never a moment too early: a sum of such size would lose the last fraction.
    wall: (game) => began + Math.ceil((game - first) / rate),
    ahead: rate !== 1 || first > began,
  };
}

/** The saved settings with those that are wanted now, but for what a game keeps for life. */
function changedSettings(
  saved: GameSettings,
  wanted: SomeSettings,
  kept: (key: keyof GameSettings, value: unknown) => void,
): GameSettings {
  const changes = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => {
      const key = name as keyof GameSettings;
      if (!fixedSettings.includes(key)) return true;
      if (value !== saved[key]) kept(key, saved[key]);
      return false;
    }),
  );
  return completed(changes, saved);
}
