import { expect, test } from "bun:test";
import {
  exploreTowards,
  frontierOf,
  probeTarget,
  restless,
} from "../../../../src/games/tw2002/strategies/explore.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import { seeded } from "../../../cuts.ts";
import { even, hereOf, street, worldOf } from "./worlds.ts";

const frontier = (world: World) => [...frontierOf(world, hereOf(world))].sort((a, b) => a - b);
const towards = (world: World, dice = even) => {
  const here = hereOf(world);
  return exploreTowards(world, here, frontierOf(world, here), dice);
};
const mined = { kind: "mines", count: 50, at: 1e12 } as const;

test("what has been heard of and not seen is the frontier: the nearest, and what is one hop further", () => {
  const ways = [...street(10, 30)];
  expect(frontier(worldOf({ ways, unseen: [17, 24, 26] }))).toEqual([17, 24]);
  expect(frontier(worldOf({ ways, unseen: [15, 26] }))).toEqual([15, 26]);
  expect(frontier(worldOf({ ways, unseen: [12, 26] }))).toEqual([26]);
  expect(frontier(worldOf({ ways }))).toEqual([]);
  // What nobody knows a way to is no frontier.
  const world = worldOf({ ways, unseen: [26] });
  world.dangers.set(23, mined);
  expect(frontier(world)).toEqual([]);
});

test("of sectors as near the one with more unseen sectors behind it is explored, by the first step to it", () => {
  const ways: [number, number][] = [
    [20, 21],
    [20, 22],
    [21, 30],
    [22, 40],
    [40, 41],
    [40, 42],
    [40, 43],
  ];
  const choice = towards(worldOf({ ways, unseen: [30, 40, 41, 42, 43] }));
  expect(choice).toEqual({ intent: { type: "move", to: 22 }, why: "exploring towards 40" });
});

test("chance decides between sectors that promise the same, and nothing else", () => {
  const ways: [number, number][] = [
    [20, 21],
    [20, 22],
    [20, 23],
    [23, 24],
    [24, 25],
  ];
  const chosen = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const world = worldOf({ ways, unseen: [21, 22, 25] });
    chosen.add(towards(world, seeded(seed))!.why);
  }
  expect([...chosen].sort()).toEqual(["exploring towards 21", "exploring towards 22"]);
  expect(towards(worldOf({ ways }))).toBeUndefined();
});

test("a density that no port has makes a sector less promising than one that nobody has scanned", () => {
  const ways: [number, number][] = [
    [20, 21],
    [20, 22],
  ];
  const world = worldOf({ ways, unseen: [21, 22] });
  world.hints.set(21, { density: 38, warps: 2, navHaz: 0, anomaly: false, at: 1e12 });
  for (let seed = 0; seed < 20; seed++)
    expect(towards(world, seeded(seed))!.intent).toEqual({ type: "move", to: 22 });
});

test("a probe's target and what it shows are counted along the one way that it flies", () => {
  const ways = [...street(20, 5), [20, 30], ...street(30, 4)] as [number, number][];
  const world = worldOf({ ways, unseen: [22, 24, 30, 31, 33] });
  expect(probeTarget(world, hereOf(world))).toEqual({ to: 33, fresh: 3 });
  expect(probeTarget(worldOf({ ways }), hereOf(worldOf({ ways })))).toEqual({ to: 0, fresh: 0 });
});

test("whoever gets nowhere goes any way that is safe, through danger if there is no other, and else looks", () => {
  const ways: [number, number][] = [
    [20, 21],
    [20, 22],
    [20, 23],
  ];
  const world = worldOf({ ways });
  world.dangers.set(22, mined);
  const taken = new Set<number>();
  for (let seed = 0; seed < 40; seed++) {
    const { intent } = restless(world, seeded(seed));
    if (intent.type === "move") taken.add(intent.to);
  }
  expect(taken).toEqual(new Set([21, 23]));
  world.dangers.set(21, mined).set(23, mined);
  expect(restless(world, even).intent.type).toBe("move");
  world.sector = 99;
  expect(restless(world, even).intent).toEqual({ type: "look" });
});
