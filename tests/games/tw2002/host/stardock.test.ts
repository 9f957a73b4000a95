import { describe, expect, test } from "bun:test";
import { earnBounty } from "../../../../src/games/tw2002/host/bounties.ts";
import { addShip, changeShip, type Galaxy, warp } from "../../../../src/games/tw2002/host/galaxy.ts";
import { tradersInSpace } from "../../../../src/games/tw2002/host/occupants.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import type { Ship, Trader } from "../../../../src/games/tw2002/host/things.ts";
import {
  holdsPrice,
  outfitPrices,
  standardPrices,
  valueShip,
} from "../../../../src/games/tw2002/rules/equipment.ts";
import { shipTypes } from "../../../../src/games/tw2002/rules/ships.ts";
import { capturesMissing, whyMissing } from "../../../captures.ts";
import { atHome, comeBack, createTable, enlist, noon, plain, type Table } from "./players.ts";
import { galaxyOf, traderOf } from "./recorded.ts";
import { press, type Step, stepsOf } from "./replay.ts";
import { reveal } from "./reveal.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";

describe.skipIf(capturesMissing)(`what the real server wrote${whyMissing}`, () => {
  /** Where the pictures and the sales talk, which are ours, end: from here on every byte is compared. */
  const ours: { readonly [step: string]: readonly string[] } = {
    "stardock-port S": ["\x1b[35m[Pause]"],
    "stardock-port \r": ["\x1b[1;33mOne turn deducted"],
    "sd-hardware H": ["\x1b[32mYou have"],
    "sd-buy-scanner R": ["\x1b[35mThe Holographic"],
    "sd-hardware-buy F": ["\x1b[35mI can let"],
    "sd-hardware-buy2 Y": ["\x1b[35mI can let"],
    "sd-shipyards S": ["\x1b[32mYou have"],
    "sd-shipyards-buy5 \r": ["\x1b[35m[Pause]"],
    "sd-bank G": ["\x1b[1;36mAn automated"],
    "sd-police P": ["\x1b[1;36mThe rather tough"],
    "sd-tavern T": ["\x1b[0m\r\n\r\n\r\n\x1b[32mThere are no"],
    "sd-library L": ["\x1b[32C\x1b[32mMain Index"],
    "sd-grimy T": ["\x1b[0m\r\n\r\n\r\n\x1b[32mThere are no", "\x1b[35m(Enter the subject"],
    "buy-tradein-ship S": ["\x1b[35m[Pause]", "\x1b[32mYou have"],
    "buy-tradein-ship \r": ["\x1b[1;33mOne turn deducted"],
    "buy-twarp H": ["\x1b[32mYou have"],
    "buy-twarp W": ["\x1b[35mType 1:"],
    ...Object.fromEntries(
      "ETMLBDACS".split("").map((key) => [`sd-hardware-buy ${key}`, ["\x1b[32mHow many"]]),
    ),
  };

  function follow(table: Table, caller: number, steps: readonly Step[], zero: number): void {
    for (const { label, keys, t, expected } of steps) {
      const written = press(table.host, caller, keys, zero + Math.round(t * 1000));
      const [mark] = (ours[`${label} ${keys}`] ?? []).filter((end) => expected.includes(end));
      const tail = (text: string) =>
        mark === undefined ? text : text.slice(Math.max(0, text.lastIndexOf(mark)));
      expect({ label, t, keys, written: tail(written) }).toEqual({ label, t, keys, written: tail(expected) });
    }
  }

  function landing(
    trader: Partial<Trader>,
    ship: Partial<Ship>,
    zero: number,
    settings: Partial<Galaxy["settings"]> = {},
  ): { table: Table; caller: number; galaxy: Galaxy; trader: Trader } {
    const universe = reveal("06-stardock", 1000, 926, zero);
    const made = traderOf(
      { login: "Testpilot", name: "Testpilot", sector: 926, lastOn: zero, turnsSince: zero, ...trader },
      { sector: 926, ...ship },
    );
    const galaxy = galaxyOf(
      universe,
      { yearsAhead: 12, turnsPerDay: 600, ...settings },
      { at: zero, traders: [made], seen: [{ trader: 1, sector: 926 }] },
    );
    const table = createTable({ galaxy });
    table.now = zero;
    const { caller, screen } = comeBack(table, "Testpilot", "secret1");
    expect(atHome(screen)).toBe(true);
    return { table, caller, galaxy, trader: made };
  }

  test("a whole visit to the StarDock's places, but for pictures and sales talk byte for byte", () => {
    // 02:31:25 PM on the game's clock was 261.1 s into the session, 02:31:56 PM 292.5 s.
    const zero = Date.UTC(2026, 10, 22, 14, 31, 0) - 235_800;
    const { table, caller, trader, galaxy } = landing(
      { credits: 4_749_999, turnsLeft: 585 },
      { cargo: { "Fuel Ore": 10, Organics: 0, Equipment: 10 } },
      zero,
    );
    // Keys that a [Pause] does not take: what follows them is its own explanation, which comes with the clock.
    const nudges = [86.3, 246.1, 247.3];
    const steps = stepsOf("06-stardock").filter(
      ({ t }) => t > 80 && t < 402 && !nudges.some((at) => Math.abs(at - t) < 0.1),
    );
    expect(steps.length).toBeGreaterThan(90);
    follow(table, caller, steps, zero);
    expect(trader).toMatchObject({ credits: 3_399_280, bank: 99_000, place: { type: "stardock" } });
    expect(trader.ship).toMatchObject({ holds: 75, fighters: 2500, shields: 400 });
    expect(trader.ship.gear).toMatchObject({ probes: 25, torpedoes: 5, limpets: 25, scanner: "holo" });
    expect(galaxy.ships.get(2)).toMatchObject({ name: "Second Wind", password: "P", pilot: 0, sector: 926 });
  });

  test("a ship traded in, its holds and fighters bought, and a drive for it", () => {
    const zero = Date.UTC(2026, 10, 22, 15, 20, 0) - 277_550;
    const { table, caller, trader, galaxy } = landing(
      { credits: 4_998_750, turnsLeft: 888, corp: 1 },
      { id: 3, holds: 70, fighters: 0 },
      zero,
      // The sysop of this game had changed the first drive's price.
      { prices: { ...standardPrices, transwarp1: 12_500 } },
    );
    galaxy.corps.set(1, { id: 1, name: "Traders", password: "", ceo: 1, members: [1], foundedAt: zero });
    const steps = stepsOf("12-evil-rob-steal").filter(({ t }) => t > 269 && t < 337);
    press(table.host, caller, "P", zero);
    follow(table, caller, steps, zero);
    expect(trader).toMatchObject({ credits: 3_980_292, place: { type: "space" } });
    expect(trader.ship).toMatchObject({ id: 3, kind: "havocGunStar", name: "er", holds: 50, fighters: 5000 });
    expect(trader.ship.gear.transwarp).toBe(1);
  });
});

