/** At home: what to do next, by the game's verdict and the strategy, and by another way when that gets nowhere. */
import type { Deeds } from "./deeds.ts";
import type { Game, Rest, Tagged } from "./game.ts";
import type { Ending } from "./happenings.ts";

/** Home prompts in a row without getting anywhere after which another way is tried, and then given up. */
export const barrenMax = 4;
export const barrenHopeless = 12;

export interface Choice<I> {
  readonly intent: I;
  /** The reason, for people. */
  readonly why: string;
  readonly claims?: readonly string[];
  /** The intent leads out of the game, for a while. */
  readonly rest?: Rest;
  /** It leads out of the game for good. */
  readonly ending?: Ending;
}

/** What one life chooses, each time it is asked: `goal` as it now is, `last` for what it did last. Throws for a strategy the game lacks. */
export function createChoosing<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  game: Game<W, F, P, I>,
  world: W,
  {
    strategy: name,
    dice,
    deeds,
  }: { readonly strategy: string; readonly dice: () => number; readonly deeds: Deeds },
): (goal: string, last: I) => Choice<I> {
  const strategy = game.strategies[name];
  if (!strategy) throw new Error(`${game.name} has no strategy "${name}"`);
  let standing = "";
  let barren = 0;

  const leave = (ending: Ending): Choice<I> => ({ intent: game.leave, why: ending.reason, ending });

  return (goal, last) => {
    const verdict = game.verdict(world);
    if (verdict?.how === "rest") return { intent: game.leave, why: verdict.reason, rest: verdict };
    if (verdict) return leave(verdict);
    const here = game.progress(world);
    barren = here === standing ? barren + 1 : 0;
    standing = here;
    if (barren >= barrenHopeless)
      return leave({ how: "failed", reason: `Nothing it tries leads on: ${game.describe(world, last)}` });
    if (barren === 0 || barren % barrenMax !== 0) return strategy(world, dice, goal);
    deeds.note("warning", `Strategy ${name} gets nowhere with ${game.describe(world, last)}`);
    return game.restless(world, dice, goal);
  };
}
