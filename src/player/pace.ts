/** How fast keys may leave, as values: given when, it says how long to wait. No timer in sight. */

export interface PaceLimits {
  /** Least time between two sends, in milliseconds. */
  readonly gapMs: number;
  /** Time a person would look at the screen before answering, in milliseconds: drawn evenly between the two. */
  readonly thinkMs: readonly [min: number, max: number];
}

/** As fast as the host answers. */
export const noPace: PaceLimits = { gapMs: 0, thinkMs: [0, 0] };

/** Returns a function that books a send at `nowMs` and tells how many milliseconds it has to wait. */
export function createPace(limits: PaceLimits, dice: () => number): (nowMs: number) => number {
  let free = Number.NEGATIVE_INFINITY;
  const [least, most] = limits.thinkMs;
  return (nowMs) => {
    const thought = nowMs + least + (most > least ? dice() * (most - least) : 0);
    const at = Math.max(thought, free);
    free = at + limits.gapMs;
    return Math.max(0, at - nowMs);
  };
}
