/** How intents are carried out: the one place where a game's tables are asked by names that are only known at run time. */
import type { Answer, Game, Keys, Tagged } from "./game.ts";

export interface Skilled<P, I> {
  /** The keys that open an intent; undefined where none do. */
  start(intent: I): Keys | undefined;
  /** By the skill in hand, else by reflex. */
  answer(prompt: P, intent: I): Answer;
}

/** The skills of a game, in that world. */
export function createSkilled<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  { skills, reflexes }: Game<W, F, P, I>,
  world: W,
): Skilled<P, I> {
  return {
    start: (intent) => skills[intent.type as I["type"]].start({ world, intent: intent as never }),
    answer(prompt, intent) {
      const type = prompt.type as P["type"];
      const at = { world, prompt: prompt as never, intent: intent as never };
      return skills[intent.type as I["type"]].answers[type]?.(at) ?? reflexes[type]?.(at);
    },
  };
}
