import { expect, test } from "bun:test";
import { createDice } from "../../../../src/games/tw2002/host/dice.ts";
import { callIn, comesHome, fancy, lastLine, onTheLine, press, type Walker, walkersAt } from "./fuzz.ts";
import { crowdedTable, refit } from "./fuzz-world.ts";
import { conjured, flaws, ledgerOf, shadowOf } from "./invariants.ts";
import { plain } from "./players.ts";

/** Keys and seeds of a run; more by hand: FUZZ_KEYS=30000 FUZZ_SEEDS=101,102 bun test --timeout 60000 fuzz. */
const keysMax = Number(process.env["FUZZ_KEYS"] ?? 4000);
const seeds = (process.env["FUZZ_SEEDS"] ?? "1,2,3,4").split(",").map(Number);
/** No single key brings anybody more: the dearest ship traded in, the fullest port. */
const gainMax = 1_500_000;
const minuteMs = 60_000;

test.each(seeds)("six vandals at random keys break nothing and make nothing (seed %p)", (seed) => {
  const table = crowdedTable(seed);
  const { galaxy, host } = table;
  const dice = createDice(seed);
  const shadow = shadowOf(table);
  const walkers = walkersAt(table);
  const complain = (walker: Walker, wrong: readonly string[]) => {
    if (wrong.length === 0) return;
    const trail = JSON.stringify(walker.trail);
    const what = wrong.slice(0, 5).join("\n");
    throw new Error(
      `Seed ${seed}, ${walker.name} after ${trail}:\n${what}\n${walker.screen.slice(-1200)}\n${what}`,
    );
  };

  /** One key, or something that happens to a line; complains of what no key may do. */
  const step = (walker: Walker) => {
    const there = onTheLine(table, walker);
    if (!there || (there.trader === "" && dice.chance(0.2, "redial"))) {
      if (there) host.hungUp(walker.caller, table.now);
      return callIn(table, walker);
    }
    if (lastLine(walker).startsWith("Command [") && dice.chance(0.02, "a new ship")) {
      return refit(galaxy, walker.name, dice);
    }
    if (dice.chance(0.002, "hang up")) return void host.hungUp(walker.caller, table.now);
    if (dice.chance(0.002, "second line")) return callIn(table, walker);
    if (dice.chance(0.0005, "kick")) return void host.kick(walker.name, table.now);
    const before = ledgerOf(galaxy, table.now);
    press(table, walker, fancy(galaxy, walker, dice));
    const after = ledgerOf(galaxy, table.now);
    complain(walker, conjured(before, after));
    const gain = after.wealth - before.wealth;
    if (gain > gainMax) complain(walker, [`${gain} credits by one key`]);
  };

  for (let key = 1; key <= keysMax; key++) {
    const walker = dice.pick(walkers, "walker");
    walker.screen += plain(table.take(walker.caller));
    step(walker);
    if (dice.chance(0.3, "time")) table.wait(dice.pick([100, 1000, 3000], "wait"));
    if (dice.chance(0.001, "long")) table.wait(dice.pick([5, 70, 1500], "minutes") * minuteMs);
    if (dice.chance(0.002, "home?") && onTheLine(table, walker) && !comesHome(table, walker, dice)) {
      complain(walker, [`cannot get home from: ${lastLine(walker)}`]);
    }
    shadow.keep();
    const online = host.who(table.now).flatMap(({ trader }) => (trader === "" ? [] : [trader]));
    if (key % 7 === 0) complain(walker, flaws(galaxy, online));
    if (key % 997 === 0 || key === keysMax) complain(walker, shadow.differences());
  }
  expect(galaxy.traders.size).toBeGreaterThan(0);
});
