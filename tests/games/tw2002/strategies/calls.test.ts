import { expect, test } from "bun:test";
import fc from "fast-check";
import { markDanger } from "../../../../src/games/tw2002/dangers.ts";
import { firstStep } from "../../../../src/games/tw2002/paths.ts";
import { type PortClass, products, sideOf } from "../../../../src/games/tw2002/rules/ports.ts";
import {
  type Call,
  marketAround,
  saleable,
  weighCalls,
} from "../../../../src/games/tw2002/strategies/calls.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import { goodsOf, hereOf, street, worldOf } from "./worlds.ts";

/** The call that is weighed best; `prospect`: credits a turn elsewhere. */
function bestIn(world: World, prospect = 0): Call | undefined {
  const here = hereOf(world);
  return weighCalls(world, here, marketAround(world, here), prospect).best;
}
const total = (units: readonly number[]) => units.reduce((sum, count) => sum + count, 0);

test("of two pairs the better one is chosen, and it is begun where its first cargo is bought", () => {
  // Both three hops away: fuel ore one way only, and organics for equipment both ways.
  const trading: Record<number, PortClass> = { 17: 3, 16: 4, 23: 5, 24: 2 };
  const ways = street(10, 20);
  const call = bestIn(worldOf({ ways, trading }));
  expect([23, 24]).toContain(call!.port.sector);
  expect(call!.onward?.sector).toBe(call!.port.sector === 23 ? 24 : 23);
  expect(total(call!.buy)).toBe(20);
  // And the other where the better one has been sold out.
  const drained = worldOf({ ways, trading });
  for (const sector of [23, 24]) for (const good of goodsOf(drained.ports.get(sector)!)) good!.trading = 3;
  expect([16, 17]).toContain(bestIn(drained)!.port.sector);
});

test("of two pairs that are alike the nearer one is chosen", () => {
  const trading: Record<number, PortClass> = { 14: 5, 13: 2, 22: 5, 23: 2 };
  expect(bestIn(worldOf({ ways: street(10, 20), trading }))!.port.sector).toBeWithin(22, 24);
  const far: Record<number, PortClass> = { 18: 5, 17: 2, 24: 5, 25: 2 };
  expect(bestIn(worldOf({ ways: street(10, 20), trading: far }))!.port.sector).toBeWithin(17, 19);
});

test("a port that others have reserved is left alone, whatever it pays; the one we stand at is ours", () => {
  const ways = street(10, 20);
  const trading: Record<number, PortClass> = { 14: 5, 13: 2, 22: 5, 23: 2 };
  const world = worldOf({ ways, trading, taken: new Set([22, 23]) });
  const call = bestIn(world);
  expect([13, 14]).toContain(call!.port.sector);
  expect([13, 14]).toContain(call!.onward!.sector);
  // One end is enough to spoil a pair.
  expect([13, 14]).toContain(bestIn(worldOf({ ways, trading, taken: new Set([23]) }))!.port.sector);
  expect(bestIn(worldOf({ ways, trading, taken: new Set([13, 14, 22, 23]) }))).toBeUndefined();
  const there = bestIn(worldOf({ ways, trading, taken: new Set([22]), sector: 22 }))!;
  expect(new Set([there.port.sector, there.onward!.sector])).toEqual(new Set([22, 23]));
});

test("no call is made at which nothing is sold and nothing bought", () => {
  const empty = { portClass: 5, stocks: [0, 0, 0] } as const;
  expect(bestIn(worldOf({ ways: street(20, 5), trading: { 20: empty, 21: empty } }))).toBeUndefined();
  // Both buy organics and nothing else is aboard.
  const alike = worldOf({ ways: street(20, 5), trading: { 21: 8, 22: 8 } });
  expect(bestIn(alike)).toBeUndefined();
  expect(bestIn(Object.assign(alike, { cargo: [0, 0, 20], empty: 0 }))?.revenue).toBeGreaterThan(0);
  // Nor when there is no money to buy, or all of it is to be kept.
  const broke = { ways: street(20, 5), trading: { 21: 5, 22: 2 } as const };
  expect(bestIn(worldOf({ ...broke, credits: 5 }))).toBeUndefined();
  const saver = worldOf(broke);
  const kept = { ...saver, self: { ...saver.self, reserveCredits: 9_995 } };
  expect(bestIn(kept)).toBeUndefined();
});

