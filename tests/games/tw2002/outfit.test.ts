import { expect, test } from "bun:test";
import { capturesMissing, serverBytes, whyMissing } from "../../captures.ts";
import type { Fact } from "../../../src/games/tw2002/facts.ts";
import type { Intent } from "../../../src/games/tw2002/intents.ts";
import { readPrompt } from "../../../src/games/tw2002/prompts.ts";
import { learn } from "../../../src/games/tw2002/learn.ts";
import { dock } from "../../../src/games/tw2002/skills/dock.ts";
import { confirmHolds } from "../../../src/games/tw2002/skills/outfit.ts";
import { createReading, factsOf } from "./reading.ts";
import { createScripted, type Scripted } from "./scripted.ts";

const told = (name: string): Fact[] => {
  const reading = createReading();
  reading.feed(serverBytes(name));
  return reading.facts;
};
const only = <T extends Fact["type"]>(facts: readonly Fact[], type: T) =>
  facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);

test.skipIf(capturesMissing)(
  `the recorded visits tell prices, orders and what they came to${whyMissing}`,
  () => {
    const facts = told("06-stardock");
    expect(only(facts, "outfitQuote").slice(0, 3)).toEqual([
      { type: "outfitQuote", item: "holds", price: 550, most: 55 },
      { type: "outfitQuote", item: "fighters", price: 192, most: 2470 },
      { type: "outfitQuote", item: "shields", price: 157, most: 400 },
    ]);
    expect(only(facts, "holdsCost").map(({ credits }) => credits)).toEqual([14_820, 60_005]);
    const prices = new Map(only(facts, "gearPrice").map(({ item, credits }) => [item, credits]));
    expect(Object.fromEntries(prices)).toEqual({
      "scanner 2": 25_000,
      "scanner 1": 2000,
      probes: 3000,
      torpedoes: 20_000,
      planetScanner: 30_000,
      armids: 1000,
      limpets: 10_000,
      beacons: 100,
      cloaks: 25_000,
      detonators: 15_000,
      corbomite: 1000,
      disruptors: 6000,
      psychicProbe: 10_000,
    });
    expect(only(facts, "ordered").map(({ item, count }) => `${item} ${count}`)).toEqual([
      "scanner 2",
      "probes 25",
      "torpedoes 5",
      "planetScanner 1",
      "armids 50",
      "limpets 25",
      "beacons 10",
      "cloaks 1",
      "detonators 2",
      "corbomite 5",
      "disruptors 3",
      "psychicProbe 1",
      "holds 20",
      "shields 400",
      "holds 55",
      "fighters 2470",
    ]);
    expect(only(facts, "banked").map(({ credits }) => credits)).toEqual([100_000, -1000]);
    expect(only(facts, "shipListed")).toHaveLength(16);
    expect(only(facts, "shipListed")[7]).toEqual({
      type: "shipListed",
      letter: "H",
      name: "Merchant Freighter",
      price: 33_400,
    });
    const traded = told("12-evil-rob-steal");
    expect(only(traded, "tradeInValue")).toEqual([{ type: "tradeInValue", credits: 66_011 }]);
    expect(only(traded, "shipPriced")).toEqual([{ type: "shipPriced", price: 79_000 }]);
    expect(only(traded, "gearPrice")).toContainEqual({
      type: "gearPrice",
      item: "transwarp 1",
      credits: 12_500,
    });
  },
);

test.skipIf(capturesMissing)(`Info tells the ship and all that it carries${whyMissing}`, () => {
  const facts = told("08-combat");
  expect(only(facts, "shipKind")).toEqual([{ type: "shipKind", kind: "merchantCruiser" }]);
  const gear = Object.fromEntries(only(facts, "gear").map(({ item, count }) => [item, count]));
  expect(gear).toEqual({
    armids: 45,
    limpets: 22,
    beacons: 9,
    torpedoes: 4,
    detonators: 2,
    corbomite: 5,
    cloaks: 1,
    probes: 24,
    disruptors: 3,
    psychicProbe: 1,
    planetScanner: 1,
    scanner: 2,
  });
});

