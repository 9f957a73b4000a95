import { expect, test } from "bun:test";
import fc from "fast-check";
import { newMarket } from "../../../../src/games/tw2002/docks.ts";
import { holdsPrice, valueShip } from "../../../../src/games/tw2002/rules/equipment.ts";
import { type ShipKind, shipTypes } from "../../../../src/games/tw2002/rules/ships.ts";
import { marketAround } from "../../../../src/games/tw2002/strategies/calls.ts";
import { filling, type Growth, growthOf } from "../../../../src/games/tw2002/strategies/growth.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import { hereOf, street, worldOf, type WorldPlan } from "./worlds.ts";

const dock = 26;
const sol = 1;
/** Two ports to trade with close by, the StarDock six hops away and Sol nineteen. */
const yardsOf = (more: Partial<WorldPlan>): World =>
  worldOf({ ways: street(1, 32), trading: { 22: 5, 23: 2, [dock]: 9 }, stardock: dock, ...more });
const growth = (world: World): Growth | undefined => {
  const here = hereOf(world);
  return growthOf(world, here, marketAround(world, here));
};
const flying = (kind: ShipKind, holds: number): Partial<WorldPlan> => ({
  ship: { kind, gear: new Map() },
  holds,
  empty: holds,
  turnsPerWarp: shipTypes[kind].turnsPerWarp,
});
const freighter = (holds: number) => flying("merchantFreighter", holds);
/** What the first hold of an empty hull costs, as long as no port has told. */
const unseen = { hold: 200, fighter: 0, shield: 0 };

test("the yards pay 3,766 credits to whoever trades the first ship for a Freighter, by the recorded prices", () => {
  const old = valueShip(shipTypes.merchantCruiser, { holds: 20, fittings: 0 }, unseen);
  expect(shipTypes.merchantCruiser.cost).toBe(41_300);
  expect(shipTypes.merchantFreighter.cost).toBe(33_400);
  expect(old.total - shipTypes.merchantFreighter.cost).toBe(3_766);
});

test("with turns enough the Freighter is bought from the start, with a purse of 300 credits", () => {
  for (const turnsLeft of [400, 1000, 3000]) {
    const bought = growth(yardsOf({ turnsLeft, credits: 300 }))!;
    expect(bought).toMatchObject({ kind: "merchantFreighter", sector: dock, hops: 6 });
    // More holds than it comes with are paid of what the old ship brings.
    expect(bought.price).toBe(holdsPrice(unseen, 30, bought.holds - 30) - 3_766);
    expect(bought.price).toBeLessThanOrEqual(300);
    expect(bought.holds).toBeGreaterThanOrEqual(30);
    expect(bought.gain).toBeGreaterThan(10_000);
  }
});

test("the larger the purse, the more holds; with all that it takes the Freighter is bought full", () => {
  const holds = [300, 5_000, 10_000, 20_000, 60_000].map(
    (credits) => growth(yardsOf({ turnsLeft: 1000, credits }))!.holds,
  );
  expect(holds).toEqual([...new Set(holds)].sort((a, b) => a - b));
  expect(holds.at(-1)).toBe(65);
});

test("with no turns left, or too few to get there, nothing is bought", () => {
  for (const credits of [300, 50_000, 1_000_000]) {
    for (const turnsLeft of [0, 1, 5, 18]) expect(growth(yardsOf({ turnsLeft, credits }))).toBeUndefined();
    // Our own limit is as good as the game's.
    const world = yardsOf({ turnsLeft: 1000, turnsExecuted: 300, credits });
    expect(growth({ ...world, self: { ...world.self, turnsMax: 310 } })).toBeUndefined();
  }
});

test("holds are bought when there are turns enough for them to earn their price, and not when there are not", () => {
  const rich = { ...freighter(30), credits: 100_000 };
  expect(growth(yardsOf({ ...rich, turnsLeft: 60 }))).toBeUndefined();
  const bought = growth(yardsOf({ ...rich, turnsLeft: 1000 }))!;
  expect(bought).toMatchObject({ kind: undefined, holds: 65 });
  expect(bought.price).toBe(holdsPrice(unseen, 30, 35));
  expect(growth(yardsOf({ ...freighter(65), credits: 100_000, turnsLeft: 1000 }))?.kind).not.toBe(
    "merchantFreighter",
  );
});

