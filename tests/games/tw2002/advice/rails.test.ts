/** What no plan can do, whatever its text says: in small worlds, one rail after the other. */
import { expect, test } from "bun:test";
import { markDanger } from "../../../../src/games/tw2002/dangers.ts";
import type { Intent } from "../../../../src/games/tw2002/intents.ts";
import { tw2002 } from "../../../../src/games/tw2002/mod.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import type { Plan } from "../../../../src/player/game.ts";
import { AiStrategy } from "../../../../src/proto/llm-config.ts";
import { even, goodsOf, self, street, worldOf, type WorldPlan } from "../strategies/worlds.ts";

const advice = tw2002.advice!;
interface Under {
  readonly goal?: string;
  readonly policy?: Partial<AiStrategy>;
  readonly isAllowanceSpent?: boolean;
}
const read = (
  world: World,
  plan: object,
  { goal = "profit", policy = {}, isAllowanceSpent = false }: Under = {},
) => advice.read(world, JSON.stringify(plan), { goal, policy: AiStrategy.parse(policy), isAllowanceSpent });
const rejectedFor = (...args: Parameters<typeof read>) => {
  const plan = read(...args);
  return "rejected" in plan ? plan.rejected : "accepted";
};
function taken(...args: Parameters<typeof read>): Plan<World, Intent> {
  const plan = read(...args);
  if ("rejected" in plan) throw new Error(`${plan.rejected}: ${plan.why}`);
  return plan;
}

/** A street of forty sectors: a good pair in 21 and 22, another far away, the StarDock in 26, something unseen at its end. */
const small = { ship: { kind: "merchantCruiser", gear: new Map() }, holds: 20, empty: 20 } as const;
const plain = (more: Partial<WorldPlan> = {}) =>
  worldOf({
    ways: street(1, 60),
    trading: { 21: 5, 22: 2, 26: 9, 50: 5, 51: 2 },
    unseen: [60],
    stardock: 26,
    // In the largest ship that trade needs, so that nothing is bought unless a test wants it.
    ship: { kind: "merchantFreighter", gear: new Map() },
    holds: 65,
    empty: 65,
    ...more,
  });

test("what is in order is taken, with its words, its reason and a review within the policy's bounds", () => {
  const plan = taken(plain(), { plan: "work", ports: [21, 22], review_turns: 1e6, why: "near\u001b" });
  expect({ ...plan, next: undefined }).toEqual({
    words: "work the ports in 21 and 22",
    why: "near·",
    reviewTurns: 500,
    isRules: false,
    next: undefined as never,
  });
  expect(taken(plain(), { plan: "trade", review_turns: 0 }).reviewTurns).toBe(10);
  expect(taken(plain(), { plan: "trade" }).reviewTurns).toBe(100);
});

test("a sector has to be known, and a port, and a way there", () => {
  for (const plan of [
    { plan: "move", sector: 61 },
    { plan: "move", sector: 30_000 },
    { plan: "work", ports: [21, 23] },
    { plan: "work", ports: [21, 21] },
    { plan: "explore", toward: 999 },
    { plan: "trade", near: 999, within: 3 },
    { plan: "bank" },
  ])
    expect([plan, rejectedFor(plain(), plan)]).toEqual([plan, "impossible"]);
  const island = plain({ ways: [...street(1, 30), [40, 41]] });
  expect(rejectedFor(island, { plan: "move", sector: 41 })).toBe("impossible");
});

test("nobody is sent into danger, nor where only danger leads", () => {
  const world = plain();
  markDanger(world, 23, { kind: "mines", count: 10, at: world.now });
  for (const plan of [
    { plan: "move", sector: 23 },
    { plan: "move", sector: 24 },
    { plan: "explore", toward: 23 },
    { plan: "trade", near: 23, within: 2 },
  ])
    expect([plan, rejectedFor(world, plan)]).toEqual([plan, "dangerous"]);
  expect(rejectedFor(world, { plan: "work", ports: [21, 22] })).toBe("accepted");
});