test("outside of a visit nobody's prices are believed", () => {
  const list = "A  Cargo holds     :    550 credits / next hold               55";
  const lines = [list, "You have 5 credits.", "100,000 credits have been deposited in your account."];
  expect(factsOf(lines.join("\n"))).toEqual([]);
  const inside = factsOf(
    ["Commerce report for: 02:31:25 PM Mon Nov 22, 2038     You can buy:", list].join("\n"),
  );
  expect(inside).toHaveLength(1);
  // At the command prompt the visit is over.
  const after = ["<StarDock> Where to? (?=Help) Q", "Command [TL=00:00:00]:[926] (?=Help)? : D", ...lines];
  expect(factsOf(after.join("\n")).map(({ type }) => type)).toEqual(["menuKey", "at"]);
});

test("the questions of shops are prompts with what they are about", () => {
  const read = (open: string) => readPrompt(open, "");
  expect(read("<Shipyards> Your option (?) ? ")).toEqual({ type: "shop", place: "yards" });
  expect(read("<Galactic Bank> So, how can I help you Citizen? (?) ? ")).toEqual({
    type: "shop",
    place: "bank",
  });
  expect(read("How many K-3A fighters do you want to buy (Max 2,470) [0] ? ")).toEqual({
    type: "howMany",
    item: "fighters",
    most: 2470,
  });
  expect(read("How many Cargo Holds do you want installed? ")).toEqual({
    type: "howMany",
    item: "holds",
    most: undefined,
  });
  expect(read("How many Probes do you want (Max 25) [0] ? ")).toEqual({
    type: "howMany",
    item: "pieces",
    most: 25,
  });
  expect(read("How many credits do you want to withdraw? (99,000) ")).toEqual({
    type: "howManyCredits",
    what: "withdraw",
    most: 99_000,
  });
});

/** The bot's book beside the host's. */
function expectSameBooks({ world, trader }: Scripted): void {
  const { ship, credits, bank, turnsLeft } = trader();
  const { scanner, psychicProbe, planetScanner, transwarp, ...pieces } = ship.gear;
  const carried = Object.entries(pieces).filter(([, count]) => count > 0);
  const fitted = { scanner: ["none", "density", "holo"].indexOf(scanner), transwarp };
  const grades = { ...fitted, psychicProbe: Number(psychicProbe), planetScanner: Number(planetScanner) };
  const book = {
    credits: world.credits,
    turns: world.turnsLeft,
    kind: world.ship.kind,
    holds: world.holds,
    empty: world.empty,
    fighters: world.fighters,
    shields: world.shields,
    gear: Object.fromEntries([...world.ship.gear].filter(([, count]) => count > 0)),
  };
  expect(book).toEqual({
    credits,
    turns: turnsLeft,
    kind: ship.kind,
    holds: ship.holds,
    empty: ship.holds,
    fighters: ship.fighters,
    shields: ship.shields,
    gear: Object.fromEntries([...carried, ...Object.entries(grades).filter(([, grade]) => grade > 0)]),
  });
  if (world.bank !== undefined) expect(world.bank).toBe(bank);
}

/** A bot with so many credits, its papers read. */
function rich(credits: number, byteByByte = false): Scripted {
  const bot = createScripted({ byteByByte });
  bot.trader().credits = credits;
  bot.act({ type: "inform" });
  return bot;
}

/** Turns that an intent took. */
function turnsOf(bot: Scripted, intent: Intent): number {
  const before = bot.trader().turnsLeft;
  bot.act(intent);
  return before - bot.trader().turnsLeft;
}

test("at a class 0 port the ship is brought up to what was asked for, once, for one turn", () => {
  const bot = rich(100_000);
  const intent: Intent = { type: "outfit", outfit: { holds: 40, fighters: 100, shields: 50 }, keep: 0 };
  expect(turnsOf(bot, intent)).toBe(1);
  const { ship } = bot.trader();
  expect([ship.holds, ship.fighters, ship.shields]).toEqual([40, 100, 50]);
  expectSameBooks(bot);
  expect(bot.world.market.outfit).toMatchObject({ sector: 1, hold: 204 });
  // Once more changes nothing: so many in all, not so many more.
  const spent = bot.world.credits;
  bot.act(intent);
  expect(bot.world.credits).toBe(spent);
  expect(bot.trouble).toEqual([]);
});

