import { describe, expect, test } from "bun:test";
import { type Galaxy, removePlanet, warp } from "../../../../src/games/tw2002/host/galaxy.ts";
import { createDice } from "../../../../src/games/tw2002/host/dice.ts";
import { createHost } from "../../../../src/games/tw2002/host/mod.ts";
import { newGalaxy } from "../../../../src/games/tw2002/host/universe/newgame.ts";
import { passwordTriesMax } from "../../../../src/games/tw2002/host/entry/returning.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import { takeTax } from "../../../../src/games/tw2002/host/entry/tax.ts";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { follow } from "./doorstep.ts";
import { atHome, comeBack, createTable, dial, enlist, noon, plain, seal, telnetReply } from "./players.ts";
import { galaxyOf, traderOf } from "./recorded.ts";
import { press, type Step, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";

test("a caller is met with a NUL and DO 246, and with the rest once he has answered", () => {
  const table = createTable();
  const caller = table.connect();
  expect(table.take(caller)).toBe("\x00\xff\xfd\xf6");
  expect(table.press(caller, "ignored before telnet is found")).toBe("");
  const met = table.press(caller, telnetReply);
  expect(Buffer.from(met.slice(0, 42), "latin1").toString("hex")).toBe(
    "fffb00fffd00fffb01fffb03fffc05fffe18fffe1ffffe20fffe21fffe22fffc27fffe27fffc24fffe24",
  );
  expect(met.slice(42)).toBe("Telnet connection detected.\n\r\n\rPlease enter your name (ENTER for none): ");
});

test("a silent caller is told so after five seconds and dropped", () => {
  const table = createTable();
  const caller = table.connect();
  table.take(caller);
  table.wait(4999);
  expect(table.take(caller)).toBe("");
  table.wait(1);
  expect(table.take(caller)).toBe("Failed to detect protocol.  Expected Telnet...");
  expect(table.closed.has(caller)).toBe(true);
});

test("one caller too many is turned away", () => {
  const table = createTable({ maxCallers: 1 });
  table.connect();
  const second = table.connect();
  expect(table.take(second)).toBe("\x00Game server is currently full.");
  expect(table.closed.has(second)).toBe(true);
});

test("telnet commands are found wherever the bytes are cut", () => {
  const table = createTable();
  const caller = table.connect();
  for (const byte of `${telnetReply}\xff\xfa\x18\x00vt\xff\xffq\xff\xf0z\xff\xfb\x1fed\r\x00`) {
    table.press(caller, byte);
  }
  expect(plain(table.press(caller, "#"))).toContain("Node 1   Menu   : zed");
});

test("a newcomer who mistypes his password is asked again, and backspace mends a name", () => {
  const table = createTable();
  const caller = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "one\r"]) table.press(caller, keys);
  expect(plain(table.press(caller, "two\r"))).toBe("***\nPasswords didn't match.  Try again.\nPassword? ");
  for (const keys of ["one\r", "one\r", "\r"]) table.press(caller, keys);
  expect(table.press(caller, "Rusx\bty\r")).toContain(
    "Rusx\b \bty\r\x1b[0m\n\r\n\x1b[32mRusty\x1b[1;36m is what",
  );
  expect(plain(table.press(caller, "N"))).toContain("What do you want to name your ship?");
  table.press(caller, "Bolt\r");
  expect(atHome(plain(table.press(caller, "Y")))).toBe(true);
});

test("wrong passwords are refused and at last the line is dropped", () => {
  const table = createTable();
  table.host.hungUp(enlist(table, "zed"), table.now);
  const caller = dial(table, "ZED");
  for (const keys of ["T\r", "N", "\r"]) table.press(caller, keys);
  for (let attempt = 1; attempt <= passwordTriesMax; attempt++) {
    expect(table.closed.has(caller)).toBe(false);
    expect(plain(table.press(caller, "guess\r"))).toContain("Invalid password.");
  }
  expect(table.closed.has(caller)).toBe(true);
  expect(atHome(comeBack(table, "zed").screen)).toBe(true);
});