test("a danger that turns up ends a plan that leads there, before it is flown into", () => {
  const world = plain();
  const plan = taken(world, { plan: "move", sector: 24 });
  expect(plan.next(world, even, "profit")).toMatchObject({ intent: { type: "travel", to: 24 } });
  markDanger(world, 24, { kind: "fighters", count: 10, at: world.now, mode: "Offensive" });
  expect(plan.next(world, even, "profit")).toEqual({ over: "no safe way to 24 is left" });
});

test("a way takes no more than its share of the turns, and ends before the review", () => {
  expect(rejectedFor(plain(), { plan: "move", sector: 24 })).toBe("accepted");
  // 10 hops of 3 turns are more than a fiftieth of 500.
  expect(rejectedFor(plain(), { plan: "move", sector: 30 })).toBe("turns");
  expect(rejectedFor(plain(), { plan: "work", ports: [50, 51] })).toBe("turns");
  expect(rejectedFor(plain({ turnsLeft: 5 }), { plan: "move", sector: 22 })).toBe("turns");
  expect(rejectedFor(plain({ turnsLeft: 5000 }), { plan: "move", sector: 30, review_turns: 20 })).toBe(
    "turns",
  );
});

test("nobody is attacked without leave, and with it only whom ours outnumber", () => {
  const world = plain({ fighters: 500 });
  markDanger(world, 22, { kind: "fighters", count: 20, at: world.now, mode: "Defensive" });
  const plan = { plan: "fight", sector: 22 };
  expect(rejectedFor(world, plan)).toBe("combat");
  expect(rejectedFor(world, plan, { goal: "explore, and never attack" })).toBe("combat");
  for (const leave of [
    { goal: "combat" },
    { goal: "hunt their fighters" },
    { policy: { allow_combat: true } },
  ])
    expect([leave, rejectedFor(world, plan, leave)]).toEqual([leave, "accepted"]);
  expect(rejectedFor(world, { plan: "fight", sector: 23 }, { goal: "combat" })).toBe("impossible");
  world.fighters = 30;
  expect(rejectedFor(world, plan, { goal: "combat" })).toBe("dangerous");
});

test("a hunt goes for its prey and no other, and ends with it", () => {
  const world = plain({ fighters: 500 });
  for (const sector of [22, 24])
    markDanger(world, sector, { kind: "fighters", count: 20, at: world.now, mode: "Defensive" });
  const plan = taken(world, { plan: "fight", sector: 22 }, { goal: "combat" });
  expect(plan.next(world, even, "combat")).toMatchObject({ intent: { type: "move", to: 21 } });
  world.sector = 21;
  expect(plan.next(world, even, "combat")).toMatchObject({ intent: { type: "fight", to: 22 } });
  world.dangers.delete(22);
  expect(plan.next(world, even, "combat")).toEqual({ over: "nothing is left to fight in 22" });
});

test("ports that others have taken are left to them, before and while they are worked", () => {
  const world = plain();
  const plan = taken(world, { plan: "work", ports: [21, 22] });
  world.taken.add(22);
  expect(plan.next(world, even, "profit")).toEqual({ over: "others have set out for the pair" });
  expect(rejectedFor(world, { plan: "work", ports: [21, 22] })).toBe("taken");
});