test("a short purse buys what it can and keeps what it must", () => {
  const bot = rich(5000);
  bot.act({ type: "outfit", outfit: { holds: 75, fighters: 2500, shields: 400 }, keep: 1000 });
  expect(bot.trader().ship.holds).toBeGreaterThan(22);
  expect(bot.world.credits).toBeGreaterThanOrEqual(1000);
  expect(bot.world.credits).toBeLessThan(1300);
  expectSameBooks(bot);
  const poor = rich(100);
  poor.act({ type: "outfit", outfit: { holds: 75 }, keep: 0 });
  expect([poor.trader().ship.holds, poor.trader().credits]).toEqual([20, 100]);
  expect(poor.trouble).toEqual([]);
});

test("a full ship buys nothing beyond its limits", () => {
  const bot = rich(5_000_000);
  bot.act({ type: "outfit", outfit: { holds: 9999, fighters: 99_999, shields: 9999 }, keep: 0 });
  const { ship } = bot.trader();
  expect([ship.holds, ship.fighters, ship.shields]).toEqual([75, 2500, 400]);
  expectSameBooks(bot);
});

test("holds that cost more than their quote promised are declined", () => {
  const { world } = rich(50_000);
  world.visit.quotes.set("holds", { price: 550, most: 55 });
  world.visit.order = { item: "holds", count: 20 };
  const keysAt = (cost: number, keep = 0) => {
    world.visit.cost = cost;
    return confirmHolds(world, { outfit: { holds: 40 }, keep });
  };
  expect(keysAt(14_820)).toEqual({ keys: "Y" });
  expect(keysAt(16_000)).toEqual({ keys: "N" });
  expect(keysAt(14_820, 40_000)).toEqual({ keys: "N" });
});

/** The same at the StarDock. */
function docked(credits: number, byteByByte = false): Scripted {
  const bot = rich(credits, byteByByte);
  bot.act({ type: "status" });
  bot.act({ type: "travel", to: bot.world.stardock! });
  bot.act({ type: "inform" });
  expect(bot.world.sector).toBe(bot.table.galaxy.stardock);
  return bot;
}

test.each([false, true])("one landing does all errands, and both books agree (cut up: %p)", (byteByByte) => {
  const bot = docked(250_000, byteByByte);
  const turns = turnsOf(bot, {
    type: "dock",
    keep: 500,
    errands: {
      ship: { kind: "merchantFreighter", most: 20_000 },
      outfit: { holds: 65, fighters: 300, shields: 20 },
      gear: { scanner: 2, psychicProbe: 1, planetScanner: 1, probes: 3, beacons: 2 },
      deposit: 10_000,
    },
  });
  expect(turns).toBe(1);
  const { ship, bank } = bot.trader();
  expect(ship.kind).toBe("merchantFreighter");
  expect([ship.holds, ship.fighters, ship.shields, bank]).toEqual([65, 300, 20, 10_000]);
  expect(bot.trouble).toEqual([]);
  expect(bot.world.informed).toBe(false);
  bot.act({ type: "inform" });
  expectSameBooks(bot);
  expect(bot.world.turnsPerWarp).toBe(2);
  expect(bot.world.market.ships.get("Constellation")).toEqual({ letter: "L", price: 72_500 });
  // The next visit takes some of it back, and lays the rest by.
  bot.act({ type: "dock", keep: 0, errands: { withdraw: 500 } });
  expect(bot.world.bank).toBe(9500);
  bot.act({ type: "dock", keep: 100, errands: { deposit: 1_000_000 } });
  expect(bot.world.credits).toBe(100);
  expectSameBooks(bot);
});

