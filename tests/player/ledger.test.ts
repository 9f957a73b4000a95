import { describe, expect, test } from "bun:test";
import { createLedger, type Decider, seenTurnsMin } from "../../src/player/ledger.ts";

/** A bot that earns so much a turn, by whoever decides; the game reckons with `reckoned`. */
function kept(reckoned?: number) {
  const ledger = createLedger();
  let turns = 1;
  let worth = 0;
  const reckon = () => reckoned;
  ledger.stands(turns, worth, reckon);
  function passes(how: Decider["how"], times: number, earns: number) {
    ledger.decides({ by: how === "rules" ? "rules" : "advice", how });
    for (let turn = 0; turn < times; turn++) ledger.stands(++turns, (worth += earns), reckon);
    return ledger.wasted();
  }
  return { ledger, passes };
}

describe("turns of plans", () => {
  test("are wasted as far as the rules would have earned more, as the game reckons and as was seen", () => {
    expect(kept(100).passes("otherwise", 30, 0)).toBe(30);
    const reckoned = kept(100).passes("otherwise", 30, 20);
    expect(reckoned).toBeGreaterThan(10);
    expect(reckoned).toBeLessThan(30);
    const seen = kept();
    seen.passes("rules", 50, 100);
    expect(seen.passes("otherwise", 30, 45)).toBeCloseTo(15);
  });

  test("as good as those of the rules waste nothing", () => {
    const { passes } = kept(100);
    passes("rules", 2 * seenTurnsMin, 100);
    expect(passes("otherwise", 500, 100)).toBe(0);
  });

  test("that earn more give back what was wasted, and no more than that", () => {
    const { passes } = kept(100);
    passes("rules", 2 * seenTurnsMin, 100);
    passes("otherwise", 20, 0);
    expect(passes("otherwise", 10, 500)).toBe(0);
    expect(passes("otherwise", 20, 0)).toBe(20);
  });

  test("that lose credits waste more turns than they take", () => {
    const { passes } = kept(100);
    passes("rules", 2 * seenTurnsMin, 100);
    expect(passes("otherwise", 5, -900)).toBeCloseTo(55);
  });

  test("count in full while nothing is known of the rules, unless they earn anything", () => {
    expect(kept().passes("otherwise", 12, 0)).toBe(12);
    expect(kept().passes("otherwise", 12, 3)).toBe(0);
  });

  test("on which the rules agree cost nothing, and neither do any where the goal is not to earn", () => {
    expect(kept(100).passes("agreed", 50, 0)).toBe(0);
    expect(kept(0).passes("otherwise", 50, 0)).toBe(0);
  });

  test("are counted until the rules have a turn again", () => {
    const { ledger, passes } = kept(100);
    passes("otherwise", 30, 100);
    passes("agreed", 5, 100);
    expect(ledger.sinceRules()).toBe(30);
    passes("rules", 1, 100);
    expect(ledger.sinceRules()).toBe(0);
  });
});

test("what a plan wastes and earns by itself is counted from its beginning", () => {
  const { ledger, passes } = kept(100);
  passes("rules", 2 * seenTurnsMin, 100);
  passes("otherwise", 10, 0);
  ledger.planned();
  passes("otherwise", 10, 180);
  expect(ledger.ofPlan().wasted).toBeCloseTo(-10);
  expect(ledger.ofPlan().earned).toBe(1800);
});

test("the rate is that of late", () => {
  const { ledger, passes } = kept();
  passes("rules", 500, 100);
  passes("otherwise", 300, 10);
  expect(ledger.rate()).toBeLessThan(15);
  expect(ledger.rate()).toBeGreaterThan(10);
});

test("what a bot has before its first turn it has not earned", () => {
  const ledger = createLedger();
  ledger.stands(0, 0, () => 1);
  ledger.stands(0, 5000, () => 1);
  ledger.stands(1, 5010, () => 1);
  expect(ledger.credits().rules).toBe(10);
});
