import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formPlanet } from "../../../../src/games/tw2002/host/planet.ts";
import { attackTrader } from "../../../../src/games/tw2002/host/commands/combat/ambush.ts";
import { createDice } from "../../../../src/games/tw2002/host/dice.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import {
  addPlanet,
  addShip,
  addWanderer,
  removeWanderer,
  sectorAt,
  warp,
} from "../../../../src/games/tw2002/host/galaxy.ts";
import { occupants } from "../../../../src/games/tw2002/host/occupants.ts";
import type {
  FighterMode,
  Gear,
  Owner,
  Ship,
  Trader,
  Wanderer,
} from "../../../../src/games/tw2002/host/things.ts";
import { SectorSet } from "../../../../src/games/tw2002/host/sector-set.ts";
import { noGear } from "../../../../src/games/tw2002/host/things.ts";
import { capturesDir, capturesMissing, whyMissing } from "../../../captures.ts";
import { loadedDice } from "./loaded-dice.ts";
import { atHome, comeBack, createTable, enlist, plain } from "./players.ts";
import { atGameMenu, galaxyOf, pick, replay, traderOf } from "./recorded.ts";
import { press, type Step, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";

const scenarioLines = (name: string) =>
  readFileSync(join(capturesDir, "scenarios", `${name}.txt`), "utf8").split("\n");
const bytesOf = (escaped: string) =>
  JSON.parse(`"${escaped.replaceAll('"', '\\"').replace(/\\x(..)/g, "\\u00$1")}"`) as string;

/** All that the server said under a label of the escaped text. */
const scenarioText = (name: string) =>
  scenarioLines(name)
    .map((line) => bytesOf(/^T[\d.]+ << (.*)$/.exec(line)?.[1] ?? ""))
    .join("");

/** Steps out of the escaped text of one label: the session file lacks a stretch that the text has. */
function scenarioSteps(name: string): Step[] {
  const steps: Step[] = [];
  for (const line of scenarioLines(name)) {
    const [, t = "", way, text = ""] = /^T([\d.]+) (>>|<<) (.*)$/.exec(line) ?? [];
    const last = steps.at(-1);
    if (way === ">>") steps.push({ label: name, t: Number(t), keys: bytesOf(text), expected: "" });
    else if (way === "<<" && last)
      steps[steps.length - 1] = { ...last, expected: last.expected + bytesOf(text) };
  }
  return steps;
}

const rogues: Owner = { type: "mercenaries" };
const mine: Owner = { type: "trader", id: 1 };

describe.skipIf(capturesMissing)(`fights as the real server showed them${whyMissing}`, () => {
  const zero = Date.UTC(2026, 10, 22, 15);

  /** Testpilot at his command prompt in sector 70, whatever the entry shows on the way there. */
  function testpilot(
    recording: string,
    known: { trader?: Partial<Trader>; ship?: Partial<Ship>; gear?: Partial<Gear>; betweens?: number[] },
  ) {
    const universe = reveal(recording, 1000, 926, zero);
    const seen = [70, 744, 87, 117, 926, 255, 420, 747, 754, 441, 575, 600, 629, 711];
    const trader = traderOf(
      {
        login: "Testpilot",
        name: "Testpilot",
        sector: 70,
        credits: 3_435_748,
        turnsLeft: 29_195,
        turnsSince: zero,
        lastOn: zero,
        alignment: 176,
        experience: 177,
        ...known.trader,
      },
      {
        builtAt: Date.UTC(2026, 10, 22, 14, 0, 41),
        ported: 271,
        holds: 75,
        fighters: 2500,
        shields: 400,
        cargo: { "Fuel Ore": 0, Organics: 16, Equipment: 0 },
        ...known.ship,
        gear: { ...noGear(), ...known.gear },
      },
    );
    const galaxy = galaxyOf(
      universe,
      { yearsAhead: 12, turnsPerDay: 30_000, version: "3.34b Gold", courseMax: 20 },
      { at: zero, traders: [trader], seen: seen.map((sector) => ({ trader: 1, sector })) },
      { betweens: known.betweens ?? [], rolls: [0.9, 0.9, 0.9] },
    );
    const { host, caller } = atGameMenu(galaxy, "Testpilot", zero);
    let screen = "";
    for (const keys of ["T\r", "N", "\r", "secret1\r"]) screen = press(host, caller, keys, zero);
    while (screen.endsWith("[Pause]")) screen = press(host, caller, "\r", zero);
    const station = (sector: number, owner: Owner, count: number, mode: FighterMode) => {
      sectorAt(galaxy, sector).fighters = { owner, count, mode };
    };
    return { galaxy, trader, host, caller, station };
  }

  /** Newhope in sector 70, and what else stands there later. */
  function furnish({ galaxy, station }: ReturnType<typeof testpilot>): void {
    const newhope = { id: 4, name: "Newhope", type: "M", sector: 70, createdAt: zero, shields: 10 } as const;
    for (const planet of galaxy.planets.values()) planet.shields = 10;
    if (galaxy.planets.size === 0) addPlanet(galaxy, formPlanet(newhope));
    sectorAt(galaxy, 70).beacon = "Beware of Testpilot";
    sectorAt(galaxy, 70).armids = { owner: mine, count: 5 };
    sectorAt(galaxy, 70).limpets = { owner: mine, count: 3 };
    station(70, mine, 100, "defensive");
    const second = buildShip({
      id: 2,
      kind: "merchantFreighter",
      name: "Second Wind",
      maker: "Bofors",
      builtAt: zero,
      sector: 926,
      pilot: 0,
      owner: mine,
    });
    addShip(galaxy, second);
  }

  test("fighters and mines are dropped and listed, byte for byte", () => {
    const steps = stepsOf("07-haggle");
    const { host, caller, trader, galaxy } = testpilot("07-haggle", {
      gear: { armids: 50, limpets: 25, scanner: "holo" },
    });
    galaxy.seen.set(1, new SectorSet([70, 744, 926]));
    for (const planet of galaxy.planets.values()) galaxy.inSector.get(planet.sector)?.planets.clear();
    sectorAt(galaxy, 70).beacon = "";
    const labels = { "deploy-figs": [], "show-figs": [], "deploy-mines": [], "mine-scan": [0, 3] } as const;
    replay(host, caller, pick(steps, labels as never), zero);
    expect(trader.ship).toMatchObject({ fighters: 2400, gear: { armids: 45, limpets: 22 } });
    expect(sectorAt(galaxy, 70)).toMatchObject({
      fighters: { owner: mine, count: 100, mode: "defensive" },
      armids: { count: 5 },
      limpets: { count: 3 },
    });
  });

  test("defensive, toll and offensive fighters and mines are met, byte for byte", () => {
    const steps = stepsOf("08-combat");
    const table = testpilot("08-combat", {
      ship: { fighters: 2400 },
      gear: {
        armids: 45,
        limpets: 22,
        beacons: 9,
        torpedoes: 4,
        detonators: 2,
        corbomite: 5,
        cloaks: 1,
        probes: 24,
        disruptors: 3,
        psychicProbe: true,
        planetScanner: true,
        scanner: "holo",
      },
      // Fighters destroyed, fighters left, damage by 300, mines of 20, their damage.
      betweens: [70, 2299, 282, 10, 125],
    });
    const { galaxy, host, caller, trader, station } = table;
    furnish(table);
    // Only the escaped text shows these.
    Object.assign(sectorAt(galaxy, 747), { warps: [70, 95, 229, 466] });
    for (const [from, to] of [
      [420, 475],
      [475, 267],
      [267, 332],
      [332, 748],
      [748, 750],
    ] as const) {
      const { warps } = sectorAt(galaxy, from);
      Object.assign(sectorAt(galaxy, from), { warps: [...new Set([...warps, to])].sort((a, b) => a - b) });
    }
    station(744, rogues, 500, "defensive");
    station(754, rogues, 100, "toll");
    station(747, rogues, 300, "offensive");
    sectorAt(galaxy, 255).armids = { owner: rogues, count: 20 };
    const met = {
      "fig-encounter": [],
      "fig-retreat": [],
      "fig-toll": [],
      back: [],
      "fig-offensive": [],
    };
    replay(host, caller, pick(steps, met as never), zero);
    replay(host, caller, scenarioSteps("08-combat.10-fig-offensive"), zero);
    replay(host, caller, pick(steps, { "mines-hit": [] }), zero);
    expect(trader).toMatchObject({
      credits: 3_435_248,
      experience: 183,
      alignment: 186,
      ship: { fighters: 2292, shields: 0 },
    });
    expect(sectorAt(galaxy, 747).fighters).toBeUndefined();
    expect(sectorAt(galaxy, 744).fighters?.count).toBe(430);
  });

  test("a ship is lost, a pod is left, and then that, byte for byte", () => {
    const steps = stepsOf("09-death");
    const table = testpilot("09-death", {
      trader: { credits: 3_435_248, turnsLeft: 30_000, experience: 183, alignment: 186 },
      ship: { fighters: 0, shields: 0 },
      // Damage by 5,000 and fighters lost, twice; the killing of nothing cost two.
      betweens: [0, 2, 31, 2],
    });
    const { galaxy, host, caller, trader, station } = table;
    furnish(table);
    station(420, rogues, 5000, "offensive");
    replay(host, caller, pick(steps, { "death-by-fighters": [], "pod-info": [], death2: [] }), zero);
    const logged = stepsOf("11-two-players").find(({ expected }) => expected.includes("was attacked by"));
    const lines = galaxy.chronicle.log.map(({ text }) => text);
    expect(lines.length).toBe(4);
    for (const line of lines) {
      const line2 = line.replaceAll("\x1b[1;33mRogue Mercenaries", "\x1b[1;33m\x1b[31mAbandoned");
      expect(logged?.expected).toContain(`${line2}\r\x1b[0m\n`);
    }
    expect(trader).toMatchObject({ sector: 420, death: "You destroyed your own ship!", losses: 2 });
    expect(trader.diedAt).toBeGreaterThan(0);
    expect(occupants(galaxy, 420).traders.size).toBe(0);
  });
});

describe.skipIf(capturesMissing)(`what others do, as the real server told it${whyMissing}`, () => {
  test("members of a corporation are asked whose the fighters shall be, byte for byte without colours", () => {
    const at = Date.UTC(2026, 10, 22, 15);
    const steps = pick(stepsOf("12-evil-rob-steal"), { "fig-corp": [0, 6] });
    const trader = traderOf(
      { login: "Zed", name: "Zed", sector: 711, corp: 1, turnsSince: at, lastOn: at },
      { fighters: 10 },
    );
    const galaxy = galaxyOf(reveal("12-evil-rob-steal", 1000, 926, at), {}, { at, traders: [trader] });
    const { host, caller } = atGameMenu(galaxy, "Zed", at);
    let screen = "";
    for (const keys of ["T\r", "N", "\r", "secret1\r"]) screen = press(host, caller, keys, at);
    while (screen.endsWith("[Pause]")) screen = press(host, caller, "\r", at);
    for (const keys of ["C", "N", "1", "Q", "Q"]) screen = press(host, caller, keys, at);
    expect(screen).not.toContain("\x1b[");
    replay(host, caller, steps, at);
    expect(sectorAt(galaxy, 711).fighters).toEqual({
      owner: { type: "corp", id: 1 },
      count: 10,
      mode: "defensive",
    });
  });

  test("a player who is shot down is told so over his prompt, byte for byte", () => {
    const { table, zed, wingman, zedAt, wingmanAt } = duel();
    for (const trader of [zed, wingman]) warp(table.galaxy, trader, 393);
    Object.assign(table.galaxy, { dice: loadedDice({ rolls: [0.9], betweens: [500, 289] }) });
    wingman.ship.fighters = 750;
    // A key of his has come since the last message, as in the recording.
    table.press(zedAt, "D");
    const told = scenarioText("11-two-players.09-attacked-by-player");
    table.press(wingmanAt, "AY500\r");
    expect(table.take(zedAt)).toBe(told);
    expect([zed.sector, wingman.ship.fighters, wingman.ship.kills]).toEqual([289, 720, 1]);
  });
});

// ---- played

/** Two captains in sector `where`, outside FedSpace, each in a known ship. */
function duel(settings: Parameters<typeof createTable>[0] = {}) {
  const table = createTable({ seed: 3, ...settings });
  const callers = [enlist(table, "Zed"), enlist(table, "Wingman")] as const;
  const [zed, wingman] = [...table.galaxy.traders.values()];
  if (!zed || !wingman) throw new Error("Nobody there");
  const free = table.galaxy.sectors.find(
    ({ number, warps }) => number > 20 && number !== table.galaxy.stardock && warps.length > 1,
  );
  const near = free?.warps.find((sector) => sector > 10 && sector !== table.galaxy.stardock);
  if (!free || !near) throw new Error("No such sector");
  for (const trader of [zed, wingman]) warp(table.galaxy, trader, free.number);
  for (const caller of callers) table.press(caller, "D");
  return { table, zed, wingman, zedAt: callers[0], wingmanAt: callers[1], here: free, near };
}

test("a trader who is shot down while he haggles is in a pod at his command prompt, and the deal is off", () => {
  const { table, zed, wingman, zedAt, wingmanAt } = duel({ settings: { startCredits: 5000 } });
  const port = [...table.galaxy.ports.values()].find(
    ({ portClass, sector }) => portClass === 7 && sector > 10,
  );
  if (!port) throw new Error("No port");
  for (const trader of [zed, wingman]) warp(table.galaxy, trader, port.sector);
  wingman.ship.fighters = 500;
  zed.experience = 50;
  table.press(zedAt, "PT5\r");
  table.take(zedAt);
  expect(plain(table.press(wingmanAt, "AY500\r"))).toMatch(
    /You (destroyed|captured) Zed's Merchant Cruiser!!!/,
  );
  const told = plain(table.take(zedAt));
  expect(told).toContain("Wingman is powering up weapons systems!\n");
  expect(told).toContain("Shipboard Computers Wingman destroyed 30 fighters.\n");
  expect(told).toContain("For getting blown up, you lost 5 experience points.\n");
  expect(told).toContain("Wingman destroyed your Merchant Cruiser!!!\n");
  expect(told).toContain(`You fled in your Escape Pod to sector ${zed.sector}\n`);
  expect(atHome(told)).toBe(true);
  table.press(zedAt, "\r\r");
  expect(zed).toMatchObject({
    credits: 5000,
    ship: { kind: "escapePod", holds: 1, fighters: 1, shields: 30 },
  });
  expect(table.galaxy.ships.get(zed.ship.id)).toBe(zed.ship);
  expect(zed.ship.cargo["Fuel Ore"]).toBe(0);
});

test("whoever loses his pod is out of the game, and nobody finds him in space", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here } = duel();
  wingman.ship.fighters = 750;
  table.press(wingmanAt, "AY750\r");
  warp(table.galaxy, zed, here.number);
  zed.ship.kind = "escapePod";
  table.take(zedAt);
  table.press(wingmanAt, "AY500\r");
  expect(plain(table.take(zedAt))).toContain("You will have to start over from scratch!");
  expect(zed).toMatchObject({ death: "Wingman destroyed your ship!", diedAt: table.now });
  expect(plain(table.press(wingmanAt, "A"))).toContain("There is nothing here to attack.");
  expect(table.host.callers).toBe(2);
});

