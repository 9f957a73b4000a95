import { expect, test } from "bun:test";
import fc from "fast-check";
import { markDanger } from "../../../../src/games/tw2002/dangers.ts";
import type { PortClass } from "../../../../src/games/tw2002/rules/ports.ts";
import { strategies } from "../../../../src/games/tw2002/strategies/mod.ts";
import { opportunistic } from "../../../../src/games/tw2002/strategies/opportunistic.ts";
import { isSector } from "../../../../src/games/tw2002/chart.ts";
import { newWorld, type World } from "../../../../src/games/tw2002/world.ts";
import { seeded } from "../../../cuts.ts";
import { copyOf, even, self, street, worldOf, worldTold, type WorldPlan } from "./worlds.ts";

const goals = ["profit", "exploration", "banking", "combat"] as const;
const choose = (world: World, goal = "profit", dice = even) => strategies.opportunistic!(world, dice, goal);

/** In a Freighter that has all it can have. */
const grown: Partial<WorldPlan> = {
  ship: { kind: "merchantFreighter", gear: new Map([["scanner", 1]]) },
  holds: 65,
  empty: 65,
  turnsPerWarp: 2,
};

const aWorld = fc
  .record({
    ports: fc.uniqueArray(
      fc.record({
        sector: fc.integer({ min: 1, max: 40 }),
        portClass: fc.integer({ min: 0, max: 9 }) as fc.Arbitrary<PortClass>,
        stocks: fc.tuple(fc.nat(2500), fc.nat(2500), fc.nat(2500)),
        isRead: fc.boolean(),
        isTaken: fc.boolean(),
      }),
      { maxLength: 14, selector: ({ sector }) => sector },
    ),
    lanes: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
      maxLength: 12,
    }),
    unseen: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 10 }),
    mines: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
    aboard: fc.tuple(fc.nat(10), fc.nat(10), fc.nat(10)),
    turnsLeft: fc.integer({ min: 3, max: 1000 }),
    credits: fc.oneof(fc.nat(500), fc.nat(200_000)),
    probes: fc.nat(3),
    scanner: fc.nat(1),
    known: fc.tuple(fc.boolean(), fc.boolean()),
    dockings: fc.nat(2),
    stardock: fc.option(fc.integer({ min: 1, max: 45 }), { nil: undefined }),
  })
  .map(({ ports, lanes, mines, aboard, probes, scanner, known, unseen, ...more }): WorldPlan => {
    const gear = new Map([
      ["probes", probes],
      ["scanner", scanner],
    ] as const);
    const plan: WorldPlan = {
      ...more,
      ways: [...street(1, 40), ...lanes.filter(([from, to]) => Math.abs(from - to) > 1)],
      unseen: unseen.filter((sector) => sector !== 20),
      trading: Object.fromEntries(
        ports
          .filter(({ isRead }) => isRead)
          .map(({ sector, portClass, stocks }) => [sector, { portClass, stocks }]),
      ),
      taken: new Set(ports.flatMap(({ sector, isTaken }) => (isTaken ? [sector] : []))),
      cargo: [...aboard],
      holds: 30,
      empty: 30 - aboard[0] - aboard[1] - aboard[2],
      ship: { kind: "merchantCruiser", gear },
      informed: known[0] || known[1],
      surveyed: known[1],
    };
    const made = worldOf(plan);
    for (const { sector, portClass, isRead } of ports) if (!isRead) made.ports.add(sector, portClass);
    for (const sector of mines)
      if (sector !== 20) markDanger(made, sector, { kind: "mines", count: 20, at: made.now });
    return { ...plan, ports: made.ports, dangers: made.dangers, trading: {} };
  });

test("the same world and the same dice make the same choice, and the world is left as it was", () => {
  fc.assert(
    fc.property(aWorld, fc.constantFrom(...goals), fc.nat(), (plan, goal, seed) => {
      const world = worldOf(plan);
      const before = worldTold(world);
      const copy = copyOf(world);
      const first = choose(world, goal, seeded(seed));
      expect(worldTold(world)).toEqual(before);
      // A copy has nothing but what is written in it.
      expect(choose(copy, goal, seeded(seed))).toEqual(first);
      expect(choose(world, goal, seeded(seed))).toEqual(first);
    }),
  );
});

