import { describe, expect, test } from "bun:test";
import {
  addShip,
  addWanderer,
  type Galaxy,
  sectorAt,
  type Universe,
  warp,
} from "../../../../src/games/tw2002/host/galaxy.ts";
import { formPlanet } from "../../../../src/games/tw2002/host/planet.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import type { GameSettings } from "../../../../src/games/tw2002/host/settings.ts";
import type { Port, Sector, Ship, Trader } from "../../../../src/games/tw2002/host/things.ts";
import { capturesMissing, readSession, whyMissing } from "../../../captures.ts";
import { loadedDice } from "./loaded-dice.ts";
import { createTable, enlist, plain } from "./players.ts";
import { atGameMenu, galaxyOf, pick, replay, traderOf } from "./recorded.ts";
import { press, type Step, stepsOf } from "./replay.ts";
import { plainLines, reveal } from "./reveal.ts";
import { scenarioSteps } from "./scenario.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";

const mercenaries = { type: "mercenaries" } as const;
const zero = Date.UTC(2026, 10, 22, 14);

/** A universe with more warps, and with as many from each sector as a recorded density scan counts. */
function linked(name: string, size: number, more: Record<number, readonly number[]>): Universe {
  const universe = reveal(name, size, 926, zero);
  const counts = new Map<number, number>();
  for (const line of plainLines(name)) {
    const found = /^Sector [ (]+(\d+)[ )]+==> .* Warps : (\d)/.exec(line);
    if (found) counts.set(Number(found[1]), Number(found[2]));
  }
  const sectors = universe.sectors.map((sector): Sector => {
    const warps = new Set([...sector.warps, ...(more[sector.number] ?? [])]);
    for (let filler = size; warps.size < (counts.get(sector.number) ?? 0); filler--) warps.add(filler);
    return { ...sector, warps: [...warps].sort((a, b) => a - b) };
  });
  return { ...universe, sectors };
}

const portOf = (sector: number, name: string, portClass: Port["portClass"]): Port => ({
  sector,
  name,
  portClass,
  stocks: [],
  docked: undefined,
  opensAt: 0,
  destroyed: false,
});

interface Seat {
  readonly universe: Universe;
  readonly name: string;
  readonly trader: Partial<Trader>;
  readonly ship?: Partial<Ship>;
  readonly seen: readonly number[];
  readonly settings?: Partial<GameSettings>;
}

/** A trader who has been led to his command prompt; `prepare` sees the galaxy before. */
function seat({ universe, name, trader, ship, seen, settings }: Seat, prepare: (galaxy: Galaxy) => void) {
  const who = traderOf(
    { login: name, name, turnsSince: zero, lastOn: zero, ...trader },
    { sector: trader.sector ?? 1, ...ship },
  );
  const galaxy = galaxyOf(
    universe,
    { turnsPerDay: 30_000, courseMax: 25, ...settings },
    { at: zero, traders: [who], seen: seen.map((sector) => ({ trader: 1, sector })) },
  );
  prepare(galaxy);
  const { host, caller } = atGameMenu(galaxy, name, zero);
  const keys = ["T\r", "N", "\r", "secret1\r"];
  for (const key of keys) press(host, caller, key, zero);
  // A [Pause] or two, however much there is to be told.
  for (let pauses = 0; pauses < 4; pauses++) press(host, caller, " ", zero);
  return {
    galaxy,
    host,
    caller,
    trader: who,
    play: (steps: readonly Step[]) => replay(host, caller, steps, zero),
  };
}

const secondWind = () =>
  buildShip({
    id: 2,
    kind: "merchantFreighter",
    name: "Second Wind",
    maker: "Bofors",
    builtAt: 0,
    sector: 926,
    pilot: 0,
    owner: { type: "trader", id: 1 },
  });