test("one who sleeps in space can be shot down too, and reads of it", () => {
  const { table, zed, wingman, zedAt, wingmanAt } = duel();
  table.press(zedAt, "QY");
  wingman.ship.fighters = 750;
  zed.mail = Array.from({ length: 60 }, () => ({ at: table.now, from: "Wingman", text: "a letter" }));
  table.press(wingmanAt, "AY750\r");
  expect(zed.ship.kind).toBe("escapePod");
  // What his computers report takes its place beside his letters, not theirs.
  expect(zed.mail.filter(({ text }) => text === "a letter")).toHaveLength(60);
  expect(zed.mail.map(({ text }) => text).join("\n")).toContain("You fled in your Escape Pod to sector");
});

test("fighters pass between ship and sector to the unit, and only where that is allowed", () => {
  const { table, zed, zedAt, wingmanAt, here } = duel();
  expect(plain(table.press(zedAt, "F31"))).not.toContain("31");
  expect(plain(table.press(zedAt, "\b20\rO"))).toContain("Done. You have 10 fighter(s) in close support.");
  expect(plain(table.press(wingmanAt, "F"))).toContain("fighters in this sector that are not yours");
  expect(plain(table.press(zedAt, "G"))).toContain(
    `${String(here.number).padStart(6)}          20       Personal    Offensive            N/A\n`,
  );
  table.press(zedAt, "F5\rT");
  expect(zed.ship.fighters).toBe(25);
  expect(here.fighters).toEqual({ owner: { type: "trader", id: zed.id }, count: 5, mode: "toll" });
  table.press(zedAt, "F0\r");
  expect([zed.ship.fighters, here.fighters]).toEqual([30, undefined]);
  warp(table.galaxy, zed, 5);
  expect(plain(table.press(zedAt, "F"))).toContain("does not allow fighters to be deployed in FedSpace");
});

