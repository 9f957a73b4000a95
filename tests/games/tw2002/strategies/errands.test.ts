import { expect, test } from "bun:test";
import type { Errands } from "../../../../src/games/tw2002/docks.ts";
import type { GoalKind } from "../../../../src/games/tw2002/goals.ts";
import type { Intent } from "../../../../src/games/tw2002/intents.ts";
import { holdsPrice } from "../../../../src/games/tw2002/rules/equipment.ts";
import { shipTypes } from "../../../../src/games/tw2002/rules/ships.ts";
import { marketAround } from "../../../../src/games/tw2002/strategies/calls.ts";
import { errand } from "../../../../src/games/tw2002/strategies/errands.ts";
import { filling } from "../../../../src/games/tw2002/strategies/growth.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import type { Self } from "../../../../src/player/game.ts";
import { hereOf, self, street, worldOf, type WorldPlan } from "./worlds.ts";

const dock = 26;
interface Plan extends Partial<WorldPlan> {
  readonly own?: Partial<Self>;
}
const yardsOf = ({ own, ...more }: Plan): World => {
  const world = worldOf({
    ways: street(1, 40),
    trading: { 22: 5, 23: 2, [dock]: 9 },
    stardock: dock,
    turnsLeft: 1000,
    ...more,
  });
  return own ? { ...world, self: { ...self, ...own } } : world;
};
const errandIn = (world: World, goal: GoalKind = "profit") => {
  const here = hereOf(world);
  return errand(world, here, marketAround(world, here), goal);
};
/** In a Freighter with all the holds that it takes, so that nothing is left to grow to. */
const grown = (gear: readonly (readonly ["probes" | "scanner", number])[] = []): Plan => ({
  ship: { kind: "merchantFreighter", gear: new Map(gear) },
  holds: 65,
  empty: 65,
  turnsPerWarp: 2,
});
const there = { sector: dock } as const;
function errandsOf(intent: Intent | undefined): Errands {
  if (intent?.type !== "dock") throw new Error(`No errands at the StarDock: ${JSON.stringify(intent)}`);
  return intent.errands;
}
const keepOf = (intent: Intent | undefined) => (intent?.type === "dock" ? intent.keep : undefined);
/** Sectors that are known well enough for nobody to want probes. */
const wellKnown = (world: World): World => {
  world.chart.seenCount = 10_000;
  return world;
};

test("what is worth buying is gone for, the autopilot's way, and bought when it is there", () => {
  const far = errandIn(yardsOf({ credits: 300 }))!;
  expect(far.intent).toEqual({ type: "travel", to: dock });
  expect(far.why).toStartWith(`to ${dock} for a Merchant Freighter`);
  const bought = errandIn(yardsOf({ ...there, credits: 300 }))!;
  const { ship, outfit } = errandsOf(bought.intent);
  expect(ship?.kind).toBe("merchantFreighter");
  expect(outfit?.holds).toBeGreaterThanOrEqual(30);
  expect(bought.why).toContain("Merchant Freighter");
});

test("what fills the holds is kept in hand, and the reserve on top of it", () => {
  for (const reserveCredits of [0, 5_000]) {
    for (const credits of [300, 10_000, 50_000]) {
      const choice = errandIn(yardsOf({ ...there, credits, own: { reserveCredits } }));
      if (!choice) continue;
      const holds = errandsOf(choice.intent).outfit!.holds!;
      expect(keepOf(choice.intent)).toBe(reserveCredits + holds * filling);
    }
  }
  expect(filling).toBeGreaterThan(20);
  // A ship that is to cost more than was reckoned is not bought blindly.
  const { ship } = errandsOf(errandIn(yardsOf({ ...there, credits: 50_000 }))!.intent);
  expect(ship!.most).toBeLessThanOrEqual(50_000);
});

test("what a visit keeps in hand leaves what it is for, however many turns are left", () => {
  for (let credits = 250; credits < 60_000; credits = Math.ceil(credits * 1.2)) {
    for (const holds of [30, 45, 55, 63]) {
      const ship = { kind: "merchantFreighter", gear: new Map() } as World["ship"];
      const plan = { ...there, ship, holds, empty: holds, turnsPerWarp: 2, credits, turnsLeft: 60_000 };
      const choice = errandIn(wellKnown(yardsOf(plan)));
      if (!choice) continue;
      const wanted = errandsOf(choice.intent).outfit!.holds!;
      const price = holdsPrice({ hold: 200 }, holds, wanted - holds);
      expect(price + keepOf(choice.intent)!).toBeLessThanOrEqual(credits);
    }
  }
});

