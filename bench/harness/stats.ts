/** Figures of several runs as few numbers. */

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Median of the distances from the median: half of all runs lie this near. One odd run does not move it. */
  readonly mad: number;
  readonly runs: number;
}

/** Where figures lie. Throws for none, and for what is no number. */
export function spreadOf(figures: readonly number[]): Spread {
  if (figures.length === 0 || figures.some((figure) => !Number.isFinite(figure)))
    throw new Error(`Expected figures, found [${figures.join(", ")}]`);
  const median = medianOf(figures);
  return {
    median,
    min: Math.min(...figures),
    max: Math.max(...figures),
    mad: medianOf(figures.map((figure) => Math.abs(figure - median))),
    runs: figures.length,
  };
}

/** The middle one, or the mean of the two in the middle; NaN for none. */
export function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The figure that so large a share of them (0 up to 1) does not exceed; NaN for none. */
export function quantileOf(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * By which power of its size something grows: the slope of the straight line through these points, both logarithms, by least
 * squares. 0 for what does not grow, 1 in proportion, 2 by the square. Points are [size, figure], all above 0, of two sizes at least.
 */
export function exponentOf(points: readonly (readonly [size: number, figure: number])[]): number {
  const logs = points.map(([size, figure]) => [Math.log(size), Math.log(figure)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const across = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  const along = logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
  return across / along;
}
