import { expect, test } from "bun:test";
import { capturesMissing, serverBytes, whyMissing } from "../../captures.ts";
import { hasWay, isCharted, isSeen, waysOf } from "../../../src/games/tw2002/chart.ts";
import type { Fact } from "../../../src/games/tw2002/facts.ts";
import { sectorAt } from "../../../src/games/tw2002/host/galaxy.ts";
import { plotsFor } from "../../../src/games/tw2002/plots.ts";
import { readPrompt } from "../../../src/games/tw2002/prompts.ts";
import { coursesAhead } from "../../../src/games/tw2002/skills/survey.ts";
import { seeded } from "../../cuts.ts";
import { createReading, factsOf } from "./reading.ts";
import { createScripted } from "./scripted.ts";
import { goodsOf } from "./strategies/worlds.ts";

const told = (name: string): Fact[] => {
  const reading = createReading();
  reading.feed(serverBytes(name));
  return reading.facts;
};
const only = <T extends Fact["type"]>(facts: readonly Fact[], type: T) =>
  facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);

test.skipIf(capturesMissing)(`the recorded interrogation tells all warps and all ports${whyMissing}`, () => {
  const facts = told("10-default-universe-newplayer");
  const warps = only(facts, "cimWarps");
  expect(warps).toHaveLength(60);
  expect(warps[0]).toEqual({ type: "cimWarps", sector: 1, to: [2, 3, 4, 5, 6, 7] });
  expect(warps.at(-1)).toEqual({ type: "cimWarps", sector: 4860, to: [2385, 2405, 3179, 4583, 4788] });
  const ports = only(facts, "cimPort");
  expect(ports).toHaveLength(20);
  expect(ports[0]).toEqual({
    type: "cimPort",
    sector: 4,
    stocks: [
      { side: "buying", trading: 2870, percent: 100 },
      { side: "selling", trading: 2362, percent: 99 },
      { side: "buying", trading: 2390, percent: 100 },
    ],
  });
  expect(only(facts, "surveyed")).toHaveLength(1);
});

test.skipIf(capturesMissing)(`courses, lists and the V screen are read as recorded${whyMissing}`, () => {
  const facts = told("04-basics");
  expect(only(facts, "courseAsked")).toEqual([
    { type: "courseAsked", from: 852, to: 926 },
    { type: "courseAsked", from: 1, to: 852 },
  ]);
  expect(only(facts, "path")).toContainEqual({ type: "path", sectors: [852, 87, 744, 70, 926] });
  expect(only(facts, "path")).toContainEqual({
    type: "path",
    sectors: [1, 2, 9, 981, 270, 650, 744, 87, 852],
  });
  // The list of a thousand unexplored sectors is no list of warps.
  expect(only(facts, "cimWarps")).toEqual([{ type: "cimWarps", sector: 852, to: [87, 593, 969] }]);
  const status = told("15-status");
  expect(status).toContainEqual({ type: "universe", sectors: 1000 });
  expect(status).toContainEqual({ type: "stardockAt", sector: 926 });
  expect(status).toContainEqual({ type: "gameDay", weekday: 1 });
});

test.skipIf(capturesMissing)(`the recorded density scan is read to the last column${whyMissing}`, () => {
  const seen = only(told("08-combat"), "density").map(({ sector, density, warps }) => [
    sector,
    density,
    warps,
  ]);
  expect(seen).toEqual([
    [255, 200, 1],
    [420, 25_140, 3],
    [744, 2600, 6],
    [747, 1500, 4],
    [754, 500, 3],
    [926, 139, 6],
  ]);
});

test("columns of numbers are believed behind the interrogation's prompt only", () => {
  const row = " 852   87  593  969";
  expect(factsOf(row)).toEqual([]);
  expect(factsOf(`: \n${row}`)).toContainEqual({ type: "cimWarps", sector: 852, to: [87, 593, 969] });
  expect(factsOf(`: \n: ENDINTERROG\n${row}`)).toEqual([{ type: "cimTurn" }]);
  expect(readPrompt(": ", "")).toEqual({ type: "cim" });
  expect(readPrompt(": ", "Command [TL=00:00:00]:[852] (?=Help)? : ")).toEqual({ type: "cim" });
  expect(readPrompt(": ", " picture ")).toBeUndefined();
});

test("a course that goes on in the next line is one course, and one that is none says so", () => {
  const talk = [": ", "FM > 1", "  TO > 6", "1 > (2) > 3 >", "4 > (5) > 6", "", ": "];
  expect(only(factsOf(talk.join("\n")), "path")).toEqual([{ type: "path", sectors: [1, 2, 3, 4, 5, 6] }]);
  const none = [": ", "FM > 1", "  TO > 6", "*** Error - No route within 45 warps from sector 1 to sector 6"];
  expect(factsOf(none.join("\n"))).toEqual([
    { type: "cimTurn" },
    { type: "courseAsked", from: 1, to: 6 },
    { type: "noCourse", from: 1, to: 6 },
  ]);
});

