/** What the sysop does to a host while people are in the middle of something. */
import { expect, test } from "bun:test";
import { newGalaxy } from "../../../../src/games/tw2002/host/universe/newgame.ts";
import type { HostEffect } from "../../../../src/games/tw2002/host/mod.ts";
import { guessesBeforeCaution } from "../../../../src/games/tw2002/host/entry/returning.ts";
import { createTable, dial, enlist, noon, plain, type Table } from "./players.ts";

const words = (effects: readonly HostEffect[], caller: number) =>
  plain(
    effects
      .flatMap((effect) =>
        effect.type === "write" && effect.caller === caller
          ? [Buffer.from(effect.bytes).toString("latin1")]
          : [],
      )
      .join(""),
  );
const fresh = () => newGalaxy({ seed: 9, at: noon, settings: { homePlanets: false } });
const sectorOf = ({ galaxy }: Table, id: number) => galaxy.traders.get(id)?.sector;

test("a message to all cuts in at prompts, waits behind questions, and is nothing to those at the door", () => {
  const table = createTable();
  const home = enlist(table, "home");
  const asked = enlist(table, "asked");
  const door = dial(table, "door");
  table.press(asked, "Q");
  const { heard, effects } = table.host.broadcast("Back at ~R noon", table.now);
  expect(heard).toBe(2);
  expect(words(effects, home)).toMatch(/Sysop message: Back at ~R noon\n.*Help\)\? : $/s);
  expect(words(effects, asked) + words(effects, door)).toBe("");
  expect(plain(table.press(asked, "N"))).toContain("Sysop message: Back at ~R noon");
});

test("whoever is kicked on his way stays where he was paid to be, and his keys typed ahead go nowhere", () => {
  const table = createTable({ settings: { shipDelayMs: 1000 }, latencyMs: 150 });
  const caller = enlistLate(table, "zed");
  table.press(caller, "2\r3\r");
  const turns = table.galaxy.traders.get(1)?.turnsLeft;
  const { kicked } = table.host.kick("ZED", table.now);
  expect(kicked).toBe(1);
  table.wait(10_000);
  expect(table.closed.has(caller)).toBe(true);
  expect(table.galaxy.traders.get(1)?.turnsLeft).toBe(turns);
  expect(sectorOf(table, 1)).toBe(1);
  expect(table.host.callers).toBe(0);
});

test("nothing that was under way reaches the game that is begun anew, nor do wrong guesses of the old one", () => {
  const table = createTable({ settings: { shipDelayMs: 1000 }, latencyMs: 150 });
  const mover = enlistLate(table, "mover");
  const guesser = dialLate(table, "mover");
  for (const keys of ["T\r", "N", "\r"]) pressLate(table, guesser, keys);
  table.press(mover, "2\r");
  const galaxy = fresh();
  table.host.replace("A", galaxy, table.now);
  table.press(mover, "3\r");
  table.press(guesser, "pw\r");
  table.wait(10_000);
  expect(table.closed).toEqual(new Set([mover, guesser]));
  expect(table.take(mover)).toContain("begun this game anew");
  expect(galaxy.traders.size).toBe(0);
  expect(table.host.takeChanges()[0]?.changes.trader.size).toBe(0);
});

test("a guess against a trader of the old game is not held against one of the new", () => {
  const table = createTable();
  table.host.hungUp(enlist(table, "zed"), table.now);
  for (let guess = 0; guess < guessesBeforeCaution; guess += 5) {
    const caller = dial(table, "zed");
    for (const keys of ["T\r", "N", "\r"]) table.press(caller, keys);
    for (let count = 0; count < 5; count++) table.press(caller, "x\r");
  }
  table.host.replace("A", fresh(), table.now);
  table.host.hungUp(enlist(table, "zed"), table.now);
  const caller = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r"]) table.press(caller, keys);
  expect(plain(table.press(caller, "pw\r"))).toContain("messages");
});

function pressLate(table: Table, caller: number, keys: string): void {
  table.press(caller, keys);
  table.wait(150);
}
function dialLate(table: Table, name: string): number {
  const caller = table.connect();
  for (const keys of ["\xff\xfc\xf6", `${name}\r`, "A", "\r"]) pressLate(table, caller, keys);
  return caller;
}
function enlistLate(table: Table, name: string): number {
  const caller = dialLate(table, name);
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r", "Bolt\r", "Y"])
    pressLate(table, caller, keys);
  return caller;
}
