/** A life whose strategy is a model's, in the smallest game: a plan there is a number to try, so many times. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import type { LifeEffect, LifeOptions } from "../../src/player/happenings.ts";
import { settleMinMs } from "../../src/player/patience.ts";
import type { TakenIn } from "../../src/proto/advice.ts";
import { BotReport } from "../../src/proto/status.ts";
import { guess } from "../doubles/guess.ts";
import { advisedGuess, ai } from "./advised-guess.ts";
import { begin, home, keysOf, typesOf } from "./lived.ts";

const beginAi = (options: Partial<LifeOptions> = {}) =>
  begin({ strategy: "ai", ai, ...options }, true, advisedGuess);

/** At home once more, wherever the last try went. */
function tries({ open, line }: ReturnType<typeof begin>): string {
  const [keys = ""] = open(home);
  line(`${home}${Number.parseInt(keys, 10)}`);
  line("Higher!");
  return keys;
}

test("without an answer it plays by its rules, and by the plan from the next home prompt on", () => {
  const bot = beginAi();
  expect(tries(bot)).toBe("50\r");
  const asked = bot.all.find(({ type }) => type === "ask");
  expect(asked).toMatchObject({ id: 1, at: 0 });
  expect(typesOf(bot.step({ type: "advised", id: 1, plan: '{"number":7,"times":9}' }))).not.toContain("send");
  expect(["7\r", "8\r", "9\r"]).toContain(tries(bot));
  expect(bot.all).toContainEqual({ type: "weighed", id: 1, at: 1, outcome: "accepted" });
  const chosen = bot.all.findLast(({ type }) => type === "chose");
  expect(chosen).toMatchObject({ why: "plan: once more" });
});

test("its report says who decides, what is planned and why, and passes its schema; others report nothing of the kind", () => {
  const bot = beginAi();
  tries(bot);
  expect(BotReport.parse(bot.life.report()).advice).toMatchObject({ source: "rules", asked: 1, accepted: 0 });
  bot.step({ type: "advised", id: 1, plan: '{"number":7,"times":9}' });
  tries(bot);
  tries(bot);
  expect(BotReport.parse(bot.life.report()).advice).toMatchObject({
    source: "advice",
    plan: "try 7",
    why: "it feels right",
    accepted: 1,
    turns: { rules: 1, advice: 1, fallback: 0 },
  });
  expect(begin().life.report()).not.toHaveProperty("advice");
});

test("a game that no model can advise has no such strategy, nor has a life without a policy", () => {
  expect(() => begin({ strategy: "ai", ai })).toThrow('guess has no strategy "ai"');
  expect(() => begin({ strategy: "ai" }, true, advisedGuess)).toThrow('guess has no strategy "ai"');
});

test("what stands out is a reason to ask, also while a plan is in hand", () => {
  const bot = beginAi();
  tries(bot);
  bot.step({ type: "advised", id: 1, plan: '{"number":7,"times":90,"turns":90,"isRules":true}' });
  for (let i = 0; i < 20; i++) tries(bot);
  const asks = bot.all.flatMap((effect) => (effect.type === "ask" ? [JSON.parse(effect.picture)] : []));
  expect(asks).toMatchObject([{ reasons: ["no plan"] }, { reasons: ["repeating actions"], plan: "try 7" }]);
});

test("a verdict of the game's, and an order to stand still, come before any plan", () => {
  const bot = beginAi();
  tries(bot);
  bot.step({ type: "advised", id: 1, plan: '{"number":7,"times":99}' });
  bot.step({ type: "ordered", order: { type: "pause", id: 7 } });
  expect(bot.open(home)).toEqual([]);
  expect(keysOf(bot.step({ type: "ordered", order: { type: "resume", id: 8 } }))).toHaveLength(1);
  bot.line(`${home}7`);
  bot.line("Yes!");
  expect(bot.open(home)).toEqual(["Q"]);
});

