/** What comes and goes with time and presence: turns at the full hour, the turns of a retreat, a ship hidden while its pilot is off. */
import { expect, test } from "bun:test";
import { sectorAt, warp } from "../../../../src/games/tw2002/host/galaxy.ts";
import { hourAfter } from "../../../../src/games/tw2002/host/ages/hours.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import { helm } from "./helm.ts";
import { atHome, comeBack, enlist, plain } from "./players.ts";

const hourMs = 3_600_000;
const patient = { settings: { turnsPerDay: 240, inactivityMs: 10 * hourMs } };

test("at the full hour turns come back, a day's at the most, and whoever is on is told over his prompt", () => {
  const { table, caller, trader } = helm(patient);
  trader.turnsLeft = 100;
  table.take(caller);
  table.wait(hourAfter(table.now) - table.now - 1);
  expect(table.take(caller)).toBe("");
  table.wait(1);
  const told = table.take(caller);
  expect(told).toStartWith(
    "\r\x1b[KYou recover \x1b[1;36m10\x1b[0;35m of your turns.\r\x1b[0m\n\r\n\x1b[35mCommand [",
  );
  expect(atHome(plain(told))).toBe(true);
  trader.turnsLeft = 237;
  table.wait(hourMs);
  expect(plain(table.take(caller))).toContain("You recover 3 of your turns.\n");
  table.wait(hourMs);
  expect(table.take(caller)).toBe("");
  expect(trader.turnsLeft).toBe(240);
});

test("in the middle of a question the hour's turns are there at once, and told at the next command prompt", () => {
  const { table, caller, trader } = helm(patient);
  trader.turnsLeft = 100;
  table.press(caller, "Q");
  table.wait(hourMs);
  expect(table.take(caller)).toBe("");
  expect(trader.turnsLeft).toBe(110);
  expect(plain(table.press(caller, "N"))).toContain("You recover 10 of your turns.\n");
});

test("a retreat costs the turns of a warp, or what there is", () => {
  const { table, caller, trader } = helm(patient);
  const here = table.galaxy.sectors.find(({ number, warps }) => number > 10 && warps.length > 1)!;
  const [next] = here.warps;
  warp(table.galaxy, trader, here.number);
  sectorAt(table.galaxy, next!).fighters = { owner: { type: "mercenaries" }, count: 5, mode: "defensive" };
  for (const [had, left] of [
    [100, 94],
    [4, 0],
  ] as const) {
    trader.turnsLeft = had;
    expect(plain(table.press(caller, `M${next}\r`))).toContain("Option? (A,D,I,R,S,?):? ");
    expect(atHome(plain(table.press(caller, "R")))).toBe(true);
    expect([trader.sector, trader.turnsLeft]).toEqual([here.number, left]);
  }
});

test("whoever quits with a Cloaking Device is asked about it; engaged it is used up and hides him until he is back", () => {
  const { table, caller, trader } = helm();
  const wingmanAt = enlist(table, "Wingman");
  trader.ship.gear.cloaks = 2;
  expect(plain(table.press(caller, "QY"))).toEndWith("Yes\nDo you wish to engage a Cloaking Device? ");
  // Other keys are nothing, and Enter is a No.
  expect(table.press(caller, "X\r")).toStartWith("\x1b[1;36mNo\r\x1b[0m\n\x1b[0m\r\n");
  expect(trader.ship.gear.cloaks).toBe(2);
  expect(plain(table.press(wingmanAt, "D"))).toContain("Civilian Zed");
  for (const keys of ["T\r", "N", "\r", "pw\r", "\r", "\r"]) table.press(caller, keys);
  table.press(caller, "QYY");
  expect([trader.ship.gear.cloaks, trader.ship.cloaked]).toEqual([1, true]);
  expect(plain(table.press(wingmanAt, "D"))).not.toContain("Zed");
  const saved = galaxyFrom(allRows(table.galaxy), []);
  expect(saved.traders.get(trader.id)?.ship.cloaked).toBe(true);
  expect(atHome(comeBack(table, "Zed").screen)).toBe(true);
  expect(trader.ship.cloaked).toBe(false);
  expect(plain(table.press(wingmanAt, "D"))).toContain("Civilian Zed");
});