test("what drifts fits every price that was recorded, and a ship's worth the one valuation", () => {
  const at = (...date: Parameters<typeof Date.UTC>) => outfitPrices(Date.UTC(...date));
  const first = at(2038, 10, 22, 14, 31, 56);
  expect(Math.round(2470 * first.fighter)).toBe(476_476);
  expect(Math.round(5000 * at(2038, 10, 22, 15, 20, 33).fighter)).toBe(964_051);
  expect(Math.round(400 * first.shield)).toBe(62_838);
  expect([20, 55].map((count) => holdsPrice(first, 20, count))).toEqual([14_820, 60_005]);
  const later = at(2054, 1, 9, 2, 9, 47);
  expect([later.hold, later.fighter, later.shield].map(Math.floor)).toEqual([194, 237, 112]);
  expect(valueShip(shipTypes.merchantCruiser, { holds: 70, fittings: 0 }, first)).toEqual({
    hull: 8999,
    holds: 37_844,
    drive: 899,
    computer: 18_269,
    fittings: 0,
    total: 66_011,
  });
});

/** Somebody with credits at the StarDock's prompt. */
function visitor(table: Table, name: string, credits = 1_000_000) {
  const caller = enlist(table, name);
  const trader = table.galaxy.byName.get(name.toLowerCase());
  if (!trader) throw new Error(`${name} is not enlisted`);
  warp(table.galaxy, trader, table.galaxy.stardock);
  trader.credits = credits;
  const screen = plain(table.press(caller, "PS\r"));
  if (!screen.endsWith("Where to? (?=Help) ")) throw new Error(`Not in the StarDock: ${screen}`);
  return { caller, trader, keys: (keys: string) => plain(table.press(caller, keys)) };
}

