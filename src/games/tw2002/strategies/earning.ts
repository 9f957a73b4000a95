/**
 * What ships of different size and speed would earn with the ports that are known and those that are likely to be found: for
 * comparing what could be bought. Reckoned for a few sizes and drawn out between them.
 */
import type { World } from "../world.ts";
import type { Market } from "./market.ts";
import { bestPatches, disjoint, roundsOf } from "./patches.ts";
import { careerOf } from "./prospects.ts";

/** Credits that a ship earns in so many turns, its purse always full enough, finding more ports on its way. */
export type Earning = (holds: number, turnsPerWarp: number, turns: number) => number;

/** Sizes that are reckoned with. */
const sizes = [20, 65, 150, 250] as const;
/** A usual career earns so much more than it is reckoned at: measured in play. */
const realism = 1.5;
/** What the known market yields is earned but for so much: ways between pairs are longer than reckoned, and plans change. */
const marketShare = 0.8;
/** Known ports below which they tell nothing of how a large ship would fare. */
const portsTelling = 12;
/** A purse that is always full enough. */
const fullPurse = 1e9;
/** How coarsely turns, ports and experience are told apart before all is reckoned anew. */
const steps = { turns: 100, ports: 8, experience: 200 };

/** The earning of all ships in this world. A memo by world, no memory: it can always be made again. */
export function earningOf(world: Readonly<World>, market: Market, turns: number): Earning {
  const stamp = [
    Math.floor(turns / steps.turns),
    Math.floor(world.ports.size / steps.ports),
    Math.floor(world.experience / steps.experience),
  ].join();
  let memo = memos.get(world.chart);
  if (memo?.stamp !== stamp) {
    memo = { stamp, rates: new Map() };
    memos.set(world.chart, memo);
  }
  const { rates } = memo;
  const span = Math.max(steps.turns, turns);
  const known = tradingPorts(world);
  const rateAt = (size: number, turnsPerWarp: number): number => {
    const key = size * 16 + turnsPerWarp;
    let rate = rates.get(key);
    if (rate === undefined) {
      rate = (realism * careerOf(size, turnsPerWarp, span)) / span;
      if (known >= portsTelling)
        rate = Math.max(rate, marketShare * marketRate(market, known, size, turnsPerWarp, span));
      rates.set(key, rate);
    }
    return rate;
  };
  return (holds, turnsPerWarp, left) => {
    let above = 1;
    while (above < sizes.length - 1 && sizes[above]! < holds) above++;
    const high = sizes[above]!;
    const low = sizes[above - 1]!;
    const first = rateAt(low, turnsPerWarp);
    const rate = first + ((rateAt(high, turnsPerWarp) - first) * (holds - low)) / (high - low);
    return Math.max(0, rate) * left;
  };
}

/** Credits a turn when the best rounds of the market are worked until its share of the turns is gone. */
function marketRate(
  market: Market,
  known: number,
  holds: number,
  turnsPerWarp: number,
  turns: number,
): number {
  const trader = { holds, turnsPerWarp, credits: fullPurse, turns };
  const share = (turns * market.ports.length) / known;
  const rounds = roundsOf(market, disjoint(bestPatches(market, trader)), trader);
  let left = share;
  let earned = 0;
  for (const { profit, turns: taken } of rounds) {
    if (taken > left) break;
    left -= taken;
    earned += profit;
  }
  return earned / share;
}

function tradingPorts({ ports, taken }: Readonly<World>): number {
  let count = 0;
  for (const { portClass } of ports.values()) if (portClass !== 0) count++;
  // Others of ours work here, too: two ports each.
  return count / (1 + taken.size / 2);
}

const memos = new WeakMap<object, { readonly stamp: string; readonly rates: Map<number, number> }>();
