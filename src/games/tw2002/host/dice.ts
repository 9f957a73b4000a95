/** Chance with a memory: a small generator whose whole state is one number, kept with the galaxy it serves. */

export interface Dice {
  /** From 0 up to, not including, 1. */
  roll(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
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
    pick(from) {
      const picked = from[between(0, from.length - 1)];
      if (picked === undefined) throw new Error("Cannot pick from an empty list");
      return picked;
    },
    state: () => state,
  };
}
