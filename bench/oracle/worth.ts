/**
 * How much a hold can earn. Each hold is taken for a trader of its own who buys a unit, carries it, sells it, and goes
 * on: whatever a ship does is such a circulation of its holds, so the best circulation is a bound. It is found for a
 * price of time, and what is kept of it are prices (of an empty hold at each port, of a laden one at each buyer): any
 * prices make a bound, the best ones the least, so nothing hangs on how exactly they were found.
 */
import type { Sector } from "../../src/games/tw2002/host/things.ts";
import { createNetwork } from "./circulation.ts";
import { hopsAmong, type Line, type Site } from "./truth.ts";

/**
 * Time is counted in the turns of a ship with 3 turns a warp, such that a hop and a docking, 4 turns there, cost the same
 * in every ship: a turn of another ship counts 4 / (its turns a warp + 1). Quick ships are better on long ways.
 */
export const turnWeight = (turnsPerWarp: number) => 4 / (turnsPerWarp + 1);
const [quickest, slowest] = [2, 6];
/** Least time of a way of so many hops with a docking at its end, in any ship worth flying. */
export const timeOf = (hops: number) => {
  const turnsPerWarp = hops === 0 ? slowest : quickest;
  return turnWeight(turnsPerWarp) * (turnsPerWarp * hops + 1);
};

/** Ways that are looked at when the prices are sought; the bound itself looks at all. */
const hopsMax = 4;
/** Of a stock, the shares in which its prices are sought: fine where most lines end. */
const steps = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.08, 0.08, 0.08, 0.1, 0.1];
/** Credits for a unit that nobody would pay. */
const forbidding = 1000;

/**
 * Lots by which ships are told apart: none deals in more at once than the first of these that is no less than its holds.
 */
export const lots = [20, 30, 40, 50, 65, 75, 100, 125, 150, 200, 250] as const;

/** Where holds can trade. */
export interface Market {
  readonly sites: readonly Site[];
  readonly hops: readonly Float64Array[];
}
export function marketOf(sectors: readonly Sector[], sites: readonly Site[]): Market {
  return {
    sites,
    hops: hopsAmong(
      sectors,
      sites.map(({ sector }) => sector),
    ),
  };
}

/** What all is worth when a hold's turn costs `rate` credits and want of experience `penalty` credits a unit. */
export interface Prices {
  readonly rate: number;
  readonly penalty: number;
  /** By line of the market: credits by which the first unit of it is worth more than it costs; 0 for none. */
  readonly gains: Float64Array;
  /** An empty hold at each site. */
  readonly empty: Float64Array;
  /** By line of the market: a hold laden with its product, before the sale or after the purchase. */
  readonly laden: Float64Array;
  /** Time that all holds together take in the circulation behind these prices. */
  readonly holdTurns: number;
}

interface Trade {
  readonly site: number;
  readonly line: Line;
  /** Its number in the market, and its node in the network. */
  readonly index: number;
  readonly node: number;
}

/** All lines of a market, in the order of their numbers. */
export const linesOf = ({ sites }: Market): Line[] =>
  sites.flatMap(({ lines }) => lines.filter((line) => line !== undefined));

