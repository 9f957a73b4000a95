/** Figures of a scenario, as they are printed and judged. */
import { availableParallelism, loadavg } from "node:os";

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly count: number;
}

/** Where many figures lie; all NaN for none. */
export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: sorted.at(-1) ?? Number.NaN,
    count: sorted.length,
  };
}

/** "p50 83, p95 325, max 708 ms of 12". */
export const told = ({ p50, p95, max, count }: Spread, unit = "ms") =>
  `p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)}, max ${max.toFixed(0)} ${unit} of ${count}`;

/**
 * How many times what is promised a small test allows: three times on a machine that runs nothing else, and more where more
 * processes want to run than there are cores, up to a limit. The full sizes are judged by what is promised.
 */
export const slack = () => 3 * Math.min(4, Math.max(1, loadavg()[0]! / availableParallelism()));
