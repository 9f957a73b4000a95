import { expect, test } from "bun:test";
import { chartWays, see } from "../../../../src/games/tw2002/chart.ts";
import type { Intent } from "../../../../src/games/tw2002/intents.ts";
import { yieldFirst } from "../../../../src/games/tw2002/plots.ts";
import { frontierOf } from "../../../../src/games/tw2002/strategies/explore.ts";
import {
  explore,
  probe,
  resurvey,
  settleIn,
  speculate,
  wayToDock,
} from "../../../../src/games/tw2002/strategies/scouting.ts";
import { learnSurvey } from "../../../../src/games/tw2002/surveys.ts";
import type { Hint } from "../../../../src/games/tw2002/surveys.ts";
import { newWorld, type World } from "../../../../src/games/tw2002/world.ts";
import { seeded } from "../../../cuts.ts";
import { even, hereOf, self, street, worldOf } from "./worlds.ts";

const hint = (density: number): Hint => ({ density, warps: 2, navHaz: 0, anomaly: false, at: 1e12 });
const aboard = (gear: Readonly<Record<string, number>>): Pick<World, "ship"> => ({
  ship: { kind: "merchantCruiser", gear: new Map(Object.entries(gear)) as World["ship"]["gear"] },
});
const exploreIn = (world: World, dice = even): Intent | undefined => {
  const here = hereOf(world);
  return explore(world, here, frontierOf(world, here), dice)?.intent;
};

test("who has just come in reads his papers, looks around, asks for the size, the charts, the ways, in that order", () => {
  const world = Object.assign(newWorld(self), { sector: 20 });
  const asked: string[] = [];
  const next = () => settleIn(world, even)?.intent;
  for (let step = 0; step < 6; step++) {
    const intent = next();
    asked.push(intent?.type ?? "nothing");
    if (intent?.type === "inform") world.informed = true;
    if (intent?.type === "look") chartWays(world.chart, 20, [21, 22]);
    if (intent?.type === "status") learnSurvey(world, { type: "universe", sectors: 1000 });
    if (intent?.type === "survey") learnSurvey(world, { type: "surveyed" });
    if (intent?.type === "plot") world.courseYield = 0;
  }
  expect(asked).toEqual(["inform", "look", "status", "survey", "plot", "nothing"]);
});

test("a universe whose size the game does not tell is played without it", () => {
  const world = worldOf({ ways: street(20, 3), surveyed: false });
  world.chart.sectors = 0;
  expect(settleIn(world, even)?.intent.type).toBe("status");
  // Once moves have been made, it is not asked again and again.
  world.turnsExecuted = 12;
  expect(settleIn(world, even)?.intent.type).toBe("survey");
  world.surveyed = true;
  expect(settleIn(world, even)).toBeUndefined();
  world.courseYield = yieldFirst;
  const plot = settleIn(world, even)?.intent;
  if (plot?.type === "plot")
    for (const sector of plot.courses.flat()) expect(sector).toBeWithin(1, world.chart.top + 1);
});

test("a size that others have told is not asked for", () => {
  const world = worldOf({ ways: street(20, 3), surveyed: false });
  expect(world.chart.sectors).toBeGreaterThan(0);
  expect(settleIn(world, even)?.intent.type).toBe("survey");
});

test("courses are asked for while they tell anything, a few dozen at a time", () => {
  const world = worldOf({ ways: street(20, 3), courseYield: yieldFirst });
  learnSurvey(world, { type: "universe", sectors: 500 });
  const intent = settleIn(world, seeded(1))!.intent as Extract<Intent, { type: "plot" }>;
  expect(intent.type).toBe("plot");
  expect(intent.courses.length).toBeWithin(20, 101);
  world.courseYield = 0;
  expect(settleIn(world, even)).toBeUndefined();
});

const cut = () => worldOf({ ways: [...street(20, 5), ...street(40, 3)], stardock: 42 });
const docked = (world: World) => wayToDock(world, hereOf(world))?.intent;

test("a way to the StarDock is asked of the computer where none is known, once from each sector", () => {
  const world = cut();
  expect(docked(world)).toEqual({ type: "plot", courses: [[20, 42]] });
  learnSurvey(world, { type: "noCourse", from: 20, to: 42 });
  expect(docked(world)).toBeUndefined();
  world.sector = 21;
  expect(docked(world)).toEqual({ type: "plot", courses: [[21, 42]] });
});

test("a way to the StarDock that is known, or known and barred by dangers, is not asked for", () => {
  expect(docked(worldOf({ ways: street(20, 5), stardock: 24 }))).toBeUndefined();
  expect(docked(worldOf({ ways: street(20, 5) }))).toBeUndefined();
  const barred = worldOf({ ways: street(20, 5), stardock: 24 });
  barred.dangers.set(22, { kind: "mines", count: 50, at: 1e12 });
  expect(docked(barred)).toBeUndefined();
  // With a danger elsewhere it is asked for all the same.
  const world = cut();
  world.dangers.set(22, { kind: "mines", count: 50, at: 1e12 });
  expect(docked(world)).toEqual({ type: "plot", courses: [[20, 42]] });
});

const probeIn = (world: World) => probe(world, hereOf(world))?.intent;

