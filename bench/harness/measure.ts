/** Runs a benchmark and tells where its figures lie, with its yardstick laid beside each run. */
import { type Benchmark, type Goal, type Kind, rounds } from "./benchmark.ts";
import { medianOf, type Spread, spreadOf } from "./stats.ts";
import { type YardstickName, yardsticks } from "./yardstick.ts";

export interface Figure extends Spread {
  readonly name: string;
  readonly unit: string;
  readonly kind: Kind;
  /** Differences up to this, in the unit, mean nothing. */
  readonly slack: number;
  /** Absent where every machine should find the same. */
  readonly yardstick?: { readonly name: YardstickName; readonly ms: number };
  readonly goal?: { readonly words: string; readonly met: boolean };
}

/** Times the yardstick is laid on before and after each round. */
const layings = 3;

/** The figure of a benchmark over `runs` rounds, as many as its cost class has unless said. Rejects when a round fails. */
export async function measure(benchmark: Benchmark, runs?: number): Promise<Figure> {
  const { name, unit, kind, goal, cost, slack = 0 } = benchmark;
  const { counted, warmUps } = rounds[cost];
  const stick = kind === "duration" || kind === "rate" ? (benchmark.yardstick ?? "work") : undefined;
  const lay = () => Array.from({ length: stick ? layings : 0 }, () => yardsticks[stick!]());
  // The first laying shows the compiler at work, too.
  lay();
  const found: (readonly number[])[] = [];
  const laid: (readonly number[])[] = [];
  const last = benchmark.runs ?? runs ?? counted;
  for (let round = benchmark.runs === undefined ? -warmUps : 0; round < last; round++) {
    if (round >= 0) laid.push(lay());
    const came = await benchmark.run(round);
    if (round >= 0) found.push(typeof came === "number" ? [came] : came);
  }
  laid.push(lay());
  const stickMs = medianOf(laid.flat());
  const beside = found.map((_, round) => medianOf([...laid[round]!, ...laid[round + 1]!]) / stickMs);
  const spread = spreadOf(
    found.flatMap((figures, round) => (stick ? steadied(kind, figures, beside[round]!) : figures)),
  );
  return {
    name,
    unit,
    kind,
    slack,
    ...spread,
    ...(stick && { yardstick: { name: stick, ms: stickMs } }),
    ...(goal && { goal: heldAgainst(spread.median, goal) }),
  };
}

/**
 * Figures of a round in which the machine was `slower` times as slow as in the middle of all rounds, as they would have been there: others come
 * and go on the machine within one benchmark, too.
 */
export const steadied = (kind: Kind, figures: readonly number[], slower: number): readonly number[] =>
  kind === "duration"
    ? figures.map((figure) => figure / slower)
    : kind === "rate"
      ? figures.map((figure) => figure * slower)
      : figures;

const heldAgainst = (figure: number, goal: Goal) =>
  "atLeast" in goal
    ? { words: `at least ${goal.atLeast}`, met: figure >= goal.atLeast }
    : { words: `below ${goal.below}`, met: figure < goal.below };