test("a visit costs one turn, hides the trader, and goes on where the line broke", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  expect(zed.trader).toMatchObject({ turnsUsed: 1, place: { type: "stardock" } });
  expect(tradersInSpace(table.galaxy, table.galaxy.stardock)).toEqual([]);
  zed.keys("H");
  table.host.hungUp(zed.caller, table.now);
  const again = galaxyFrom(allRows(table.galaxy), []);
  expect(again.traders.get(zed.trader.id)?.place).toEqual({ type: "stardock" });
  const back = comeBack(table, "Zed");
  expect(back.screen).toEndWith("<StarDock> Where to? (?=Help) ");
  expect(atHome(plain(table.press(back.caller, "Q")))).toBe(true);
  expect(zed.trader.place).toEqual({ type: "space" });
});

test("without a turn nobody lands", () => {
  const table = createTable({ seed: 3 });
  const caller = enlist(table, "Zed");
  const [trader] = table.galaxy.traders.values();
  if (!trader) throw new Error("Nobody enlisted");
  warp(table.galaxy, trader, table.galaxy.stardock);
  trader.turnsLeft = 0;
  const screen = plain(table.press(caller, "PS"));
  expect(screen).toContain("You don't have any turns left.");
  expect(atHome(screen)).toBe(true);
});

test("hardware is bounded by ship and purse, and a ship takes only what it is equipped for", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed", 10_000);
  expect(zed.keys("HE")).toContain("How many Probes do you want (Max 3) [0] ? ");
  // A digit that would ask for more is not taken.
  zed.keys("93\r");
  expect(zed.trader).toMatchObject({ credits: 1000, ship: { gear: { probes: 3 } } });
  expect(zed.keys("P")).toContain("Sorry, your ship is not equipped to handle Photon Missiles!");
  expect(zed.keys("W")).toContain("Sorry, your ship is not equipped for a TransWarp Drive!");
  zed.keys("RD");
  expect(zed.trader).toMatchObject({ credits: 1000, ship: { gear: { scanner: "none" } } });
  zed.trader.credits = 60_000;
  zed.keys("RHRD");
  expect(zed.trader).toMatchObject({ credits: 35_000, ship: { gear: { scanner: "holo" } } });
  zed.keys("FYFY");
  expect(zed.trader).toMatchObject({ credits: 5000, ship: { gear: { planetScanner: true } } });
});

test("a drive is upgraded for the difference and a fee", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed", 100_000);
  zed.trader.ship.kind = "havocGunStar";
  zed.keys("HWU");
  expect(zed.trader.credits).toBe(100_000);
  zed.keys("W1W1WU");
  expect(zed.trader).toMatchObject({ credits: 10_000, ship: { gear: { transwarp: 2 } } });
});