test("a second login with the right password takes the trader over from the first", () => {
  const table = createTable();
  const first = enlist(table, "zed");
  const { caller, screen } = comeBack(table, "zed");
  expect(atHome(screen)).toBe(true);
  expect(table.closed.has(first)).toBe(true);
  expect(atHome(plain(table.press(caller, "D")))).toBe(true);
  expect(table.host.books().length).toBe(1);
});

test("a trader's name that is taken leads to an alias, and words of rank are refused", () => {
  const table = createTable();
  const first = dial(table, "one");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "N", "Captain Zed\r"]) table.press(first, keys);
  for (const keys of ["Zed\r", "Y", "Ship\r", "Y"]) table.press(first, keys);
  const second = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r"]) table.press(second, keys);
  expect(plain(table.press(second, "B"))).toContain(
    "there is already a trader named Zed".replace("Zed", "zed"),
  );
  for (const keys of ["Zander\r", "Y", "Ship\r"]) table.press(second, keys);
  expect(atHome(plain(table.press(second, "Y")))).toBe(true);
  expect(table.host.books().map(({ name }) => name)).toEqual(["Zed", "Zander"]);
});

test("a forgotten pause says what it waits for after ten seconds, once", () => {
  const table = createTable();
  const caller = table.connect();
  for (const keys of [telnetReply, "zed\r", "A"]) table.press(caller, keys);
  table.wait(9999);
  expect(table.take(caller)).toBe("");
  table.wait(1);
  expect(table.take(caller)).toBe(" - \x1b[1m[Press Space or Enter to continue]");
  table.wait(60_000);
  expect(table.take(caller)).toBe("");
});

test("an idle player is warned three times and put out to the server's menu", () => {
  const table = createTable();
  const caller = enlist(table, "zed");
  const said = [240_000, 30_000, 20_000, 10_000].map((ms) => {
    table.wait(ms);
    return plain(table.take(caller));
  });
  expect(said[0]).toContain("  Your session will be terminated in Sixty seconds.");
  expect(said[1]).toContain("  You now have Thirty seconds until termination.");
  expect(said[2]).toContain("  Only TEN seconds remain.  Session termination is imminent.");
  expect(said[3]).toStartWith("CRITICAL INACTIVITY:  Your session has been terminated.");
  expect(said[3]).toEndWith("Selection (? for menu): ");
  table.press(caller, "Q");
  expect(table.closed.has(caller)).toBe(true);
});

test("with latency the answer comes so much later, and nothing is lost", () => {
  const table = createTable({ latencyMs: 150 });
  const caller = table.connect();
  table.press(caller, telnetReply);
  table.wait(149);
  expect(table.take(caller)).not.toContain("Telnet");
  table.wait(1);
  expect(table.take(caller)).toContain("Telnet connection detected.");
});

// ---- what the real server wrote

/** Connects, gives a name and walks through our own splash to the game's menu, `at` by the clock. */
function atMenu(galaxy: Galaxy, login: string, at: number, latencyMs = 0) {
  const table = createTable({ galaxy, latencyMs, gameName: "My Game" });
  table.now = at;
  const caller = table.connect();
  for (const keys of [telnetReply, `${login}\r`, "A", "\r"]) {
    table.press(caller, keys);
    table.wait(latencyMs);
  }
  return { table, caller };
}
const between = (steps: readonly Step[], from: number, to: number) =>
  steps.filter(({ t }) => t >= from && t < to);

