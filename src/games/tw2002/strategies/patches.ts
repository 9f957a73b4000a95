/**
 * Two ports worked back and forth until it no longer pays: what that earns, and what a turn is worth when all the known pairs are
 * worked as far as the turns reach. A turn has a price (`turnWorth`, credits a turn): what it would earn elsewhere.
 */
import { bestCargo, type Cargo, deliver, type Market, turnsBetween } from "./market.ts";

/** The ship and the purse that a plan reckons with. */
export interface Trader {
  readonly holds: number;
  readonly turnsPerWarp: number;
  readonly credits: number;
  readonly turns: number;
}

/** Two ports by their places, begun at the first. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  /** Credits a turn of the first round. */
  readonly rate: number;
}

/** A round there and back: what it earned and how many turns it took. */
export interface Round {
  readonly profit: number;
  readonly turns: number;
}

/** Rounds that are looked ahead at one pair. */
const roundsMax = 40;
/** A pair further apart is not worked. */
const pairHopsMax = 4;
/** Pairs that are looked at closely. */
export const patchesMax = 14;

const there: Cargo = { units: [0, 0, 0], cost: 0, revenue: 0 };
const back: Cargo = { units: [0, 0, 0], cost: 0, revenue: 0 };

/**
 * Works a pair from its first port, docked there with empty holds, as long as a round earns more than its turns are worth.
 * Answers with what that earns beyond the worth of the turns; `each` is told of every round.
 */
export function workPatch(
  market: Market,
  from: number,
  to: number,
  trader: Trader,
  turnWorth: number,
  each?: (round: Round) => void,
): number {
  const out = turnsBetween(market, from, to, trader.turnsPerWarp);
  const home = turnsBetween(market, to, from, trader.turnsPerWarp);
  const stocks = market.stock.slice();
  let { credits, turns } = trader;
  let surplus = 0;
  for (let round = 0; round < roundsMax && turns >= out; round++) {
    bestCargo(market, stocks, from, to, trader.holds, credits, there);
    deliver(stocks, from, to, there);
    const first = there.revenue - there.cost;
    const half = first - out * turnWorth;
    if (turns >= out + home) {
      bestCargo(market, stocks, to, from, trader.holds, credits + first, back);
      deliver(stocks, to, from, back);
      const second = back.revenue - back.cost;
      const whole = half + second - home * turnWorth;
      if (whole > 0 && whole >= half) {
        surplus += whole;
        credits += first + second;
        turns -= out + home;
        each?.({ profit: first + second, turns: out + home });
        continue;
      }
    }
    if (half > 0) {
      surplus += half;
      each?.({ profit: first, turns: out });
    }
    break;
  }
  return surplus;
}

/** The best pairs of a market by their first round, best first. */
export function bestPatches(market: Market, trader: Trader): Patch[] {
  const found: Patch[] = [];
  const size = market.ports.length;
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      if (from === to) continue;
      const out = turnsBetween(market, from, to, trader.turnsPerWarp);
      const home = turnsBetween(market, to, from, trader.turnsPerWarp);
      if (out + home > 2 * (pairHopsMax * trader.turnsPerWarp + 1)) continue;
      bestCargo(market, market.stock, from, to, trader.holds, trader.credits, there);
      if (there.revenue === 0) continue;
      const first = there.revenue - there.cost;
      bestCargo(market, market.stock, to, from, trader.holds, trader.credits + first, back);
      const rate = (first + back.revenue - back.cost) / (out + home);
      found.push({ from, to, rate });
    }
  }
  found.sort((a, b) => b.rate - a.rate);
  return found;
}

/** Of the best pairs those that share no port, at most `patchesMax`. */
export function disjoint(patches: readonly Patch[]): Patch[] {
  const used = new Set<number>();
  const chosen: Patch[] = [];
  for (const patch of patches) {
    if (used.has(patch.from) || used.has(patch.to)) continue;
    used.add(patch.from).add(patch.to);
    chosen.push(patch);
    if (chosen.length === patchesMax) break;
  }
  return chosen;
}

/** Turns spent on the way from one pair to the next, in warps. */
const betweenPatches = 4;

/** The rounds of these pairs, from the best down, each pair's first one with the way to it. */
export function roundsOf(market: Market, patches: readonly Patch[], trader: Trader): Round[] {
  const rounds: Round[] = [];
  for (const patch of patches) {
    let isFirst = true;
    workPatch(market, patch.from, patch.to, trader, 0, ({ profit, turns }) => {
      rounds.push({ profit, turns: turns + (isFirst ? betweenPatches * trader.turnsPerWarp : 0) });
      isFirst = false;
    });
  }
  return rounds.sort((a, b) => b.profit / b.turns - a.profit / a.turns);
}

/**
 * What a turn is worth when the rounds of these pairs are worked from the best down until the turns are gone: what the last one of
 * them earns. 0 when the turns outlast them all.
 */
export function turnWorthOf(market: Market, patches: readonly Patch[], trader: Trader): number {
  let left = trader.turns;
  for (const { profit, turns } of roundsOf(market, patches, trader)) {
    left -= turns;
    if (left <= 0) return profit / turns;
  }
  return 0;
}
