/**
 * Chance with a memory: a small generator whose whole state is one number, kept with the galaxy it serves. Every throw
 * says what it decides, so that a recording can be played again with the outcomes it shows.
 */
import type { Chance } from "../rules/chance.ts";

export interface Dice extends Chance {
  /** The number from which the same rolls follow again. */
  state(): number;
}

/** Mulberry32: 32 bits of state, good enough for a game, the same everywhere. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (min: number, max: number) => min + Math.floor(roll() * (max - min + 1));
  return {
    roll,
    between,
    chance: (likelihood) => roll() < likelihood,
    pick(from, what) {
      const picked = from[between(0, from.length - 1)];
      if (picked === undefined) throw new Error(`Cannot pick ${what} from an empty list`);
      return picked;
    },
    state: () => state,
  };
}
