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
  const figures: number[] = [];
  const laid: number[] = [];
  const lay = () => {
    for (let laying = 0; stick && laying < layings; laying++) laid.push(yardsticks[stick]());
  };
  // The first laying shows the compiler at work, too.
  lay();
  laid.length = 0;
  const last = benchmark.runs ?? runs ?? counted;
  for (let round = benchmark.runs === undefined ? -warmUps : 0; round < last; round++) {
    if (round >= 0) lay();
    const found = await benchmark.run(round);
    if (round >= 0) figures.push(...(typeof found === "number" ? [found] : found));
  }
  lay();
  const spread = spreadOf(figures);
  return {
    name,
    unit,
    kind,
    slack,
    ...spread,
    ...(stick && { yardstick: { name: stick, ms: medianOf(laid) } }),
    ...(goal && { goal: heldAgainst(spread.median, goal) }),
  };
}

const heldAgainst = (figure: number, goal: Goal) =>
  "atLeast" in goal
    ? { words: `at least ${goal.atLeast}`, met: figure >= goal.atLeast }
    : { words: `below ${goal.below}`, met: figure < goal.below };