test("what others do with its keys is not counted, and the plan goes on after it", () => {
  const bot = beginAi();
  tries(bot);
  bot.step({ type: "advised", id: 1, plan: '{"number":7,"times":99}' });
  tries(bot);
  const word = { lease: "00112233aabbccdd" } as const;
  bot.open(home);
  bot.step({ type: "keys", word: { type: "take", ...word } });
  bot.line(`${home}7`);
  expect(bot.step({ type: "open", text: home })).toContainEqual({ type: "taken", ...word });
  for (let i = 0; i < 5; i++) bot.line(`${home}1`);
  bot.open(home);
  bot.step({ type: "keys", word: { type: "give", ...word } });
  expect(keysOf(bot.step({ type: "silent" }, settleMinMs))).toHaveLength(1);
  bot.line(`${home}7`);
  bot.line("Higher!");
  tries(bot);
  // One try of the rules', and of the plan's the first and the last but one; the second was followed by the hands of others.
  expect(bot.life.report()).toMatchObject({
    turns_executed: 10,
    advice: { source: "advice", turns: { rules: 1, advice: 2, fallback: 0 } },
  });
});

test("what stands out is told of every bot, model or not", () => {
  const stubborn = {
    ...guess.strategies,
    stubborn: () => ({ intent: { type: "try", number: 1 }, why: "" }) as const,
  };
  const bot = begin({ strategy: "stubborn" }, true, { ...guess, strategies: stubborn });
  for (let i = 0; i < 30; i++) tries(bot);
  const notes = bot.all.flatMap((effect) => (effect.type === "note" ? [effect] : []));
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatchObject({
    severity: "info",
    text: expect.stringContaining("Stands out: repeating actions, 12 times"),
  });
});

/** One life, whose model answers as told: each question after so many choices, with that number. */
function lives(model: readonly { readonly after: number; readonly number: number }[], recorded?: TakenIn[]) {
  const bot = beginAi(recorded ? { recorded } : {});
  const waiting: { id: number; at: number; plan: string }[] = [];
  const answers = new Map<number, string>();
  const keys: string[] = [];
  let answered = 0;
  for (let choice = 0; choice < 60; choice++) {
    const before = bot.all.length;
    keys.push(tries(bot));
    for (const effect of bot.all.slice(before)) {
      const next = model[answered % Math.max(1, model.length)];
      if (effect.type !== "ask" || !next) continue;
      answered++;
      const plan = JSON.stringify({ number: next.number, times: 1 + (next.number % 20), turns: next.number });
      waiting.push({ id: effect.id, at: choice + next.after, plan });
    }
    for (const { id, plan } of waiting.filter(({ at }) => at === choice)) {
      answers.set(id, plan);
      bot.step({ type: "advised", id, plan });
    }
  }
  const taken = bot.all.flatMap((effect): TakenIn[] =>
    effect.type === "weighed" ? [{ id: effect.id, at: effect.at, plan: answers.get(effect.id)! }] : [],
  );
  return { keys, taken, effects: bot.all, report: bot.life.report() };
}

test("the same life with the same answers types the same keys, byte for byte, and asks nobody", () => {
  const asksOf = (effects: readonly LifeEffect[]) => effects.filter(({ type }) => type === "ask");
  const model = fc.array(fc.record({ after: fc.nat(12), number: fc.integer({ min: 1, max: 110 }) }), {
    minLength: 1,
    maxLength: 10,
  });
  let plansTaken = 0;
  fc.assert(
    fc.property(model, (answers) => {
      const lived = lives(answers);
      const again = lives([], lived.taken);
      expect(again.keys).toEqual(lived.keys);
      expect(asksOf(again.effects)).toEqual([]);
      expect(asksOf(lived.effects).length).toBeGreaterThan(0);
      const { accepted, rejected, turns } = again.report.advice!;
      expect({ accepted, rejected, turns }).toEqual({
        accepted: lived.report.advice!.accepted,
        rejected: lived.report.advice!.rejected,
        turns: lived.report.advice!.turns,
      });
      plansTaken += accepted;
    }),
    { numRuns: 20 },
  );
  expect(plansTaken).toBeGreaterThan(20);
});