test("in any world a call is within reach and turns, sells what is aboard and wanted, and buys what can be paid and held", () => {
  const portClass = fc.integer({ min: 1, max: 9 }) as fc.Arbitrary<PortClass>;
  const stocks = fc.tuple(fc.nat(2500), fc.nat(2500), fc.nat(2500));
  const port = fc.record({
    sector: fc.integer({ min: 10, max: 29 }),
    portClass,
    stocks,
    isTaken: fc.boolean(),
  });
  const plan = fc.record({
    ports: fc.uniqueArray(port, { minLength: 1, maxLength: 10, selector: ({ sector }) => sector }),
    aboard: fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)),
    holds: fc.integer({ min: 60, max: 80 }),
    credits: fc.nat(20_000),
    turnsLeft: fc.nat(100),
    dockings: fc.nat(3),
    mines: fc.integer({ min: 21, max: 29 }),
    prospect: fc.nat(300),
  });
  fc.assert(
    fc.property(plan, ({ ports, aboard, holds, credits, turnsLeft, dockings, mines, prospect }) => {
      const world = worldOf({
        ways: street(10, 20),
        trading: Object.fromEntries(ports.map(({ sector, ...as }) => [sector, as])),
        taken: new Set(ports.flatMap(({ sector, isTaken }) => (isTaken ? [sector] : []))),
        cargo: [...aboard],
        holds,
        empty: holds - total(aboard),
        credits,
        turnsLeft,
        dockings,
      });
      markDanger(world, mines, { kind: "mines", count: 10, at: world.now });
      const call = bestIn(world, prospect);
      if (!call) return;
      const { sector, portClass: of } = call.port;
      expect(sector).toBeLessThan(mines);
      expect(call.hops).toBe(Math.abs(sector - 20));
      expect(3 * call.hops + 1).toBeLessThanOrEqual(turnsLeft);
      expect(sector === 20 || !world.taken.has(sector)).toBe(true);
      if (sector === 20) expect(dockings).toBeLessThan(2);
      expect(call.revenue > 0 || total(call.buy) > 0).toBe(true);
      if (total(call.buy) > 0) {
        const sold = products.map((_, index) => saleable(world, call.port, index));
        expect(total(call.buy)).toBeLessThanOrEqual(world.empty + total(sold));
        expect(call.onward).toBeDefined();
        const wayTurns = 3 * Math.abs(call.onward!.sector - sector) + 1;
        expect(3 * call.hops + 1 + wayTurns).toBeLessThanOrEqual(turnsLeft);
      }
      for (const [index, product] of products.entries()) {
        if (call.buy[index] === 0) continue;
        expect(sideOf(of, product)).toBe("selling");
        expect(sideOf(call.onward!.portClass, product)).toBe("buying");
        expect(call.buy[index]).toBeLessThanOrEqual(call.port.good(index)!.trading);
        expect(call.buy[index]).toBeLessThanOrEqual(call.onward!.good(index)!.trading);
      }
    }),
  );
});

test("a port beyond the turns that are left is not set out for, and neither is a cargo that would not arrive", () => {
  const plan = { ways: street(20, 10), trading: { 22: 5, 23: 2 } as const };
  // Two hops and a call, a hop and a call: 7 and 4 turns.
  expect(bestIn(worldOf({ ...plan, turnsLeft: 11 }))?.port.sector).toBe(22);
  expect(bestIn(worldOf({ ...plan, turnsLeft: 10 }))).toBeUndefined();
  const laden = { cargo: [0, 0, 20] as [number, number, number], empty: 0 };
  expect(bestIn(worldOf({ ...plan, ...laden, turnsLeft: 10 }))?.port.sector).toBe(23);
  expect(bestIn(worldOf({ ...plan, ...laden, turnsLeft: 9 }))).toBeUndefined();
  // Our own limit counts as the game's does.
  const limited = worldOf({ ...plan, turnsLeft: 500, turnsExecuted: 90 });
  expect(bestIn({ ...limited, self: { ...limited.self, turnsMax: 100 } })).toBeUndefined();
});

test("the last turns are used for whatever they bring, though a turn was worth more before", () => {
  const cargo: [number, number, number] = [0, 0, 4];
  const plan = { ways: street(20, 10), trading: { 24: 2 } as const, cargo, empty: 16 };
  const dear = bestIn(worldOf({ ...plan, turnsLeft: 400 }), 300);
  expect(dear!.value).toBeLessThan(0);
  const last = bestIn(worldOf({ ...plan, turnsLeft: 13 }), 300);
  expect(last!.value).toBeGreaterThan(100);
  expect(last!.port.sector).toBe(24);
});

