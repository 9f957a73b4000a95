import { describe, expect, test } from "bun:test";
import { addPlanet, type Galaxy, sectorAt } from "../../../../src/games/tw2002/host/galaxy.ts";
import { formPlanet, growPlanet, makePlanet } from "../../../../src/games/tw2002/host/planet.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import {
  type Citadel,
  noCargo,
  type Owner,
  type Planet,
  type Ship,
  type Trader,
} from "../../../../src/games/tw2002/host/things.ts";
import { noGear } from "../../../../src/games/tw2002/host/things.ts";
import { products } from "../../../../src/games/tw2002/rules/ports.ts";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { atHome, comeBack, createTable, enlist, noon, plain, type Table } from "./players.ts";
import { loadedDice } from "./loaded-dice.ts";
import { atGameMenu, galaxyOf, pick, replay, traderOf } from "./recorded.ts";
import { press, type Step, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";

const dayMs = 86_400_000;
const mine = { type: "trader", id: 1 } as const;

describe.skipIf(capturesMissing)(`planets as the real server showed them${whyMissing}`, () => {
  const zero = Date.UTC(2026, 10, 22, 15);

  /** Testpilot in sector 70, at his command prompt or wherever he left the game. */
  function testpilot(
    recording: string,
    known: { trader?: Partial<Trader>; ship?: Partial<Ship> },
    furnish: (galaxy: Galaxy) => void,
  ) {
    const universe = { ...reveal(recording, 1000, 926, zero), planets: [] };
    const trader = traderOf(
      { login: "Testpilot", name: "Testpilot", sector: 70, experience: 600, lastOn: zero, ...known.trader },
      { holds: 75, cargo: { "Fuel Ore": 59, Organics: 16, Equipment: 0 }, fighters: 2400, ...known.ship },
    );
    const galaxy = galaxyOf(universe, { turnsPerDay: 1000 }, { at: zero, traders: [trader] }, {});
    furnish(galaxy);
    const { host, caller } = atGameMenu(galaxy, "Testpilot", zero);
    let screen = "";
    for (const keys of ["T\r", "N", "\r", "secret1\r"]) screen = press(host, caller, keys, zero);
    while (screen.endsWith("[Pause]")) screen = press(host, caller, "\r", zero);
    return { galaxy, trader, host, caller, play: (steps: Step[]) => replay(host, caller, steps, zero) };
  }
  /** Numbers 1 to 3 are Terra and two others. */
  const skipTo4 = (galaxy: Galaxy) => {
    galaxy.chronicle.next.planet = 4;
  };

  test("a Genesis torpedo, the landing and the talk on the ground, byte for byte", () => {
    const steps = stepsOf("07-haggle");
    const gear = { ...noGear(), torpedoes: 5, planetScanner: true };
    const { galaxy, trader, host, caller, play } = testpilot("07-haggle", { ship: { gear } }, skipTo4);
    play(pick(steps, { genesis: [0, 1] }));
    const [launch] = pick(steps, { genesis: [1, 2] });
    // The picture is ours; from the reward on it is the real server's.
    const reward = "\x1b[32mFor building this planet";
    const written = press(host, caller, "Y", zero);
    expect(written.slice(written.indexOf(reward))).toBe(
      launch?.expected.slice(launch.expected.indexOf(reward)) ?? "",
    );
    play(pick(steps, { genesis: [2], land: [1], "planet-menu": [], "planet-leave-product": [] }));
    // What a citadel is good for is told in our own words.
    play(pick(steps, { "planet-leave2": [0, 5] }));
    const [citadel] = pick(steps, { "planet-leave2": [5, 6] });
    const needs = "\x1b[32mCitadel construction on";
    const asked = press(host, caller, "C", zero + (citadel?.t ?? 0) * 1000);
    expect(asked.slice(asked.indexOf(needs))).toBe(
      citadel?.expected.slice(citadel.expected.indexOf(needs)) ?? "",
    );
    play(
      pick(steps, { "planet-leave2": [6], "planet-leave-product2": [], "planet-mil": [], "planet-pop": [] }),
    );
    expect([...galaxy.planets.values()].map(({ id, name, store }) => [id, name, store["Fuel Ore"]])).toEqual([
      [4, "Newhope", 59],
    ]);
    expect(trader).toMatchObject({ experience: 625, alignment: 10 });
    expect(trader.ship.cargo).toEqual({ "Fuel Ore": 0, Organics: 16, Equipment: 0 });
  });

  test("a level 6 citadel, its treasury and the fighters left behind, byte for byte", () => {
    const steps = stepsOf("08-combat");
    const { play, host, caller } = testpilot(
      "08-combat",
      {
        trader: { credits: 3_435_248 },
        ship: {
          gear: { ...noGear(), planetScanner: true },
          fighters: 2292,
          cargo: { "Fuel Ore": 0, Organics: 16, Equipment: 0 },
        },
      },
      (galaxy) => {
        const newhope = formPlanet({
          id: 4,
          name: "Newhope",
          type: "M",
          sector: 70,
          createdAt: zero + 133_000,
          owner: mine,
          creator: "Testpilot",
          colonists: { "Fuel Ore": 5000, Organics: 5000, Equipment: 5000 },
          store: { "Fuel Ore": 50_004, Organics: 50_002, Equipment: 50_001 },
          fighters: 1002,
        });
        newhope.citadel.level = 6;
        addPlanet(galaxy, newhope);
      },
    );
    play(pick(steps, { land2: [2] }));
    const [enter] = pick(steps, { citadel: [4, 5] });
    const heading = "\r\n\x1b[1;44m<Enter Citadel>";
    const inside = press(host, caller, "C", zero + (enter?.t ?? 0) * 1000);
    expect(enter?.keys).toBe("C");
    expect(inside.slice(inside.indexOf(heading))).toBe(
      enter?.expected.slice(enter.expected.indexOf(heading)) ?? "",
    );
    play(pick(steps, { citadel: [5] }));
    // The turns that come back while he sits there cut in: another's matter.
    const [first, second, third] = pick(steps, { "cit-cmds": [] });
    if (!first || !second || !third) throw new Error("Steps are missing");
    const cut = third.expected.indexOf("\r\x1b[K");
    play([first, second, { ...third, expected: third.expected.slice(0, cut) }]);
    play(pick(steps, { "leave-figs": [] }));
  });

  test("a newcomer takes off from his home planet, byte for byte", () => {
    const steps = stepsOf("10-default-universe-newplayer");
    const naming = steps.findIndex(({ keys }) => keys === "Homestead\r");
    const shown = steps[naming]?.expected ?? "";
    const { host, caller, galaxy, trader } = testpilot(
      "10-default-universe-newplayer",
      {
        trader: { name: "botone", sector: 70, place: { type: "planet", planet: 3 } },
        ship: { holds: 20, fighters: 30, cargo: noCargo() },
      },
      (made) =>
        addPlanet(
          made,
          formPlanet({
            id: 3,
            name: "Homestead",
            type: "M",
            sector: 70,
            createdAt: zero,
            owner: mine,
            colonists: { "Fuel Ore": 99, Organics: 77, Equipment: 15 },
          }),
        ),
    );
    expect(galaxy.planets.size).toBe(1);
    expect(trader.place.type).toBe("planet");
    const display = press(host, caller, "\r", zero);
    const from = (text: string) => text.slice(text.indexOf("\x1b[35mClass"), text.indexOf("1,000,000"));
    expect(from(display)).toBe(from(shown));
    expect(press(host, caller, "Q", zero)).toStartWith(
      "Q\r\x1b[0m\n\r\n\x1b[32mBlasting off from \x1b[1;36mHomestead\r\x1b[0m\n\r\n\x1b[1;32mSector  ",
    );
  });
});

/** A table with Zed at his prompt in sector 20, a planet of his there, and what he needs aboard. */
function settled(
  known: { planet?: Partial<Planet>; citadel?: Partial<Citadel>; seed?: number; second?: boolean } = {},
) {
  const table = createTable({ seed: known.seed ?? 3, settings: { startCredits: 100_000 } });
  const zed = enlist(table, "Zed");
  const trader = named(table, "Zed");
  const mate = known.second ? enlist(table, "Mate") : 0;
  const planet = makePlanet(table.galaxy, {
    name: "Rock",
    type: known.planet?.type ?? "M",
    sector: trader.sector,
    owner: { type: "trader", id: trader.id },
    creator: "Zed",
    at: noon,
  });
  Object.assign(planet, known.planet);
  Object.assign(planet.citadel, known.citadel);
  // Sector 1 has Terra, too.
  table.press(zed, "L");
  return {
    table,
    zed,
    mate,
    trader,
    planet,
    down: (caller: number) => plain(table.press(caller, `${planet.id}\r`)),
  };
}

const named = (table: Table, name: string): Trader => {
  const trader = table.galaxy.byName.get(name.toLowerCase());
  if (!trader) throw new Error(`There is no ${name}`);
  return trader;
};

const onGround = (screen: string) => screen.endsWith("Planet command (?=help) [D] ");

test("production follows the class, day by day, whenever somebody looks, and stops at a full store", () => {
  const { table, planet } = settled({
    planet: { colonists: { "Fuel Ore": 3000, Organics: 0, Equipment: 1300 } },
  });
  const { galaxy } = table;
  for (let hour = 1; hour <= 24; hour++) growPlanet(galaxy, planet, noon + (hour * dayMs) / 24);
  // 1,000 ore and 100 equipment a day, a little more as people multiply; 110 fighters beside them.
  expect(planet.store["Fuel Ore"]).toBeWithin(1000, 1010);
  expect(planet.store.Equipment).toBeWithin(100, 102);
  expect(planet.fighters).toBeWithin(110, 112);
  expect(planet.colonists["Fuel Ore"]).toBeCloseTo(3000 * 1.013, 6);
  growPlanet(galaxy, planet, noon + 300 * dayMs);
  expect(planet.store["Fuel Ore"]).toBe(100_000);
  expect(planet.colonists["Fuel Ore"]).toBeLessThanOrEqual(30_000);
});

test("Terra's people come back up to a limit, and those taken aboard are gone from there", () => {
  const table = createTable({ seed: 3, settings: { terraColonists: 1000, terraRegrowth: 100 } });
  const zed = enlist(table, "Zed");
  const terra = table.galaxy.planets.get(1);
  if (!terra) throw new Error("There is no Terra");
  terra.colonists["Fuel Ore"] = 500;
  terra.at = table.now;
  expect(plain(table.press(zed, "L"))).toEndWith("[T] (Q to leave) ");
  expect(plain(table.press(zed, "\r"))).toEndWith("do you want to take ([20] empty holds) ? ");
  expect(atHome(plain(table.press(zed, "\r")))).toBe(true);
  expect(named(table, "Zed").ship.colonists).toBe(20);
  expect(terra.colonists["Fuel Ore"]).toBe(480);
  growPlanet(table.galaxy, terra, table.now + dayMs);
  expect(terra.colonists["Fuel Ore"]).toBe(580);
  growPlanet(table.galaxy, terra, table.now + 30 * dayMs);
  expect(terra.colonists["Fuel Ore"]).toBe(1000);
});

test("colonists and products change hands without one made or lost, within holds, stores and jobs", () => {
  const { table, zed, trader, planet, down } = settled({
    planet: { store: { "Fuel Ore": 15, Organics: 99_995, Equipment: 0 }, colonists: { ...noCargo() } },
  });
  expect(onGround(down(zed))).toBe(true);
  trader.ship.colonists = 8;
  table.press(zed, "SN\r2");
  expect(onGround(plain(table.press(zed, "8\r")))).toBe(true);
  expect([trader.ship.colonists, planet.colonists.Organics]).toEqual([0, 8]);
  table.press(zed, "PN23");
  table.press(zed, "5\r");
  expect([planet.colonists.Organics, planet.colonists.Equipment]).toEqual([3, 5]);
  expect(plain(table.press(zed, "TN\r1\r"))).toContain("There aren't that many on the planet!");
  table.press(zed, "TN\r1");
  table.press(zed, "15\r");
  expect([trader.ship.cargo["Fuel Ore"], planet.store["Fuel Ore"]]).toEqual([15, 0]);
  trader.ship.cargo.Organics = 5;
  trader.ship.cargo["Fuel Ore"] = 15;
  planet.store.Organics = 99_996;
  expect(plain(table.press(zed, "TNL2\r"))).toContain("They don't have room for that many on the planet!");
  table.press(zed, "TNL2");
  table.press(zed, "4\r");
  expect([trader.ship.cargo.Organics, planet.store.Organics]).toEqual([1, 100_000]);
});

test("two partners who reach for the same product get it once", () => {
  const { table, zed, mate, trader, planet, down } = settled({
    second: true,
    planet: { store: { "Fuel Ore": 20, Organics: 0, Equipment: 0 } },
  });
  down(zed);
  table.press(mate, "L");
  down(mate);
  table.press(zed, "TN\r1");
  table.press(mate, "TN\r1");
  expect(plain(table.press(zed, "20\r"))).toContain("You load the Fuel Ore aboard your ship.");
  expect(plain(table.press(mate, "20\r"))).toContain("There aren't that many on the planet!");
  expect([trader.ship.cargo["Fuel Ore"], named(table, "Mate").ship.cargo["Fuel Ore"]]).toEqual([20, 0]);
  expect(planet.store["Fuel Ore"]).toBe(0);
});

test("whoever stands on a planet that is blown up is in space, and can take nothing any more", () => {
  const { table, zed, mate, trader, planet, down } = settled({
    second: true,
    planet: { store: { "Fuel Ore": 20, Organics: 0, Equipment: 0 } },
  });
  trader.ship.gear.detonators = 1;
  down(zed);
  table.press(mate, "L");
  down(mate);
  table.press(mate, "TN\r1");
  expect(atHome(plain(table.press(zed, "ZDY")))).toBe(true);
  expect(table.galaxy.planets.has(planet.id)).toBe(false);
  expect(trader).toMatchObject({ experience: 25, place: { type: "space" } });
  expect(trader.ship.gear.detonators).toBe(0);
  const screen = plain(table.press(mate, "20\r"));
  expect(screen).toContain("You are in space: Rock is no longer beneath you!");
  expect(atHome(screen)).toBe(true);
  expect(named(table, "Mate").ship.cargo["Fuel Ore"]).toBe(0);
});

test("a citadel takes materials, people and days, holds credits at interest, and keeps its guest overnight", () => {
  const { table, zed, trader, planet, down } = settled({
    planet: {
      colonists: { "Fuel Ore": 600, Organics: 300, Equipment: 99 },
      store: { "Fuel Ore": 300, Organics: 250, Equipment: 250 },
    },
  });
  down(zed);
  expect(plain(table.press(zed, "CY"))).toContain("There are not enough Colonists on this planet.");
  planet.colonists.Equipment = 100;
  table.press(zed, "CY");
  expect(planet.citadel.doneAt).toBe(table.now + 4 * dayMs);
  expect(Math.floor(planet.store.Organics)).toBe(50);
  expect(onGround(plain(table.press(zed, "CQ")))).toBe(false);
  table.press(zed, "L");
  table.press(zed, `${planet.id}\r`);
  table.now += 4 * dayMs;
  expect(plain(table.press(zed, "C"))).toEndWith(
    "Citadel treasury contains 0 credits.\nCitadel command (?=help) ",
  );
  table.press(zed, "TT");
  table.press(zed, "50000\r");
  expect([trader.credits, planet.citadel.treasury]).toEqual([50_000, 50_000]);
  table.press(zed, "RY");
  const restored = galaxyFrom(allRows(table.galaxy), []);
  expect(restored.planets.get(planet.id)).toEqual(planet);
  expect(restored.traders.get(trader.id)?.place).toEqual({ type: "citadel", planet: planet.id });
  table.now += dayMs;
  expect(comeBack(table, "Zed").screen).toEndWith("Citadel command (?=help) ");
  growPlanet(table.galaxy, planet, table.now);
  expect(planet.citadel.treasury).toBe(51_000);
});

test("strangers have to destroy what guards a planet before they may claim it", () => {
  const { table, mate, planet, down } = settled({ second: true, planet: { fighters: 10, shields: 1 } });
  table.press(mate, "L");
  const { ship } = named(table, "Mate");
  ship.fighters = 100;
  const screen = down(mate);
  expect(screen).toContain("You have to destroy the Planetary Shields defending the planet to land.");
  expect(screen).toEndWith("Your fighters: 100 vs. theirs: 1\nOption? (A,D,I,R,?):? ");
  table.press(mate, "A");
  expect(plain(table.press(mate, "100\r"))).toContain("You destroyed 1 planetary shields.");
  // A shield point takes 20 battle points, and each fighter brings 0.6 to 1.1: 19 to 34 are lost.
  expect(ship.fighters).toBeWithin(66, 82);
  expect(planet).toMatchObject({ shields: 0, fighters: 10 });
  ship.fighters = 30;
  table.press(mate, "?");
  table.press(mate, "A");
  expect(onGround(plain(table.press(mate, "30\r")))).toBe(true);
  expect(planet.fighters).toBe(0);
  table.press(mate, "O");
  expect(planet.owner).toEqual({ type: "trader", id: named(table, "Mate").id });
});

test("torpedoes are refused in FedSpace and spent once", () => {
  const table = createTable({ seed: 3 });
  const zed = enlist(table, "Zed");
  const trader = named(table, "Zed");
  trader.ship.gear.torpedoes = 1;
  expect(plain(table.press(zed, "U"))).toContain("does not allow planets to be made in FedSpace");
  const before = table.galaxy.planets.size;
  trader.sector = 500;
  expect(plain(table.press(zed, "UY"))).toContain("What do you want to name this planet?");
  expect(plain(table.press(zed, "\r"))).toBe("");
  expect(atHome(plain(table.press(zed, "Rock of Ages\r")))).toBe(true);
  expect(trader.ship.gear.torpedoes).toBe(0);
  expect(table.galaxy.planets.size).toBe(before + 1);
  expect(plain(table.press(zed, "U"))).toContain("You do not have any Genesis Torpedoes!");
  expect([...table.galaxy.planets.values()].at(-1)?.name).toBe("Rock of Ages");
});

test.each([
  { roll: 0.1, made: 0, says: true },
  { roll: 0.9, made: 1, says: false },
])("a world too many strikes another one, or not: $roll", ({ roll, made, says }) => {
  const { table, zed, trader, planet } = settled();
  trader.ship.gear.torpedoes = 1;
  trader.sector = 500;
  table.press(zed, "Q\r");
  for (let count = 0; count < 5; count++) {
    makePlanet(table.galaxy, {
      name: "Old",
      type: "M",
      sector: 500,
      owner: planet.owner,
      creator: "",
      at: noon,
    });
  }
  const before = table.galaxy.planets.size;
  Object.assign(table.galaxy, { dice: loadedDice({ rolls: [roll] }) });
  expect(plain(table.press(zed, "UY")).includes("strikes an older one")).toBe(says);
  expect(table.galaxy.planets.size - before).toBe(made);
  expect(trader.ship.gear.torpedoes).toBe(0);
});

test("a planet goes only where its owner's fighters guide it, and takes everybody along", () => {
  const { table, zed, trader, planet, down } = settled({
    citadel: { level: 4 },
    planet: { store: { "Fuel Ore": 100_000, Organics: 0, Equipment: 0 } },
  });
  down(zed);
  table.press(zed, "C");
  expect(plain(table.press(zed, "P500\r"))).toContain("You do not have any fighters in that sector");
  const guide = { owner: { type: "trader", id: 99 } as Owner, count: 1, mode: "defensive" as const };
  sectorAt(table.galaxy, 500).fighters = guide;
  expect(plain(table.press(zed, "P500\r"))).toContain("You do not have any fighters in that sector");
  guide.owner = planet.owner;
  expect(plain(table.press(zed, "P500\rY"))).toContain("Planetary TransWarp Drive Engaged!");
  expect([planet.sector, trader.sector, trader.ship.sector]).toEqual([500, 500, 500]);
  expect(planet.store["Fuel Ore"] % 400).toBe(0);
  expect(products.every((product) => planet.store[product] >= 0)).toBe(true);
});
