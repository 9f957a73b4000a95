/** Dice that fall as a recording says. What is not loaded falls in the middle, and picks take the first. */
import type { Dice } from "../../../../src/games/tw2002/host/dice.ts";

export function loadedDice(load: {
  /** In the order in which they are thrown; chances and rolls alike. */
  rolls?: number[];
  betweens?: number[];
  /** Texts that were picked; whichever the list holds is taken. */
  picks?: string[];
}): Dice {
  const roll = () => load.rolls?.shift() ?? 0.5;
  return {
    roll,
    chance: (likelihood) => roll() < likelihood,
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
