/** The goal "combat": defence first, then whoever ours clearly outnumber. */
import { expect, test } from "bun:test";
import { markDanger } from "../../../../src/games/tw2002/dangers.ts";
import { strategies } from "../../../../src/games/tw2002/strategies/mod.ts";
import type { World } from "../../../../src/games/tw2002/world.ts";
import { even, street, worldOf, type WorldPlan } from "./worlds.ts";

const dock = 23;
const armed = (more: Partial<WorldPlan> = {}): World => {
  const world = worldOf({
    ways: street(1, 40),
    trading: { [dock]: 9 },
    stardock: dock,
    credits: 400_000,
    fighters: 100,
    ship: { kind: "merchantFreighter", gear: new Map() },
    holds: 65,
    empty: 65,
    ...more,
  });
  markDanger(world, 18, { kind: "fighters", count: 12, at: world.now, mode: "Defensive" });
  return world;
};
const chosen = (world: World, goal: string) => strategies.opportunistic!(world, even, goal);

test("who is to fight arms himself before he hunts, though nobody hunts him", () => {
  expect(chosen(armed(), "combat").intent).toEqual({ type: "travel", to: dock });
  const there = chosen(armed({ sector: dock }), "combat").intent;
  if (there.type !== "dock") throw new Error(JSON.stringify(there));
  const { fighters = 0, shields = 0 } = there.errands.outfit ?? {};
  expect(fighters + shields).toBeGreaterThan(250);
  const ready = armed({ shields: 400 });
  expect(chosen(ready, "combat").intent).toEqual({ type: "move", to: 19 });
  expect(chosen(ready, "hunt those fighters").intent).toEqual({ type: "move", to: 19 });
});

test("for any other goal nobody arms himself for nothing, nor hunts", () => {
  for (const goal of ["profit", "never fight", "exploration"]) {
    const { intent, why } = chosen(armed({ shields: 0 }), goal);
    expect(intent.type).not.toBe("fight");
    expect(why).not.toContain("shields");
    expect(why).not.toContain("hunting");
  }
});
