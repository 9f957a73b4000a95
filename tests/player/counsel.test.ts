import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { answerMsMax, answerTurnsMax, fallbackTurnsMax, quietMs } from "../../src/player/asking.ts";
import { historyMax } from "../../src/player/tally.ts";
import { AdviceReport } from "../../src/proto/advice.ts";
import { counselled, policyOf } from "./counselled.ts";

const { urgent_wakeup_min_spacing_turns: spacing, fallback_threshold: threshold } = policyOf();

describe("a plan", () => {
  test("is asked for at once and never waited for: the rules choose until it is there", () => {
    const bot = counselled();
    expect(bot.play(3)).toEqual(["rules", "rules", "rules"]);
    expect(bot.asks()).toHaveLength(1);
    expect(bot.asks()[0]).toMatchObject({ id: 1, at: 0 });
    expect(bot.lastAbout().reasons).toEqual(["no plan"]);
    bot.answer({ earns: 12 });
    expect(bot.play(2)).toEqual(["plan", "plan"]);
    expect(bot.all).toContainEqual({ type: "weighed", id: 1, at: 3, outcome: "accepted" });
  });

  test("is followed for its turns and no longer, within what the policy allows", () => {
    const followed = (turns: number) => {
      const bot = counselled({ policy: { min_review_turns: 20, max_review_turns: 50 } });
      bot.play(1);
      bot.answer({ earns: 12, turns });
      return bot.play(100).filter((by) => by === "plan").length;
    };
    expect(followed(40)).toBe(40);
    expect(followed(1)).toBe(20);
    expect(followed(1_000_000)).toBe(50);
  });

  test("that is over makes room for the rules in the same breath, and for a new question", () => {
    const bot = counselled();
    bot.play(1);
    bot.answer({ earns: 12, over: 15 });
    expect(bot.play(17)).toEqual([...Array(15).fill("plan"), "rules", "rules"]);
    expect(bot.asks()).toHaveLength(2);
    expect(bot.lastAbout()).toMatchObject({ reasons: ["plan ended", "no plan"] });
    expect(bot.lastAbout().history[0]).toContain("15 turns, 12 credits a turn; it is done");
  });

  test("is followed by the next without a gap, when that comes in time", () => {
    const bot = counselled();
    bot.play(1);
    for (let round = 0; round < 4; round++) {
      bot.answer({ earns: 12, turns: 40 });
      expect(new Set(bot.play(29))).toEqual(new Set(["plan"]));
    }
    expect(bot.asks()).toHaveLength(5);
    expect(bot.lastAbout().reasons).toEqual(["plan ends soon"]);
    expect(bot.lastAbout().plan).toBe(JSON.stringify({ earns: 12, turns: 40 }));
  });

  test("is asked for sooner where answers take many turns, and not before the half of its turns", () => {
    const askedAfter = (lead: number) => {
      const bot = counselled();
      bot.play(lead);
      bot.answer({ earns: 12, turns: 100 });
      let turns = 0;
      while (bot.asks().length < 2) turns += bot.play(1).length;
      return turns;
    };
    expect(askedAfter(2)).toBe(71);
    expect(askedAfter(40)).toBe(61);
    expect(askedAfter(90)).toBe(51);
  });

  test("for another goal is none: the one in hand is dropped, and an answer that was on its way says nothing", () => {
    const bot = counselled();
    bot.play(1);
    bot.answer({ earns: 12, turns: 40 });
    bot.play(30);
    expect(bot.asks()).toHaveLength(2);
    bot.wants("exploration");
    expect(bot.play(1)).toEqual(["rules"]);
    bot.answer({ earns: 12 });
    expect(bot.play(spacing)).not.toContain("plan");
    expect(bot.outcomes()).toEqual(["accepted", "silent"]);
    expect(bot.lastAbout()).toMatchObject({ goal: "exploration" });
    expect(bot.lastAbout().reasons).toContain("goal changed");
    bot.answer({ earns: 12 });
    expect(bot.play(1)).toEqual(["plan"]);
    expect(bot.counsel.report().why).toBe("for exploration");
  });

  test("that falls short is a reason to ask, once", () => {
    const bot = counselled({ reckoned: 20, policy: { loss_allowance: 1 } });
    bot.play(1);
    bot.answer({ earns: 0, turns: 200 });
    bot.play(60);
    expect(bot.asks()).toHaveLength(2);
    expect(bot.lastAbout().reasons).toEqual(["fell short"]);
  });

  test("that gets nowhere is dropped", () => {
    const bot = counselled();
    bot.play(1);
    bot.answer({ earns: 12 });
    bot.play(2);
    bot.counsel.stuck();
    expect(bot.play(1)).toEqual(["rules"]);
  });
});