test("V and the interrogation tell what there is to know, and cost no turn", () => {
  const bot = createScripted();
  for (const to of [2, 3, 4, 5, 6]) bot.act({ type: "travel", to });
  // As a newcomer to his own past: all that was learned on the way is forgotten.
  const fresh = createScripted({ galaxy: bot.table.galaxy });
  const before = fresh.trader().turnsLeft;
  fresh.act({ type: "status" });
  fresh.act({ type: "survey" });
  expect(fresh.trader().turnsLeft).toBe(before);
  const { world, table } = fresh;
  expect([world.chart.sectors, world.stardock]).toEqual([1000, table.galaxy.stardock]);
  expect(world.surveyed).toBe(true);
  for (const sector of table.galaxy.seen.get(fresh.trader().id)!) {
    expect(isSeen(world.chart, sector)).toBe(true);
    expect(waysOf(world.chart, sector)).toEqual([...sectorAt(table.galaxy, sector).warps]);
    const port = table.galaxy.ports.get(sector);
    if (!port || port.portClass === 0 || port.portClass === 9) continue;
    expect(world.ports.get(sector)?.portClass).toBe(port.portClass);
    expect(goodsOf(world.ports.get(sector)!).map((good) => good?.trading)).toEqual(
      port.stocks.map((stock) => Math.floor(stock!.amount)),
    );
  }
  expect(fresh.trouble).toEqual([]);
});

test.each([false, true])(
  "courses go out in bursts, and every lane they show is there (cut up: %p)",
  (byteByByte) => {
    const bot = createScripted({ byteByByte });
    bot.act({ type: "status" });
    const courses = plotsFor(bot.world, 20, seeded(5));
    expect(courses).toHaveLength(20);
    const writes = bot.sent.length;
    const before = bot.trader().turnsLeft;
    bot.act({ type: "plot", courses });
    // The one that woke it, "^", the bursts, Q.
    expect(bot.sent.length - writes).toBe(2 + Math.ceil(20 / coursesAhead) + 1);
    expect(bot.trader().turnsLeft).toBe(before);
    expect(only(bot.facts, "courseAsked").map(({ from, to }) => [from, to])).toEqual(
      courses.map((it) => [...it]),
    );
    let lanes = 0;
    for (let sector = 1; sector <= 1000; sector++)
      for (const to of waysOf(bot.world.chart, sector)) {
        lanes++;
        expect(sectorAt(bot.table.galaxy, sector).warps).toContain(to);
      }
    expect(lanes).toBeGreaterThan(120);
    // A course tells of ways, not of all the ways of a sector.
    expect(isCharted(bot.world.chart, courses[0]![0])).toBe(false);
    expect(bot.trouble).toEqual([]);
  },
);

test("a sector that is avoided has no course through it, and the visit goes on", () => {
  const bot = createScripted();
  const { warps } = sectorAt(bot.table.galaxy, 1);
  bot.trader().avoids.push(...warps);
  const far = 500;
  bot.act({
    type: "plot",
    courses: [
      [1, far],
      [far, far],
      [2, 3],
    ],
  });
  expect(bot.facts).toContainEqual({ type: "noCourse", from: 1, to: far });
  expect(only(bot.facts, "courseAsked")).toHaveLength(3);
  expect(hasWay(bot.world.chart, 2, 3)).toBe(true);
  // A warp that was to be made is not called off by a course that there is not.
  expect(hasWay(bot.world.chart, 1, 2)).toBe(true);
  expect(bot.trouble).toEqual([]);
});

test("the scanners tell of the neighbours; without one the bot is told so", () => {
  const bot = createScripted();
  bot.act({ type: "scan", kind: "density" });
  expect(bot.world.hints.size).toBe(0);
  bot.trader().ship.gear.scanner = "holo";
  const before = bot.trader().turnsLeft;
  bot.act({ type: "scan", kind: "density" });
  expect(bot.trader().turnsLeft).toBe(before);
  const { warps } = sectorAt(bot.table.galaxy, 1);
  expect([...bot.world.hints.keys()].sort((a, b) => a - b)).toEqual([...warps]);
  expect(bot.world.hints.get(2)?.warps).toBe(sectorAt(bot.table.galaxy, 2).warps.length);
  bot.act({ type: "scan", kind: "holo" });
  expect(before - bot.trader().turnsLeft).toBe(1);
  // What was seen is known better than by its weight, also when it is weighed again.
  expect(bot.world.hints.size).toBe(0);
  bot.act({ type: "scan", kind: "density" });
  expect(bot.world.hints.size).toBe(0);
  for (const sector of warps) {
    const port = bot.table.galaxy.ports.get(sector);
    expect(bot.world.ports.get(sector)?.portClass).toBe(port?.portClass);
  }
  expect(bot.world.turnsLeft).toBe(bot.trader().turnsLeft);
  expect(bot.trouble).toEqual([]);
});