test("every choice has a reason that is a sentence's worth of words and figures", () => {
  fc.assert(
    fc.property(aWorld, fc.constantFrom(...goals), (plan, goal) => {
      const { why } = choose(worldOf(plan), goal);
      expect(why.length).toBeWithin(8, 201);
      expect(why).not.toMatch(/undefined|NaN|Infinity|null|\[object/);
    }),
  );
});

test("a choice can be carried out: a known way is flown, what is aboard is sold, what can be held is bought", () => {
  fc.assert(
    fc.property(aWorld, fc.constantFrom(...goals), (plan, goal) => {
      const world = worldOf(plan);
      const { intent } = choose(world, goal);
      switch (intent.type) {
        case "move":
        case "travel":
          expect(isSector(intent.to)).toBe(true);
          expect(intent.to).not.toBe(world.sector);
          return;
        case "trade": {
          const [sold, bought] = [intent.sell, intent.buy].map((units) => units[0] + units[1] + units[2]) as [
            number,
            number,
          ];
          expect(sold + bought).toBeGreaterThan(0);
          expect(bought).toBeLessThanOrEqual(world.empty + sold);
          for (const [index, units] of intent.sell.entries())
            expect(units).toBeLessThanOrEqual(world.cargo[index]!);
          expect(world.ports.get(world.sector)?.portClass).not.toBe(0);
          return;
        }
        case "plot":
          for (const [from, to] of intent.courses) expect(from).not.toBe(to);
      }
    }),
  );
});

test("nobody who has a safe way flies into a danger", () => {
  fc.assert(
    fc.property(aWorld, fc.constantFrom("profit", "exploration", "banking"), (plan, goal) => {
      const world = worldOf(plan);
      const { intent, why } = choose(world, goal);
      if (intent.type !== "move" || why.startsWith("shut in") || why === "any way out") return;
      expect(world.dangers.has(intent.to)).toBe(false);
    }),
  );
});

test("a plan claims its ports, the next one first, and the StarDock never", () => {
  fc.assert(
    fc.property(aWorld, (plan) => {
      const world = worldOf(plan);
      const { claims = [], intent } = choose(world);
      expect(new Set(claims).size).toBe(claims.length);
      expect(claims.length).toBeLessThanOrEqual(8);
      for (const name of claims) {
        const port = world.ports.get(Number(name));
        expect(port).toBeDefined();
        expect(port!.portClass).not.toBe(9);
        expect(port!.sector === world.sector || !world.taken.has(port!.sector)).toBe(true);
      }
      if (claims.length > 0 && intent.type === "travel") expect(claims).toContain(String(intent.to));
    }),
  );
  const pair = worldOf({ ways: street(20, 8), trading: { 22: 5, 23: 2 } });
  expect([...choose(pair).claims!].sort()).toEqual(["22", "23"]);
  // Equipment for the StarDock: the port it comes from is all that is claimed.
  const feeder = worldOf({
    ways: street(20, 3),
    trading: { 20: 5, 21: 9 },
    stardock: 21,
    turnsLeft: 20,
    ...grown,
  });
  expect(choose(feeder)).toMatchObject({ intent: { type: "trade" }, claims: ["20"] });
});

test("a trade names where its cargo goes and what it brings; a way names the port at its end", () => {
  const world = worldOf({ ways: street(20, 8), trading: { 20: 2, 21: 5 } });
  expect(choose(world)).toMatchObject({ intent: { type: "trade", sell: [0, 0, 0], buy: [0, 20, 0] } });
  expect(choose(world).why).toMatch(/^trading here, then to 21: \d+ credits beyond the worth of the turns$/);
  world.sector = 24;
  expect(choose(world).intent).toMatchObject({ type: "travel" });
  expect(choose(world).why).toMatch(/^to the port in 2[01], then to 2[01]: \d+ credits /);
});

const rich = { ways: [...street(8, 16), [20, 30]] as [number, number][], trading: { 20: 2, 21: 5 } as const };

test("the goal exploration goes to what is unseen, where profit trades", () => {
  const world = worldOf({ ...rich, unseen: [30] });
  expect(choose(world, "profit").intent.type).toBe("trade");
  expect(choose(world, "exploration")).toMatchObject({ intent: { type: "move", to: 30 } });
  expect(strategies.explore!(world, even, "profit")).toMatchObject({ intent: { type: "move", to: 30 } });
  // Where nothing is left to be seen it trades, too.
  expect(choose(worldOf(rich), "exploration").intent.type).toBe("trade");
});

test("the goal combat hunts fighters that ours outnumber, where profit goes around them", () => {
  const world = worldOf({ ...rich, fighters: 200 });
  markDanger(world, 30, { kind: "fighters", count: 24, mode: "Defensive", at: world.now });
  expect(choose(world, "combat")).toMatchObject({ intent: { type: "fight", to: 30 } });
  expect(choose(world, "profit").intent.type).toBe("trade");
  world.fighters = 30;
  expect(choose(world, "combat").intent.type).toBe("trade");
});

test("the goal banking carries what is too much to the StarDock, where profit trades on", () => {
  const made = worldOf({
    ways: street(20, 8),
    trading: { 20: 2, 21: 5, 25: 9 },
    stardock: 25,
    credits: 90_000,
    turnsLeft: 250,
    ...grown,
  });
  const world = { ...made, self: { ...self, banking: { above: 50_000, keep: 5_000 } } };
  expect(choose(world, "banking")).toMatchObject({ intent: { type: "travel", to: 25 } });
  expect(choose(world, "banking").why).toContain("for the bank");
  expect(choose(world, "profit").intent.type).toBe("trade");
});

test("what can be sold here is sold before anything is carried to the yards", () => {
  const plan = {
    ways: street(20, 8),
    trading: { 20: 1, 21: 5, 25: 9 } as const,
    stardock: 25,
    credits: 60_000,
  };
  const yards = worldOf({ ...plan, turnsLeft: 1000 });
  expect(choose(yards).why).toContain("Merchant Freighter");
  const laden = worldOf({ ...plan, turnsLeft: 1000, cargo: [10, 10, 0], empty: 0 });
  expect(choose(laden).intent).toMatchObject({ type: "trade", sell: [10, 10, 0] });
});

test("a newcomer who knows nothing, and one who is nowhere, still chooses something", () => {
  const fresh = newWorld(self);
  for (const goal of goals) expect(choose(fresh, goal).intent).toEqual({ type: "inform" });
  expect(opportunistic({ ...fresh, informed: true }, even, "profit").intent).toEqual({ type: "look" });
  const alone = worldOf({ ways: [[20, 21]] });
  expect(choose(alone).intent).toEqual({ type: "move", to: 21 });
});

test("the names of the first system's strategies are known, and mean what they meant", () => {
  expect(Object.keys(strategies).sort()).toEqual(["explore", "opportunistic", "profitable_pairs"]);
  const world = worldOf({ ...rich, unseen: [30] });
  expect(strategies.profitable_pairs!(world, even, "profit")).toEqual(choose(world, "profit"));
});

test("a sale that is not worth its turn keeps nobody from the yards: whoever left would only come back", () => {
  const dock = 26;
  const there = {
    ways: street(1, 40),
    trading: { [dock]: 9 },
    stardock: dock,
    sector: dock,
    unseen: [30, 31, 32],
    credits: 60_000,
    turnsLeft: 1000,
  } as const;
  // The holds are full of what brings little here, and unknown space promises more than that.
  const laden = choose(worldOf({ ...there, cargo: [1, 0, 0], empty: 19 }));
  expect(laden.intent.type).toBe("dock");
  expect(choose(worldOf(there)).intent.type).toBe("dock");
});
