/** A figure beside the one that the baseline has: worse, better, or the same for all that can be told. */
import type { Figure } from "./measure.ts";

/** Worse by more than this share is a regression. */
export const worseMax = 0.15;
/**
 * A difference lies within the spread of the runs when it is no more than so many times the sum of both median deviations. 3 of
 * these are 2 standard deviations of figures that lie as chance lays them.
 */
export const deviations = 3;

export interface Compared extends Pick<Figure, "kind" | "median" | "mad" | "slack"> {
  readonly yardstick?: Figure["yardstick"] | undefined;
}

export interface Comparison {
  /** The baseline's median, as this machine should have found it. */
  readonly expected: number;
  /** How many times worse than expected: 1 as it was, 2 twice as bad, 0.5 twice as good. */
  readonly worse: number;
  /** How much slower the machine is than when the baseline was taken: 1 for figures that do not depend on it. */
  readonly slower: number;
  /** How far the median may lie from `expected` by the spread of the runs alone, in the figure's unit. */
  readonly within: number;
  readonly verdict: "worse" | "better" | "same";
}

/**
 * Holds a figure against the baseline's. Durations are expected to grow with the yardstick and rates to fall; costs and yields to stay.
 * "worse" needs both: more than `worseMax` worse, and farther from expected than `within`, which is `deviations` times the median deviations of both, or
 * the benchmark's slack where that is more. Of a single run the deviation is 0, and the first alone decides. "better" is the same, the other way.
 */
export function compare(now: Compared, base: Compared): Comparison {
  const slower = slowerOf(now, base);
  const scale = now.kind === "duration" ? slower : now.kind === "rate" ? 1 / slower : 1;
  const expected = base.median * scale;
  const isLessBetter = now.kind === "duration" || now.kind === "cost";
  const worse = isLessBetter ? ratio(now.median, expected) : ratio(expected, now.median);
  const within = Math.max(now.slack, deviations * (now.mad + base.mad * scale));
  const isOutside = Math.abs(now.median - expected) > within;
  const verdict =
    isOutside && worse > 1 + worseMax ? "worse" : isOutside && worse < 1 / (1 + worseMax) ? "better" : "same";
  return { expected, worse, slower, within, verdict };
}

function slowerOf(now: Compared, base: Compared): number {
  if (now.kind === "cost" || now.kind === "yield") return 1;
  if (!now.yardstick || !base.yardstick || now.yardstick.name !== base.yardstick.name)
    throw new Error("Figures of time are compared by the same yardstick");
  return now.yardstick.ms / base.yardstick.ms;
}

/** Of figures that should be above 0, but are differences at times and may be anything. */
function ratio(a: number, b: number): number {
  if (b > 0) return Math.max(0, a / b);
  return a > b ? Number.POSITIVE_INFINITY : a < b ? 0 : 1;
}