test("after a visit in vain nothing is set out for that has to be bought, until the purse or the ship is another", () => {
  const world = wellKnown(yardsOf({ credits: 60_000 }));
  expect(errandIn(world)?.why).toContain("Merchant Freighter");
  const { now, holds } = world;
  const shops = { at: now, ship: `merchantCruiser ${holds}`, gear: "", credits: 60_000, bank: 0 };
  world.market.vain.shops = shops;
  expect(errandIn(world)).toBeUndefined();
  expect(errandIn(Object.assign(world, { credits: 89_999 }))).toBeUndefined();
  expect(errandIn(Object.assign(world, { credits: 90_000 }))?.why).toContain("Merchant Freighter");
  world.market.vain.shops = { ...shops, ship: "merchantCruiser 19", credits: 90_000 };
  expect(errandIn(world)?.why).toContain("Merchant Freighter");
  world.market.vain.shops = { ...shops, at: now - 86_400_000, credits: 90_000 };
  expect(errandIn(world)?.why).toContain("Merchant Freighter");
});

test("the bank is one thing and the shops are another: each is left alone for its own failure", () => {
  const plan: Plan = { ...grown([["scanner", 1]]), own: { banking }, credits: 80_000 };
  const world = wellKnown(yardsOf(plan));
  const stand = { at: world.now, ship: "merchantFreighter 65", gear: "", credits: 80_000, bank: 0 };
  world.market.vain.shops = stand;
  expect(errandIn(world, "banking")?.why).toContain("for the bank");
  world.market.vain.shops = undefined;
  world.market.vain.bank = stand;
  expect(errandIn(world, "banking")).toBeUndefined();
  expect(errandIn(Object.assign(world, { credits: 120_000 }), "banking")?.why).toContain("for the bank");
});

test("at Sol and the other class 0 ports holds are bought, and nothing that only the StarDock has", () => {
  const plan = { ...grown(), holds: 30, empty: 30, credits: 100_000, sector: 1, stardock: undefined };
  const world = yardsOf(plan);
  world.ports.delete(dock);
  const { intent } = errandIn(world)!;
  expect(intent).toEqual({ type: "outfit", outfit: { holds: 65 }, keep: 65 * filling });
});

test("who is at the StarDock anyhow takes a scanner, and probes for what is left, and a scanner comes first", () => {
  const gearWith = (credits: number, more: Plan = {}) => {
    const plan = { ...there, ...grown(), turnsLeft: 2000, credits };
    const choice = errandIn(yardsOf({ ...plan, ...more }));
    return choice && errandsOf(choice.intent).gear;
  };
  expect(gearWith(200_000)).toEqual({ scanner: 1, probes: 25 });
  expect(gearWith(200_000, { ship: { kind: "merchantFreighter", gear: new Map([["scanner", 2]]) } })).toEqual(
    {
      probes: 25,
    },
  );
  const some = gearWith(2_600 + 2_000 + 8 * 3_000 + 1_500)!;
  expect(some).toEqual({ scanner: 1, probes: 8 });
});

test("with few turns left a new ship gets no scanner: there is no time to use it", () => {
  const gearWith = (turnsLeft: number) =>
    errandsOf(errandIn(yardsOf({ ...there, credits: 60_000, turnsLeft }))!.intent).gear;
  expect(gearWith(1000)).toMatchObject({ scanner: 1 });
  expect(gearWith(149)).not.toHaveProperty("scanner");
});

test("a new ship comes without the old one's scanner and is given one", () => {
  const ship = { kind: "merchantCruiser", gear: new Map([["scanner", 2]]) } as World["ship"];
  const { intent } = errandIn(yardsOf({ ...there, ship, credits: 60_000 }))!;
  expect(errandsOf(intent)).toMatchObject({ ship: { kind: "merchantFreighter" }, gear: { scanner: 1 } });
});

test("a ship that takes no scanner is sold none", () => {
  expect(shipTypes.colonialTransport.longRangeScanner).toBe(false);
  const ship = { kind: "colonialTransport", gear: new Map() } as const;
  const world = yardsOf({ ...there, ship, holds: 250, empty: 250, turnsPerWarp: 6, credits: 200_000 });
  const choice = errandIn(world);
  const errands = choice && errandsOf(choice.intent);
  if (errands && !errands.ship) expect(errands.gear).not.toHaveProperty("scanner");
});

test("probes are worth a journey where little is known, while there is money, time and no great way", () => {
  const plan: Plan = { ...grown([["scanner", 1]]), credits: 60_000 };
  const gone = errandIn(yardsOf(plan));
  expect(gone?.intent).toEqual({ type: "travel", to: dock });
  expect(gone?.why).toContain("probes");
  expect(errandsOf(errandIn(yardsOf({ ...plan, ...there }))!.intent).gear).toMatchObject({
    probes: expect.any(Number) as number,
  });
  expect(errandIn(wellKnown(yardsOf(plan)))).toBeUndefined();
  const late = yardsOf({ ...plan, turnsLeft: 299 });
  late.chart.seenCount = 0;
  expect(errandIn(late)).toBeUndefined();
  expect(errandIn(yardsOf({ ...plan, credits: 20_000 }))).toBeUndefined();
  expect(errandIn(yardsOf({ ...plan, ...grown([["probes", 3]]) }))).toBeUndefined();
  const distant = yardsOf({ ...plan, ways: street(1, 60), stardock: 58, trading: { 22: 5, 23: 2, 58: 9 } });
  expect(errandIn(distant)).toBeUndefined();
});

