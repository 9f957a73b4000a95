import { expect, test } from "bun:test";
import fc from "fast-check";
import { goalKind, type GoalKind } from "../../../src/games/tw2002/goals.ts";
import { goalsKnown } from "../../../src/proto/orders.ts";

test("a goal is known by its name, and auto is profit", () => {
  expect(goalsKnown.map((goal) => [goal, goalKind(goal)])).toEqual([
    ["profit", "profit"],
    ["exploration", "exploration"],
    ["combat", "combat"],
    ["banking", "banking"],
    ["auto", "profit"],
  ]);
});

test("words of somebody's own are taken for what most of them ask for", () => {
  const said: readonly (readonly [string, GoalKind])[] = [
    ["Scout the north and map it", "exploration"],
    ["see all that is UNEXPLORED", "exploration"],
    ["put all savings into the bank", "banking"],
    ["Deposit whatever you earn, save it", "banking"],
    ["hunt down those fighters", "combat"],
    ["defend us", "combat"],
    ["make me rich", "profit"],
    ["", "profit"],
    ["dance", "profit"],
    // What begins like one of the words and is another.
    ["warp to the warehouse", "profit"],
    ["a maple on a chartreuse background", "profit"],
  ];
  for (const [goal, kind] of said) expect([goal, goalKind(goal)]).toEqual([goal, kind]);
});

test("nobody is attacked for a word that is denied, or that as much speaks against as for", () => {
  for (const goal of [
    "never attack anybody",
    "do not ever fight",
    "don't hunt",
    "trade without any war",
    "hunt for profit",
    "explore, and fight",
    "fight, and explore",
  ])
    expect([goal, goalKind(goal)]).not.toEqual([goal, "combat"]);
});

test("any words at all have a kind", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: "binary" }), (goal) => {
      expect(["profit", "exploration", "combat", "banking"]).toContain(goalKind(goal));
    }),
  );
}, 30_000);
