import { expect, test } from "bun:test";
import fc from "fast-check";
import { chartLane, createChart, hasWay } from "../../../src/games/tw2002/chart.ts";
import { clearDanger, markDanger } from "../../../src/games/tw2002/dangers.ts";
import { firstStep, hopsFrom, hopsTo, reach, unreachable, wayTo } from "../../../src/games/tw2002/paths.ts";
import { learnPath } from "../../../src/games/tw2002/surveys.ts";
import { newWorld, type World } from "../../../src/games/tw2002/world.ts";
import { portSeen, self, street } from "./strategies/worlds.ts";

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

test("hops are those of a plain search ring by ring, around dangers and one way where lanes go one way", () => {
  fc.assert(
    fc.property(lanes, mined, sector, (ways, dangers, from) => {
      const world = worldWith(ways, dangers);
      const found = counted(world, from);
      const reached = reach(world, from, Number.POSITIVE_INFINITY);
      for (let to = 1; to <= size; to++)
        expect(hopsTo(reached, to)).toBe(found.get(to) ?? Number.POSITIVE_INFINITY);
      expect([...reached.order].sort((a, b) => a - b)).toEqual([...found.keys()].sort((a, b) => a - b));
      const distances = Array.from(reached.order, (to) => hopsTo(reached, to));
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

test("the hops between ports are those of a search, and follow every change of the map", () => {
  const change = fc.oneof(
    fc.record({ lane: fc.tuple(sector, sector) }),
    fc.record({ danger: sector }),
    fc.record({ clear: sector }),
    fc.record({ port: sector }),
  );
  fc.assert(
    fc.property(lanes, mined, fc.array(change, { maxLength: 6 }), (ways, dangers, changes) => {
      const world = worldWith(ways, dangers);
      for (const at of [2, 3, 5, 7, 11]) world.ports.set(at, portSeen(at, 1));
      const agrees = () => {
        for (const from of [2, 3, 5]) {
          const found = counted(world, from);
          const rows = hopsFrom(world, from, 4);
          for (const to of world.ports.keys()) {
            const hops = found.get(to) ?? Number.POSITIVE_INFINITY;
            expect(rows.get(to) ?? Number.POSITIVE_INFINITY).toBe(
              hops <= 4 ? hops : Number.POSITIVE_INFINITY,
            );
          }
        }
      };
      agrees();
      for (const next of changes) {
        if ("lane" in next) learnPath(world, next.lane);
        else if ("danger" in next) markDanger(world, next.danger, danger);
        else if ("clear" in next) clearDanger(world, next.clear);
        else {
          world.ports.set(next.port, portSeen(next.port, 2));
          world.mapVersion++;
        }
        agrees();
      }
    }),
  );
});

test("two bots in one process do not take each other's hops for their own", () => {
  const near = worldWith([[1, 2]]);
  const far = worldWith(street(1, 4).concat([[4, 9]]));
  for (const world of [near, far]) {
    world.ports.set(2, portSeen(2, 1)).set(9, portSeen(9, 1));
    world.mapVersion = 7;
  }
  expect([...hopsFrom(near, 1, 8)]).toEqual([[2, 1]]);
  expect([...hopsFrom(far, 1, 8)]).toEqual([
    [2, 1],
    [9, 4],
  ]);
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
  expect([...reach(empty, 0, 10).order]).toEqual([0]);
  const world = worldWith([[1, 2]]);
  const reached = reach(world, 29_000, 10);
  expect([...reached.order]).toEqual([29_000]);
  expect(hopsTo(reach(world, 1, 10), 29_000)).toBe(Number.POSITIVE_INFINITY);
  expect(wayTo(reached, 29_000)).toEqual([]);
});