test("what was taken from a sector while the question stood cannot be taken twice", () => {
  const { table, zed, zedAt, here } = duel();
  table.press(zedAt, "F20\rD");
  table.press(zedAt, "F");
  here.fighters = undefined;
  expect(plain(table.press(zedAt, "25\rD"))).toContain("The sector has changed meanwhile");
  expect(zed.ship.fighters).toBe(10);
});

test("a toll is paid once and waits with the fighters for their owner", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel();
  table.press(zedAt, "F20\rT");
  warp(table.galaxy, wingman, near);
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  const before = wingman.credits + zed.credits;
  table.take(zedAt);
  expect(plain(table.press(wingmanAt, `M${here.number}\r`))).toContain("pay their toll to remain");
  expect(plain(table.take(zedAt))).toContain(
    `Deployed Fighters Report Sector ${here.number}: Wingman's Merchant Cruiser entered sector.\n`,
  );
  expect(atHome(plain(table.press(wingmanAt, "PY")))).toBe(true);
  expect([wingman.credits, here.fighters?.tolls]).toEqual([200, 100]);
  expect(plain(table.press(zedAt, "F"))).toContain("hand over 100 credits");
  expect(wingman.credits + zed.credits).toBe(before);
});

test("breaking off the line before fighters that bar the way does not get anybody past them", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel();
  table.press(zedAt, "F20\rD");
  warp(table.galaxy, wingman, near);
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  table.press(wingmanAt, `M${here.number}\r`);
  table.host.hungUp(wingmanAt, table.now);
  const { caller, screen } = comeBack(table, "Wingman");
  expect(screen).toContain("You have to destroy the fighters to remain in this sector.");
  expect(plain(table.press(zedAt, "AY9\r"))).toContain("You lost 9 fighter(s)");
  table.press(caller, "R");
  expect([wingman.sector, zed.sector]).toEqual([near, here.number]);
});