test("a ship that is dearer than thought is left alone, and nothing is lost by asking", () => {
  const bot = docked(250_000);
  bot.act({ type: "dock", keep: 0, errands: { ship: { kind: "constellation", most: 10_000 } } });
  expect(bot.trader().ship.kind).toBe("merchantCruiser");
  expect(bot.trader().credits).toBe(250_000);
  // What ours would bring is known from then on.
  expect(bot.world.market.tradeIn).toMatchObject({ kind: "merchantCruiser", credits: 37_166 });
  // The yards sell this one to the Federation's own only.
  bot.trader().credits = 900_000;
  bot.act({ type: "inform" });
  bot.act({ type: "dock", keep: 0, errands: { ship: { kind: "imperialStarShip", most: 900_000 } } });
  expect(bot.trader().ship.kind).toBe("merchantCruiser");
  expect(bot.trader().credits).toBe(900_000);
  expectSameBooks(bot);
  expect(bot.trouble).toEqual([]);
});

test("gear that does not fit, is there already or costs too much is not bought", () => {
  const bot = docked(8000);
  bot.act({
    type: "dock",
    keep: 1000,
    errands: { gear: { scanner: 2, transwarp: 1, photons: 1, planetScanner: 1, probes: 25 } },
  });
  expectSameBooks(bot);
  expect(bot.trader().ship.gear).toMatchObject({ scanner: "none", transwarp: 0, photons: 0, probes: 2 });
  expect(bot.trouble).toEqual([]);
});

test("where there is no dock, or no class 0 port, an errand ends at the command prompt", () => {
  const bot = rich(50_000);
  const { ports } = bot.table.galaxy;
  const trader = [2, 3, 4, 5, 6, 7].find((sector) => (ports.get(sector)?.portClass ?? 0) > 0)!;
  const away = (intent: Intent) => expect(turnsOf(bot, intent)).toBe(0);
  // A class 0 port, and a port that only trades.
  away({ type: "dock", keep: 0, errands: { gear: { scanner: 1 } } });
  bot.act({ type: "move", to: trader });
  expect(bot.world.sector).toBe(trader);
  away({ type: "dock", keep: 0, errands: { gear: { scanner: 1 } } });
  away({ type: "outfit", outfit: { holds: 30 }, keep: 0 });
  expect(bot.trader().credits).toBe(50_000);
  expect(bot.trouble).toEqual([]);
});

test("what the purse does not show was not bought", () => {
  const { world } = rich(50_000);
  const hear = (...facts: Fact[]) => facts.forEach((fact) => learn(world, fact, 0));
  hear({ type: "ordered", item: "fighters", count: 100 }, { type: "credits", credits: 50_000 });
  expect(world.fighters).toBe(30);
  hear({ type: "ordered", item: "fighters", count: 100 }, { type: "credits", credits: 30_000 });
  expect(world.fighters).toBe(130);
  // One order is carried out once.
  hear({ type: "credits", credits: 20_000 });
  expect(world.fighters).toBe(130);
});

test("no ship is bought that is not the one, or not at the price", () => {
  const { world } = rich(50_000);
  const intent = {
    type: "dock",
    keep: 1000,
    errands: { ship: { kind: "merchantFreighter", most: 5000 } },
  } as const;
  const buyIt = (name: string, price: number) => {
    world.visit.offered = { name, price };
    return dock.answers.buyIt?.({ world, prompt: { type: "buyIt" }, intent });
  };
  const stillInterested = () =>
    dock.answers.stillInterested?.({ world, prompt: { type: "stillInterested" }, intent });
  expect(stillInterested()).toEqual({ keys: "N" });
  world.visit.tradeIn = 30_000;
  expect(stillInterested()).toEqual({ keys: "Y" });
  expect(buyIt("Merchant Freighter", 33_400)).toEqual({ keys: "Y" });
  expect(buyIt("Merchant Freighter", 35_001)).toEqual({ keys: "N" });
  expect(buyIt("Merchant Cruiser", 33_400)).toEqual({ keys: "N" });
  world.visit.tradeIn = 20_000;
  expect(stillInterested()).toEqual({ keys: "N" });
  expect(buyIt("Merchant Freighter", 33_400)).toEqual({ keys: "N" });
});

test("without turns there is no landing, and no loss", () => {
  const bot = docked(50_000);
  bot.trader().turnsLeft = 0;
  bot.act({ type: "dock", keep: 0, errands: { gear: { scanner: 1 } } });
  expect(bot.trader().ship.gear.scanner).toBe("none");
  expect(bot.world.turnsLeft).toBe(0);
  expect(bot.trouble).toEqual([]);
});
