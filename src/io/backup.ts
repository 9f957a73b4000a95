/** Copies of the swarm's database, made while it is used, and damaged files kept for whoever wants to look into them. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Db } from "./db.ts";

/** Backups kept; with one an hour, a day of them. */
export const backupsKept = 24;
/** Pace of the backups, in ms. */
export const backupEveryMs = 60 * 60_000;
/** Damaged files kept, each with its log. */
export const damagedKept = 5;

/** Copies are made under a name with this ending, and get their own when they are whole. */
const draftEnding = ".draft";
const backupName = /^backup-\d{8}-\d{6}\.db$/;

/** The moment as it stands in a name, UTC: 20261123-011502. */
export const stamp = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
/** The moment of a backup, in ms since 1970, from its name. */
const momentOf = (file: string): number =>
  Date.parse(basename(file).replace(/^backup-(....)(..)(..)-(..)(..)(..)\.db$/, "$1-$2-$3T$4:$5:$6Z"));

/** The backups in a folder, the newest first. */
export function backupsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => backupName.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** Makes a backup unless the newest is younger than `backupEveryMs`, and lets the oldest go. Errors: SQLite's and the file system's. */
export function backUp(db: Db, folder: string, now: number): void {
  const [newest] = backupsIn(folder);
  // One from the future is the work of a clock that was wrong.
  const age = newest === undefined ? Infinity : now - momentOf(newest);
  if (age >= 0 && age < backupEveryMs) return;
  prepareBackups(folder);
  const file = join(folder, `backup-${stamp(now)}.db`);
  const draft = file + draftEnding;
  forgetDrafts(folder);
  try {
    // For its owner's eyes: SQLite itself would make it for everybody's.
    closeSync(openSync(draft, "w", 0o600));
    db.prepare("VACUUM INTO ?").run(draft);
    settle(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  for (const old of backupsIn(folder).slice(backupsKept)) rmSync(old, { force: true });
}

/** Of a process that was killed at it. */
function forgetDrafts(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.endsWith(draftEnding)) rmSync(join(folder, name), { force: true });
}

/** Gives a whole file its name so that after a power cut there is the former file under it, or this one. */
export function settle(draft: string, file: string): void {
  sync(draft);
  renameSync(draft, file);
  sync(dirname(file));
}

function sync(path: string): void {
  const opened = openSync(path, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Makes the folder of the backups, for its owner alone. */
export const prepareBackups = (folder: string): void =>
  void mkdirSync(folder, { recursive: true, mode: 0o700 });

/** Copies a damaged database, with what SQLite has beside it, under a name of its own; the oldest such copies go. Returns the name. */
export function setAside(database: string, now: number): string {
  const stem = `${database}.damaged-${stamp(now)}`;
  let aside = stem;
  for (let n = 1; existsSync(aside); n++) aside = `${stem}.${n}`;
  for (const ending of ["", "-wal"])
    if (existsSync(database + ending)) copyFileSync(database + ending, aside + ending);
  const folder = dirname(database);
  const former = readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(database)}.damaged-`) && !name.endsWith("-wal"))
    .sort();
  for (const name of former.slice(0, -damagedKept))
    for (const ending of ["", "-wal"]) rmSync(join(folder, name + ending), { force: true });
  return aside;
}