test("fighters that were paid can be attacked from within, and without cover a retreat hurts", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel();
  table.press(zedAt, "F20\rT");
  warp(table.galaxy, wingman, near);
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  wingman.ship.fighters = 0;
  Object.assign(table.galaxy, { dice: loadedDice({ betweens: [1, 7] }) });
  table.press(wingmanAt, `M${here.number}\r`);
  const lost = plain(table.press(wingmanAt, "R"));
  expect(lost).toContain("There is no fighter left to cover your retreat!");
  expect(lost).toContain("You rush to an escape pod");
  expect([wingman.ship.kind, wingman.sector, here.navHaz]).toEqual(["escapePod", near, 1]);
  wingman.ship.kind = "merchantCruiser";
  wingman.ship.fighters = 30;
  table.press(wingmanAt, `M${here.number}\rYPY`);
  expect(wingman.sector).toBe(here.number);
  expect(plain(table.press(wingmanAt, "AN"))).toContain("Attack the 20 fighters of Zed");
  expect(plain(table.press(wingmanAt, "Y30\r"))).toContain("You destroyed 7 enemy fighters.");
  expect(here.fighters?.count).toBe(13);
  expect(zed.ship.fighters).toBe(10);
});

test("whoever surrenders goes back in a pod, and his ship is the fighters' owner's", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel();
  table.press(zedAt, "F20\rD");
  warp(table.galaxy, wingman, near);
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  table.press(wingmanAt, `M${here.number}\r`);
  const { ship } = wingman;
  expect(atHome(plain(table.press(wingmanAt, "SY")))).toBe(true);
  expect([wingman.sector, wingman.ship.kind, ship.owner]).toEqual([
    near,
    "escapePod",
    { type: "trader", id: zed.id },
  ]);
  expect(plain(table.press(zedAt, "D"))).toContain("Wingman I [Owned by] Zed, w/ 30 ftrs");
  const again = galaxyFrom(allRows(table.galaxy), []);
  expect(again.ships).toEqual(table.galaxy.ships);
  expect(again.traders.get(wingman.id)).toEqual(wingman);
});

