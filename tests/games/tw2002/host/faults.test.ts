/** An event that fails halfway has not happened, for anybody. The failures are made here: a lookup that throws once. */
import { expect, test } from "bun:test";
import type { Galaxy } from "../../../../src/games/tw2002/host/galaxy.ts";
import {
  allRows,
  changedRows,
  galaxyFrom,
  type SavedRow,
  type SavedSighting,
} from "../../../../src/games/tw2002/host/saved.ts";
import { newGalaxy } from "../../../../src/games/tw2002/host/universe/newgame.ts";
import { atHome, comeBack, createTable, dial, enlist, noon, plain } from "./players.ts";

/** A table whose host has a keeper with its rows in memory. */
function keptTable(settings: Parameters<typeof createTable>[0] = {}) {
  const galaxy = newGalaxy({ seed: 1, at: noon, settings: { homePlanets: false, ...settings.settings } });
  const rows = new Map(allRows(galaxy).map((row) => [`${row.kind} ${row.id}`, row]));
  const sightings: SavedSighting[] = [];
  const faults: { said: string; caller: number | undefined }[] = [];
  const keep = (changed: Galaxy, changes: Galaxy["changed"]) => {
    for (const row of changedRows(changed, changes)) {
      if (row.body === undefined) rows.delete(`${row.kind} ${row.id}`);
      else rows.set(`${row.kind} ${row.id}`, row);
    }
    sightings.push(...changes.sightings);
  };
  const table = createTable({
    galaxy,
    keeper: {
      keep: (_, changed, changes) => keep(changed, changes),
      kept: () => galaxyFrom([...rows.values()], sightings),
      failed: (error, caller) => faults.push({ said: String(error), caller }),
    },
  });
  /** All that is kept, as text; and all there is. */
  const saved = () => dump([...rows.values()]);
  const there = () => dump(allRows(galaxy));
  return { table, galaxy, faults, saved, there };
}
const dump = (rows: readonly SavedRow[]) =>
  rows
    .map(({ kind, id, body }) => [kind, id, JSON.parse(body ?? "null")] as const)
    .sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));

/** The next look for an entry fails. */
function failNext(map: { get(key: number): unknown }): void {
  const { get } = map;
  map.get = () => {
    map.get = get;
    throw new Error("sabotage");
  };
}

test("a command that fails halfway has not happened: its caller is hung up, those who saw it and all others play on", () => {
  const { table, galaxy, faults, saved, there } = keptTable();
  const mover = enlist(table, "mover");
  const watcher = enlist(table, "watcher");
  const [trader] = [...galaxy.traders.values()];
  const turns = trader?.turnsLeft;
  table.take(watcher);
  // In the middle of the move: turns are spent, the ship is gone, its neighbour was told.
  failNext(galaxy.ports);
  const last = plain(table.press(mover, "2\r"));
  expect(faults).toEqual([{ said: "Error: sabotage", caller: mover }]);
  expect(last).toContain("The game has stumbled");
  expect(last).not.toContain("Sector  :");
  expect(table.closed).toEqual(new Set([mover]));
  expect(table.take(watcher)).toBe("");
  expect(trader).toMatchObject({ sector: 1, turnsLeft: turns, ship: { sector: 1 } });
  expect(galaxy.inSector.get(1)?.traders.has(trader as never)).toBe(true);
  expect(there()).toEqual(saved());
  // The watcher's colours and prompt are what they were, and he goes the same way unharmed.
  expect(table.press(watcher, "2\r")).toContain("\x1b[1;44m<Move>");
  expect(there()).toEqual(saved());
  expect(atHome(comeBack(table, "mover").screen)).toBe(true);
});

test("a newcomer whose first steps fail has never been", () => {
  const { table, galaxy, saved, there } = keptTable();
  const caller = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r", "Bolt\r"]) table.press(caller, keys);
  failNext(galaxy.ports);
  table.press(caller, "Y");
  expect(table.closed.has(caller)).toBe(true);
  expect(galaxy.traders.size).toBe(0);
  expect(galaxy.byLogin.size).toBe(0);
  expect(table.host.who(table.now)).toEqual([]);
  expect(there()).toEqual(saved());
  enlist(table, "zed");
});

test("who takes a trader over and fails leaves him to the one who had him", () => {
  const { table, galaxy } = keptTable();
  const first = enlist(table, "zed");
  const second = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r"]) table.press(second, keys);
  const trader = galaxy.traders.get(1);
  // His mail is looked through when the older line has been ended.
  Object.assign(trader?.mail ?? [], {
    filter() {
      throw new Error("sabotage");
    },
  });
  table.press(second, "pw\r");
  expect(table.closed).toEqual(new Set([second]));
  expect(plain(table.press(first, "/"))).toContain("Sect 1");
});

test("time's own work that fails is put off, and nobody is hung up", () => {
  const { table, galaxy, faults, saved, there } = keptTable({ settings: { aliens: true } });
  const zed = enlist(table, "zed");
  table.wait(120_000);
  expect(galaxy.wanderers.size).toBeGreaterThan(0);
  const [first] = galaxy.wanderers.values();
  const { sector } = first ?? { sector: 0 };
  let left = 5;
  const { pick } = galaxy.dice;
  Object.assign(galaxy.dice, {
    pick: (...args: Parameters<typeof pick>) => {
      if (left-- === 0) throw new Error("sabotage");
      return pick(...args);
    },
  });
  table.wait(60_000);
  expect(faults).toEqual([{ said: "Error: sabotage", caller: undefined }]);
  expect(first?.sector).toBe(sector);
  expect(atHome(plain(table.press(zed, "D")))).toBe(true);
  expect(there()).toEqual(saved());
  // A minute later they fly again.
  const before = [...galaxy.wanderers.values()].map((wanderer) => wanderer.sector);
  table.wait(60_000);
  expect([...galaxy.wanderers.values()].map((wanderer) => wanderer.sector)).not.toEqual(before);
  expect(faults.length).toBe(1);
});
