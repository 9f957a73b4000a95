import { expect, test } from "bun:test";
import { createDice } from "../../../../src/games/tw2002/host/dice.ts";
import { bigBang } from "../../../../src/games/tw2002/host/universe/bigbang.ts";
import { warp } from "../../../../src/games/tw2002/host/galaxy.ts";
import { newGalaxy } from "../../../../src/games/tw2002/host/universe/newgame.ts";
import { allRows, changedRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import { products } from "../../../../src/games/tw2002/rules/ports.ts";
import { atHome, createTable, enlist, noon, plain, type Table } from "./players.ts";
import { stockAt } from "../../../../src/games/tw2002/host/stock.ts";

test("a message cuts in at the command prompt and waits behind any other", () => {
  const table = createTable({ seed: 3 });
  const zed = enlist(table, "Zed Zander");
  const wingman = enlist(table, "Wingman");
  table.take(zed);
  table.press(wingman, "`Hello from Wingman\r");
  const prompt = (sector: number) =>
    `\r\n\x1b[35mCommand [\x1b[1;33mTL\x1b[0;33m=\x1b[1m00:00:00\x1b[0;35m]\x1b[1;37m:\x1b[0;35m[\x1b[1;36m${sector}\x1b[0;35m] (\x1b[1;33m?=Help\x1b[0;35m)? : `;
  expect(table.take(zed)).toBe(
    `\r\x1b[K\x1b[33mF \x1b[1;36mWingma \x1b[33mHello from Wingman\r\x1b[0m\n${prompt(1)}`,
  );
  table.press(wingman, "'subspace hello\r");
  expect(table.take(zed)).toBe(
    `\r\x1b[K\x1b[1A\x1b[36mR \x1b[1mWingma \x1b[33msubspace hello\r\x1b[0m\n${prompt(1)}`,
  );
  table.press(zed, "M");
  table.press(wingman, "`second message\r");
  expect(table.take(zed)).toBe("");
  expect(table.press(zed, "1\r")).toEndWith(
    `\x1b[32mYou are already in that sector!\r\x1b[0m\n\r\n\x1b[33mF \x1b[1;36mWingma \x1b[33msecond message\r\x1b[0m\n${prompt(1)}`,
  );
});

test("whoever is at his prompt sees others come, and finds them in the sector", () => {
  const table = createTable({ seed: 3 });
  const zed = enlist(table, "Zed");
  const wingman = enlist(table, "Wingman");
  table.press(zed, "2\r");
  table.press(wingman, "2\r");
  expect(table.take(zed)).toContain("\r\x1b[K\x1b[1;36mWingman \x1b[0;32mwarps into the sector.\r\x1b[0m\n");
  expect(table.press(zed, "D")).toContain(
    "\x1b[33mTraders \x1b[1m: \x1b[36mCivilian Wingman\x1b[0;34m\x1b[1;33m,\x1b[0;32m w/ \x1b[1;33m30\x1b[0;32m ftrs\x1b[1;33m,\r\x1b[0m\n      \x1b[32m     in \x1b[36mWingman I \x1b[32m(",
  );
});

test("keys typed ahead are played in order, nothing lost", () => {
  const table = createTable({ seed: 3 });
  const caller = enlist(table, "Zed");
  expect(table.press(caller, "D".repeat(20)).match(/<Re-Display>/g)?.length).toBe(20);
  const there = table.press(caller, "2\r1\r2\r1\r/////");
  expect(there.match(/Warping to Sector/g)?.length).toBe(4);
  expect(there.match(/Sect 1\xb3/g)?.length).toBe(5);
});

test("without turns neither ship nor port will move, and turns come back by the hour", () => {
  const table = createTable({ seed: 3, settings: { turnsPerDay: 24 } });
  const caller = enlist(table, "Zed");
  for (let warp = 0; warp < 8; warp++) table.press(caller, warp % 2 === 0 ? "2\r" : "1\r");
  expect(plain(table.press(caller, "2\r"))).toContain("2\n<Move>\nYou don't have enough turns left.\n");
  expect(plain(table.press(caller, "PT"))).toContain("Docking...\nYou don't have any turns left.\n");
  table.press(caller, "Q");
  table.press(caller, "Y");
  table.now += 3 * 3_600_000;
  for (const keys of ["T\r", "N", "\r", "pw\r", "\r"]) table.press(caller, keys);
  expect(plain(table.press(caller, "/"))).toContain("Turns 3");
});

test("a class 0 port sells holds, and asks what they cost before it takes the money", () => {
  const table = createTable({ seed: 3, settings: { startCredits: 20_000 } });
  const caller = enlist(table, "Zed");
  table.press(caller, "PT");
  expect(plain(table.press(caller, "A"))).toContain("Installing your next Cargo hold will cost 604 credits.");
  expect(plain(table.press(caller, "20\r"))).toContain("The cost for 20 more holds is 15,900 credits.");
  table.press(caller, "Y");
  expect(atHome(plain(table.press(caller, "Q")))).toBe(true);
  expect(table.host.books()[0]).toMatchObject({ credits: 4100, holds: 40 });
});

test("a trade moves credits, cargo and stock together, and the stock grows back", () => {
  const table = createTable({ seed: 3, settings: { startCredits: 5000 } });
  const caller = enlist(table, "Zed");
  const [trader] = table.galaxy.traders.values();
  const port = [...table.galaxy.ports.values()].find(({ portClass }) => portClass === 7);
  const ore = port?.stocks[0];
  if (!trader || !port || !ore) throw new Error("No port that sells everything");
  warp(table.galaxy, trader, port.sector);
  expect(plain(table.press(caller, "PT"))).toContain("For finding this unused port you receive 1 experience");
  const price = /We'll sell them for (\d+) credits/.exec(plain(table.press(caller, "15\r")))?.[1];
  table.press(caller, "\r");
  expect(trader).toMatchObject({ credits: 5000 - Number(price), turnsUsed: 1 });
  expect(trader.ship.cargo["Fuel Ore"]).toBe(15);
  expect(stockAt(table.galaxy, ore, table.now)).toBe(10 * ore.productivity - 15);
  expect(stockAt(table.galaxy, ore, table.now + 86_400_000)).toBe(10 * ore.productivity);
});

test("what another trader has just bought cannot be bought again", () => {
  const table = createTable({ seed: 3, settings: { startCredits: 50_000 } });
  const callers = [enlist(table, "Zed"), enlist(table, "Wingman")] as const;
  const port = [...table.galaxy.ports.values()].find(({ portClass }) => portClass === 7);
  const ore = port?.stocks[0];
  if (!port || !ore) throw new Error("No port that sells everything");
  Object.assign(ore, { amount: 20, at: table.now });
  for (const trader of table.galaxy.traders.values()) warp(table.galaxy, trader, port.sector);
  for (const caller of callers) table.press(caller, "PT20\r");
  expect(plain(table.press(callers[0], "\r"))).not.toContain("not interested");
  expect(plain(table.press(callers[1], "\r"))).toContain("We're not interested.");
  expect(stockAt(table.galaxy, ore, table.now)).toBe(0);
  expect([...table.galaxy.traders.values()].map(({ ship }) => ship.cargo["Fuel Ore"])).toEqual([20, 0]);
});

test("two hundred callers play side by side, and each key answers its own caller", () => {
  const table = createTable({ seed: 3 });
  const callers = Array.from({ length: 200 }, (_, index) => enlist(table, `Trader ${index}`));
  for (const caller of callers) expect(atHome(plain(table.press(caller, "I")))).toBe(true);
  expect(table.host.callers).toBe(200);
  expect(table.host.books().length).toBe(200);
});

/** Credits, cargo and stock of the whole galaxy, to see that nothing is made or lost but by trade. */
const units = (table: Table) =>
  products.map((product) =>
    [...table.galaxy.traders.values()].reduce((sum, { ship }) => sum + ship.cargo[product], 0),
  );

test("random keys never break the game: every caller can be led back to a command prompt", () => {
  const dice = createDice(2002);
  const table = createTable({ seed: 4, settings: { sectors: 200, turnsPerDay: 5000, startCredits: 5000 } });
  const callers = Array.from({ length: 5 }, (_, index) => enlist(table, `Zed ${index}`));
  const keys = "DIMPTCFRKVXTQYNESA123456789\r\r\r\r0/#?^*`'=<\b \x1b\x91\xff\xff~$,.5\n\x00";
  const screens = new Map<number, string>();
  const press = (caller: number, key: string) => {
    const screen = ((screens.get(caller) ?? "") + plain(table.press(caller, key))).slice(-300);
    screens.set(caller, screen);
    return screen;
  };
  for (let round = 0; round < 6000; round++) {
    const caller = dice.pick(callers, "a caller");
    const key = keys.charAt(dice.between(0, keys.length - 1, "a key"));
    // Leaving the game would only end the play.
    const leaving = screens.get(caller)?.endsWith("Confirmed? (Y/N)? ");
    press(caller, leaving ? "N" : key);
    if (round % 500 === 0) table.wait(1000);
  }
  for (const caller of callers) {
    // Some of these, in some order, lead out of wherever the keys have led.
    let screen = press(caller, "\r");
    for (let out = 0; out < 400 && !atHome(screen); out++) {
      screen = press(
        caller,
        screen.endsWith("Confirmed? (Y/N)? ") ? "N" : dice.pick(["\r", "Q", "N", "Y", "E"], "a way out"),
      );
    }
    expect(screen.slice(-60)).toEndWith("(?=Help)? : ");
  }
  for (const trader of table.galaxy.traders.values()) {
    expect(trader.credits).toBeGreaterThanOrEqual(0);
    expect(trader.turnsLeft).toBeGreaterThanOrEqual(0);
    expect(products.every((product) => trader.ship.cargo[product] >= 0)).toBe(true);
  }
  expect(units(table).every((sum) => sum >= 0)).toBe(true);
});

test("a galaxy comes back from its rows as it was, dice and all", () => {
  const table = createTable({ seed: 5 });
  const rows = new Map(allRows(table.galaxy).map((row) => [`${row.kind} ${row.id}`, row]));
  const sightings: { trader: number; sector: number }[] = [];
  const keep = () => {
    for (const { galaxy, changes } of table.host.takeChanges()) {
      for (const row of changedRows(galaxy, changes)) rows.set(`${row.kind} ${row.id}`, row);
      sightings.push(...changes.sightings);
    }
  };
  const caller = enlist(table, "Zed");
  keep();
  for (const keys of ["2\r", "3\r", "PT\r\r\r\r\r", "CV17\rQ"]) {
    table.press(caller, keys);
    keep();
  }
  const again = galaxyFrom([...rows.values()], sightings);
  expect([...again.traders.values()]).toEqual([...table.galaxy.traders.values()]);
  expect([...again.ports.values()]).toEqual([...table.galaxy.ports.values()]);
  expect(again.sectors).toEqual(table.galaxy.sectors);
  const seen = (one: typeof again) => [...one.seen].map(([trader, sectors]) => [trader, [...sectors]]);
  expect(seen(again)).toEqual(seen(table.galaxy));
  expect(again.dice.roll("")).toBe(table.galaxy.dice.roll(""));
});

test("a universe has the warps, ports and reach of a real one, and is the same for the same seed", () => {
  const universe = bigBang({ sectors: 5000, seed: 8, at: noon });
  const degrees = universe.sectors.map(({ warps }) => warps.length);
  const share = (warps: number) => degrees.filter((count) => count === warps).length / 5000;
  // A real one of 5,000: 955, 1606, 1304, 716, 274, 145.
  for (const [index, real] of [955, 1606, 1304, 716, 274, 145].entries()) {
    expect(Math.abs(share(index + 1) - real / 5000)).toBeLessThan(0.02);
  }
  expect(Math.max(...degrees)).toBe(6);
  expect(universe.sectors[universe.stardock - 1]?.warps.length).toBe(6);
  const classes = Map.groupBy(universe.ports.values(), ({ portClass }) => portClass);
  expect([1, 2, 3].map((portClass) => classes.get(portClass as 1)?.length)).toEqual([380, 380, 380]);
  expect(classes.get(0)?.map(({ name }) => name)).toContain("Sol");
  expect(classes.get(9)?.length).toBe(1);
  expect(bigBang({ sectors: 5000, seed: 8, at: noon })).toEqual(universe);
  expect(bigBang({ sectors: 5000, seed: 9, at: noon })).not.toEqual(universe);
});

test("every sector can be reached from every other, at any size", () => {
  for (const [sectors, seed] of [
    [100, 1],
    [1000, 2],
    [5000, 3],
  ] as const) {
    const { sectors: all } = newGalaxy({ seed, at: noon, settings: { sectors } });
    const reach = (step: (sector: number) => readonly number[]) => {
      const seen = new Set([1]);
      for (const sector of seen) for (const next of step(sector)) seen.add(next);
      return seen.size;
    };
    const into = new Map<number, number[]>();
    for (const { number, warps } of all) {
      for (const warp of warps) into.set(warp, [...(into.get(warp) ?? []), number]);
    }
    expect(reach((sector) => all[sector - 1]?.warps ?? [])).toBe(sectors);
    expect(reach((sector) => into.get(sector) ?? [])).toBe(sectors);
  }
  expect(() => newGalaxy({ seed: 1, at: noon, settings: { sectors: 99 } })).toThrow("expected 100 to 20000");
});
