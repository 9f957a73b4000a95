/** A recording from file to verdict. */
import { compare, type Comparison } from "./compare.ts";
import { type Exception, exceptions } from "./exceptions.ts";
import { givensOf } from "./givens.ts";
import { createOracle } from "./oracle.ts";
import type { Correction } from "./mending.ts";
import { perform, type Performance } from "./play.ts";
import { readRecording, type Recording } from "./recording.ts";
import { reveal, type Revealed } from "./reveal.ts";
import { firstFacts } from "./world.ts";
import type { Value } from "./standing.ts";

export interface Verdict extends Comparison {
  readonly name: string;
  readonly corrections: readonly Correction[];
  /** Throws that nothing in the recording decides, and how many. */
  readonly untold: ReadonlyMap<string, number>;
  readonly played: Performance;
  /** What the player must have had at first, where his first screens tell of him only after something has changed. */
  readonly begin: Readonly<Record<string, Value>>;
}

/** Runs in which what the player began with is found out. */
const attemptsMax = 12;

export async function replay(path: string, excepted: readonly Exception[] = exceptions): Promise<Verdict> {
  return replayRecording(readRecording(path), excepted);
}

export async function replayRecording(
  recording: Recording,
  excepted: readonly Exception[] = exceptions,
): Promise<Verdict> {
  const givens = await givensOf(recording.name);
  const revealed = reveal(recording, givens.clock);
  let begin: Record<string, Value> = {};
  for (let attempt = 1; ; attempt++) {
    const oracle = createOracle(revealed.hidden, givens.tells);
    const played = perform(recording, revealed, givens, oracle, begin);
    const better = { ...begin, ...beginnings(revealed, begin, played.corrections) };
    if (attempt === attemptsMax || JSON.stringify(better) === JSON.stringify(begin)) {
      const verdict = compare(recording.name, played, excepted);
      return {
        ...verdict,
        name: recording.name,
        corrections: played.corrections,
        begin,
        untold: oracle.unknown,
        played,
      };
    }
    begin = better;
  }
}

/**
 * What a field must have been at first for its first showing to be right: the first screen that tells it may come after
 * something has changed it.
 */
function beginnings(
  { facts, returning }: Revealed,
  begin: Readonly<Record<string, Value>>,
  corrections: readonly Correction[],
): Record<string, Value> {
  if (!returning) return {};
  const first: Record<string, Value> = { ...firstFacts(facts), ...begin };
  const told = firstFacts(facts);
  const found: Record<string, Value> = {};
  for (const { what, ours, recorded } of corrections) {
    const from = first[what];
    if (what === "sector" || what in found || recorded !== told[what] || typeof from !== "number") continue;
    if (typeof ours === "number" && typeof recorded === "number") found[what] = from + recorded - ours;
  }
  return found;
}