describe("questions", () => {
  test("are never closer together than the policy allows, whatever happens", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 300 }), (doings) => {
        const bot = counselled();
        const askedAt: number[] = [];
        for (const doing of doings) {
          const before = bot.asks().length;
          const { turns } = bot.world;
          bot.choose(doing % 3);
          if (bot.asks().length > before) askedAt.push(turns);
          if (doing === 0) bot.counsel.noticed("no progress");
          if (doing === 1 && before > 0) bot.answer({ earns: 1, over: 1 });
          if (doing === 2) bot.wants(`goal ${turns}`);
          if (doing === 3 && before > 0) bot.fail("budget", 0);
          if (doing === 4) bot.counsel.stuck();
        }
        for (let i = 1; i < askedAt.length; i++)
          expect(askedAt[i]! - askedAt[i - 1]!).toBeGreaterThanOrEqual(spacing);
      }),
    );
  });

  test("are open one at a time, and given up only when turns and time have passed without an answer", () => {
    const bot = counselled();
    bot.play(5 * answerTurnsMax);
    expect(bot.asks()).toHaveLength(1);
    bot.passes(answerMsMax);
    bot.play(1);
    expect(bot.outcomes()).toEqual(["timeout"]);
    expect(bot.asks()).toHaveLength(2);
    // The other way round: a bot that stood still has lost no turn by waiting.
    bot.passes(answerMsMax);
    bot.play(1);
    expect(bot.outcomes()).toEqual(["timeout"]);
  });

  test("that were given up are answered in vain", () => {
    const bot = counselled();
    bot.play(answerTurnsMax + 1);
    bot.passes(answerMsMax);
    bot.play(1);
    bot.answer({ earns: 12 }, 1);
    expect(bot.play(2)).toEqual(["rules", "rules"]);
    bot.answer({ earns: 12 }, 2);
    expect(bot.play(1)).toEqual(["plan"]);
    expect(bot.outcomes()).toEqual(["timeout", "accepted"]);
  });

  test("are asked again after a spent budget, when it says, and that is no failure", () => {
    const bot = counselled();
    for (let i = 0; i < 3 * threshold; i++) {
      bot.play(1);
      bot.fail("budget");
      bot.play(spacing);
      expect(bot.asks()).toHaveLength(i + 1);
      bot.passes(quietMs);
    }
    expect(bot.counsel.report()).toMatchObject({ source: "rules", failed: { budget: 3 * threshold } });
    bot.play(1);
    bot.fail("budget", 1_000_000);
    bot.play(spacing);
    const { length } = bot.asks();
    bot.passes(999_000);
    bot.play(1);
    expect(bot.asks()).toHaveLength(length);
    bot.passes(1_000);
    bot.play(1);
    expect(bot.asks()).toHaveLength(length + 1);
  });

  test("carry what became of the last plans, so many and no more", () => {
    const bot = counselled();
    bot.play(1);
    for (let i = 0; i < 3 * historyMax; i++) {
      bot.answer({ rejected: "spend" });
      bot.play(spacing);
      bot.answer({ earns: 10, over: 1 });
      bot.play(spacing);
    }
    expect(bot.lastAbout().history).toHaveLength(historyMax);
    expect(bot.lastAbout().history.join()).toContain("rejected (spend)");
  });
});

