/** Waiting, as a hand: real programs are handed a timer, simulations their own clock. */

/** Does the work after so many milliseconds, unless the answer is called before. */
export type Later = (ms: number, work: () => void) => () => void;

export const later: Later = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/** The same, but for its sake the process does not stay. */
export const laterIfThere: Later = (ms, work) => {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