test("ships for a few are sold to those few, and no ship beyond the last number", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  expect(zed.keys("SBNYIY")).toContain("You need a Federal Commission");
  expect(zed.keys("EY")).toContain("heads of Corporations");
  zed.trader.alignment = 1000;
  expect(zed.keys("IYStarship\rN")).toEndWith("[Pause]");
  expect(zed.trader.credits).toBe(1_000_000 - 329_000);
  const small = createTable({ seed: 3, settings: { shipsMax: 1 } });
  const alone = visitor(small, "Zed");
  expect(alone.keys("SBNYHY")).toContain("too many ships");
  expect(alone.trader.credits).toBe(1_000_000);
});

test("a ship is paid for when it is delivered: who hangs up before owes nothing", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  const ships = table.galaxy.ships.size;
  zed.keys("SBNYHYSecond");
  table.host.hungUp(zed.caller, table.now);
  expect(zed.trader.credits).toBe(1_000_000);
  expect(table.galaxy.ships.size).toBe(ships);
});

test("of two who buy the last ship one gets it, and the other keeps his credits", () => {
  const table = createTable({ seed: 3, settings: { shipsMax: 3 } });
  const zed = visitor(table, "Zed");
  const wing = visitor(table, "Wing");
  zed.keys("SBNYHYFirst\r");
  wing.keys("SBNYHYSecond\r");
  expect(wing.keys("N")).toEndWith("[Pause]");
  expect(zed.keys("N")).toContain("too many ships");
  expect([zed.trader.credits, wing.trader.credits]).toEqual([1_000_000, 1_000_000 - 33_400]);
  expect(table.galaxy.ships.get(3)).toMatchObject({ name: "Second", owner: { type: "trader", id: 2 } });
});

test("a ship that somebody took to the helm meanwhile is not sold", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  const wing = visitor(table, "Wing");
  table.galaxy.corps.set(1, { id: 1, name: "C", password: "", ceo: 1, members: [1, 2], foundedAt: noon });
  for (const { trader } of [zed, wing]) trader.corp = 1;
  const spare = buildShip({
    id: 77,
    kind: "merchantFreighter",
    name: "Spare",
    maker: "M",
    builtAt: noon,
    sector: table.galaxy.stardock,
    pilot: 0,
    owner: { type: "corp", id: 1 },
  });
  addShip(table.galaxy, spare);
  expect(zed.keys("SS77\r")).toContain("Still interested ? ");
  expect(wing.keys("SS77\r")).toContain("Still interested ? ");
  const { trader } = wing;
  changeShip(table.galaxy, trader, spare);
  expect(zed.keys("Y")).toContain("the offer is off");
  expect(zed.trader.credits).toBe(1_000_000);
  changeShip(table.galaxy, trader, table.galaxy.ships.get(2) ?? spare);
  expect(wing.keys("Y")).toContain("credits have been added");
  expect(table.galaxy.ships.has(77)).toBe(false);
  // Hull, holds, drive and computer of the catalogue, nine tenths of each but a credit.
  expect(wing.trader.credits).toBe(1_000_000 + 6119 + 13_499 + 1799 + 8639);
  expect(zed.keys("S77\r")).toContain("You do not own any other ships orbiting the Stardock!");
});

test("a ship traded in leaves with all that is in it", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  zed.trader.ship.cargo["Fuel Ore"] = 5;
  zed.trader.ship.gear.probes = 3;
  expect(zed.keys("SBY")).toContain("Whatever else is aboard goes with her");
  zed.keys("YHYNew\rN");
  const { ship } = zed.trader;
  expect(ship).toMatchObject({ id: 1, kind: "merchantFreighter", name: "New", fighters: 0, holds: 30 });
  expect(ship).toMatchObject({ cargo: { "Fuel Ore": 0 }, gear: { probes: 0 }, pilot: zed.trader.id });
  expect(zed.trader.credits).toBe(1_000_000 + 8999 + 8999 + 899 + 18_269 - 33_400);
});

