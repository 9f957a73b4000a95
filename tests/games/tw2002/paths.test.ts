import { expect, test } from "bun:test";
import fc from "fast-check";
import { chartLane, createChart, hasWay, unchartLane, waysOf } from "../../../src/games/tw2002/chart.ts";
import { clearDanger, markDanger } from "../../../src/games/tw2002/dangers.ts";
import {
  firstStep,
  hopsTo,
  leadsTo,
  nth,
  type Reach,
  reach,
  reachHere,
  unreachable,
  wayTo,
} from "../../../src/games/tw2002/paths.ts";
import { learnPath } from "../../../src/games/tw2002/surveys.ts";
import { newWorld, type World } from "../../../src/games/tw2002/world.ts";
import { self, street } from "./strategies/worlds.ts";

const size = 24;
const sector = fc.integer({ min: 1, max: size });
const lanes = fc.array(fc.tuple(sector, sector), { maxLength: 70 });
const mined = fc.uniqueArray(sector, { maxLength: 6 });
const danger = { kind: "mines", count: 10, at: 1e12 } as const;

/** A world of these one-way lanes, and dangers in these sectors. */
function worldWith(ways: readonly (readonly [number, number])[], dangers: readonly number[] = []): World {
  const world = newWorld(self);
  for (const [from, to] of ways) chartLane(world.chart, from, to);
  for (const at of dangers) markDanger(world, at, danger);
  world.mapVersion++;
  return world;
}

/** Hops as one would count them by hand: ring by ring, over a plain list of the lanes that were kept. */
function counted({ chart, dangers }: World, from: number): Map<number, number> {
  const found = new Map([[from, 0]]);
  for (let ring = [from], hops = 1; ring.length > 0; hops++) {
    const next: number[] = [];
    for (const at of ring)
      for (let to = 1; to <= chart.top; to++) {
        if (!hasWay(chart, at, to) || dangers.has(to) || found.has(to)) continue;
        found.set(to, hops);
        next.push(to);
      }
    ring = next;
  }
  return found;
}

/** All that is found, nearest first. */
function sectorsOf(reached: Reach): number[] {
  const sectors: number[] = [];
  for (let next = nth(reached, 0); next !== undefined; next = nth(reached, sectors.length))
    sectors.push(next);
  return sectors;
}

test("hops are those of a plain search ring by ring, around dangers and one way where lanes go one way", () => {
  fc.assert(
    fc.property(lanes, mined, sector, (ways, dangers, from) => {
      const world = worldWith(ways, dangers);
      const found = counted(world, from);
      const reached = reach(world, from, Number.POSITIVE_INFINITY);
      for (let to = 1; to <= size; to++)
        expect(hopsTo(reached, to)).toBe(found.get(to) ?? Number.POSITIVE_INFINITY);
      expect(sectorsOf(reached).sort((a, b) => a - b)).toEqual([...found.keys()].sort((a, b) => a - b));
      const distances = sectorsOf(reached).map((to) => hopsTo(reached, to));
      expect(distances).toEqual([...distances].sort((a, b) => a - b));
    }),
  );
});

test("a way leads over known lanes, through no danger, in no more hops than were counted", () => {
  fc.assert(
    fc.property(lanes, mined, sector, sector, (ways, dangers, from, to) => {
      const world = worldWith(ways, dangers);
      const reached = reach(world, from, Number.POSITIVE_INFINITY);
      const way = wayTo(reached, to);
      const hops = counted(world, from).get(to);
      expect(way.length).toBe(hops ?? 0);
      expect(firstStep(reached, to)).toBe(way[0]);
      for (const [index, next] of way.entries()) {
        expect(hasWay(world.chart, way[index - 1] ?? from, next)).toBe(true);
        expect(world.dangers.has(next)).toBe(false);
      }
      if (hops) expect(way.at(-1)).toBe(to);
    }),
  );
});

test("nothing beyond the limit is reached, all within it is", () => {
  fc.assert(
    fc.property(lanes, sector, fc.integer({ min: 0, max: 5 }), (ways, from, limit) => {
      const world = worldWith(ways);
      const reached = reach(world, from, limit);
      for (const [to, hops] of counted(world, from))
        expect(hopsTo(reached, to)).toBe(hops <= limit ? hops : Number.POSITIVE_INFINITY);
    }),
  );
});

type Lane = readonly [number, number];
type Change =
  | { readonly lane: Lane }
  | { readonly closed: number }
  | { readonly danger: number }
  | { readonly clear: number }
  | { readonly go: number };
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ lane: fc.tuple(sector, sector) }),
  fc.record({ closed: sector }),
  fc.record({ danger: sector }),
  fc.record({ clear: sector }),
  fc.record({ go: sector }),
);