test("fighters and shields are bought where somebody hunts, with a fifth of the purse at most", () => {
  const plan: Plan = { ...grown(), credits: 200_000, fighters: 0, shields: 0 };
  const armed = errandIn(wellKnown(yardsOf({ ...plan, ferrengi: true })))!;
  expect(armed.intent).toEqual({ type: "travel", to: dock });
  expect(armed.why).toContain("somebody hunts");
  const bought = errandIn(wellKnown(yardsOf({ ...plan, ...there, ferrengi: true })))!;
  const { outfit } = errandsOf(bought.intent);
  expect(outfit!.shields! * 140 + outfit!.fighters! * 210).toBeWithin(30_000, 40_001);
  expect(outfit!.holds).toBe(65);
  expect(outfit!.shields).toBeLessThanOrEqual(shipTypes.merchantFreighter.shieldsMax);
  // Nobody hunts; or hardly anything is missing; or it is too far for the turns that are left.
  expect(errandIn(wellKnown(yardsOf(plan)))).toBeUndefined();
  expect(errandIn(wellKnown(yardsOf({ ...plan, ferrengi: true, shields: 300 })))).toBeUndefined();
  expect(errandIn(wellKnown(yardsOf({ ...plan, ferrengi: true, turnsLeft: 100 })))).toBeUndefined();
  // Shots that were fired of late count as well, and those of last week do not.
  const day = 86_400_000;
  const shot = (ago: number) => errandIn(wellKnown(yardsOf({ ...plan, shotAt: 1e12 - ago })));
  expect(shot(day)?.why).toContain("somebody hunts");
  expect(shot(7 * day)).toBeUndefined();
});

const banking = { above: 50_000, keep: 10_000 };

test("the goal banking takes what is above the threshold to the bank, and keeps enough in hand", () => {
  const plan: Plan = { ...grown([["scanner", 1]]), own: { banking } };
  const world = (more: Plan) => wellKnown(yardsOf({ ...plan, ...more }));
  const rich = errandIn(world({ credits: 80_000 }), "banking")!;
  expect(rich.intent).toEqual({ type: "travel", to: dock });
  expect(rich.why).toContain("70000 credits for the bank");
  const { deposit } = errandsOf(errandIn(world({ ...there, credits: 80_000 }), "banking")!.intent);
  expect(deposit).toBe(70_000);
  // For another goal the way is not worth it; nor is a purse below the threshold, or a bot that banks nothing.
  expect(errandIn(world({ credits: 80_000 }), "profit")).toBeUndefined();
  expect(errandIn(world({ credits: 50_000 }), "banking")).toBeUndefined();
  expect(errandIn(world({ credits: 80_000, own: {} }), "banking")).toBeUndefined();
});

test("what fills the holds and the reserve stay in hand when there is a deposit, whatever the keep", () => {
  const own = { banking: { above: 20_000, keep: 0 }, reserveCredits: 7_000 };
  const world = wellKnown(yardsOf({ ...grown([["scanner", 1]]), ...there, credits: 90_000, own }));
  const { intent } = errandIn(world, "banking")!;
  expect(errandsOf(intent).deposit).toBe(90_000 - 7_000 - 65 * filling);
});

test("who is at the StarDock for something else banks on the way out, whatever the goal", () => {
  const plan: Plan = { ...grown([["scanner", 1]]), holds: 40, empty: 40, own: { banking } };
  const world = wellKnown(yardsOf({ ...plan, ...there, credits: 300_000 }));
  const { outfit, deposit } = errandsOf(errandIn(world, "profit")!.intent);
  expect(outfit!.holds).toBe(65);
  // Not what the holds cost.
  expect(deposit).toBeWithin(200_000, 280_000);
});

test("for a ship that the purse cannot pay the bank is drawn upon, for just what is missing", () => {
  const plan: Plan = { ...grown(), holds: 30, empty: 30, ...there, credits: 1_000 };
  const { intent } = errandIn(wellKnown(yardsOf({ ...plan, bank: 500_000 })))!;
  const { withdraw, outfit } = errandsOf(intent);
  expect(outfit!.holds).toBe(65);
  // 35 holds after 30, and what fills all of them.
  expect(withdraw).toBe(39_935 + 65 * filling - 1_000);
  const poor = errandIn(wellKnown(yardsOf({ ...plan, bank: 0 })));
  expect(poor && errandsOf(poor.intent).withdraw).toBeUndefined();
});

test("a StarDock that dangers have cut off, or that is not known, is no errand", () => {
  const plan: Plan = { ...grown(), holds: 40, empty: 40, credits: 300_000, own: { banking } };
  const world = yardsOf(plan);
  world.dangers.set(24, { kind: "mines", count: 50, at: world.now });
  world.dangers.set(15, { kind: "mines", count: 50, at: world.now });
  world.mapVersion++;
  expect(errandIn(world, "banking")).toBeUndefined();
  const unknown = yardsOf({ ...plan, stardock: undefined, ways: street(20, 10) });
  unknown.ports.delete(dock);
  expect(errandIn(unknown, "banking")).toBeUndefined();
});
