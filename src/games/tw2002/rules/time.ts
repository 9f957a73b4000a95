/** The game's units of time, in milliseconds. Moments are ms since 1970, UTC; the game's day begins at midnight there. */

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** The day that a moment belongs to, counted from 1970. */
export const dayOf = (at: number) => Math.floor(at / dayMs);

/** The first midnight after a moment. */
export const midnightAfter = (at: number) => (dayOf(at) + 1) * dayMs;