describe.skipIf(capturesMissing)(`the door as it was recorded${whyMissing}`, () => {
  const settings = {
    yearsAhead: 12,
    turnsPerDay: 1000,
    startCredits: 1000,
    playersMax: 200,
    shipsMax: 800,
    planetsMax: 200,
    aliens: true,
    ferrengi: true,
    homePlanets: true,
    version: "3.34b Gold",
    courseMax: 20,
    terraRegrowth: 1500,
    crimeDelayMs: 2000,
  };
  const universe = (at: number) => reveal("04-basics", 1000, 926, at);

  test("settings, access modes and the hidden list of the game's state", () => {
    // 01:57:05 PM on the game's clock was 56.4 s into the session.
    const zero = Date.UTC(2026, 10, 22, 13, 57, 5, 100) - 56_289;
    const steps = stepsOf("02-connect-refuse");
    const galaxy = galaxyOf(universe(zero), { ...settings, shipDelayMs: 250 }, { at: zero });
    const { table, caller } = atMenu(galaxy, "Testpilot", zero + 52_000, 150);
    table.now = zero + 52_793;
    const masks = [
      { pattern: /(Age of game +: \x1b\[1;36m)\d+/g, by: "$1N" },
      { pattern: /(Days since start +: \x1b\[1;36m|Last Bust Clear +: \x1b\[1;36m)\d+/g, by: "$1N" },
      { pattern: /((?:Ports|Planets|Figs) in game +: \x1b\[1;36m)\d+ +/g, by: "$1N" },
      { pattern: /((?:Value of ports|Percent w\/ Citadels|Mines in game) +: \x1b\[1;36m)\d+/g, by: "$1N" },
      { pattern: /days {12,15}(Days since)/g, by: "$1" },
      { pattern: /(Start Day|Last Extern Day|Last Bust Clear Day)=[\d/]+/g, by: "$1=DATE" },
      {
        pattern:
          /(Game Age|Active Ports|Port Value|Active Planets|Percent Planet Citadels|Active Figs|Active Mines|Active Aliens)=\d+/g,
        by: "$1=N",
      },
      { pattern: /Percent Aliens Good=[\w/]+/g, by: "Percent Aliens Good=N" },
    ];
    // The instructions after it are in our own words; the keys pressed at them lead back to the menu.
    follow(table, caller, between(steps, 52, 121), { masks, settleMs: 10_000 });
    // Then today's log, which is empty, and a character for whom two passwords differ at first.
    table.wait(42_000);
    follow(table, caller, between(steps, 163, 296), { masks: [maker] });
  });

  /** Makers of ships have names of our own. */
  const maker = { pattern: /(christen your new )[\w ]+? (\x1b)/g, by: "$1MAKER $2" };

  test("a character with an alias, his home planet and his first sight of space", () => {
    const steps = between(stepsOf("11-two-players"), 21, 71.3);
    const seeded = galaxyOf(
      reveal("11-two-players", 1000, 926, noon),
      { ...settings, sysop: "HXIX" },
      { at: noon },
    );
    seeded.planets.clear();
    for (const { planets } of seeded.inSector.values()) planets.clear();
    seeded.chronicle.next.planet = 5;
    const chance: Record<string, number> = {
      "a home planet's sector": 393,
      "colonists of a home planet: Fuel Ore": 21,
      "colonists of a home planet: Organics": 89,
      "colonists of a home planet: Equipment": 58,
    };
    const dice = { ...seeded.dice, between: (min: number, _: number, what: string) => chance[what] ?? min };
    const { table, caller } = atMenu({ ...seeded, dice }, "Chatter", noon);
    follow(table, caller, steps, { masks: [maker] });
  });

  test("a wrong password, a pause forgotten, Q denied and confirmed, who is on line and descriptions", () => {
    const zero = noon;
    const steps = stepsOf("03-return-player");
    const trader = traderOf({
      login: "Testpilot",
      name: "Testpilot",
      sector: 852,
      turnsLeft: 1000,
      turnsSince: zero,
      lastOn: zero,
    });
    const galaxy = galaxyOf(universe(zero), settings, { at: zero, traders: [trader] });
    const { table, caller } = atMenu(galaxy, "Testpilot", zero);
    follow(table, caller, between(steps, 17, 86));
    follow(table, caller, between(steps, 115, 180), { settleMs: 0 });
    expect(table.press(caller, "Q")).toBe("Q");
    expect(table.closed.has(caller)).toBe(true);
  });

  test("avoided sectors are cleared and the tax is taken, once a day", () => {
    const steps = stepsOf("06-stardock");
    const trader = traderOf({
      login: "Testpilot",
      name: "Testpilot",
      sector: 994,
      credits: 5_000_000,
      turnsLeft: 600,
      turnsSince: noon,
      lastOn: noon,
      avoids: [100, 998],
    });
    const galaxy = galaxyOf(
      reveal("06-stardock", 1000, 926, noon),
      { ...settings, taxRate: 0.05, sysop: "HXIX" },
      {
        at: noon,
        traders: [trader],
        seen: [
          { trader: 1, sector: 994 },
          { trader: 1, sector: 490 },
        ],
      },
    );
    const { table, caller } = atMenu(galaxy, "Testpilot", noon);
    follow(table, caller, between(steps, 5, 54));
    expect({ credits: trader.credits, alignment: trader.alignment }).toEqual({
      credits: 4_750_001,
      alignment: 166,
    });
    table.host.hungUp(caller, table.now);
    expect(plain(comeBack(table, "Testpilot", "secret1").screen)).not.toContain("Tax time!");
    const nextDay = noon + 86_400_000;
    expect(takeTax(galaxy, { ...trader, alignment: -1 }, nextDay)).toBeUndefined();
    expect(takeTax(galaxy, trader, nextDay)?.tax).toBe(237_500);
  });

  test("whoever has died waits for the next day, and then gets another ship", () => {
    const steps = stepsOf("09-death").filter(({ label }) => label === "after-death");
    const trader = traderOf({
      login: "Testpilot",
      name: "Testpilot",
      sector: 70,
      credits: 99_000,
      turnsSince: noon,
      lastOn: noon,
      diedAt: noon,
      death: "You destroyed your own ship!",
    });
    const galaxy = galaxyOf(universe(noon), { ...settings, sysop: "HXIX" }, { at: noon, traders: [trader] });
    const { table, caller } = atMenu(galaxy, "Testpilot", noon);
    follow(table, caller, steps.slice(0, -1));
    table.wait(12 * 3_600_000);
    const again = dial(table, "Testpilot");
    for (const keys of ["T\r", "N", "\r", "secret1\r", "\r"]) table.press(again, keys);
    expect(plain(table.press(again, "\r"))).toEndWith("What do you want to name your ship? (30 letters)\n");
    table.press(again, "Phoenix\r");
    expect(atHome(plain(table.press(again, "Y")))).toBe(true);
    expect([trader.ship.name, trader.sector, trader.credits, trader.diedAt]).toEqual(["Phoenix", 1, 1000, 0]);
    expect([...galaxy.ships.values()].map(({ pilot }) => pilot)).toEqual([1]);
  });

  test("for a trader without ANSI graphics the colours end where his record is known", () => {
    const steps = stepsOf("12-evil-rob-steal").filter(({ label }) => label === "login");
    const trader = traderOf({
      login: "Wingman",
      name: "Wingman",
      password: "1/pw",
      sector: 711,
      turnsLeft: 900,
      turnsSince: noon,
      lastOn: noon,
    });
    trader.preferences.ansi = false;
    const galaxy = galaxyOf(
      reveal("12-evil-rob-steal", 1000, 926, noon),
      { ...settings, sysop: "HXIX" },
      { at: noon, traders: [trader] },
    );
    const { table, caller } = atMenu(galaxy, "Wingman", noon);
    const from = steps.findIndex(({ keys }) => keys === "T\r");
    follow(table, caller, steps.slice(from));
  });

  test("avoided sectors that are kept, a key for a question sent with CR LF, and the way out", () => {
    const steps = stepsOf("15-status");
    const of = (label: string) => steps.filter((step) => step.label === label);
    const trader = traderOf({
      login: "Wingman",
      name: "Wingman",
      password: "1/pw",
      sector: 711,
      turnsLeft: 873,
      turnsSince: noon,
      lastOn: noon,
      avoids: [70],
    });
    const bare = { ...reveal("15-status", 1000, 926, noon), planets: [] };
    const galaxy = galaxyOf(
      bare,
      { ...settings, sysop: "HXIX" },
      {
        at: noon,
        traders: [trader],
        seen: [711, 782, 926].map((sector) => ({ trader: 1, sector })),
      },
    );
    const { table, caller } = atMenu(galaxy, "Wingman", noon);
    const login = of("login");
    // Planets and fighters of the sector are another test's.
    const masks = [{ pattern: /\x1b\[35m(Planets|Fighters)[^\n]*\n/g, by: "" }];
    follow(table, caller, login.slice(login.findIndex(({ keys }) => keys === "T\r")), { masks });
    table.press(caller, "Q");
    follow(table, caller, of("newline-tests").slice(0, 3), { masks });
    follow(table, caller, of("quit").slice(0, -1));
  });

  test("an idle player's three warnings and the end come at the recorded moments", () => {
    const steps = stepsOf("12-evil-rob-steal").filter(({ label }) =>
      ["prompt-probe-145", "idle-timeout"].includes(label),
    );
    const trader = traderOf({
      login: "Wingman",
      name: "Wingman",
      password: "1/pw",
      sector: 711,
      turnsSince: noon,
      lastOn: noon,
    });
    const bare = { ...universe(noon), planets: [] };
    const sectors = bare.sectors.map((sector) =>
      sector.number === 711 ? { ...sector, warps: [290, 568, 699, 768, 782, 926] } : sector,
    );
    const galaxy = galaxyOf({ ...bare, sectors }, settings, {
      at: noon,
      traders: [trader],
      seen: [711, 782, 926].map((sector) => ({ trader: 1, sector })),
    });
    const { table, caller } = atMenu(galaxy, "Wingman", noon);
    for (const keys of ["T\r", "N", "\r", "pw\r", "\r", "\r"]) table.press(caller, keys);
    // The port and the fighters of the sector are another test's.
    const there = { pattern: /\x1b\[35m(Ports|Fighters)[^\n]*\n/g, by: "" };
    follow(table, caller, steps.slice(0, -1), { masks: [there], settleMs: 313_000 });
  });
});

// ---- games of several kinds

test("a private game opens to its password alone, and too many wrong ones end the line", () => {
  const galaxy = newGalaxy({
    seed: 1,
    at: noon,
    settings: { homePlanets: false, password: seal("open sesame", "A") },
  });
  const table = createTable({ galaxy });
  const guess = (password: string) => {
    const caller = table.connect();
    for (const keys of [telnetReply, "zed\r"]) table.press(caller, keys);
    const asked = table.press(caller, "A");
    expect(asked).toEndWith("This is a private game.  Please enter a password: ");
    return { caller, screen: table.press(caller, `${password}\r`) };
  };
  expect(plain(guess("open sesame").screen)).toContain("Win32 module now loading.");
  const { caller, screen } = guess("nonsense");
  expect(screen).toEndWith("Selection (? for menu): ");
  for (let attempt = 2; attempt <= passwordTriesMax; attempt++) {
    expect(table.closed.has(caller)).toBe(false);
    table.press(caller, "A");
    table.press(caller, "nonsense\r");
  }
  expect(table.closed.has(caller)).toBe(true);
});

test("a closed game takes no new characters, but its own come in", () => {
  const galaxy = newGalaxy({ seed: 1, at: noon, settings: { homePlanets: false } });
  const before = createTable({ galaxy });
  before.host.hungUp(enlist(before, "zed"), before.now);
  Object.assign(galaxy.settings, { closed: true });
  const table = createTable({ galaxy });
  expect(atHome(comeBack(table, "zed").screen)).toBe(true);
  const caller = dial(table, "other");
  for (const keys of ["T\r", "N", "\r"]) table.press(caller, keys);
  expect(plain(table.press(caller, "Y"))).toContain("This is a closed game.");
  expect(galaxy.traders.size).toBe(1);
});

test("a full game makes room when somebody has been away for too long", () => {
  const table = createTable({ settings: { playersMax: 1, deletionDays: 30 } });
  table.host.hungUp(enlist(table, "zed"), table.now);
  const refused = dial(table, "new");
  for (const keys of ["T\r", "N", "\r"]) table.press(refused, keys);
  expect(plain(table.press(refused, "Y"))).toContain("This game is full.");
  table.host.hungUp(refused, table.now);
  const [zed] = table.galaxy.traders.values();
  const sector = table.galaxy.sectors[19];
  if (sector) sector.fighters = { owner: { type: "trader", id: zed?.id ?? 0 }, count: 5, mode: "toll" };
  table.wait(31 * 86_400_000);
  expect(table.host.hungUp(enlist(table, "new"), table.now)).toEqual([]);
  expect([...table.galaxy.traders.values()].map(({ name }) => name)).toEqual(["new"]);
  expect(sector?.fighters).toBeUndefined();
  const caller = dial(table, "new");
  table.press(caller, "T\r");
  table.press(caller, "Y");
  expect(plain(table.press(caller, "Y"))).toMatch(/\d\d\/\d\d\/\d\d \d\d:\d\d [AP]M zed was removed/);
});

test("time on line is counted down in the prompt, warned of and ended, and comes back with the day", () => {
  const table = createTable({ settings: { minutesPerDay: 3 } });
  const caller = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r", "Ship\r"]) table.press(caller, keys);
  expect(plain(table.press(caller, "Y"))).toContain("Command [TL=00:03:00]:");
  table.wait(45_000);
  expect(plain(table.press(caller, "/"))).toContain("Command [TL=00:02:15]:");
  table.wait(75_000);
  expect(plain(table.take(caller))).toContain("You have One minute left today.");
  table.wait(60_000);
  expect(plain(table.take(caller))).toEndWith("Selection (? for menu): ");
  table.host.hungUp(caller, table.now);
  expect(comeBack(table, "zed").screen).toContain("You have used up your time for today.");
  table.wait(86_400_000);
  expect(comeBack(table, "zed").screen).toContain("Command [TL=00:03:00]:");
});

test("two callers who make the same character at once do not both get it", () => {
  const table = createTable();
  const [one, two] = [dial(table, "zed"), dial(table, "zed")];
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r", "Ship\r"]) {
    table.press(one, keys);
    table.press(two, keys);
  }
  expect(atHome(plain(table.press(one, "Y")))).toBe(true);
  expect(plain(table.press(two, "Y"))).toContain("there is already a trader named zed");
  expect([table.galaxy.traders.size, table.galaxy.ships.size]).toEqual([1, 1]);
});

test("with home planets a newcomer starts landed on his own, away from the Federation, and a restart keeps it", () => {
  const table = createTable({ settings: { homePlanets: true } });
  const caller = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r", "Ship\r"]) table.press(caller, keys);
  expect(plain(table.press(caller, "Y"))).toContain(
    "What do you want to name your home planet? (Class M, Earth Type)\n[---------------------------------------]\n",
  );
  table.press(caller, "Zedworld\r");
  const rows = allRows(table.galaxy);
  const saved = galaxyFrom(rows, []);
  const planet = [...saved.planets.values()].find(({ name }) => name === "Zedworld");
  const trader = saved.byName.get("zed");
  expect(planet?.owner).toEqual({ type: "trader", id: trader?.id ?? 0 });
  expect(planet?.sector).toBe(trader?.sector ?? 0);
  expect(planet?.sector).toBeGreaterThan(10);
});

test("whoever hangs up on his planet finds himself on it again, or in space when it is gone", () => {
  const table = createTable({ settings: { homePlanets: true } });
  const caller = dial(table, "zed");
  for (const keys of ["T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r", "Ship\r", "Y"]) table.press(caller, keys);
  expect(plain(table.press(caller, "Zedworld\r"))).toContain("Planet command (?=help) [D]");
  table.host.hungUp(caller, table.now);
  const back = comeBack(table, "zed");
  expect(back.screen).toContain("Planet command (?=help) [D]");
  table.host.hungUp(back.caller, table.now);
  const planet = [...table.galaxy.planets.values()].find(({ name }) => name === "Zedworld");
  if (planet) removePlanet(table.galaxy, planet);
  expect(atHome(comeBack(table, "zed").screen)).toBe(true);
});

test("whoever hangs up inside the StarDock is inside it when he comes back", () => {
  const table = createTable();
  table.host.hungUp(enlist(table, "zed"), table.now);
  const zed = table.galaxy.byName.get("zed");
  if (zed) {
    warp(table.galaxy, zed, table.galaxy.stardock);
    zed.place = { type: "stardock" };
  }
  expect(comeBack(table, "zed").screen).toContain("<StarDock> Where to? (?=Help) ");
});

test("each of several games is on the list and keeps its own traders", () => {
  const games = ["A", "B"].map((letter, index) => ({
    letter,
    name: `Game ${letter}`,
    description: `About ${letter}`,
    galaxy: newGalaxy({ seed: index + 1, at: noon, settings: { homePlanets: false } }),
  }));
  const host = createHost({ games, seal });
  const { caller } = host.connect(noon);
  const type = (keys: string) => plain(press(host, caller, keys, noon));
  type(telnetReply);
  expect(type("zed\r")).toContain("\n<A> Game A\n<B> Game B\n\n<#> Players Online\n");
  expect(type("!")).toContain(
    "Show Game Descriptions\n\n<A> Game A\n<B> Game B\n\nSelect game (Q for none): ",
  );
  expect(type("B")).toContain("About B");
  type("\r");
  for (const keys of ["B", "\r", "T\r", "N", "\r", "Y", "pw\r", "pw\r", "\r", "Ship\r", "Y"]) type(keys);
  expect(games.map(({ galaxy }) => galaxy.traders.size)).toEqual([0, 1]);
});

test("today's log is shown, with or without stamps, and yesterday's is not", () => {
  const table = createTable();
  const read = (stamps: string) => {
    const caller = dial(table, "zed");
    for (const keys of ["T\r", "Y"]) table.press(caller, keys);
    return plain(table.press(caller, stamps));
  };
  expect(read("N")).toContain("\nFrom EIS: Welcome to Trade Wars 2002!\n[Pause]");
  expect(read("Y")).toContain("\n11/23/54 12:00 PM From EIS: Welcome to Trade Wars 2002!\n[Pause]");
  table.wait(86_400_000);
  expect(read("N")).toContain("\nNo log entries today.\n[Pause]");
});

test("A ends the instructions at a pause, and keys that are no letter of the menu are nothing", () => {
  const table = createTable();
  const caller = dial(table, "zed");
  expect(table.press(caller, " \rZ9\x1b")).toBe("");
  expect(table.press(caller, "s\bi\r")).toStartWith("S\b \bI\r\x1b[0m\n");
  expect(plain(table.press(caller, "\r"))).toEndWith("[Pause]");
  expect(plain(table.press(caller, "A"))).toEndWith("Enter your choice: ");
});

test("random keys at the door break nothing, and every trader that comes of them has his ship and his name once", () => {
  const table = createTable({
    settings: { homePlanets: true, minutesPerDay: 2, playersMax: 30, aliens: true },
  });
  const dice = createDice(20);
  const keys = [
    "T\r",
    "N",
    "Y",
    "\r",
    "\r",
    " ",
    "pw\r",
    "B",
    "A",
    "Q",
    "S\r",
    "H\r",
    "X\r",
    "*\r",
    "I\r",
    "z\r",
  ];
  const some = [
    ...keys,
    "\b",
    "Zed \xb0\r",
    "Captain\r",
    "#",
    "!",
    "\x1b",
    "\xff\xf9",
    "`hi\r",
    ":",
    "=z\r",
    "\r\n",
  ];
  let callers: number[] = [];
  for (let round = 0; round < 3000; round++) {
    if (callers.length < 6) {
      const caller = table.connect();
      table.press(caller, `${telnetReply}caller ${dice.between(1, 9, "a name")}\r`);
      callers.push(caller);
    }
    for (const caller of callers) table.press(caller, dice.pick(some, "keys"));
    if (dice.chance(0.1, "a while passes")) table.wait(dice.between(1, 60_000, "how long"));
    callers = callers.filter((caller) => !table.closed.has(caller));
  }
  const { traders, ships, byLogin } = table.galaxy;
  expect(traders.size).toBeGreaterThan(3);
  expect(byLogin.size).toBe(traders.size);
  expect([...traders.values()].every(({ ship, id }) => ships.get(ship.id)?.pilot === id)).toBe(true);
});
