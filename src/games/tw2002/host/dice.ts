/**
 * Chance with a memory: a small generator whose whole state is one number, kept with the galaxy it serves. Every throw
 * says what it decides, so that a recording can be played again with the outcomes it shows.
 */

export interface Dice {
  /** From 0 up to, not including, 1. */
  roll(what: string): number;
  /** Whether something of this likelihood, 0 to 1, comes to pass. */
  chance(likelihood: number, what: string): boolean;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number, what: string): number;
  pick<T>(from: readonly T[], what: string): T;
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
