import { expect, test } from "bun:test";
import fc from "fast-check";
import { chartLane, unchartLane } from "../../../src/games/tw2002/chart.ts";
import { clearDanger, markDanger } from "../../../src/games/tw2002/dangers.ts";
import { hopsBetween, rowsMax } from "../../../src/games/tw2002/distances.ts";
import { hopsTo, reach, unreachable } from "../../../src/games/tw2002/paths.ts";
import { learnPath } from "../../../src/games/tw2002/surveys.ts";
import { newWorld, type World } from "../../../src/games/tw2002/world.ts";
import { self, street } from "./strategies/worlds.ts";

const size = 24;
const sector = fc.integer({ min: 1, max: size });
const lanes = fc.array(fc.tuple(sector, sector), { maxLength: 70 });
const danger = { kind: "mines", count: 10, at: 1e12 } as const;

function worldWith(ways: readonly (readonly [number, number])[]): World {
  const world = newWorld(self);
  for (const [from, to] of ways) chartLane(world.chart, from, to);
  world.mapVersion++;
  return world;
}

const portsOf = (world: World) => [...world.ports.values()];

function expectTrue(world: World, hopsMax: number): void {
  const ports = portsOf(world);
  const hops = hopsBetween(world, ports, hopsMax);
  for (const [from, { sector: start }] of ports.entries()) {
    const around = reach(world, start, hopsMax);
    for (const [to, { sector: end }] of ports.entries()) {
      const away = hopsTo(around, end);
      expect(hops[from * ports.length + to]).toBe(Number.isFinite(away) ? away : unreachable);
    }
  }
}

test("the hops between ports are those of a search, and follow every change of the map", () => {
  const change = fc.oneof(
    fc.record({ lane: fc.tuple(sector, sector) }),
    fc.record({ noLane: fc.tuple(sector, sector) }),
    fc.record({ danger: sector }),
    fc.record({ clear: sector }),
    fc.record({ port: sector }),
  );
  fc.assert(
    fc.property(
      lanes,
      fc.array(change, { maxLength: 8 }),
      fc.integer({ min: 0, max: 5 }),
      (ways, changes, hopsMax) => {
        const world = worldWith(ways);
        for (const at of [2, 3, 5, 7, 11]) world.ports.add(at, 1);
        expectTrue(world, hopsMax);
        for (const next of changes) {
          if ("lane" in next) learnPath(world, next.lane);
          else if ("noLane" in next) {
            if (unchartLane(world.chart, ...next.noLane)) world.mapVersion++;
          } else if ("danger" in next) markDanger(world, next.danger, danger);
          else if ("clear" in next) clearDanger(world, next.clear);
          else {
            world.ports.add(next.port, 2);
            world.mapVersion++;
          }
          expectTrue(world, hopsMax);
        }
      },
    ),
  );
});

test("two bots in one process do not take each other's hops for their own", () => {
  const near = worldWith([[1, 2]]);
  const far = worldWith(street(1, 4).concat([[4, 9]]));
  for (const world of [near, far]) {
    for (const at of [1, 2, 9]) world.ports.add(at, 1);
    world.mapVersion = 7;
  }
  const fromFirst = (world: World) => [...hopsBetween(world, portsOf(world), 8)].slice(0, 3);
  expect(fromFirst(near)).toEqual([0, 1, unreachable]);
  expect(fromFirst(far)).toEqual([0, 1, 4]);
});

test("more ports than are kept are answered all the same", () => {
  const world = worldWith(street(1, rowsMax + 40));
  for (let at = 1; at <= rowsMax + 40; at++) world.ports.add(at, 1);
  expectTrue(world, 3);
  expectTrue(world, 3);
});