test("the bank keeps what it can hold, and no credit is lost on the way to another", () => {
  const table = createTable({ seed: 3, settings: { bankMax: 500_000 } });
  const zed = visitor(table, "Zed");
  const wing = visitor(table, "Wing", 500_000);
  expect(zed.keys("GD")).toContain("How many credits do you want to deposit? (500,000) ");
  zed.keys("400000\r");
  wing.keys("GD");
  // Wing has the prompt open for all of his room while Zed fills it.
  expect(zed.keys("TWing\r")).toContain("(400,000) ");
  zed.keys("300000\r");
  expect(wing.keys("500000\r")).toContain("200,000 credits have been deposited");
  expect(wing.trader).toMatchObject({ bank: 500_000, credits: 300_000 });
  expect(zed.trader).toMatchObject({ bank: 100_000, credits: 600_000 });
  zed.keys("W100000\r");
  expect(zed.trader).toMatchObject({ bank: 0, credits: 700_000 });
  expect(zed.keys("TZed\r")).toContain("Transfer voided");
});

test("the police lift the good, refuse the others, and pay rewards once", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  const rogue = visitor(table, "Rogue");
  expect(zed.keys("PA")).toContain("declares you not worthy!");
  zed.trader.alignment = 500;
  expect(zed.keys("A")).toContain("salutes");
  expect(zed.trader).toMatchObject({ commissioned: true, alignment: 1000 });
  expect(zed.keys("PRogue\r")).toContain("has nothing against Rogue");
  rogue.trader.alignment = -100;
  expect(rogue.keys("PPZed\r")).toContain("your kind of people");
  zed.keys("PRogue\r2500\r");
  expect(zed.trader).toMatchObject({ credits: 997_500, alignment: 1002 });
  expect(zed.keys("E")).toContain("Rogue");
  const hunter = visitor(table, "Hunter");
  expect(earnBounty(table.galaxy, zed.trader, rogue.trader)).toBe(0);
  expect(earnBounty(table.galaxy, hunter.trader, rogue.trader)).toBe(2500);
  hunter.keys("PCC");
  expect(hunter.trader).toMatchObject({ credits: 1_002_500, rewardDue: 0 });
});

test("in the tavern words are paid for, heard and forgotten", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed", 3000);
  const wing = visitor(table, "Wing");
  zed.keys("TABuy low\r");
  expect(zed.trader.credits).toBe(2900);
  expect(wing.keys("T")).toContain("Zed: Buy low");
  zed.keys(";Hello\r");
  expect(plain(table.take(wing.caller))).toContain("T Zed Hello");
  expect(zed.keys("TWing\rY")).toContain(`in sector ${table.galaxy.stardock}`);
  expect(zed.trader.credits).toBe(400);
  expect(zed.keys("Wing\rY")).toContain("You can't afford that.");
  expect(zed.keys("nonsense\r")).toContain("Never heard");
  expect(zed.trader.credits).toBe(400);
});

test("limpets are offered to be taken off, once", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  zed.keys("Q");
  zed.trader.ship.limpeted = [2];
  expect(zed.keys("PS\r")).toEndWith("removal? : (Y/N) ");
  expect(zed.keys("Y")).toEndWith("Where to? (?=Help) ");
  expect(zed.trader).toMatchObject({ credits: 995_000, ship: { limpeted: [] } });
});

test("global keys work at every counter, and the counter comes back", () => {
  const table = createTable({ seed: 3 });
  const zed = visitor(table, "Zed");
  for (const [keys, prompt] of [
    ["H/", "looking for (?) ? "],
    ["QS/", "Your option (?) ? "],
    ["QG/", "Citizen? (?) ? "],
    ["QL/", "(?=List) ? "],
    ["Q!C?/", "Where to? (?=Help) "],
  ] as const) {
    const screen = zed.keys(keys);
    expect(screen).toContain(" Sect ");
    expect(screen).toEndWith(prompt);
  }
});
