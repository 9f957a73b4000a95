import { describe, expect, test } from "bun:test";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { helm } from "./helm.ts";
import { plain } from "./players.ts";
import { atGameMenu, galaxyOf, pick, replay, traderOf } from "./recorded.ts";
import { press, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";
import { testpilot, testpilotBegan } from "./testpilot.ts";

describe.skipIf(capturesMissing)(`the interrogation mode as it was recorded${whyMissing}`, () => {
  const zero = testpilotBegan;

  test("every key answers byte for byte", () => {
    const steps = stepsOf("04-basics");
    const { galaxy, host, caller } = testpilot();
    galaxy.traders.get(1)!.avoids = [998];
    replay(host, caller, pick(steps, { cim: [3], cim2: [] }), zero);
    expect(galaxy.traders.get(1)!.avoids).toEqual([100, 998]);
  });

  test("the map of somebody who has been about, byte for byte", () => {
    const [, dump] = pick(stepsOf("10-default-universe-newplayer"), { "cim-many": [] });
    const lines = dump?.expected.trim().split("\r\n") ?? [];
    const rows = lines.slice(0, -2).map((line) => line.trim().split(/ +/).map(Number));
    expect(rows.length).toBeGreaterThan(50);
    // A part of the recording was cut out: the map is what the dump itself tells, to the program that reads it.
    const universe = reveal("10-default-universe-newplayer", 5000, 0, zero);
    const sectors = universe.sectors.map((sector) => {
      const [, ...warps] = rows.find(([number]) => number === sector.number) ?? [];
      return { ...sector, warps };
    });
    const galaxy = galaxyOf(
      { ...universe, sectors },
      {},
      {
        at: zero,
        traders: [traderOf({ login: "botone", name: "botone", sector: 2768 })],
        seen: rows.map(([sector = 0]) => ({ trader: 1, sector })),
      },
    );
    const { host, caller } = atGameMenu(galaxy, "botone", zero);
    for (const keys of ["T\r", "N", "\r", "secret1\r", "\r", "^"]) press(host, caller, keys, zero);
    expect(press(host, caller, "I", zero)).toBe(dump?.expected ?? "");
  });
});

test("a long dump comes in pieces, and a space in the middle of it cuts it short", () => {
  const { table, caller, trader } = helm({ settings: { sectors: 5000 } });
  const begun = table.press(caller, "^U");
  expect(begun.split("\r\n").length).toBe(252);
  table.wait(1000);
  expect(table.take(caller)).toEndWith("\r\n\r\n: ");
  table.press(caller, "U");
  table.press(caller, " ");
  table.wait(20);
  expect(table.take(caller)).toBe("\r\n: ");
  table.press(caller, "U");
  // What was typed before the space goes with it, what comes after it is done.
  table.press(caller, "I S");
  table.wait(20);
  expect(table.take(caller)).toBe("\r\n: \r\nSector: ");
  table.press(caller, "5\r");
  trader.preferences = { ...trader.preferences, abort: "ALL KEYS" };
  table.press(caller, "U");
  table.press(caller, "x");
  table.wait(1000);
  expect(table.take(caller)).toBe("\r\n: ");
  expect(plain(table.press(caller, "Q"))).toStartWith("ENDINTERROG\n");
});

test("galaxies of more than 9,999 sectors have dumps with one column more", () => {
  const { table, caller } = helm({ settings: { sectors: 12_000 } });
  expect(table.press(caller, "^I")).toContain("\r\n    1     2     3     4     5     6     7\r\n");
});

test("a report of a port that is shut, or was never seen, is not in the dump", () => {
  const { table, caller, trader } = helm();
  const { galaxy } = table;
  const [sector] = [...galaxy.ports.values()].flatMap((port) => (port.portClass === 1 ? [port.sector] : []));
  const lines = () =>
    table
      .press(caller, "^RQ")
      .split("\r\n")
      .filter((line) => /%/.test(line));
  expect(lines()).toEqual([]);
  galaxy.seen.get(trader.id)?.add(sector!);
  expect(lines()).toHaveLength(1);
  galaxy.ports.get(sector!)!.destroyed = true;
  expect(lines()).toEqual([]);
});