describe("a model that fails", () => {
  /** Answers each question with a failure; the turns between one question and the next. */
  function gaps(bot: ReturnType<typeof counselled>, questions: number): number[] {
    const found: number[] = [];
    for (let i = 0; i < questions; i++) {
      const { length } = bot.asks();
      let turns = 0;
      if (length > 0) bot.answer({ rejected: "malformed" });
      while (bot.asks().length === length) turns += bot.play(1).length;
      found.push(turns);
    }
    return found;
  }

  test("is left alone after so many failures, for twice as long each time it fails again at once", () => {
    const bot = counselled({ policy: { fallback_duration_turns: 40 } });
    // The first turn asks; each later question waits for the spacing, or for the fallback to pass.
    expect(gaps(bot, threshold + 3)).toEqual([1, spacing, spacing, 41, 81, 161]);
    expect(bot.counsel.report()).toMatchObject({ rejected: { malformed: threshold + 2 } });
  });

  test("is tried again for ever, at the latest after so many turns", () => {
    const bot = counselled({ policy: { fallback_duration_turns: 400 }, turnsMax: 0 });
    expect(Math.max(...gaps(bot, threshold + 6))).toBe(fallbackTurnsMax + 1);
  });

  test("has the bot's ear at once when it answers again, and a clean record", () => {
    const bot = counselled({ policy: { fallback_duration_turns: 40 } });
    gaps(bot, threshold + 2);
    expect(bot.counsel.report().source).toBe("rules");
    bot.answer({ earns: 12, over: 3 });
    expect(bot.play(3)).toEqual(["plan", "plan", "plan"]);
    while (bot.asks().length < threshold + 3) bot.play(1);
    expect(gaps(bot, threshold)).toEqual([spacing, spacing, 41]);
  });

  test("shows as such in the report, which passes its schema", () => {
    const bot = counselled();
    gaps(bot, threshold);
    bot.fail("timeout");
    bot.play(1);
    const report = AdviceReport.parse(bot.counsel.report());
    expect(report).toMatchObject({
      source: "fallback",
      why: "no plan: timeout",
      asked: threshold,
      accepted: 0,
      failed: { timeout: 1 },
    });
    bot.play(4);
    expect(bot.counsel.report().turns.fallback).toBeGreaterThan(0);
  });

  test("that gives plans which lead to nothing has failed, too", () => {
    const bot = counselled({ policy: { fallback_duration_turns: 400 } });
    for (let i = 0; i < threshold; i++) {
      bot.play(spacing);
      bot.answer({ earns: 1, over: 0 });
    }
    bot.play(1);
    expect(bot.counsel.report().source).toBe("fallback");
  });
});

test("turns and credits are on the account of whoever chose", () => {
  const bot = counselled({ rules: 10 });
  bot.play(5);
  bot.answer({ earns: 12, turns: 40 });
  bot.play(20);
  bot.choose();
  const { turns, credits, source, plan } = bot.counsel.report();
  expect({ source, plan }).toEqual({ source: "advice", plan: JSON.stringify({ earns: 12, turns: 40 }) });
  expect(turns).toEqual({ rules: 5, advice: 20, fallback: 0 });
  expect(credits).toEqual({ rules: 50, advice: 240, fallback: 0 });
});

test("what others do with the bot's keys is on nobody's account", () => {
  const bot = counselled({ rules: 10 });
  bot.play(2);
  bot.counsel.apart();
  bot.world.turns += 50;
  bot.world.worth -= 900;
  bot.play(2);
  expect(bot.counsel.report()).toMatchObject({ turns: { rules: 2 }, credits: { rules: 20 } });
});
