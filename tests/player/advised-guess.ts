/** The smallest game, with a model that advises: a plan is a number to try, so many times, such as {"number":7,"times":3,"turns":40}. */
import { guess } from "../doubles/guess.ts";
import { policyOf } from "./counselled.ts";

export type AdvisedGame = typeof guess;

export const advisedGuess: AdvisedGame = {
  ...guess,
  strategies: { ...guess.strategies, opportunistic: guess.strategies["halve"]! },
  advice: {
    picture: (world, about) => JSON.stringify({ ...about, tries: world.tries }),
    read(_, text) {
      const { number, times, turns = 40, isRules = false } = JSON.parse(text);
      if (number > 100) return { rejected: "impossible", why: "there is no such number" };
      let left = times;
      return {
        words: `try ${number}`,
        why: "it feels right",
        reviewTurns: turns,
        isRules,
        next: (_world, dice) =>
          left-- > 0
            ? { intent: { type: "try", number: number + Math.floor(3 * dice()) }, why: "once more" }
            : { over: "enough" },
      };
    },
    worth: ({ wins }) => wins,
  },
};

/** Plans may waste what they like. */
export const ai = policyOf({ loss_allowance: 1, urgent_wakeup_min_spacing_turns: 3, min_review_turns: 5 });
