/** Ports: their menus, the trade with a planet, crime, building; replays of what was recorded and rules that must hold. */
import { describe, expect, test } from "bun:test";
import { addPlanet, openPort, warp } from "../../../../src/games/tw2002/host/galaxy.ts";
import { dealOf } from "../../../../src/games/tw2002/host/haggle.ts";
import { formPlanet } from "../../../../src/games/tw2002/host/planet.ts";
import type { Planet, Port, Trader } from "../../../../src/games/tw2002/host/things.ts";
import { percentOf, portPlan, products, sideOf } from "../../../../src/games/tw2002/rules/ports.ts";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { loadedDice } from "./loaded-dice.ts";
import { atHome, createTable, enlist, noon, plain, type Table } from "./players.ts";
import { atGameMenu, galaxyOf, traderOf } from "./recorded.ts";
import { press, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";
import { stockAt, stockMax } from "../../../../src/games/tw2002/host/stock.ts";

/** Sentences of the story around a crime, which are our own: the recorded lines that are not compared. */
const story =
  /^(After docking|estimate this|off helping|The port Guards|audacity|The port droids|port Guards|trouble|His droids|Guards step|busy unloading|This could)/;

describe.skipIf(capturesMissing)(`what the real server wrote${whyMissing}`, () => {
  const at = Date.UTC(2026, 10, 22, 15, 12);
  const steps = stepsOf("12-evil-rob-steal");
  const labelled = (label: string) => steps.filter((step) => step.label === label);

  function wingman() {
    const universe = reveal("12-evil-rob-steal", 1000, 926, at);
    const port = universe.ports.get(711);
    if (!port) throw new Error("The recording has no port in sector 711");
    for (const [index, [productivity, amount]] of [
      [176, 356],
      [207, 951],
      [103, 1025],
    ].entries()) {
      Object.assign(port.stocks[index] ?? {}, { productivity, amount, at });
    }
    const trader = traderOf(
      {
        login: "Wingman",
        name: "Wingman",
        sector: 711,
        credits: 5_000_000,
        experience: 2000,
        alignment: -1000,
        turnsLeft: 893,
        turnsSince: at,
        lastOn: at,
      },
      { holds: 75 },
    );
    trader.preferences.ansi = false;
    const galaxy = galaxyOf(
      universe,
      { yearsAhead: 12, turnsPerDay: 1000, regrowth: 0 },
      { at, traders: [trader], seen: [{ trader: 1, sector: 711 }] },
      { rolls: [0.9] },
    );
    const door = atGameMenu(galaxy, "Wingman", at);
    let screen = "";
    for (const keys of ["T\r", "N", "\r", "secret1\r"])
      screen = plain(press(door.host, door.caller, keys, at));
    for (let page = 0; page < 5 && !atHome(screen); page++) {
      screen = plain(press(door.host, door.caller, "\r", at));
    }
    return { ...door, trader, port };
  }

  test("a theft that comes off and the guards who saw it, line by line", () => {
    const { host, caller, trader } = wingman();
    for (const { keys, expected, label } of [...labelled("steal"), ...labelled("rob").slice(0, 4)]) {
      const ours = press(host, caller, keys, at)
        .split("\n")
        .filter((line) => !story.test(line));
      const real = expected.split("\n").filter((line) => !story.test(line));
      expect({ label, keys, lines: ours }).toEqual({ label, keys, lines: real });
    }
    expect(trader).toMatchObject({ experience: 1801, alignment: -1008, lastCrime: 711 });
    expect(trader.ship).toMatchObject({ holds: 70, cargo: { Organics: 0 } });
  });

  test("building up a port, byte for byte; its stock grows by ten units a unit", () => {
    const { host, caller, trader, port } = wingman();
    const upgrade = labelled("upgrade-port");
    const from = upgrade.findLastIndex(({ keys }) => keys === "O");
    for (const { keys, expected } of upgrade.slice(from)) {
      expect({ keys, written: press(host, caller, keys, at) }).toEqual({ keys, written: expected });
    }
    expect(trader.credits).toBe(4_998_750);
    expect(port.stocks[0]).toMatchObject({ productivity: 181, amount: 406 });
  });

  test("the menu for an evil trader with a planet, byte for byte", () => {
    const { host, caller, trader } = wingman();
    trader.preferences.ansi = true;
    press(host, caller, "D", at);
    const [menu] = stepsOf("16-haggle-rounds").filter(
      ({ keys, label }) => keys === "P" && label.startsWith("haggle"),
    );
    expect(menu?.expected).toContain("Negotiate");
    const table = createTable({ seed: 3 });
    const { caller: evil, planet } = farmer(table);
    expect(planet.sector).toBeGreaterThan(10);
    for (const one of table.galaxy.traders.values()) one.alignment = -100;
    expect(table.press(evil, "P")).toBe(menu?.expected ?? "");
  });
});

/** A trader in space at a port of the class, with a planet of his own there whose stores are full. */
function farmer(table: Table, portClass = 8): { caller: number; trader: Trader; port: Port; planet: Planet } {
  const caller = enlist(table, "Zed");
  const [trader] = table.galaxy.traders.values();
  const port = [...table.galaxy.ports.values()].find((one) => one.portClass === portClass && one.sector > 10);
  if (!trader || !port) throw new Error(`No port of class ${portClass}`);
  warp(table.galaxy, trader, port.sector);
  const planet = formPlanet({
    id: 40,
    name: "Farm",
    type: "M",
    sector: port.sector,
    createdAt: table.now,
    owner: { type: "trader", id: trader.id },
  });
  for (const product of products) planet.store[product] = 5000;
  addPlanet(table.galaxy, planet);
  return { caller, trader, port, planet };
}

test("a planet's stores are sold at the planetary share, and every unit and credit is accounted for", () => {
  const table = createTable({ seed: 3 });
  const { caller, trader, port, planet } = farmer(table);
  const before = trader.credits;
  const [ore] = port.stocks;
  if (!ore) throw new Error("No stock");
  expect(plain(table.press(caller, "PN"))).toContain("Registry# and Planet Name");
  const question = plain(table.press(caller, "40\r"));
  const most = stockMax(ore);
  expect(question).toEndWith(`How many units of Fuel Ore do you want to sell [${most}]? `);
  const price = Number(
    /We'll buy them for ([\d,]+)/.exec(plain(table.press(caller, "100\r")))?.[1]?.replace(",", ""),
  );
  const shown = [0, 1, 2, 3, 4, 5].flatMap((mood) =>
    [-3, -2, -1, 0, 1, 2, 3].map((variance) => {
      const { mcic, productivity } = ore;
      const { experience } = trader;
      const terms = {
        product: "Fuel Ore",
        side: "buying",
        mcic,
        productivity,
        mood,
        stock: most,
        experience,
      } as const;
      return dealOf(terms, 100, variance, 0.6).shown;
    }),
  );
  expect(shown).toContain(price);
  table.press(caller, "\r0\r0\r");
  expect(trader.credits).toBe(before + price);
  expect(planet.store["Fuel Ore"]).toBe(4900);
  expect(stockAt(table.galaxy, ore, table.now)).toBe(most - 100);
  expect(port.credits).toBe(price);
});

test("a stock is shown in whole per cent of its maximum, cut and not rounded", () => {
  // A recorded StarDock showed 1740 of 3000 as 58 %; floating division makes 57 of it.
  expect([percentOf(1740, 3000), percentOf(2990, 3000), percentOf(3000, 3000), percentOf(0, 0)]).toEqual([
    58, 99, 100, 0,
  ]);
});

test("stores that somebody else has emptied meanwhile are not sold, and other people's planets never", () => {
  const table = createTable({ seed: 3 });
  const { caller, trader, planet } = farmer(table);
  const before = trader.credits;
  table.press(caller, "PN40\r100\r");
  planet.store["Fuel Ore"] = 99;
  expect(plain(table.press(caller, "\r"))).toContain("We're not interested.");
  expect(trader.credits).toBe(before);
  expect(planet.store["Fuel Ore"]).toBe(99);
  table.press(caller, "0\r0\r");
  planet.owner = { type: "trader", id: 77 };
  expect(plain(table.press(caller, "P"))).not.toContain("Negotiate");
});

test("a psychic probe reads how near the price came, two digits after the point", () => {
  const table = createTable({ seed: 3 });
  const { caller, trader } = farmer(table, 7);
  trader.credits = 50_000;
  trader.ship.gear.psychicProbe = true;
  const bytes = table.press(caller, "PT10\r\r");
  // oxlint-disable-next-line no-control-regex
  expect(bytes).toMatch(
    /\r\x1b\[0m\n\x1b\[33m<P-Probe estimates your offer was \x1b\[1m {1,2}[\d.]{5,6}\x1b\[0;33m% of best price>\r\x1b\[0m\n/,
  );
});

test("an offer beyond the purse is refused and the question comes again", () => {
  const table = createTable({ seed: 3, settings: { startCredits: 10_000 } });
  const { caller, trader } = farmer(table, 7);
  table.press(caller, "PT10\r");
  trader.credits = 3;
  const screen = plain(table.press(caller, "\r"));
  expect(screen).toContain("You only have 3 credits!");
  expect(screen).toMatch(/Your offer \[\d+\] \? $/);
  expect(trader.ship.cargo["Fuel Ore"]).toBe(0);
});

test("only the evil find the thieves' way in, and only where there is trade", () => {
  const table = createTable({ seed: 3 });
  const { caller, trader, port } = farmer(table);
  trader.alignment = -99;
  expect(plain(table.press(caller, "P"))).not.toContain("Rob");
  table.press(caller, "Q");
  trader.alignment = -100;
  expect(plain(table.press(caller, "P"))).toContain("<R> Rob this Port");
  table.press(caller, "Q");
  warp(table.galaxy, trader, 1);
  expect(plain(table.press(caller, "P"))).not.toContain("Rob");
  expect(port.destroyed).toBe(false);
});

/** An evil trader at a port, with dice of one's own. */
function thief(rolls: number[], { experience = 3000, portClass = 7, holds = 60 } = {}) {
  const table = createTable({ seed: 3 });
  const { galaxy } = table;
  const made = farmer(table, portClass);
  Object.assign(made.trader, { alignment: -500, experience });
  made.trader.ship.holds = holds;
  Object.assign(galaxy, { dice: loadedDice({ rolls }) });
  return { table, ...made };
}

test("what a thief carries off is missing at the dock, and the next visit ends with the guards", () => {
  const { table, caller, trader, port } = thief([0.5]);
  const [ore] = port.stocks;
  if (!ore) throw new Error("No stock");
  table.press(caller, "PR\rS1");
  expect(plain(table.press(caller, "60\r"))).toContain("Success!");
  expect(trader.ship.cargo["Fuel Ore"]).toBe(60);
  expect(stockAt(table.galaxy, ore, table.now)).toBe(stockMax(ore) - 60);
  expect(plain(table.press(caller, "PR\rS"))).toContain("(You realize the guards saw you last time!)");
  expect(trader.ship.cargo["Fuel Ore"]).toBe(0);
  expect(trader.busts).toEqual([{ sector: port.sector, at: table.now }]);
});

test("a thief who takes more than his experience allows is as good as caught, and holds never fall below one", () => {
  const { table, caller, trader } = thief([0.9], { experience: 30, holds: 40 });
  table.press(caller, "PR\rS1");
  const screen = plain(table.press(caller, "40\r"));
  expect(screen).toContain("For getting caught your alignment went down by 5 point(s).");
  expect(trader.ship.holds).toBe(37);
  trader.ship.holds = 1;
  trader.lastCrime = trader.sector;
  table.press(caller, "PR\rS");
  expect(trader.ship.holds).toBe(1);
});

test("a strongroom gives what it holds and no credit more", () => {
  const { table, caller, trader, port } = thief([0.5, 0.5]);
  port.credits = 1000;
  const before = trader.credits;
  table.press(caller, "PR\rR");
  expect(plain(table.press(caller, "1001\r"))).toContain("Maybe some other day, eh?");
  expect(plain(table.press(caller, "PR\rR"))).toContain("in excess of 900 creds onhand.");
  table.press(caller, "1000\r");
  expect({ left: port.credits, made: trader.credits - before }).toEqual({ left: 0, made: 1000 });
});

test("a port remembers only the last face it caught, and forgets it after the sysop's days", () => {
  const { table, caller, trader, port } = thief([]);
  const other = enlist(table, "Wingman");
  const second = [...table.galaxy.traders.values()].find(({ name }) => name === "Wingman");
  if (!second) throw new Error("No second trader");
  trader.busts = [{ sector: port.sector, at: table.now }];
  expect(plain(table.press(caller, "PR\rR"))).toContain(
    "(You suddenly remember that you were caught stealing here before)",
  );
  Object.assign(second, { alignment: -500, lastCrime: port.sector });
  warp(table.galaxy, second, port.sector);
  table.press(other, "PR\rR");
  expect([trader.busts.length, second.busts.length]).toEqual([0, 1]);
});

test("a dock that another thief has cleared meanwhile gives nothing", () => {
  const table = createTable({ seed: 3, settings: { crimeDelayMs: 2000 } });
  const { caller, trader, port } = farmer(table, 7);
  Object.assign(trader, { alignment: -500, experience: 9000 });
  Object.assign(table.galaxy, { dice: loadedDice({ rolls: [0.5] }) });
  table.press(caller, "PR\rS1");
  table.press(caller, "10\r");
  Object.assign(port.stocks[0] ?? {}, { amount: 5, at: table.now });
  table.wait(2000);
  expect(plain(table.take(caller))).toContain("There aren't that many holds of Fuel Ore at this port!");
  expect(trader.ship.cargo["Fuel Ore"]).toBe(0);
  expect(trader.experience).toBe(9000);
});

test("a new port takes a licence and materials, opens after its days and not before", () => {
  const table = createTable({ seed: 3, settings: { startCredits: 5_000_000 } });
  const { caller, trader, planet } = farmer(table);
  const empty = table.galaxy.sectors.find(({ number }) => number > 10 && !table.galaxy.ports.has(number));
  if (!empty) throw new Error("No sector without a port");
  expect(plain(table.press(caller, "OQ"))).toContain("(Upgrade StarPort)");
  warp(table.galaxy, trader, empty.number);
  expect(plain(table.press(caller, "O"))).toContain("You need a planet of your own in this sector");
  const farm = formPlanet({ ...planet, id: 41, sector: empty.number, type: "M" });
  for (const product of products) farm.store[product] = 1000;
  addPlanet(table.galaxy, farm);
  // A port in excess of what the galaxy may have is refused; one makes room.
  const [spare] = [...table.galaxy.ports.values()].filter(({ sector }) => sector > 500);
  if (spare) table.galaxy.ports.delete(spare.sector);
  table.press(caller, "O1");
  table.press(caller, "Zed's Rest\r");
  const plan = portPlan(1);
  const port = table.galaxy.ports.get(empty.number);
  expect(trader.credits).toBe(5_000_000 - plan.licence);
  expect(farm.store["Fuel Ore"]).toBe(1000 - plan.materials["Fuel Ore"]);
  expect(port).toMatchObject({ name: "Zed's Rest", portClass: 1, opensAt: noon + plan.days * 86_400_000 });
  expect(plain(table.press(caller, "P"))).toContain("under construction");
  table.wait((plan.days - 1) * 86_400_000);
  expect(openPort(table.galaxy, empty.number)).toBeUndefined();
  table.wait(2 * 86_400_000);
  expect(openPort(table.galaxy, empty.number)).toBe(port as Port);
  expect(sideOf(1, "Equipment")).toBe("selling");
});

test("building up is bounded by purse and by the game's largest stock", () => {
  const table = createTable({ seed: 3, settings: { startCredits: 1000 } });
  const { caller, trader, port } = farmer(table, 7);
  const [ore] = port.stocks;
  if (!ore) throw new Error("No stock");
  const { productivity } = ore;
  expect(plain(table.press(caller, "O1"))).toContain("(4 max, 0 to quit)");
  table.press(caller, "4\rQ");
  expect([trader.credits, ore.productivity]).toEqual([0, productivity + 4]);
  expect(plain(table.press(caller, "O1"))).toContain("(0 max, 0 to quit)");
  table.press(caller, "\rQ");
  trader.credits = 1_000_000_000;
  expect(plain(table.press(caller, "O1"))).toContain(`(${Math.floor((65_530 - stockMax(ore)) / 10)} max`);
});