test("a plan spends what the policy and its own word leave it, whatever it asks for", () => {
  const rich = () => plain({ ...small, sector: 26, credits: 300_000 });
  const visit = (world: World, plan: object, under?: Under) => {
    const next = taken(world, plan, under).next(world, even, "profit");
    if ("over" in next || next.intent.type !== "dock") throw new Error(JSON.stringify(next));
    return world.credits - next.intent.keep;
  };
  const ship = { plan: "upgrade", what: "ship" };
  expect(visit(rich(), ship)).toBeGreaterThan(100_000);
  expect(visit(rich(), ship, { policy: { spend_max: 40_000 } })).toBeLessThanOrEqual(40_000);
  expect(visit(rich(), ship, { policy: { spend_share: 0.1 } })).toBeLessThanOrEqual(30_000);
  expect(visit(rich(), { ...ship, spend: 50_000 })).toBeLessThanOrEqual(50_000);
  // The same holds for what the rules would buy under a plan.
  expect(
    visit(rich(), { plan: "trade", explore: "more" }, { policy: { spend_max: 40_000 } }),
  ).toBeLessThanOrEqual(40_000);
  expect(rejectedFor(rich(), { ...ship, spend: 50_000 }, { policy: { spend_max: 40_000 } })).toBe("spend");
  expect(rejectedFor(rich(), ship, { policy: { spend_share: 0 } })).toBe("spend");
  const reserved = { ...rich(), self: { ...self, reserveCredits: 300_000 } };
  expect(rejectedFor(reserved, ship)).toBe("spend");
});

test("what a plan has spent counts against it, and what an old ship brought gives no leave to spend more", () => {
  const world = plain({ ...small, sector: 26, credits: 300_000 });
  const plan = taken(world, { plan: "trade", explore: "more" }, { policy: { spend_max: 40_000 } });
  const spends = () => {
    const next = plan.next(world, even, "profit");
    return "over" in next || next.intent.type !== "dock" ? 0 : world.credits - next.intent.keep;
  };
  expect(spends()).toBeGreaterThan(20_000);
  world.invested += 30_000;
  expect(spends()).toBeLessThanOrEqual(10_000);
  world.invested -= 25_000;
  expect(spends()).toBeLessThanOrEqual(10_000);
});

test("an upgrade ends with its visit, and defence is nobody's plan where nobody hunts", () => {
  const world = plain({ ...small, sector: 26, credits: 300_000 });
  const plan = taken(world, { plan: "upgrade", what: "ship" });
  expect(plan.next(world, even, "profit")).toMatchObject({ intent: { type: "dock" } });
  expect(plan.next(world, even, "profit")).toEqual({ over: "the shop was visited" });
  const defence = { plan: "upgrade", what: "defence" };
  expect(rejectedFor(world, defence)).toBe("worse");
  expect(rejectedFor(world, defence, { goal: "combat" })).toBe("accepted");
  expect(rejectedFor({ ...world, ferrengi: true }, defence)).toBe("accepted");
});

test("a pair that earns far less than the rules would is refused, and left when it has come to that", () => {
  const poor = { portClass: 5, stocks: [5, 5, 5] } as const;
  const trading = { 18: poor, 19: { ...poor, portClass: 2 }, 21: 5, 22: 2 } as const;
  expect(rejectedFor(plain({ trading }), { plan: "work", ports: [18, 19] })).toBe("worse");
  const world = plain({ trading });
  const plan = taken(world, { plan: "work", ports: [21, 22] });
  for (const sector of [21, 22])
    for (const good of goodsOf(world.ports.get(sector)!)) if (good) good.trading = 3;
  expect(plan.next(world, even, "profit")).toEqual({ over: expect.stringContaining("earn less") as never });
});

test("when the allowance is spent only plans are taken that follow the rules", () => {
  const spent = { isAllowanceSpent: true };
  for (const plan of [{ plan: "trade" }, { plan: "trade", explore: "more" }])
    expect([plan, rejectedFor(plain(), plan, spent)]).toEqual([plan, "accepted"]);
  for (const plan of [{ plan: "trade", near: 21 }, { plan: "explore" }, { plan: "work", ports: [21, 22] }])
    expect([plan, rejectedFor(plain(), plan, spent)]).toEqual([plan, "worse"]);
});

test("staying alive is the rules' business, and a plan that is in the way of it ends", () => {
  const world = plain();
  const plan = taken(world, { plan: "trade", explore: "more" });
  for (const sector of [19, 21]) markDanger(world, sector, { kind: "mines", count: 1, at: world.now });
  expect(plan.next(world, even, "profit")).toEqual({ over: "shut in by dangers" });
});
