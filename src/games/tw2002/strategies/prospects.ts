/**
 * What unknown space is likely to hold: the usual pair of ports, how long it takes to find one, and what a turn is worth to
 * somebody who goes on finding and working them. All of it follows from how universes are made (rules/ports.ts).
 */

/** The usual pair: credits that a hold earns in a round at full stocks, and units until nothing is left to earn. */
const usual = { perHold: 110, depth: 1400, hops: 1.3 };
/** Sectors that have to be seen for one such pair. */
const sectorsPerPair = 9;
/** What a unit of cargo costs, as long as it is the purse that binds. */
const unitCost = 40;

export interface Prospector {
  readonly holds: number;
  readonly turnsPerWarp: number;
  readonly credits: number;
  readonly turns: number;
}

/**
 * Credits a turn for finding a pair and working it, over and over, each as far as is best. Falls to 0 where the turns are too few
 * to find one.
 */
export function prospectWorth({ holds, turnsPerWarp, credits, turns }: Prospector): number {
  const carried = Math.min(holds, Math.max(3, credits / unitCost));
  const search = sectorsPerPair * turnsPerWarp;
  const roundTurns = 2 * (usual.hops * turnsPerWarp + 1);
  const whole = (usual.depth * roundTurns) / carried;
  let best = 0;
  for (let share = 0.1; share <= 0.9; share += 0.1) {
    const worked = Math.min(share * whole, turns - search);
    if (worked <= 0) break;
    const used = worked / whole;
    best = Math.max(best, (usual.perHold * usual.depth * (used - (used * used) / 2)) / (worked + search));
  }
  return best;
}

/** Most pairs that a career is reckoned over. */
const pairsMax = 60;

/** Credits that so many turns earn a ship with full purse, finding and working usual pairs: for comparing ships. */
export function careerOf(holds: number, turnsPerWarp: number, turns: number): number {
  const roundTurns = 2 * (usual.hops * turnsPerWarp + 1);
  const whole = (usual.depth * roundTurns) / holds;
  const between = 6 * turnsPerWarp;
  let best = 0;
  for (let pairs = 1; pairs <= pairsMax; pairs++) {
    const worked = turns / pairs - between;
    if (worked <= 0) break;
    const used = Math.min(1, worked / whole);
    best = Math.max(best, pairs * usual.perHold * usual.depth * (used - (used * used) / 2));
  }
  return best;
}