/** Finds prices for a rate and a penalty; neighbouring rates after one another are the quicker. */
export function createPricer(market: Market): (rate: number, penalty: number) => Prices {
  const { sites, hops } = market;
  const root = sites.length;
  let count = 0;
  const trades = sites.flatMap(({ lines }, site) =>
    lines.flatMap((line): Trade[] => (line ? [{ site, line, index: count, node: root + 1 + count++ }] : [])),
  );
  const selling = trades.filter(({ line }) => line.side === "selling");
  const buying = trades.filter(({ line }) => line.side === "buying");
  const network = createNetwork(root + 1 + count);
  const unbounded = Number.POSITIVE_INFINITY;
  const parentArc = Array.from({ length: root + 1 + count }, () => -1);
  const ways: { readonly arc: number; readonly time: number }[] = [];
  const units: { readonly arc: number; readonly cost: number; readonly bend: number }[] = [];
  const shortcuts: number[] = [];
  for (const [site] of sites.entries()) {
    parentArc[site] = network.arc(site, root, 0, unbounded);
    shortcuts.push(parentArc[site]!, network.arc(root, site, 0, unbounded));
    for (const [other] of sites.entries()) {
      const far = hops[site]![other]!;
      if (other !== site && far <= hopsMax)
        ways.push({ arc: network.arc(site, other, 0, unbounded), time: timeOf(far) });
    }
  }
  for (const { site, line, node } of trades) {
    const sells = line.side === "selling";
    const [from, to, sign] = sells ? [site, node, 1] : [node, site, -1];
    let sold = 0;
    for (const share of steps) {
      const lot = line.stock * share;
      const cost = sign * (line.full + line.slope * (sold + lot / 2));
      units.push({ arc: network.arc(from, to, cost, lot), cost, bend: line.bend });
      sold += lot;
    }
    parentArc[node] = network.arc(from, to, sells ? forbidding : 0, unbounded);
  }
  for (const { site, line, node } of selling) {
    for (const to of buying) {
      const far = hops[site]![to.site]!;
      if (to.line.product === line.product && far <= hopsMax)
        ways.push({ arc: network.arc(node, to.node, 0, unbounded), time: timeOf(far) });
    }
  }
  network.plant(parentArc);

  return (rate, penalty) => {
    for (const { arc, time } of ways) network.setCost(arc, rate * time);
    for (const { arc, cost, bend } of units) network.setCost(arc, cost + penalty * bend);
    for (const arc of shortcuts) network.setCost(arc, rate * timeOf(hopsMax + 1));
    network.solve();
    const holdTurns = ways.reduce((sum, { arc, time }) => sum + network.flow(arc) * time, 0);
    return { rate, penalty, holdTurns, ...settled(rate, penalty) };
  };

  /** The network's prices made good for all ways, and what the lines gain by them. */
  function settled(rate: number, penalty: number): Pick<Prices, "gains" | "empty" | "laden"> {
    // An empty hold is worth no less than after the way to any other port.
    const empty = Float64Array.from(sites, (_, site) => {
      let most = network.worth(site);
      for (let other = 0; other < sites.length; other++) {
        if (other !== site) most = Math.max(most, network.worth(other) - rate * timeOf(hops[site]![other]!));
      }
      return most;
    });
    const gains = new Float64Array(count);
    // A laden one where its cargo is bought no more than the best price brings.
    const laden = new Float64Array(count);
    for (const { site, line, index, node } of buying) {
      const best = line.full - penalty * line.bend + empty[site]!;
      laden[index] = Math.min(network.worth(node), best);
      gains[index] = best - laden[index]!;
    }
    for (const { site, line, index } of selling) {
      let worth = Number.NEGATIVE_INFINITY;
      for (const to of buying) {
        if (to.line.product !== line.product) continue;
        worth = Math.max(worth, laden[to.index]! - rate * timeOf(hops[site]![to.site]!));
      }
      laden[index] = worth;
      gains[index] = Math.max(0, worth - empty[site]! - line.full - penalty * line.bend);
    }
    return { gains, empty, laden };
  }
}

/**
 * Credits that all units of a stock bring beyond their prices, when its first unit gains `gain`: in lots as large as can be, for a
 * lot has the price of its first unit. What grows back (a share of the stock) counts as if it had been there, at the best price.
 */
export function surplus({ stock, slope }: Line, gain: number, lot: number, regrowth: number): number {
  const steepness = Math.abs(slope);
  let sum = Math.max(0, gain) * stock * regrowth;
  for (let sold = 0; sold < stock; sold += lot) {
    const left = gain - steepness * sold;
    if (left <= 0) break;
    sum += left * Math.min(lot, stock - sold);
  }
  return sum;
}
