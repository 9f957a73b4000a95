/**
 * Two ports worked back and forth for as long as it pays: what that earns, and what a turn is worth when all the known pairs are
 * worked as far as the turns reach.
 */
import { dockingTurns } from "../rules/turns.ts";
import { bestCargo, type Cargo, deliver, legsFrom, type Market, turnsBetween } from "./market.ts";

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

/** Works a pair from its first port, docked there with empty holds: its rounds, the last one perhaps without the way back. */
function workPatch(market: Market, { from, to }: Patch, trader: Trader): Round[] {
  const out = turnsBetween(market, from, to, trader.turnsPerWarp);
  const home = turnsBetween(market, to, from, trader.turnsPerWarp);
  const stocks = market.stock.slice();
  const rounds: Round[] = [];
  let { credits, turns } = trader;
  while (rounds.length < roundsMax && turns >= out) {
    bestCargo(market, stocks, from, to, trader.holds, credits, there);
    deliver(stocks, from, to, there.units, 1);
    const first = there.revenue - there.cost;
    bestCargo(market, stocks, to, from, trader.holds, credits + first, back);
    deliver(stocks, to, from, back.units, 1);
    const second = back.revenue - back.cost;
    if (first + second <= 0) break;
    if (turns < out + home) {
      rounds.push({ profit: first, turns: out });
      break;
    }
    rounds.push({ profit: first + second, turns: out + home });
    credits += first + second;
    turns -= out + home;
  }
  return rounds;
}

/** The best pairs of a market by their first round, best first. */
export function bestPatches(market: Market, trader: Trader): Patch[] {
  const found: Patch[] = [];
  const turnsMax = 2 * (pairHopsMax * trader.turnsPerWarp + dockingTurns);
  for (let from = 0; from < market.ports.length; from++) {
    for (const to of legsFrom(market, from)) {
      const out = turnsBetween(market, from, to, trader.turnsPerWarp);
      const home = turnsBetween(market, to, from, trader.turnsPerWarp);
      if (out + home > turnsMax) continue;
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
  const rounds: (Round & { readonly rate: number })[] = [];
  const way = betweenPatches * trader.turnsPerWarp;
  for (const patch of patches) {
    const worked = workPatch(market, patch, trader);
    for (let index = 0; index < worked.length; index++) {
      const { profit } = worked[index]!;
      const turns = worked[index]!.turns + (index === 0 ? way : 0);
      rounds.push({ profit, turns, rate: profit / turns });
    }
  }
  return rounds.sort((a, b) => b.rate - a.rate);
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
