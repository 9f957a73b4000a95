import { expect, test } from "bun:test";
import { see, waysOf } from "../../../src/games/tw2002/chart.ts";
import { firstStep, hopsTo, nth, reach, wayTo } from "../../../src/games/tw2002/paths.ts";
import { createReader } from "../../../src/games/tw2002/reader/read.ts";
import { learn } from "../../../src/games/tw2002/learn.ts";
import { progress, standing } from "../../../src/games/tw2002/standing.ts";
import { budget, newWorld } from "../../../src/games/tw2002/world.ts";

const self = {
  name: "Willy",
  password: "hush",
  gameLetter: "A",
  shipName: "Bucket",
  planetName: "Home",
  turnsMax: 200,
  reserveCredits: 0,
  maxHops: 6,
};

function worldAfter(text: string) {
  const world = newWorld(self);
  const { read } = createReader();
  const trades = text
    .split("\n")
    .flatMap((line) => read(line).flatMap((fact) => learn(world, fact, 0) ?? []));
  return { world, trades };
}

const info = `Command [TL=00:00:00]:[7] (?=Help)? : I
<Info>
Trader Name    : Civilian Willy
Turns to Warp  : 3
Current Sector : 7
Turns left     : 250
Total Holds    : 20 - Empty=20
Credits        : 300`;
const sector = (number: number, warps: string, port = "") =>
  `Sector  : ${number} in uncharted space.\n${port}Warps to Sector(s) :  ${warps}\n`;
const docked = `Commerce report for Guatama: 02:14:15 PM Mon Nov 22, 2038
Fuel Ore   Selling   1840    100%       0
Organics   Buying    2750    100%       0
Equipment  Selling   1990    100%       0
You have 300 credits and 20 empty cargo holds.`;

test("a struck deal moves credits, cargo and stock, and is told as a trade", () => {
  const { world, trades } = worldAfter(`${info}
${sector(7, "8 - 9", "Ports   : Guatama, Class 5 (SBS)\n")}
${docked}
How many holds of Fuel Ore do you want to buy [20]? 10
Agreed, 10 units.
We'll sell them for 115 credits.
Your offer [115] ? 100
We'll sell them for 113 credits.
Your offer [113] ? 108
Cheapskate.  Here, take them and leave me alone.
You have 192 credits and 10 empty cargo holds.`);
  expect(trades).toEqual([
    { sector: 7, product: "Fuel Ore", units: 10, credits: -108, hidden: 104, offers: 2 },
  ]);
  expect(world.credits).toBe(192);
  expect(world.cargo).toEqual([10, 0, 0]);
  expect(world.ports.get(7)?.good(0)?.trading).toBe(1830);
  expect(world.ports.get(7)?.good(0)?.struck).toBeGreaterThan(0);
  expect(standing(world)).toMatchObject({
    trades: 1,
    tradeAttempts: 1,
    creditsStart: 300,
    trader: "Willy",
    haggleDeals: 1,
    haggleOffers: 2,
    haggleLost: 0,
    // Ten units of ore, which cost 108 credits and bring more where they are wanted.
    cargoValue: expect.any(Number),
  });
  expect(standing(world).cargoValue).toBeWithin(108, 600);
});

test("a refused deal moves nothing", () => {
  const { world, trades } = worldAfter(`${info}
${sector(7, "8 - 9", "Ports   : Guatama, Class 5 (SBS)\n")}
${docked}
How many holds of Fuel Ore do you want to buy [20]? 10
Agreed, 10 units.
Our final offer is 115 credits.
Your offer [115] ? 50
We're not interested.
You have 300 credits and 20 empty cargo holds.`);
  expect(trades).toEqual([]);
  expect([world.credits, world.cargo, world.tradeAttempts]).toEqual([300, [0, 0, 0], 1]);
  expect(standing(world)).toMatchObject({ haggleDeals: 0, haggleOffers: 1, haggleLost: 1, cargoValue: 0 });
});

test("turns are counted by warps and corrected by what the game says", () => {
  const move = `<Move>\n${sector(8, "7")}`;
  const { world } = worldAfter(`${info}\n${move}`);
  expect([world.turnsExecuted, world.turnsLeft]).toEqual([3, 247]);
  for (const line of ["One turn deducted, 246 turns left.", "You have 250 turns this Stardate."])
    for (const fact of createReader().read(line)) learn(world, fact, 0);
  // A new grant gives no used turn back.
  expect([world.turnsExecuted, world.turnsLeft, budget(world)]).toEqual([4, 250, 196]);
});