test("mines hurt strangers and spare their owner, limpets cling unseen until they are looked for", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel();
  Object.assign(zed.ship.gear, { armids: 10, limpets: 4 });
  table.press(zedAt, "H110\rH24\r");
  for (const trader of [zed, wingman]) warp(table.galaxy, trader, near);
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  table.press(zedAt, `M${here.number}\r`);
  expect(here.armids?.count).toBe(10);
  wingman.ship.shields = 400;
  wingman.avoids = [here.number + 1];
  table.take(zedAt);
  const hit = plain(table.press(wingmanAt, `M${here.number}\rY`));
  expect(hit).toMatch(
    / [3-8] space mine\(s\) detonate near you!\nThe console reports damages of \d+ battle points!/,
  );
  expect(wingman.avoids).toEqual([here.number, here.number + 1]);
  expect(plain(table.take(zedAt))).toMatch(/Your mines in \d+ did \d+ damage to Wingman\n/);
  expect([wingman.ship.limpeted, here.limpets?.count]).toEqual([[zed.id], 3]);
  expect(wingman.ship.shields).toBeLessThan(400);
  warp(table.galaxy, wingman, near);
  expect(plain(table.press(zedAt, "K2"))).toContain(`${String(near).padStart(6)}       Personal \n`);
});

test("debris and corbomite can cost the ship of whoever did not expect them", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel();
  zed.ship.gear.corbomite = 50;
  wingman.ship.fighters = 500;
  expect(plain(table.press(wingmanAt, "AY500\r"))).toContain("You rush to an escape pod");
  expect([zed.ship.kind, wingman.ship.kind]).toEqual(["escapePod", "escapePod"]);
  expect(here.navHaz).toBe(2);
  Object.assign(zed.ship, { kind: "merchantCruiser", fighters: 5, shields: 10 });
  warp(table.galaxy, zed, near);
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  Object.assign(table.galaxy, { dice: loadedDice({ rolls: [0.005], betweens: [12] }) });
  const struck = plain(table.press(zedAt, `M${here.number}\r`));
  expect(struck).toContain("Space Debris/Asteroids struck your ship!");
  expect(struck).toContain("2 K3-A Fighters destroyed by the blast!");
  expect([zed.ship.fighters, zed.ship.shields, zed.sector]).toEqual([3, 0, here.number]);
});