/** Lanes enough for a way to most places. */
const grid = fc.array(fc.tuple(sector, sector), { minLength: 40, maxLength: 70 });

/** What a bot learns of its map, and where it goes. */
function take(world: World, next: Change): void {
  if ("lane" in next) learnPath(world, next.lane);
  else if ("closed" in next) {
    for (const to of waysOf(world.chart, next.closed)) unchartLane(world.chart, next.closed, to);
    world.mapVersion++;
  } else if ("danger" in next) markDanger(world, next.danger, danger);
  else if ("clear" in next) clearDanger(world, next.clear);
  else world.sector = next.go;
}

test("what is around us is looked for anew with every step and every change of the map", () => {
  const asked = fc.uniqueArray(sector, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(
      grid,
      mined,
      fc.array(fc.tuple(change, asked), { minLength: 8, maxLength: 12 }),
      (ways, dangers, changes) => {
        const world = worldWith(ways, dangers);
        world.sector = 1;
        for (const [next, places] of changes) {
          take(world, next);
          const found = counted(world, world.sector);
          // Asked about some, in any order, it answers as if it had looked at all.
          for (const to of places)
            expect(hopsTo(reachHere(world), to)).toBe(found.get(to) ?? Number.POSITIVE_INFINITY);
        }
        const all = reach(world, world.sector, Number.POSITIVE_INFINITY);
        expect(sectorsOf(reachHere(world))).toEqual(sectorsOf(all));
      },
    ),
  );
});

test("two bots in one process do not take each other's surroundings for their own", () => {
  const near = worldWith([[1, 2]]);
  const far = worldWith(street(1, 4));
  near.sector = far.sector = 1;
  near.mapVersion = far.mapVersion = 7;
  expect(sectorsOf(reachHere(near))).toEqual([1, 2]);
  expect(sectorsOf(reachHere(far))).toEqual([1, 2, 3, 4]);
  expect(sectorsOf(reachHere(near))).toEqual([1, 2]);
});

test("whether a way leads to a place is what a search would say, whatever way was found before", () => {
  const target = fc.constantFrom(7, 7, 7, 12);
  fc.assert(
    fc.property(
      grid,
      mined,
      fc.array(fc.tuple(change, target), { minLength: 10, maxLength: 20 }),
      (ways, dangers, changes) => {
        const world = worldWith(ways, dangers);
        world.sector = 1;
        for (const [next, to] of changes) {
          take(world, next);
          expect(leadsTo(reachHere(world), to)).toBe(counted(world, world.sector).has(to));
        }
      },
    ),
  );
});

test("dangers are gone around, at any length, and what lies behind them only is out of reach", () => {
  const around: [number, number][] = [
    [1, 2],
    [2, 3],
    [1, 10],
    [10, 11],
    [11, 12],
    [12, 3],
    [3, 4],
  ];
  const world = worldWith(around, [2]);
  const reached = reach(world, 1, Number.POSITIVE_INFINITY);
  expect(wayTo(reached, 3)).toEqual([10, 11, 12, 3]);
  expect([hopsTo(reached, 2), wayTo(reached, 2)]).toEqual([Number.POSITIVE_INFINITY, []]);
  markDanger(world, 11, danger);
  expect(wayTo(reach(world, 1, Number.POSITIVE_INFINITY), 4)).toEqual([]);
  // Whoever is in a dangerous sector gets out of it.
  expect(wayTo(reach(world, 2, Number.POSITIVE_INFINITY), 4)).toEqual([3, 4]);
});

test("a way of more hops than can be counted is none, and the last that can be counted is one", () => {
  const world = worldWith(street(1, 300));
  const reached = reach(world, 1, Number.POSITIVE_INFINITY);
  expect(hopsTo(reached, unreachable)).toBe(unreachable - 1);
  expect(wayTo(reached, unreachable)).toHaveLength(unreachable - 1);
  for (let to = unreachable + 1; to <= 300; to++) expect(hopsTo(reached, to)).toBe(Number.POSITIVE_INFINITY);
});

test("from a sector that the map does not know, and to one beyond it, there is no way", () => {
  const empty = { ...newWorld(self), chart: createChart() };
  expect(sectorsOf(reach(empty, 0, 10))).toEqual([0]);
  const world = worldWith([[1, 2]]);
  const reached = reach(world, 29_000, 10);
  expect(sectorsOf(reached)).toEqual([29_000]);
  expect(hopsTo(reach(world, 1, 10), 29_000)).toBe(Number.POSITIVE_INFINITY);
  expect(wayTo(reached, 29_000)).toEqual([]);
});