test("a probe is sent where it shows most that nobody has seen", () => {
  const unseen = [...street(30, 7), ...street(50, 12)].flat();
  const ways: [number, number][] = [
    ...street(20, 3),
    [20, 30],
    ...street(30, 7),
    [22, 50],
    ...street(50, 12),
  ];
  const world = worldOf({ ways, unseen, ...aboard({ probes: 1 }) });
  expect(probeIn(world)).toEqual({ type: "probe", to: 61 });
  expect(probeIn(worldOf({ ways, unseen, ...aboard({ probes: 0 }) }))).toBeUndefined();
  // What others have told of is not news.
  for (let sector = 51; sector <= 60; sector++) see(world.chart, sector, 1e12);
  expect(probeIn(world)).toEqual({ type: "probe", to: 36 });
  for (const sector of [30, 31]) see(world.chart, sector, 1e12);
  expect(probeIn(world)).toBeUndefined();
});

test("no probe flies through a danger, nor further than it is worth", () => {
  const unseen = [...street(21, 30)].flat();
  const world = worldOf({ ways: street(20, 30), unseen, ...aboard({ probes: 5 }) });
  const far = probeIn(world) as Extract<Intent, { type: "probe" }>;
  expect(far.to).toBe(40);
  world.dangers.set(30, { kind: "fighters", count: 100, at: 1e12 });
  world.mapVersion++;
  expect(probeIn(world)).toEqual({ type: "probe", to: 29 });
});

test("the computer is asked again once enough was seen and some ports have not been reported on", () => {
  const world = worldOf({ ways: street(20, 12), trading: { 20: 1, 21: 2 } });
  for (const sector of [25, 26, 27]) world.ports.add(sector, 4);
  world.sightedSince = 6;
  expect(resurvey(world)?.intent).toEqual({ type: "survey" });
  // Too little was seen since; ports without stocks do not count; nor do those that are read.
  expect(resurvey({ ...world, sightedSince: 5 })).toBeUndefined();
  world.ports.add(26, 0);
  world.ports.add(27, 9);
  expect(resurvey(world)).toBeUndefined();
  world.ports.add(28, 3);
  world.ports.add(29, 3);
  expect(resurvey(world)).toBeDefined();
  learnSurvey(world, { type: "surveyed" });
  expect(resurvey(world)).toBeUndefined();
});

test("with a scanner unknown neighbours are scanned first, once, and then the one with a port is chosen", () => {
  const ways: [number, number][] = [
    [20, 21],
    [20, 22],
    [20, 23],
  ];
  const world = worldOf({ ways, unseen: [21, 22, 23], ...aboard({ scanner: 1 }) });
  expect(exploreIn(world)).toEqual({ type: "scan", kind: "density" });
  for (const [sector, density] of [
    [21, 0],
    [22, 100],
    [23, 40],
  ] as const)
    world.hints.set(sector, hint(density));
  expect(exploreIn(world)).toEqual({ type: "move", to: 22 });
  const blind = worldOf({ ways, unseen: [21, 22, 23] });
  expect(exploreIn(blind)?.type).toBe("move");
});

const speculation = (world: World) =>
  speculate(world, world.turnsLeft!)?.intent as Extract<Intent, { type: "trade" }> | undefined;

test("a cargo for whoever will buy it is bought only where it is cheap enough to leave a margin", () => {
  const cheap = worldOf({ ways: street(20, 3), trading: { 20: 2 } });
  expect(speculation(cheap)).toEqual({ type: "trade", sell: [0, 0, 0], buy: [0, 20, 0] });
  const drained = worldOf({
    ways: street(20, 3),
    trading: { 20: { portClass: 2, stocks: [2000, 400, 2000] } },
  });
  expect(speculation(drained)).toBeUndefined();
  // A port that sells nothing, and a port of the Federation's.
  expect(speculation(worldOf({ ways: street(20, 3), trading: { 20: 8 } }))).toBeUndefined();
  expect(speculation(worldOf({ ways: street(20, 3), trading: { 20: 0 } }))).toBeUndefined();
});

test("nobody speculates without a hold, a turn or a credit to spare, nor twice at one port", () => {
  const plan = { ways: street(20, 3), trading: { 20: 2 } as const };
  const full: [number, number, number] = [0, 0, 20];
  expect(speculation(worldOf({ ...plan, empty: 0, cargo: full }))).toBeUndefined();
  expect(speculation(worldOf({ ...plan, turnsLeft: 14 }))).toBeUndefined();
  expect(speculation(worldOf({ ...plan, dockings: 1 }))).toBeUndefined();
  expect(speculation(worldOf({ ...plan, credits: 20 }))).toBeUndefined();
  const thrifty = worldOf({ ...plan, credits: 10_000 });
  expect(speculation({ ...thrifty, self: { ...thrifty.self, reserveCredits: 9_990 } })).toBeUndefined();
  // What the port takes of the cargo aboard is sold on the same call.
  const laden: [number, number, number] = [5, 0, 5];
  const half = worldOf({ ...plan, empty: 10, cargo: laden });
  expect(speculation(half)).toEqual({ type: "trade", sell: laden, buy: [0, 10, 0] });
});