test("a disruptor clears mines next door, a photon wave lets a ship pass, and the wave ends", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel();
  zed.ship.gear.armids = 5;
  table.press(zedAt, "F20\rDH15\r");
  warp(table.galaxy, wingman, near);
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  Object.assign(here, { warps: [near] });
  Object.assign(wingman.ship.gear, { disruptors: 1, photons: 1 });
  expect(plain(table.press(wingmanAt, `CW${here.number}\r`))).toContain("set off 5 mines");
  expect(plain(table.press(wingmanAt, `P${here.number}\r`))).toContain("Photon missile launched");
  table.press(wingmanAt, "Q");
  expect(atHome(plain(table.press(wingmanAt, `M${here.number}\r`)))).toBe(true);
  table.press(wingmanAt, `M${near}\r`);
  table.now += 21_000;
  expect(plain(table.press(wingmanAt, `M${here.number}\r`))).toContain("You have to destroy the fighters");
  expect(wingman.ship.gear).toMatchObject({ disruptors: 0, photons: 0 });
});

test("a port under siege wears down, shoots back and is gone at last", () => {
  const { table, zed, zedAt } = duel();
  const port = [...table.galaxy.ports.values()].find(
    ({ portClass, sector }) => portClass === 7 && sector > 10 && sector !== table.galaxy.stardock,
  );
  if (!port) throw new Error("No port");
  warp(table.galaxy, zed, port.sector);
  for (let wave = 0; wave < 40 && !port.destroyed; wave++) {
    Object.assign(zed.ship, { fighters: 2500, shields: 400 });
    table.press(zedAt, "PA750\r");
  }
  expect(port.destroyed).toBe(true);
  expect(zed.alignment).toBeLessThan(-50);
  expect(plain(table.press(zedAt, "P"))).toContain("There is no port in this sector!");
});