test("what a port has told of its prices counts", () => {
  const rich = { ...freighter(30), credits: 100_000, turnsLeft: 1000 };
  const told = (hold: number) => {
    const outfit = { sector: dock, at: 1, hold, fighter: 200, shield: 150 };
    return growth(yardsOf({ ...rich, market: { ...newMarket(), outfit } }))!;
  };
  expect(told(151).price).toBe(holdsPrice({ hold: 151 }, 30, 35));
  expect(told(249).price).toBe(holdsPrice({ hold: 249 }, 30, 35));
  // Dear holds are left to those who have more turns for them.
  const late = (hold: number) => {
    const outfit = { sector: dock, at: 1, hold, fighter: 200, shield: 150 };
    return growth(yardsOf({ ...rich, turnsLeft: 130, market: { ...newMarket(), outfit } }));
  };
  expect(late(151)?.holds).toBe(65);
  expect(late(1000)).toBeUndefined();
});

test("with a purse that would buy a hold or two it waits until the purse is fuller", () => {
  const plan = { ...freighter(30), turnsLeft: 1000 };
  // One hold costs 801 credits.
  expect(holdsPrice(unseen, 30, 1)).toBe(801);
  expect(growth(yardsOf({ ...plan, credits: 2_000 }))).toBeUndefined();
  expect(growth(yardsOf({ ...plan, credits: 60_000 }))?.holds).toBe(65);
});

test("what would leave too little to fill the holds is not set out for, however many turns are left", () => {
  const outfit = { sector: dock, at: 1, hold: 211, fighter: 212, shield: 137 };
  const plan = { ...freighter(55), market: { ...newMarket(), outfit }, turnsLeft: 60_000 };
  expect(holdsPrice(outfit, 55, 1)).toBe(1_312);
  const bare = 1_312 + 56 * filling;
  // As it was played: two holds for 2,644 of 3,057 credits, of which a visit keeps 2,280.
  expect(growth(yardsOf({ ...plan, credits: 3_057 }))).toBeUndefined();
  expect(growth(yardsOf({ ...plan, credits: bare - 1 }))).toBeUndefined();
  expect(growth(yardsOf({ ...plan, credits: 30_000 }))?.holds).toBe(65);
});

test("the reserve is never spent, and the bank's money only where the bank is", () => {
  const plan = { ...freighter(30), turnsLeft: 1000 };
  const thrifty = yardsOf({ ...plan, credits: 60_000 });
  const kept = { ...thrifty, self: { ...thrifty.self, reserveCredits: 55_000 } };
  const modest = growth(kept);
  expect(modest ? modest.price : 0).toBeLessThanOrEqual(5_000);
  const saved = growth(yardsOf({ ...plan, credits: 300, bank: 60_000 }))!;
  expect(saved).toMatchObject({ sector: dock, holds: 65 });
  // At Sol they sell holds, too, and there is no bank.
  const { stardock: _, ...noDock } = yardsOf({ ...plan, credits: 300, bank: 60_000, sector: 3 });
  noDock.ports.delete(dock);
  expect(growth({ ...noDock, stardock: undefined })).toBeUndefined();
  expect(growth({ ...noDock, stardock: undefined, credits: 60_000 })).toMatchObject({ sector: sol, hops: 2 });
});

test("cargo aboard is lost with the old ship, and stays where only holds are bought", () => {
  const laden = { cargo: [0, 0, 20] as [number, number, number], empty: 0 };
  const gains = (more: Partial<WorldPlan>) => {
    const [light, heavy] = [growth(yardsOf(more))!, growth(yardsOf({ ...more, ...laden }))!];
    expect(heavy.kind).toBe(light.kind);
    return light.gain - heavy.gain;
  };
  expect(gains({ turnsLeft: 400, credits: 3_000 })).toBeCloseTo(20 * 40, 6);
  expect(gains({ ...freighter(30), turnsLeft: 1000, credits: 100_000 })).toBe(0);
});