test("dangers close a sector until it is seen without them", () => {
  const { world } = worldAfter(`${info}\n${sector(7, "8")}${sector(8, "7 - 9")}`);
  const hostile = "Sector  : 8 in uncharted space.\nFighters: 500 (Rogue Mercenaries) [Defensive]\n";
  const { read } = createReader();
  for (const line of hostile.split("\n")) for (const fact of read(line)) learn(world, fact, 0);
  expect(firstStep(reach(world, 7, 20), 9)).toBeUndefined();
  for (const line of sector(8, "7 - 9").split("\n")) for (const fact of read(line)) learn(world, fact, 0);
  expect(firstStep(reach(world, 7, 20), 9)).toBe(8);
  const own = "Sector  : 8 in uncharted space.\nFighters: 100 (yours) [Defensive]\n";
  for (const line of own.split("\n")) for (const fact of read(line)) learn(world, fact, 0);
  expect(world.dangers.size).toBe(0);
});

test("seeing the same danger again is no progress, so that nobody looks at it for ever", () => {
  const mined =
    "Sector  : 8 in uncharted space.\nMines   : 5 (Type 1 Armid) (Rogue Mercenaries)\nWarps to Sector(s) :  7\n";
  const { world } = worldAfter(`${info}\n${sector(7, "8")}${mined}`);
  expect(world.dangers.get(8)?.kind).toBe("mines");
  const before = progress(world);
  const { read } = createReader();
  for (const line of mined.split("\n")) for (const fact of read(line)) learn(world, fact, 0);
  expect(world.dangers.get(8)?.kind).toBe("mines");
  expect(progress(world)).toBe(before);
});

test("a course that tells no new lane is no progress, so that nobody plots for ever", () => {
  const { world } = worldAfter(info);
  const ask = () => learn(world, { type: "courseAsked", from: 7, to: 9 }, 0);
  ask();
  learn(world, { type: "path", sectors: [7, 8, 9] }, 0);
  const before = progress(world);
  ask();
  learn(world, { type: "path", sectors: [7, 8, 9] }, 0);
  ask();
  learn(world, { type: "noCourse", from: 7, to: 9 }, 0);
  expect(progress(world)).toBe(before);
  learn(world, { type: "path", sectors: [7, 9] }, 0);
  expect(progress(world)).not.toBe(before);
});

test("a port that its sector no longer shows is forgotten; a list of warps alone forgets nothing", () => {
  const port = "Ports   : Guatama, Class 5 (SBS)\n";
  const { world } = worldAfter(`${info}\n${sector(7, "8 - 9", port)}`);
  const { read } = createReader();
  const see = (text: string) => {
    for (const line of text.split("\n")) for (const fact of read(line)) learn(world, fact, 0);
  };
  see("<Move>\nWarps to Sector(s) :  8 - 9\n");
  expect(world.ports.has(7)).toBe(true);
  see(sector(7, "8 - 9"));
  expect(world.ports.has(7)).toBe(false);
  see(sector(7, "8 - 9", port));
  expect(world.ports.has(7)).toBe(true);
});

test("a warp that turned out to be none is taken off the map, and that is progress", () => {
  const { world } = worldAfter(`${info}\n${sector(7, "8 - 9")}`);
  const before = progress(world);
  for (const line of ["To which Sector ? 9", "That Warp Lane is not adjacent."])
    for (const fact of createReader().read(line)) learn(world, fact, 0);
  expect(waysOf(world.chart, 7)).toEqual([8]);
  expect(progress(world)).not.toBe(before);
});

test("routes are shortest, one way where the warps are, and end at what is not explored", () => {
  const { world } = worldAfter(`${info}\n${sector(7, "8 - 9")}${sector(8, "10")}${sector(9, "7")}`);
  const from7 = reach(world, 7, 20);
  expect([0, 1, 2, 3, 4].map((at) => nth(from7, at))).toEqual([7, 8, 9, 10, undefined]);
  expect([7, 8, 9, 10].map((sector) => [sector, hopsTo(from7, sector)])).toEqual([
    [7, 0],
    [8, 1],
    [9, 1],
    [10, 2],
  ]);
  expect(firstStep(from7, 10)).toBe(8);
  expect(firstStep(from7, 7)).toBeUndefined();
  expect(wayTo(from7, 10)).toEqual([8, 10]);
  expect(hopsTo(reach(world, 8, 20), 7)).toBe(Number.POSITIVE_INFINITY);
  expect(hopsTo(reach(world, 7, 1), 10)).toBe(Number.POSITIVE_INFINITY);
});

test("a sector is sighted by who sees it first: what others have told of is theirs to ask the computer about", () => {
  const { world } = worldAfter(`${info}\n${sector(7, "8 - 9")}`);
  expect(world.sightedSince).toBe(1);
  see(world.chart, 8, 1_000);
  for (const line of sector(8, "7").split("\n"))
    for (const fact of createReader().read(line)) learn(world, fact, 2_000);
  expect(world.sightedSince).toBe(1);
  for (const line of sector(9, "7").split("\n"))
    for (const fact of createReader().read(line)) learn(world, fact, 3_000);
  expect(world.sightedSince).toBe(2);
});