test("random keys in a sector full of arms never make or lose a fighter by any other rule than the game's", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here, near } = duel({ settings: { turnsPerDay: 20_000 } });
  Object.assign(sectorAt(table.galaxy, near), { warps: [here.number] });
  Object.assign(here, { warps: [near] });
  const keys = "FGHKADIRPSOTYN12\r09".split("").concat(
    ["F5\rO", "F9\rT", "F20\rD", "F0\r", "H12\r", "H22\r", "A10\r", "AY9\r", "PY", "SY", "N"],
    Array.from({ length: 6 }, (_, index) => `M${index % 2 === 0 ? near : here.number}\r`),
  );
  const dice = createDice(8);
  const met = new Set<string>();
  for (let round = 0; round < 3000; round++) {
    for (const [caller, trader] of [
      [zedAt, zed],
      [wingmanAt, wingman],
    ] as const) {
      // Both get a new ship in time, so that the war goes on.
      if (round % 10 === 0) {
        Object.assign(trader.ship, { kind: "merchantCruiser", fighters: 30, shields: 50 });
        Object.assign(trader.ship.gear, { armids: 5, limpets: 5 });
        if (![here.number, near].includes(trader.sector)) warp(table.galaxy, trader, here.number);
      }
      const screen = plain(table.press(caller, dice.pick(keys, "a key")));
      for (const [word] of screen.matchAll(/You lost|valiant|Fighter Attack|detonate|Done\. You|escape pod/g))
        met.add(word);
      for (const sector of [here, sectorAt(table.galaxy, near)]) {
        for (const field of [sector.fighters, sector.armids, sector.limpets]) {
          if (field && !(field.count > 0)) throw new Error(`${field.count} in sector ${sector.number}`);
        }
      }
      const { fighters, shields, gear } = trader.ship;
      if (Math.min(fighters, shields, gear.armids, gear.limpets, trader.credits) < 0)
        throw new Error(`${trader.name} has less than nothing`);
    }
  }
  expect(zed.diedAt + wingman.diedAt).toBe(0);
  expect([...met].sort()).toEqual([
    "Done. You",
    "Fighter Attack",
    "You lost",
    "detonate",
    "escape pod",
    "valiant",
  ]);
});

test("in FedSpace nobody is shot at, and whoever tries pays with his good name", () => {
  const { table, zed, wingman, wingmanAt } = duel();
  for (const trader of [zed, wingman]) warp(table.galaxy, trader, 5);
  expect(plain(table.press(wingmanAt, "AY"))).toContain("A Federation StarShip drops out of warp");
  expect([wingman.alignment, zed.ship.fighters]).toEqual([-10, 30]);
});

test("an empty ship is taken, and a wanderer that attacks is told of and dies poorer", () => {
  const { table, zed, wingman, zedAt, wingmanAt, here } = duel();
  const game = { galaxy: table.galaxy, online: new Map() };
  const empty = buildShip({
    id: 77,
    kind: "scoutMarauder",
    name: "Ghost",
    maker: "Nobody",
    builtAt: 0,
    sector: here.number,
    pilot: 0,
    owner: { type: "trader", id: zed.id },
  });
  addShip(table.galaxy, empty);
  expect(plain(table.press(wingmanAt, "ANY10\r"))).toContain("You captured Zed's Scout Marauder!!!");
  expect(empty.owner).toEqual({ type: "trader", id: wingman.id });
  const raider: Wanderer = {
    id: 1,
    race: "ferrengi",
    name: "Grax",
    experience: 100,
    alignment: -100,
    sector: here.number,
    shipName: "Tooth",
    shipType: "Ferrengi Raider",
    fighters: 10,
    shields: 0,
    credits: 500,
  };
  addWanderer(table.galaxy, raider);
  expect(attackTrader(game, raider, zed, table.now)).toBe(true);
  expect([raider.fighters, zed.ship.fighters < 30]).toEqual([2, true]);
  const fleet: Wanderer = { ...raider, id: 2, fighters: 1000, sector: wingman.sector };
  addWanderer(table.galaxy, fleet);
  expect(attackTrader(game, fleet, wingman, table.now)).toBe(true);
  expect(wingman.ship.kind).toBe("escapePod");
  expect(fleet.fighters).toBeGreaterThan(900);
  removeWanderer(table.galaxy, fleet);
  table.press(zedAt, "D");
  const { credits } = zed;
  expect(plain(table.press(zedAt, "A"))).toContain("Attack Menace 1st Class Grax");
  expect(plain(table.press(zedAt, "Y20\r"))).toContain("you find 500 credits");
  expect([zed.credits - credits, table.galaxy.wanderers.size]).toEqual([500, 0]);
});