test("who waits for tomorrow's turns weighs these, too, and does not sell his ship in the evening", () => {
  const evening = { turnsLeft: 40, credits: 60_000 };
  const buying = (own: Partial<World["self"]>) => {
    const world = yardsOf(evening);
    return growth({ ...world, self: { ...world.self, ...own } });
  };
  expect(buying({ waitForTurns: true })).toMatchObject({ kind: "merchantFreighter", holds: 65 });
  expect(buying({})?.holds ?? 0).toBeLessThan(65);
  // His own limit ends it all, whatever tomorrow brings.
  expect(buying({ waitForTurns: true, turnsMax: 15 })).toBeUndefined();
});

test("what is worth buying stays so on the way there, however often it is asked", () => {
  const world = yardsOf({ turnsLeft: 1000, credits: 300 });
  const first = growth(world)!;
  expect(growth(world)).toEqual(first);
  for (const sector of [21, 22, 23, 24, 25, 26]) {
    world.sector = sector;
    world.turnsLeft! -= 3;
    expect(growth(world)).toMatchObject({ kind: first.kind, holds: first.holds, hops: dock - sector });
  }
});

test("that nothing is worth buying is thought over once there is a StarDock", () => {
  const world = yardsOf({ turnsLeft: 1000, credits: 300, stardock: undefined });
  world.ports.delete(dock);
  expect(growth(world)).toBeUndefined();
  world.stardock = dock;
  expect(growth(world)?.kind).toBe("merchantFreighter");
});

test("where the ship's kind or the way is not known nothing is weighed; a game without end has turns enough", () => {
  const plan = { turnsLeft: 1000, credits: 50_000 };
  expect(growth(yardsOf({ ...plan, ship: { kind: undefined, gear: new Map() } }))).toBeUndefined();
  expect(growth(yardsOf({ ...plan, turnsLeft: undefined }))?.holds).toBe(65);
  const dark = worldOf({ ...plan, ways: street(20, 4), trading: { 22: 5, 23: 2 }, stardock: 900 });
  expect(growth(dark)).toBeUndefined();
});

test("in any world a purchase can be paid and its holds filled; it is reached and flown, and earns more than it costs", () => {
  const kind = fc.constantFrom<ShipKind>(
    "merchantCruiser",
    "merchantFreighter",
    "cargoTran",
    "scoutMarauder",
    "escapePod",
    "havocGunStar",
  );
  const plan = fc.record({
    kind,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    turnsLeft: fc.oneof(fc.nat(2_000), fc.nat(60_000)),
    credits: fc.oneof(fc.nat(3_000), fc.nat(300_000)),
    bank: fc.option(fc.nat(200_000), { nil: undefined }),
    experience: fc.nat(1500),
    sector: fc.integer({ min: 1, max: 32 }),
  });
  fc.assert(
    fc.property(plan, ({ kind: own, share, ...more }) => {
      const type = shipTypes[own];
      const holds = type.holdsFirst + Math.floor(share * (type.holdsMax - type.holdsFirst));
      const world = yardsOf({ ...flying(own, holds), ...more });
      const bought = growth(world);
      if (!bought) return;
      const next = shipTypes[bought.kind ?? own];
      const purse = world.credits + (bought.sector === dock ? (more.bank ?? 0) : 0);
      expect(bought.price).toBeLessThanOrEqual(purse);
      // A ship that costs nothing leaves what was there; what goes beyond leaves what fills the holds.
      const extra = bought.price > 0 || bought.holds > next.holdsFirst;
      expect(purse - bought.price).toBeGreaterThanOrEqual(extra ? bought.holds * filling : 0);
      expect(bought.gain).toBeGreaterThan(0);
      expect(bought.holds).toBeWithin(next.holdsFirst, next.holdsMax + 1);
      expect([next.ceoOnly, next.commissionOnly]).toEqual([false, false]);
      expect(bought.kind).not.toBe("escapePod");
      expect(bought.hops * type.turnsPerWarp + 1).toBeLessThan(more.turnsLeft);
      if (bought.kind === undefined) expect(bought.holds).toBeGreaterThan(holds);
      else expect(bought.sector).toBe(dock);
    }),
    { numRuns: 60 },
  );
});