test("what is aboard is sold where it brings more, when the way there is worth it", () => {
  const cargo: [number, number, number] = [0, 0, 20];
  const poor = { portClass: 8, stocks: [100, 100, 20] } as const;
  const trading = { 21: poor, 23: 8 } as const;
  const plan = { ways: street(20, 6), trading, cargo, empty: 0 };
  expect(bestIn(worldOf({ ...plan, turnsLeft: 29 }))?.port.sector).toBe(23);
  // Where a turn is worth a fortune it is not.
  expect(bestIn(worldOf({ ...plan, turnsLeft: 400 }), 400)?.port.sector).toBe(21);
  expect(saleable(worldOf(plan), worldOf(plan).ports.get(21)!, 2)).toBe(20);
});

test("a port takes no more than it wants, and one that nobody has read is taken at its class's word", () => {
  const cargo: [number, number, number] = [20, 0, 20];
  const world = worldOf({ ways: street(20, 3), trading: { 20: { portClass: 2, stocks: [5, 9, 0] } }, cargo });
  const read = world.ports.get(20)!;
  expect([0, 1, 2].map((index) => saleable(world, read, index))).toEqual([5, 0, 0]);
  const seen = (portClass: PortClass) => world.ports.add(20, portClass);
  expect([0, 1, 2].map((index) => saleable(world, seen(2), index))).toEqual([20, 0, 20]);
  expect([0, 1, 2].map((index) => saleable(world, seen(0), index))).toEqual([0, 0, 0]);
});

test("a third call at one port in one stay is not made", () => {
  const plan = { ways: street(20, 3), trading: { 20: 2, 21: 5 } as const };
  expect(bestIn(worldOf({ ...plan, dockings: 1 }))?.hops).toBe(0);
  expect(bestIn(worldOf({ ...plan, dockings: 2 }))?.port.sector).not.toBe(20);
});

test("of two calls that are worth about the same the one that we were on the way to is chosen", () => {
  const trading: Record<number, PortClass> = { 17: 8, 24: 8 };
  const plan = { ways: street(10, 20), trading, cargo: [0, 0, 20] as [number, number, number], empty: 0 };
  for (const heading of [17, 24])
    expect(bestIn(worldOf({ ...plan, heading }), 60)!.port.sector).toBe(heading);
  // Not when the other one is clearly the better.
  const near: Record<number, PortClass> = { 19: 8, 25: 8 };
  expect(bestIn(worldOf({ ...plan, trading: near, heading: 25 }), 60)!.port.sector).toBe(19);
});

test("weighed anew at each step, the way leads to a port: no sector is passed twice, and nobody turns back half way", () => {
  const port = fc.record({
    sector: fc.integer({ min: 1, max: 40 }),
    portClass: fc.integer({ min: 1, max: 8 }) as fc.Arbitrary<PortClass>,
    stocks: fc.tuple(fc.nat(2500), fc.nat(2500), fc.nat(2500)),
  });
  const lane = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }));
  const plan = fc.record({
    ports: fc.uniqueArray(port, { minLength: 4, maxLength: 14, selector: ({ sector }) => sector }),
    more: fc.array(lane, { maxLength: 12 }),
    aboard: fc.tuple(fc.nat(10), fc.nat(10), fc.nat(10)),
    turnsLeft: fc.integer({ min: 60, max: 900 }),
  });
  const elsewhere = 60;
  fc.assert(
    fc.property(plan, ({ ports, more, aboard, turnsLeft }) => {
      const world = worldOf({
        ways: [...street(1, 40), ...more.filter(([from, to]) => Math.abs(from - to) > 1)].slice(0, 52),
        trading: Object.fromEntries(ports.map(({ sector, ...as }) => [sector, as])),
        cargo: [...aboard],
        holds: 40,
        empty: 40 - total(aboard),
        turnsLeft,
      });
      const passed = [world.sector];
      for (let call = bestIn(world, elsewhere); call && call.hops > 0; call = bestIn(world, elsewhere)) {
        world.heading = call.port.sector;
        world.sector = firstStep(hereOf(world), call.port.sector)!;
        world.turnsLeft! -= world.turnsPerWarp;
        expect(passed).not.toContain(world.sector);
        passed.push(world.sector);
      }
      if (passed.length > 1) expect(world.sector).toBe(world.heading);
    }),
    { seed: 7, numRuns: 150 },
  );
});
