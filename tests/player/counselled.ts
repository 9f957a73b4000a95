/**
 * A counsel over the smallest world there can be: a turn earns what whoever chooses says. Plans are JSON such as {"earns":5,"turns":40}: so many credits
 * a turn, and a review after so many turns; with "like":"rules" it does the very same as the rules, if it earns as much.
 */
import { createCounsel } from "../../src/player/counsel.ts";
import { createDeeds } from "../../src/player/deeds.ts";
import type { GameAdvice, PictureAbout } from "../../src/player/game.ts";
import type { LifeEffect } from "../../src/player/happenings.ts";
import type { TakenIn } from "../../src/proto/advice.ts";
import { AiStrategy } from "../../src/proto/llm-config.ts";

export interface Purse {
  turns: number;
  worth: number;
}
export interface Deed {
  readonly earns: number;
  readonly by: "plan" | "rules";
}
type Ask = Extract<LifeEffect, { type: "ask" }>;

export interface CounselledOptions {
  readonly policy?: Partial<AiStrategy>;
  /** What the rules earn a turn, and what the game reckons that they do. */
  readonly rules?: number;
  readonly reckoned?: number | undefined;
  readonly turnsMax?: number;
  readonly recorded?: readonly TakenIn[];
}

export const policyOf = (changes: Partial<AiStrategy> = {}): AiStrategy => ({
  ...AiStrategy.parse({}),
  ...changes,
});

const advice = (reckoned: number | undefined): GameAdvice<Purse, Deed> => ({
  picture: (_, about) => JSON.stringify(about),
  read(_, text, { isAllowanceSpent, goal }) {
    const { earns, turns = 40, over, isRules = false, rejected, like = "plan" } = JSON.parse(text);
    if (rejected) return { rejected, why: "as it was told" };
    if (isAllowanceSpent && !isRules) return { rejected: "worse", why: "nothing is left" };
    let steps = 0;
    return {
      words: text,
      why: `for ${goal}`,
      reviewTurns: turns,
      isRules,
      next: () =>
        over !== undefined && steps++ >= over
          ? { over: "it is done" }
          : { intent: { earns, by: like }, why: "it says so" },
    };
  },
  worth: ({ worth }) => worth,
  ...(reckoned !== undefined && { turnWorth: () => reckoned }),
});

export function counselled(options: CounselledOptions = {}) {
  const { policy, rules = 10, reckoned, turnsMax = 1000, recorded } = options;
  // Past the turns with which the rules begin.
  const world: Purse = { turns: 100, worth: 1000 };
  const deeds = createDeeds();
  const all: LifeEffect[] = [];
  const counsel = createCounsel<Purse, Deed>({
    world,
    advice: advice(reckoned),
    standing: ({ turns }) => ({ turnsExecuted: turns, turnsLeft: turnsMax - turns }),
    rules: () => ({ intent: { earns: rules, by: "rules" }, why: "as ever" }),
    policy: policyOf(policy),
    turnsMax,
    dice: () => 0,
    deeds,
    recorded,
  });
  let goal = "profit";
  let ms = 0;

  /** One choice, and what comes of it; `turns` of them each. */
  function choose(turns = 1): Deed {
    const { intent } = counsel.choose(goal, (ms += 10));
    world.turns += turns;
    world.worth += turns * intent.earns;
    all.push(...deeds.take());
    return intent;
  }
  const asks = () => all.filter((effect): effect is Ask => effect.type === "ask");

  return {
    counsel,
    world,
    all,
    choose,
    asks,
    /** So many choices of a turn each; who made them. */
    play: (times: number) => Array.from({ length: times }, () => choose().by),
    /** Answers the latest question. */
    answer: (plan: object, id = asks().at(-1)!.id) => counsel.hears({ id, plan: JSON.stringify(plan) }),
    fail: (reason: "timeout" | "budget" | "away", forMs?: number, id = asks().at(-1)!.id) =>
      counsel.hears({ id, reason, ...(forMs !== undefined && { forMs }) }),
    lastAbout: (): PictureAbout => JSON.parse(asks().at(-1)!.picture),
    outcomes: () => all.flatMap((effect) => (effect.type === "weighed" ? [effect.outcome] : [])),
    wants: (words: string) => void (goal = words),
    passes: (forMs: number) => void (ms += forMs),
  };
}
