import { describe, expect, test } from "bun:test";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { addCorp, addPlanet, type Galaxy } from "../../../../src/games/tw2002/host/galaxy.ts";
import { formPlanet } from "../../../../src/games/tw2002/host/planet.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import { infoLines, quickStats } from "../../../../src/games/tw2002/host/text/info.ts";
import { createPaper } from "../../../../src/games/tw2002/host/text/paper.ts";
import { noGear, type Trader } from "../../../../src/games/tw2002/host/things.ts";
import { shipTypes } from "../../../../src/games/tw2002/rules/ships.ts";
import { atHome, comeBack, enlist, plain } from "./players.ts";
import { helm } from "./helm.ts";
import { atGameMenu, galaxyOf, pick, replay, traderOf } from "./recorded.ts";
import { press, type Step, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";
import { testpilot, testpilotBegan } from "./testpilot.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";
import { newTrader } from "../../../../src/games/tw2002/host/traders.ts";

describe.skipIf(capturesMissing)(`the computer as it was recorded${whyMissing}`, () => {
  const zero = testpilotBegan;

  test("every key of its menu that was pressed answers byte for byte, but for pictures and praise", () => {
    const steps = stepsOf("04-basics");
    const { host, caller } = testpilot();
    const exactly = (labels: Parameters<typeof pick>[1]) => replay(host, caller, pick(steps, labels), zero);
    exactly({
      globals: [],
      "computer-menu": [],
      "computer-course": [],
      "computer-warps": [],
      "computer-known": [],
      "port-report-unknown": [],
      tpref: [],
      avoids: [],
      time: [],
      ranks: [],
      // Then come pages with pictures; the pod has none.
      "ship-catalog": [0, 3],
    });
    for (const page of pick(steps, { "ship-catalog": [3, -1] })) {
      const table = specs(page.expected);
      expect(table.split("\n").length).toBe(9);
      expect(specs(press(host, caller, page.keys, zero))).toBe(table);
    }
    exactly({ "ship-catalog": [-1], "planet-specs": [0, 2] });
    for (const { keys } of pick(steps, { "planet-specs": [2, -1] })) {
      expect(plain(press(host, caller, keys, zero))).toEndWith(
        "\n\nWhich planet type are you interested in (?=List) ? ",
      );
    }
    exactly({ "planet-specs": [-1], "personal-settings": [], "ship-settings": [] });
  });

  /** The last screen lines of a page of the catalogue: its table and the question. */
  const specs = (page: string) => page.slice(page.indexOf("\x1b[32m     Basic Hold Cost"));

  /** Wingman, evil, in a corporation, in his Havoc GunStar. */
  function wingman(known: Partial<Trader> = {}) {
    const at = Date.UTC(2026, 10, 22, 15, 33, 39) - 16_260;
    const universe = reveal("15-status", 1000, 926, at);
    const trader = newTrader({
      id: 2,
      login: "Wingman",
      name: "Wingman",
      password: "1/secret2",
      salt: "1",
      credits: 4_059_169,
      experience: 1801,
      alignment: -1008,
      corp: 1,
      turnsLeft: 873,
      turnsSince: at,
      lastOn: at,
      ship: buildShip({
        id: 3,
        kind: "havocGunStar",
        name: "er",
        maker: "Bitubo",
        builtAt: Date.UTC(2026, 10, 22, 15, 20, 10),
        sector: 711,
        pilot: 2,
        owner: { type: "trader", id: 2 },
        holds: 50,
        fighters: 5000,
        ported: 2,
        cargo: { "Fuel Ore": 5, Organics: 0, Equipment: 0 },
        gear: { ...noGear(), transwarp: 1 },
      }),
      ...known,
    });
    const seen = universe.sectors.flatMap(({ number }) =>
      [711, 782, 926].includes(number) ? [{ trader: 2, sector: number }] : [],
    );
    const galaxy = galaxyOf(
      { ...universe, planets: [] },
      {
        yearsAhead: 12,
        turnsPerDay: 30_000,
        startCredits: 1000,
        version: "3.34b Gold",
        playersMax: 200,
        planetsMax: 200,
      },
      { at: at - 10 * 86_400_000 + 60_000, traders: [trader], seen },
    );
    addCorp(galaxy, { id: 1, name: "Evil Inc", password: "", ceo: 2, members: [2], foundedAt: at });
    Object.assign(galaxy.sectors[710]!, {
      fighters: { owner: { type: "corp", id: 1 }, count: 10, mode: "defensive" },
    });
    addPlanet(
      galaxy,
      formPlanet({
        id: 6,
        name: "Wingworld",
        type: "M",
        sector: 711,
        createdAt: at + 20_000,
        owner: { type: "trader", id: 2 },
        colonists: { "Fuel Ore": 76, Organics: 34, Equipment: 90 },
        store: { "Fuel Ore": 1, Organics: 0, Equipment: 19_400 },
      }),
    );
    const { host, caller } = atGameMenu(galaxy, "Wingman", at);
    for (const keys of ["T\r", "N", "\r", "secret2\r", "\r", "\r"]) press(host, caller, keys, at);
    return { galaxy, host, caller, at };
  }

  test("planets, ships and the game's status of somebody who has some, byte for byte", () => {
    const steps = stepsOf("15-status");
    const { host, caller, at } = wingman();
    const [status, ...rest] = pick(steps, { "view-status": [] });
    const counted = (screen: string) =>
      screen
        .replace(/\[1;33m [\d,]+ \x1b|net worth of .*?\.|\d+\x1b\[0;32m%|\d+% Good/g, "#")
        .replace(/and \x1b\[1;33m\d+ /, "#");
    expect(counted(press(host, caller, "V", at + 16_260))).toBe(counted(status!.expected));
    replay(host, caller, rest, at);
    replay(
      host,
      caller,
      pick(steps, { "personal-planets": [], "ship-scan": [], "transporter-and-shipscan": [0, 2] }),
      at,
    );
    replay(host, caller, pick(steps, { "newline-tests": [3, 5] }), at);
  });

  test("without ANSI there is no code at all, and it can be had back", () => {
    const steps = stepsOf("12-evil-rob-steal");
    const { galaxy, host, caller, at } = wingman();
    const trader = galaxy.traders.get(2)!;
    Object.assign(trader, { turnsLeft: 891, credits: 4_998_750 });
    trader.ship.kind = "merchantCruiser";
    Object.assign(trader.ship, {
      fighters: 0,
      holds: 70,
      cargo: { "Fuel Ore": 0, Organics: 0, Equipment: 0 },
      gear: noGear(),
    });
    for (const keys of ["CN", "1", "Q", "Q"]) press(host, caller, keys, at);
    const [stats, , , ...settings] = pick(steps, { "quickstats-noansi": [0, -1] });
    const end = "\r\nCommand [TL=00:00:00]:[711] (?=Help)? : ";
    expect(press(host, caller, "/", at)).toBe(stats!.expected.replace(/\r\nShould these .*$/, end));
    replay(host, caller, settings, at);
  });
});

describe.skipIf(capturesMissing)(`what a trader is told of himself${whyMissing}`, () => {
  const written = (text: (paper: ReturnType<typeof createPaper>) => void) => {
    const paper = createPaper();
    text(paper);
    return paper.take();
  };
  const between = (steps: readonly Step[], from: string, to: RegExp) => {
    const { expected = "" } = steps.find((step) => step.expected.includes(from)) ?? {};
    const rest = expected.slice(expected.indexOf(from));
    return rest.slice(0, rest.search(to));
  };
  const equipped = (known: Partial<Trader>) =>
    traderOf(
      { login: "Testpilot", name: "Testpilot", ...known },
      {
        builtAt: Date.UTC(2026, 10, 22, 14, 0, 41),
        holds: 75,
        fighters: 2400,
        shields: 400,
        ported: 271,
        cargo: { "Fuel Ore": 0, Organics: 16, Equipment: 0 },
        gear: {
          ...noGear(),
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
      },
    );

  test("all equipment is in the long list and in the quick one", () => {
    const universe = { sectors: [], ports: new Map(), planets: [], stardock: 0 };
    const galaxy: Galaxy = galaxyOf(universe, { yearsAhead: 12, sectors: 1000 }, { at: 0 });
    const trader = equipped({
      sector: 744,
      experience: 177,
      alignment: 176,
      turnsLeft: 29_192,
      credits: 3_435_748,
    });
    const info = between(stepsOf("08-combat"), "\r\n\x1b[35mTrader Name    ", /\x1b\[32mYour fighters/);
    expect(written(infoLines(trader, galaxy))).toBe(info);

    const { ship } = trader;
    Object.assign(ship.gear, { armids: 50, limpets: 25, torpedoes: 5, beacons: 10 });
    Object.assign(ship, { fighters: 2500, cargo: { "Fuel Ore": 0, Organics: 0, Equipment: 10 } });
    const docked = {
      ...trader,
      sector: 926,
      turnsLeft: 30_000,
      credits: 3_399_626,
      alignment: 166,
      experience: 5,
    };
    const stats = between(stepsOf("07-haggle"), "\r\n\x1b[30;47m Sect 926", /\r\n\r\n\x1b\[35mCommand/);
    expect(written(quickStats(docked))).toBe(`${stats}\r\n`);
  });

  test("a line of the quick list takes 78 columns before it is broken", () => {
    const trader = traderOf(
      { login: "Testpilot", name: "Testpilot", sector: 70, turnsLeft: 29_997, credits: 3_435_248 },
      { kind: "escapePod", holds: 1, fighters: 1, shields: 30, gear: { ...noGear(), scanner: "density" } },
    );
    const stats = between(stepsOf("09-death"), "\r\n\x1b[30;47m Sect 70", /\x1b\[0m\n\r\n\x1b\[35mCommand/);
    expect(written(quickStats({ ...trader, alignment: 186, experience: 165 }))).toBe(`${stats}\x1b[0m\n`);
  });
});

// ---- what no recording shows

const computerPrompt = /Computer command \[TL=00:00:00\]:\[\d+\] \(\?=Help\)\? $/;

test("every key of the menu does something and leads back to the computer's prompt", () => {
  const { table, caller } = helm();
  table.press(caller, "C");
  const answers: Record<string, string> = {
    F: "1\r2\r",
    I: "\r",
    K: "E",
    R: "\r",
    U: "Y",
    V: "0\rN",
    A: "\r",
    N: "Q",
    O: "\r",
    S: "\r",
    C: "Q",
    D: "\rN\r",
    H: "Q",
    J: "Q",
    L: "Q",
    B: "",
    P: "",
    W: "",
  };
  for (const key of "FIKRUVXABNOPMSTWCDEGHJLYZ;!?") {
    const screen = plain(table.press(caller, key + (answers[key] ?? "")));
    expect({ key, screen }).toMatchObject({ screen: expect.stringMatching(computerPrompt) });
  }
  expect(plain(table.press(caller, "/"))).toMatch(computerPrompt);
  expect(atHome(plain(table.press(caller, "Q")))).toBe(true);
});

test("all settings turn over, and are as they were left when their owner comes back", () => {
  const { table, caller, trader } = helm();
  table.press(caller, "CN");
  for (const key of "1235679ABCE") table.press(caller, key);
  const shown = table.press(caller, "460000\r");
  expect(shown).not.toContain("\x1b");
  expect(shown).toContain(
    "(1) ANSI graphics            - Off\r\n(2) Animation display        - Off\r\n(3) Page on messages         - On \r\n(4) Sub-space radio channel  - 60000\r\n",
  );
  expect(shown).toContain(
    "(9) Abort display on keys    - ALL KEYS\r\n(A) Message Display Mode     - Full\r\n(B) Screen Pauses            - Yes\r\n",
  );
  table.press(caller, "QQQY");
  const saved = galaxyFrom(allRows(table.galaxy), []);
  expect(saved.byName.get("zed")?.preferences).toEqual(trader.preferences);
  expect(trader.preferences.silence).toBe(true);
});

test("a password is changed only by who knows the old one", () => {
  const { table, caller } = helm();
  expect(plain(table.press(caller, "CN8wrong\r"))).toContain("Invalid password.");
  expect(plain(table.press(caller, "8pw\rfresh\rfresher\r"))).toContain("didn't match");
  expect(plain(table.press(caller, "8pw\rfresh\rfresh\r"))).toContain("Password changed.");
  table.press(caller, "QQQY");
  expect(atHome(comeBack(table, "Zed", "fresh").screen)).toBe(true);
});

test("with screen pauses a long list waits at every screen, and A ends it", () => {
  const { table, caller, trader } = helm({ settings: { sectors: 5000 } });
  trader.preferences = { ...trader.preferences, pauses: true };
  const rows = (screen: string) => screen.match(/^[ \d]{77}$/gm)?.length;
  const first = plain(table.press(caller, "CKU"));
  expect(first).toEndWith("[Pause]");
  expect(rows(first)).toBe(22);
  expect(rows(plain(table.press(caller, " ")))).toBe(22);
  expect(plain(table.press(caller, "A"))).toMatch(computerPrompt);
});

test("whoever is richer in experience ranks higher, and corporations are named", () => {
  const { table, caller, trader } = helm();
  const rival = enlist(table, "Rival");
  table.galaxy.byName.get("rival")!.experience = 5000;
  table.galaxy.byName.get("rival")!.alignment = -20;
  trader.corp = 7;
  const list = plain(table.press(caller, "CLV"));
  expect(list).toContain("\n  1     5,000        -20  ** Rival                          Merchant Cruiser\n");
  expect(list).toContain("\n  2         0          0   7 Zed                            Merchant Cruiser\n");
  expect(plain(table.press(rival, "CLT"))).toContain("  1 Terrorist             ** Rival");
});

test("an announcement costs a hundred credits and stands in everybody's log", () => {
  const { table, caller, trader } = helm({ settings: { startCredits: 150 } });
  expect(plain(table.press(caller, "CAHoles for sale\rY"))).toContain("daily log");
  expect(trader.credits).toBe(50);
  expect(plain(table.press(caller, "AMore holes\rY"))).toContain("You can't afford that.");
  const rival = enlist(table, "Rival");
  const log = plain(table.press(rival, "CD\rN"));
  expect(log).toContain("Zed announces: Holes for sale");
  expect(log).not.toContain("More holes");
});

test("the log is read whole, from a day on, or for a word", () => {
  const { table, caller } = helm({ settings: { startCredits: 1000, yearsAhead: 0 } });
  table.press(caller, "CAHoles for sale\rY");
  table.now += 86_400_000;
  table.press(caller, "AMore holes\rY");
  const lines = (search: string) =>
    plain(table.press(caller, `D${search}\rN\r`))
      .split("\n")
      .filter((line) => line.includes("announces"))
      .map((line) => line.split(": ").at(-1));
  expect(lines("")).toEqual(["Holes for sale", "More holes"]);
  const [, month, day, year] = /Today is (\d\d)\/(\d\d)\/(\d\d)/.exec(plain(table.press(caller, "D"))) ?? [];
  table.press(caller, "\rN\r");
  expect(lines(`${month}/${day}/${year}`)).toEqual(["More holes"]);
  expect(lines("SALE")).toEqual(["Holes for sale"]);
  expect(lines("nothing")).toEqual([]);
  expect(plain(table.press(caller, "DMORE\rY"))).toMatch(
    /\d\d\/\d\d\/\d\d \d\d:\d\d [AP]M Zed announces: More holes\n\[Pause\]$/,
  );
});

test("no ship is blown up in FedSpace, and none elsewhere without the word for it", () => {
  const { table, caller, trader } = helm({ settings: { turnsPerDay: 1000 } });
  expect(plain(table.press(caller, "CB"))).toContain("The Federation will not have");
  trader.ship.sector = trader.sector = 500;
  expect(plain(table.press(caller, "BYno\r"))).toContain("aborted");
  expect(plain(table.press(caller, "BN"))).toMatch(computerPrompt);
  expect(plain(table.press(caller, "BYDESTRUCT\r"))).toContain("You rush to an escape pod");
  expect(trader.ship.kind).toBe("escapePod");
});

test("a ship's password is kept with the ship, ten characters at most", () => {
  const { table, caller, trader } = helm();
  const screen = table.press(caller, "COabcdefghijkl\r");
  expect(screen).toContain("\x1b[1;36mPassword changed to : \x1b[5;31mabcdefghij\r\x1b[0m\n");
  expect(table.press(caller, "O")).toContain("Your last password was : \x1b[1;36mabcdefghij\r");
  expect(galaxyFrom(allRows(table.galaxy), []).ships.get(trader.ship.id)?.password).toBe("abcdefghij");
});

test("a ship's base cost is the sum of its parts, and its first holds are no more than its last", () => {
  for (const { cost, costs, holdsFirst, holdsMax, attackMax, fightersMax } of Object.values(shipTypes)) {
    expect(cost).toBe(costs.holds + costs.drive + costs.computer + costs.hull);
    expect(holdsFirst).toBeLessThan(holdsMax);
    expect(attackMax).toBeLessThanOrEqual(fightersMax);
  }
});
