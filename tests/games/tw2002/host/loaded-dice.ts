/** Dice that fall as a recording says. What is not loaded falls in the middle, and picks take the first. */
import type { Dice } from "../../../../src/games/tw2002/host/dice.ts";

export function loadedDice(load: {
  rolls?: number[];
  betweens?: number[];
  /** Texts that were picked; whichever the list holds is taken. */
  picks?: string[];
}): Dice {
  return {
    roll: () => load.rolls?.shift() ?? 0.5,
    between: (min, max) => load.betweens?.shift() ?? Math.floor((min + max) / 2),
    pick(from) {
      const at = load.picks?.findIndex((text) => from.includes(text as never)) ?? -1;
      const [found] = at < 0 ? [] : (load.picks?.splice(at, 1) ?? []);
      const picked = (found as (typeof from)[number] | undefined) ?? from[0];
      if (picked === undefined) throw new Error("Nothing to pick from");
      return picked;
    },
    state: () => 0,
  };
}
