/** The galaxies in their database: loaded or made at the start, and kept up to date one transaction at a time. */
import type { Galaxy } from "./games/tw2002/host/galaxy.ts";
import type { Calendar, Host } from "./games/tw2002/host/mod.ts";
import { newGalaxy } from "./games/tw2002/host/universe/newgame.ts";
import {
  allRows,
  changedRows,
  galaxyFrom,
  type SavedRow,
  type SavedSighting,
  settingsRow,
} from "./games/tw2002/host/saved.ts";
import { defaultSettings, fixedSettings, type GameSettings } from "./games/tw2002/host/settings.ts";
import type { Db } from "./io/db.ts";
import { Refusal } from "./proto/refusal.ts";

/** A game as the sysop wants it. What is not said is left as the save has it, or as a new game has it. */
export interface GamePlan {
  readonly letter: string;
  readonly name?: string;
  readonly description?: string;
  /** What the universe grows from when it is made now. */
  readonly seed: number;
  readonly settings?: Partial<Omit<GameSettings, "password">>;
  /** What only a game that is made now takes, where `settings` says nothing. */
  readonly newSettings?: Partial<Omit<GameSettings, "password">>;
  /** Of a private game, as it is typed; "" opens it. */
  readonly password?: string;
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
  CREATE TABLE IF NOT EXISTS calendar (id INTEGER PRIMARY KEY CHECK (id = 0), shown INTEGER NOT NULL);
  PRAGMA user_version = ${schemaVersion};
`;

export type Keep = ReturnType<typeof createKeep>;

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
  const putShown = db.prepare("INSERT OR REPLACE INTO calendar (id, shown) VALUES (0, ?)");
  const put = (letter: string, rows: readonly SavedRow[], sightings: readonly SavedSighting[]) => {
    for (const { kind, id, body } of rows) {
      if (body === undefined) dropRow.run(letter, kind, id);
      else putRow.run(letter, kind, id, body);
    }
    for (const { trader, sector } of sightings) putSighting.run(letter, trader, sector);
  };
  const calendar = createCalendar(
    clock,
    Number(db.prepare("SELECT shown FROM calendar").get()?.["shown"] ?? 0),
  );
  const now = () => calendar.game(Date.now());

  const settingsFor = ({ letter, settings = {}, password }: GamePlan): Partial<GameSettings> => ({
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
      const rows = db.prepare("SELECT kind, id, body FROM rows WHERE game = ?").all(letter);
      if (rows.length === 0) return undefined;
      const sightings = db.prepare("SELECT trader, sector FROM sightings WHERE game = ?").all(letter);
      const wanted = settingsFor(plan);
      const galaxy = galaxyFrom(
        rows as unknown as SavedRow[],
        sightings as unknown as SavedSighting[],
        (saved) =>
          changedSettings(saved, wanted, (key, kept) => {
            log(`game ${letter} keeps its ${key} of ${String(kept)}: it was made with that`);
          }),
      );
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
      db.transaction(() => {
        db.prepare("DELETE FROM rows WHERE game = ?").run(plan.letter);
        db.prepare("DELETE FROM sightings WHERE game = ?").run(plan.letter);
        put(plan.letter, allRows(galaxy), []);
      });
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
        if (calendar.ahead) putShown.run(Math.ceil(now()));
      });
    },
  };
}

/** A calendar of its own speed that never goes back: it begins where it has been, or today. */
function createCalendar(rate: number, shown: number): Calendar & { readonly ahead: boolean } {
  const began = Date.now();
  const first = Math.max(began, shown);
  return {
    game: (wall) => Math.floor(first + (wall - began) * rate),
    wall: (game) => Math.ceil(began + (game - first) / rate),
    ahead: rate !== 1 || first > began,
  };
}

/** The saved settings with those that are wanted now, but for what a game keeps for life. */
function changedSettings(
  saved: GameSettings,
  wanted: Partial<GameSettings>,
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
  return { ...defaultSettings, ...saved, ...changes };
}
