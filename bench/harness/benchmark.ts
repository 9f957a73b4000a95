/** What a benchmark is. */
import type { YardstickName } from "./yardstick.ts";

/**
 * What a figure means, and with it which way is good and how two machines compare:
 *   duration  less is better; a machine half as fast takes twice as long
 *   rate      more is better; a machine half as fast gives half as much
 *   cost      less is better, and every machine should find the same: bytes, round trips, memory, waits that a delay rules
 *   yield     more is better, and every machine should find the same: shares, credits
 */
export type Kind = "duration" | "rate" | "cost" | "yield";

/** How long it takes: seconds, tens of seconds, or minutes with whole swarms of processes. Quick ones come first. */
export const costs = ["quick", "slow", "whole"] as const;
export type Cost = (typeof costs)[number];

/** Rounds that count, and rounds before them that do not: those show the compiler at work. */
export const rounds: Readonly<Record<Cost, { readonly counted: number; readonly warmUps: number }>> = {
  quick: { counted: 9, warmUps: 2 },
  slow: { counted: 3, warmUps: 0 },
  whole: { counted: 1, warmUps: 0 },
};

/** What a figure is held against, and on which side of it is good. */
export type Goal = { readonly atLeast: number } | { readonly below: number };

/** One figure worth watching. */
export interface Benchmark {
  /** "group: what", and the same for good: by it the baseline is found. */
  readonly name: string;
  readonly unit: string;
  readonly kind: Kind;
  readonly cost: Cost;
  readonly goal?: Goal;
  /** What its time is compared by; "work" unless said. */
  readonly yardstick?: YardstickName;
  /** Rounds that are enough, where more would only say the same: by a seed, or by counting. */
  readonly runs?: number;
  /** A difference up to this, in its unit, means nothing: a tick of a clock, one process more or less. */
  readonly slack?: number;
  /** Why it cannot be run here; undefined where it can. */
  readonly skip?: () => string | undefined;
  /** Does the work of one round (negative: a warm-up) and gives the figure, or all that came of it. */
  run(round: number): number | readonly number[] | Promise<number | readonly number[]>;
}

/** Something that several figures are read from, made once a round. */
export function perRound<T>(make: () => T | Promise<T>): (round: number) => Promise<T> {
  const made = new Map<number, Promise<T>>();
  return (round) => {
    const known = made.get(round) ?? (async () => make())();
    made.set(round, known);
    return known;
  };
}