describe.skipIf(capturesMissing)(`moves and scanners as recorded${whyMissing}`, () => {
  test("express, both scanners and an ether probe", () => {
    const { play, trader, galaxy } = seat(
      {
        universe: neighbours926(
          linked("06-stardock", 1000, {
            70: [744, 1000, 999, 998, 997, 996],
            744: [87],
            87: [852],
            441: [1000, 999],
            600: [1000, 999, 998, 997, 996, 995],
            629: [1000, 999, 998, 997],
            711: [1000, 999, 998, 997, 996, 995],
          }),
        ),
        name: "Testpilot",
        trader: { sector: 994, turnsLeft: 600 },
        seen: [994, 490, 852, 87, 744],
      },
      (made) => addShip(made, { ...secondWind(), sector: 1 }),
    );
    const steps = stepsOf("06-stardock");
    play(pick(steps, { express: [4] }));
    const ship = galaxy.ships.get(2)!;
    galaxy.inSector.get(1)?.ships.delete(ship);
    addShip(galaxy, Object.assign(ship, { sector: 926 }));
    Object.assign(trader.ship.gear, { scanner: "holo", probes: 25 });
    trader.turnsLeft = 584;
    play(scenarioSteps("06-stardock.31-scan-density-raw"));
    play(scenarioSteps("06-stardock.32-scan-holo-raw"));
    play(pick(steps, { eprobe: [] }));
    expect(trader.ship.gear.probes).toBe(24);
  });

  /** What only a holo scan shows of the sectors round the StarDock. */
  function neighbours926(universe: Universe): Universe {
    return {
      ...universe,
      ports: new Map([...universe.ports, [441, portOf(441, "Casion", 6)], [711, portOf(711, "Gamow", 4)]]),
      sectors: universe.sectors.map((sector) =>
        sector.number === 600 ? { ...sector, nebula: "Evander" } : sector,
      ),
    };
  }

  test("no littering in FedSpace; fighters, mines and a beacon in the display", () => {
    const { play, trader, galaxy } = seat(
      {
        universe: linked("07-haggle", 1000, {}),
        name: "Testpilot",
        trader: { sector: 926 },
        seen: [926, 70, 441, 575, 600, 629, 711, 744],
      },
      (made) => {
        addShip(made, secondWind());
        sectorAt(made, 70).beacon = "";
        made.inSector.get(70)?.planets.clear();
      },
    );
    const steps = stepsOf("07-haggle");
    play(pick(steps, { "jettison-fed": [], move70: [] }));
    const yours = { type: "trader", id: 1 } as const;
    Object.assign(sectorAt(galaxy, 70), {
      fighters: { owner: yours, count: 100, mode: "defensive" },
      armids: { owner: yours, count: 5 },
      limpets: { owner: yours, count: 3 },
    });
    trader.ship.gear.beacons = 1;
    play(pick(steps, { "mine-scan": [-2], "sector-full": [], beacon: [] }));
    expect(sectorAt(galaxy, 70).beacon).toBe("Beware of Testpilot");
    expect(trader.ship.gear.beacons).toBe(0);
  });

  test("both scanners among mercenaries, an alien and a shielded planet", () => {
    const { play } = seat(
      {
        universe: linked("08-combat", 1000, {}),
        name: "Testpilot",
        trader: { sector: 70, turnsLeft: 29_196 },
        ship: { gear: { ...secondWind().gear, scanner: "holo" } },
        seen: [70, 744, 926],
      },
      (galaxy) => {
        const here = formPlanet({ id: 90, name: "Newhope", type: "M", sector: 70, createdAt: 0, shields: 5 });
        galaxy.inSector.set(70, {
          traders: new Set(galaxy.traders.values()),
          ships: new Set(),
          planets: new Set([here]),
          wanderers: new Set(),
        });
        addShip(galaxy, secondWind());
        addWanderer(galaxy, {
          id: 1,
          race: "alien",
          name: "Loma Chairush",
          experience: 40,
          alignment: 0,
          sector: 420,
          shipName: "Echiuj Nuqichoc",
          shipType: "Axis Industries Scout Marauder",
          fighters: 144,
          shields: 0,
          credits: 0,
        });
        const yours = { type: "trader", id: 1 } as const;
        const guard = (sector: number, count: number, mode: "defensive" | "offensive" | "toll") =>
          Object.assign(sectorAt(galaxy, sector), { fighters: { owner: mercenaries, count, mode } });
        Object.assign(sectorAt(galaxy, 255), { armids: { owner: mercenaries, count: 20 } });
        for (const [sector, count, mode] of [
          [420, 5000, "defensive"],
          [744, 500, "defensive"],
          [747, 300, "offensive"],
          [754, 100, "toll"],
        ] as const)
          guard(sector, count, mode);
        Object.assign(sectorAt(galaxy, 70), {
          beacon: "Beware of Testpilot",
          fighters: { owner: yours, count: 100, mode: "defensive" },
          armids: { owner: yours, count: 5 },
          limpets: { owner: yours, count: 3 },
        });
        for (const sector of [255, 420, 744, 747, 754])
          Object.assign(sectorAt(galaxy, sector), { beacon: "", navHaz: 0 });
      },
    );
    play(pick(stepsOf("08-combat"), { "scan-hostile": [], "scan-hostile-holo": [] }));
  });

  /** Its StarDock is known from the navigation points alone. */
  const universe5000 = () =>
    landmarks({ ...linked("10-default-universe-newplayer", 5000, {}), stardock: 1877 });

  /** Everybody knows Sol and the StarDock, seen or not. */
  function landmarks(universe: Universe): Universe {
    const { stardock } = universe;
    return {
      ...universe,
      ports: new Map([
        ...universe.ports,
        [1, portOf(1, "Sol", 0)],
        [stardock, portOf(stardock, "Stargate Alpha I", 9)],
      ]),
      planets: [
        ...universe.planets.filter(({ sector }) => sector !== 1),
        formPlanet({ id: 900, name: "Terra", type: "M", sector: 1, createdAt: 0 }),
      ],
      sectors: universe.sectors.map((sector) =>
        [1, stardock].includes(sector.number) ? { ...sector, nebula: "The Federation" } : sector,
      ),
    };
  }

  test("navigation points, and moves without turns", () => {
    const at852 = seat(
      {
        universe: landmarks(linked("04-basics", 1000, {})),
        name: "Testpilot",
        trader: { sector: 852 },
        seen: [852],
      },
      () => {},
    );
    at852.play(pick(stepsOf("04-basics"), { misc: [] }).filter(({ keys }) => keys !== ";"));
    const steps = stepsOf("10-default-universe-newplayer");
    const at511 = seat(
      {
        universe: universe5000(),
        name: "botone",
        trader: { sector: 511 },
        seen: [1, 511, 368],
        settings: { turnsPerDay: 0 },
      },
      () => {},
    );
    at511.play(steps.filter(({ t }) => t > 138 && t < 150));
    const tired = seat(
      {
        universe: universe5000(),
        name: "botone",
        trader: { sector: 1607, turnsLeft: 0 },
        seen: [1607],
        settings: { turnsPerDay: 0 },
      },
      () => {},
    );
    tired.play(pick(steps, { "noturns-move": [], "noturns-express": [] }));
  });

  test("a trader whose turns run low is told so on the way", () => {
    const universe = universe5000();
    const warps: { [sector: number]: number[] } = {
      3736: [407, 1590],
      1590: [3201, 3736, 3844],
      1607: [288, 3844, 4068, 4182],
      3844: [1590, 1607, 1886],
    };
    const { play, trader } = seat(
      {
        universe: {
          ...universe,
          ports: new Map([
            ...universe.ports,
            [3844, portOf(3844, "Gilgamesh", 2)],
            [1607, portOf(1607, "Hyphia", 2)],
          ]),
          sectors: universe.sectors.map((sector) => ({
            ...sector,
            warps: warps[sector.number] ?? sector.warps,
          })),
        },
        name: "botone",
        trader: { sector: 3736, turnsLeft: 11 },
        seen: [3736],
        settings: { turnsPerDay: 0 },
      },
      () => {},
    );
    const steps = scenarioSteps("10-default-universe-newplayer.07-explore-and-trade-until-out-of-turns");
    const moves = steps
      .slice(steps.findIndex(({ keys }) => keys === "1590"))
      .filter(({ keys }) => /\d/.test(keys));
    play(moves.slice(0, 2));
    trader.turnsLeft--;
    play(moves.slice(2, 3));
    trader.turnsLeft--;
    play(moves.slice(3));
    expect(moves.length).toBe(4);
  });

  test("a bar grows while the ship is under way, and keys wait for its end", () => {
    const events = readSession("10-default-universe-newplayer");
    const from = events.findIndex((event) => event.from === "label" && event.label === "move-with-delay-bar");
    const until = events.findIndex((event, index) => index > from && event.from === "label");
    const frames = events
      .slice(from, until)
      .flatMap((event) => (event.from === "server" ? [Buffer.from(event.bytes).toString("latin1")] : []));
    const { host, caller } = seat(
      {
        universe: universe5000(),
        name: "botone",
        trader: { sector: 511 },
        seen: [511, 368, 3309],
        settings: { shipDelayMs: 1000 / 3 },
      },
      () => {},
    );
    const shown = [press(host, caller, "368\r", zero)];
    expect(press(host, caller, "/", zero + 100)).toBe("");
    for (let frame = 1; frame <= 4; frame++) {
      const written = host
        .tick(zero + 250 * frame)
        .flatMap((effect) => (effect.type === "write" ? [Buffer.from(effect.bytes).toString("latin1")] : []));
      shown.push(written.join(""));
    }
    expect(shown.slice(0, 4)).toEqual(frames.slice(0, 4));
    expect(shown[4]).toStartWith(frames[4]!);
    expect(shown[4]).toContain("Sect 368");
  });

  test("TransWarp, blind and on a beam; numbers typed ahead", () => {
    const steps = stepsOf("12-evil-rob-steal");
    const { play, host, caller, trader } = seat(
      {
        // Seven hops there and eight back.
        universe: linked("12-evil-rob-steal", 1000, {
          782: [403],
          403: [701],
          701: [702],
          702: [703],
          703: [704],
          704: [705],
          705: [11],
          11: [437],
          437: [801],
          801: [802],
          802: [803],
          803: [804],
          804: [805],
          805: [806],
          806: [711],
        }),
        name: "Wingman",
        trader: { sector: 782, corp: 1, alignment: -1008 },
        ship: {
          kind: "havocGunStar",
          holds: 50,
          cargo: { "Fuel Ore": 50, Organics: 0, Equipment: 0 },
          gear: { ...secondWind().gear, transwarp: 1 },
        },
        seen: [782, 711, 926],
      },
      (galaxy) => {
        galaxy.corps.set(1, { id: 1, name: "Evil Inc", password: "", ceo: 1, members: [1], foundedAt: 0 });
        galaxy.inSector.get(711)?.planets.clear();
        Object.assign(sectorAt(galaxy, 711), {
          fighters: { owner: { type: "corp", id: 1 }, count: 10, mode: "defensive" },
        });
      },
    );
    for (const keys of ["500\r", "N", "N"]) press(host, caller, keys, zero);
    play(pick(steps, { "buy-ore": [-1], transwarp: [] }));
    // Without animation there is no picture in between.
    trader.preferences.animation = false;
    const locked = pick(steps, { "transwarp-locked": [] }).map((step) => ({
      ...step,
      // oxlint-disable-next-line no-control-regex
      expected: step.expected.replace(/\x1b\[1;36m\x1b\[0m\x1b\[2J[\s\S]*\x1b\[11;1H\x1b\[1B\r\n\r\n/, ""),
    }));
    play(locked);
    expect(trader).toMatchObject({ sector: 711, turnsLeft: 250 - 6 });
    expect(trader.ship.cargo["Fuel Ore"]).toBe(5);
  });

  test("moves and an autopilot typed ahead", () => {
    const { play } = seat(
      {
        universe: linked("17-type-ahead", 1000, {}),
        name: "Wingman",
        trader: { sector: 711, corp: 1 },
        ship: { kind: "havocGunStar", gear: { ...secondWind().gear, transwarp: 1 } },
        seen: [711, 782, 926],
      },
      (galaxy) => {
        galaxy.corps.set(1, { id: 1, name: "Evil Inc", password: "", ceo: 1, members: [1], foundedAt: 0 });
        Object.assign(sectorAt(galaxy, 711), {
          fighters: { owner: { type: "corp", id: 1 }, count: 10, mode: "defensive" },
        });
      },
    );
    play(pick(stepsOf("17-type-ahead"), { "type-ahead-moves": [0, 3], "type-ahead-autopilot": [] }));
    play(
      stepsOf("15-status").filter(({ label, keys }) => label === "newline-tests" && /^\r\0|^711/.test(keys)),
    );
  });

  test("another trader in the display", () => {
    const other = traderOf(
      { id: 2, login: "Wingman", name: "Wingman", sector: 393 },
      { id: 2, pilot: 2, sector: 393, name: "Falcon", maker: "Martel Matra" },
    );
    const { play } = seat(
      {
        universe: linked("11-two-players", 1000, {}),
        name: "Zed Zander",
        trader: { sector: 393 },
        seen: [393],
      },
      (galaxy) => {
        galaxy.traders.set(2, other);
        galaxy.inSector.get(393)?.traders.add(other);
      },
    );
    play(pick(stepsOf("11-two-players"), { "sector-with-trader": [] }));
  });
});

/** One trader at his prompt in a small galaxy, with the ship he likes. */
function lone(ship: Partial<Ship> = {}, settings: Partial<GameSettings> = {}) {
  const table = createTable({ seed: 3, settings: { sectors: 200, ...settings } });
  const caller = enlist(table, "Zed");
  const [trader] = table.galaxy.traders.values();
  if (!trader) throw new Error("Nobody came");
  Object.assign(trader.ship, ship);
  return {
    table,
    caller,
    trader,
    galaxy: table.galaxy,
    press: (keys: string) => plain(table.press(caller, keys)),
  };
}

/** A sector outside FedSpace with a way to another one like it, and the trader in it. */
function outside({ galaxy, trader }: { galaxy: Galaxy; trader: Trader }): { here: number; next: number } {
  const wild = (sector: number) => sector > 10 && sector !== galaxy.stardock && !galaxy.ports.has(sector);
  for (const { number, warps } of galaxy.sectors) {
    const next = warps.find(wild);
    if (!wild(number) || next === undefined) continue;
    warp(galaxy, trader, number);
    return { here: number, next };
  }
  throw new Error("No wilderness");
}

const gear = (some: Partial<Ship["gear"]>): Ship["gear"] => ({ ...secondWind().gear, ...some });

test("a probe is shot down by other people's fighters, not by one's own, and only a launched one is spent", () => {
  const game = lone({ gear: gear({ probes: 2 }) });
  const { next } = outside(game);
  expect(game.press("E\r")).not.toContain("Probe entering");
  Object.assign(sectorAt(game.galaxy, next), {
    fighters: { owner: { type: "trader", id: game.trader.id }, count: 1, mode: "toll" },
  });
  expect(game.press(`E${next}\r`)).toContain("Probe Self Destructs");
  Object.assign(sectorAt(game.galaxy, next), { fighters: { owner: mercenaries, count: 1, mode: "toll" } });
  expect(game.press(`E${next}\r`)).toContain(`Probe entering sector : ${next}\n\nProbe Destroyed!`);
  expect(game.press("E")).toContain("You do not have any Ether Probes.");
});

test("a beacon takes 41 characters, a second one destroys both, and FedSpace allows none", () => {
  const game = lone({ gear: gear({ beacons: 3 }) });
  expect(game.press("R")).not.toContain("launch");
  const { here } = outside(game);
  game.press(`RY${"x".repeat(60)}\r`);
  expect(sectorAt(game.galaxy, here).beacon).toBe("x".repeat(41));
  expect(game.press("RYagain\r")).toContain("destroyed");
  expect(sectorAt(game.galaxy, here).beacon).toBe("");
  expect(game.trader.ship.gear.beacons).toBe(1);
});

test("jettisoned cargo is gone, and colonists weigh on the alignment", () => {
  const game = lone({ cargo: { "Fuel Ore": 3, Organics: 2, Equipment: 0 }, colonists: 4 });
  outside(game);
  expect(game.press("JN")).toContain("jettison all cargo? (Y/N) No");
  expect(game.trader.ship.cargo["Fuel Ore"]).toBe(3);
  game.press("JY");
  expect(game.trader.ship).toMatchObject({ cargo: { "Fuel Ore": 0, Organics: 0 }, colonists: 0 });
  expect(game.trader.alignment).toBe(-4);
});

test("a holo scan needs a turn, a density scan none, and foreign limpets are anomalies that no display shows", () => {
  const game = lone({ gear: gear({ scanner: "holo" }) });
  const { here, next } = outside(game);
  Object.assign(sectorAt(game.galaxy, next), { limpets: { owner: mercenaries, count: 3 } });
  game.trader.turnsLeft = 1;
  const scanned = game.press("SH");
  expect(scanned).toContain("One turn deducted, 0 turns left.");
  expect(scanned).not.toContain("Limpet");
  expect(game.galaxy.seen.get(game.trader.id)).toContain(next);
  expect(game.press("SH")).toContain("You don't have enough turns left.");
  expect(game.press("S\r")).toMatch(new RegExp(`Sector +${next} +==> +6 .*Anom : Yes`));
  sectorAt(game.galaxy, next).limpets = { owner: { type: "trader", id: game.trader.id }, count: 3 };
  warp(game.galaxy, game.trader, next);
  expect(game.press("D")).toContain("Mines   : 3 (Type 2 Limpet) (yours)");
  expect(here).not.toBe(next);
});

test("a port under construction and one destroyed are displayed as such", () => {
  const game = lone();
  const { here } = outside(game);
  const day = 86_400_000;
  const port: Port = {
    sector: here,
    name: "Newport",
    portClass: 1,
    stocks: [],
    docked: undefined,
    opensAt: game.galaxy.chronicle.maintainedAt + 2 * day,
    destroyed: false,
  };
  game.galaxy.ports.set(here, port);
  expect(game.press("D")).toContain(
    "Ports   : Newport, Class 1 (BBS)\n           (Under Construction - 2 days left)\n",
  );
  port.destroyed = true;
  expect(game.press("D")).toContain("Ports   : <=-DANGER-=>  ");
});

test("a course ends where the turns do, and where another has taken the ship", () => {
  const game = lone();
  const course = /(\d+)( > \(?\d+\)?)+/.exec(game.press("M150\r"))?.[0].match(/\d+/g)?.map(Number) ?? [];
  expect(course.length).toBeGreaterThan(3);
  game.trader.turnsLeft = 7;
  expect(game.press("E")).toContain("You don't have enough turns left.\n");
  expect(game.trader).toMatchObject({ sector: course[2], turnsLeft: 1 });
  game.trader.turnsLeft = 100;
  warp(game.galaxy, game.trader, course[0] ?? 0);
  expect(game.press("M150\rS")).toContain("Stop in this sector");
  warp(game.galaxy, game.trader, 1);
  expect(game.press("N")).toStartWith("N\n\nCommand [");
  expect(game.trader).toMatchObject({ sector: 1, turnsLeft: 97 });
  game.trader.avoids = [2];
  expect(game.press("M2\r")).toContain("DANGER!");
  warp(game.galaxy, game.trader, course[0] === 2 ? 3 : (course[1] ?? 0));
  game.press("Y");
  expect(game.trader.turnsLeft).toBe(97);
});

test("a towed ship comes along and costs its own turns; others' ships cannot be towed", () => {
  const game = lone();
  const { here, next } = outside(game);
  const tail = {
    ...secondWind(),
    id: 77,
    sector: here,
    owner: { type: "trader", id: game.trader.id } as const,
  };
  addShip(game.galaxy, { ...secondWind(), id: 78, sector: here, owner: { type: "trader", id: 999 } });
  addShip(game.galaxy, tail);
  expect(game.press("WN78\r")).not.toContain("You lock");
  Object.assign(tail, { owner: { type: "corp", id: 1 }, password: "Sesame" });
  game.trader.corp = 1;
  expect(game.press("WN77\rwrong\r")).toContain("Invalid password.");
  // In whatever case, as at the transporter's pad.
  expect(game.press("WN77\rSESAME\r")).toContain("You lock your Tractor Beam on Second Wind.");
  game.press("W");
  Object.assign(tail, { owner: { type: "trader", id: game.trader.id }, password: "" });
  game.trader.corp = 0;
  expect(game.press("WN77\r")).toContain("You lock your Tractor Beam on Second Wind.");
  game.trader.turnsLeft = 4;
  expect(game.press(`${next}\r`)).toContain("enough turns");
  game.trader.turnsLeft = 5;
  game.press(`${next}\r`);
  expect(game.trader).toMatchObject({ sector: next, turnsLeft: 0 });
  expect(tail.sector).toBe(next);
  expect(game.galaxy.inSector.get(here)?.ships.size).toBe(1);
  expect(game.press("W")).toContain("You shut off your Tractor Beam.");
});

test("an interdictor holds everybody but its own", () => {
  const table = createTable({ seed: 3 });
  const [jailer, prisoner] = [enlist(table, "Jailer"), enlist(table, "Zed")] as const;
  const [one, other] = [...table.galaxy.traders.values()] as [Trader, Trader];
  expect(plain(table.press(jailer, "B"))).toContain("not equipped");
  one.ship.kind = "interdictorCruiser";
  expect(plain(table.press(jailer, "BY"))).toContain("Your Interdictor generator is now ON");
  expect(plain(table.press(prisoner, "2\r"))).toContain("holds you fast!");
  expect(other.turnsLeft).toBe(250);
  expect(plain(table.press(prisoner, "D"))).toContain("Jailer");
  one.ship.cloaked = true;
  expect(plain(table.press(prisoner, "D"))).not.toContain("Jailer");
  one.corp = other.corp = 1;
  expect(plain(table.press(prisoner, "2\r"))).toContain("Warping to Sector 2");
});

test("a jump needs ore for every hop, evil ones find FedSpace shut, and a blind one can kill", () => {
  const game = lone({ gear: gear({ transwarp: 1 }), holds: 75 });
  Object.assign(game.galaxy, { dice: loadedDice({ rolls: [0] }) });
  const { here } = outside(game);
  const far = game.galaxy.sectors.find(
    ({ number, warps }) =>
      number > 20 &&
      number !== here &&
      !sectorAt(game.galaxy, here).warps.includes(number) &&
      warps.length > 0,
  )!.number;
  expect(game.press(`M${far}\rY`)).toContain("You do not have enough Fuel Ore to make the jump.");
  game.trader.ship.cargo["Fuel Ore"] = 75;
  game.trader.alignment = -1;
  const fed = game.galaxy.sectors.find(
    ({ number }) => number <= 10 && !sectorAt(game.galaxy, here).warps.includes(number),
  )!.number;
  expect(game.press(`M${fed}\rY`)).toContain("jams");
  game.trader.alignment = 1000;
  expect(game.press(`M${fed}\rY`)).toContain("Locating beam pinpointed, TransWarp Locked.");
  game.press("N");
  expect(game.press(`M${far}\rYY`)).toContain("Your trusty Escape Pod");
  expect(game.trader.ship.kind).toBe("escapePod");
  game.trader.transwarpOff = true;
  expect(game.press(`M${far}\r`)).not.toContain("TransWarp");
});

test("navigation points are kept, cleared and flown to", () => {
  const game = lone();
  game.press("Y1150\r2\rQ");
  expect(game.trader.navPoints).toEqual([150, 1, 0, 0]);
  expect(game.press("N")).toContain("(1) Sector  : 150 in ");
  expect(game.press("1")).toContain("to sector 150 is:");
  const again = galaxyFrom(allRows(game.galaxy), []);
  expect([...again.traders.values()][0]?.navPoints).toEqual([150, 1, 0, 0]);
  game.press("NY10\rQ");
  expect(game.trader.navPoints).toEqual([0, 1, 0, 0]);
});

test("without the autoreturn a number waits for Enter", () => {
  const game = lone();
  expect(game.press("62")).toBe("62");
  game.press("\r");
  game.press("N");
  expect(game.press("7000")).toContain("Illegal number.");
  game.trader.preferences.autoReturn = false;
  expect(game.press("70000000")).toBe("70000");
  expect(game.press("\r")).toContain("Illegal number.");
});
