/** What a bot's world makes of it that somebody else has flown its ship. */
import { expect, test } from "bun:test";
import type { Fact } from "../../../src/games/tw2002/facts.ts";
import { learn } from "../../../src/games/tw2002/learn.ts";
import { lent } from "../../../src/games/tw2002/lent.ts";
import { waysHome } from "../../../src/games/tw2002/reflexes.ts";
import { bankInVain, shopsInVain } from "../../../src/games/tw2002/vain.ts";
import { hungUp, newWorld, type World } from "../../../src/games/tw2002/world.ts";

const take = (world: World, ...facts: readonly Fact[]) =>
  facts.flatMap((fact) => learn(world, fact, 1) ?? []);

/** At the port of sector 5, which buys what it has aboard. */
function docked(): World {
  const world = newWorld({
    name: "Lender",
    password: "",
    gameLetter: "A",
    shipName: "",
    planetName: "",
    turnsMax: 0,
    reserveCredits: 0,
    maxHops: 6,
  });
  take(
    world,
    { type: "at", sector: 5 },
    { type: "trader", name: "Lender" },
    { type: "holds", total: 20, cargo: [20, 0, 0], empty: 0 },
    { type: "credits", credits: 300 },
    { type: "sector", sector: 5, region: "space", unexplored: false },
    { type: "port", sector: 5, name: "Five", portClass: 1 },
    { type: "commerce", port: "Five", weekday: 1 },
    { type: "stock", product: "Fuel Ore", side: "buying", trading: 1000, percent: 100, onBoard: 20 },
  );
  return world;
}

const talk: readonly Fact[] = [
  { type: "quantity", product: "Fuel Ore", side: "buying", most: 20, wanted: 20 },
  { type: "agreed", units: 20 },
  { type: "offered", credits: 500, final: false },
  { type: "bid", offer: 500, credits: undefined },
];
const deal: Fact = { type: "purse", credits: 800, empty: 20 };

test("a bot's own deal is told and counted; one that was made while its ship was lent is not, and the credits are right", () => {
  const own = docked();
  expect(take(own, ...talk, deal)).toMatchObject([{ credits: 500 }]);
  expect([own.trades, own.tradeAttempts, own.haggled.deals]).toEqual([1, 1, 1]);
  const world = docked();
  const back = lent(world);
  take(world, ...talk, deal);
  back();
  expect([world.trades, world.tradeAttempts, world.haggled.deals, world.haggled.offers]).toEqual([
    0, 0, 0, 0,
  ]);
  expect([world.credits, world.cargo[0], world.informed]).toEqual([800, 0, false]);
});

test("a deal that somebody has begun and left is not the bot's when it is closed on its way home", () => {
  const world = docked();
  const back = lent(world);
  take(world, ...talk);
  back();
  expect(take(world, deal)).toEqual([]);
  expect([world.trades, world.credits]).toEqual([0, 800]);
});

test("a line that somebody lost in a port leaves nothing to be heard of; one that the bot had lost before does", () => {
  const info: readonly Fact[] = [
    { type: "trader", name: "Lender" },
    { type: "holds", total: 20, cargo: [0, 0, 0], empty: 20 },
    { type: "credits", credits: 800 },
  ];
  const theirs = docked();
  const back = lent(theirs);
  hungUp(theirs);
  back();
  expect(take(theirs, ...info)).toEqual([]);
  const own = docked();
  hungUp(own);
  lent(own)();
  expect(take(own, ...info)).toMatchObject([{ credits: 500, units: 20 }]);
});

test("what somebody tried in vain, at the door or in a shop, is no evidence of what the bot would get", () => {
  const world = docked();
  const back = lent(world);
  take(
    world,
    { type: "passwordWrong" },
    { type: "passwordWrong" },
    { type: "nameRefused" },
    { type: "gameRefused", text: "full" },
    { type: "menuKey", place: "stardock", key: "S" },
    { type: "menuKey", place: "yards", key: "Q" },
    { type: "menuKey", place: "stardock", key: "G" },
    { type: "menuKey", place: "bank", key: "D" },
    { type: "menuKey", place: "bank", key: "Q" },
    { type: "menuKey", place: "stardock", key: "Q" },
  );
  expect([shopsInVain(world), bankInVain(world)]).toEqual([true, true]);
  back();
  expect(world.door).toMatchObject({ wrongPasswords: 0, namesRefused: 0, refusals: 0 });
  expect([shopsInVain(world), bankInVain(world)]).toEqual([false, false]);
});

test("a message that somebody has begun is ended with nothing in it", () => {
  for (const open of ["'", "`", "=", ": "]) expect(waysHome(open).slice(0, 2)).toEqual(["\r", "\r"]);
});
