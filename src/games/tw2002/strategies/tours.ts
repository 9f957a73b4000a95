/**
 * Tours: calls at ports one after another, each with a cargo for the next one. A turn has a price, what it would earn elsewhere, so
 * that tours of different length can be held against each other; a port that a tour has drawn on is emptier when it comes back to it.
 */
import {
  type Cargo,
  dealtIn,
  deliver,
  legsFrom,
  loaded,
  type Market,
  price,
  take,
  turnsBetween,
} from "./market.ts";

/** A call of a tour: docked at a place, with what is left then. */
export interface Stop {
  readonly place: number;
  readonly before: Stop | undefined;
  /** Units brought from the stop before, of each product; of a tour's first stop those that are aboard now and sold there. */
  readonly units: readonly [number, number, number];
  /** Credits beyond the price of the turns, since the tour began. */
  readonly value: number;
  readonly credits: number;
  /** Holds that can be filled here. */
  readonly holds: number;
  readonly turns: number;
}

/** What a tour is held against. */
export interface Terms {
  readonly turnsPerWarp: number;
  /** Credits that a turn would earn elsewhere. */
  readonly turnPrice: number;
  /** Credits that a point of experience will bring. */
  readonly pointWorth: number;
}

/** Calls that are looked ahead. */
const callsAhead = 6;
/** Tours that are followed up after each call. */
const toursKept = 12;
/** Points of experience for a product well bought at one port and well sold at the next. */
export const pointsBothEnds = 4;

/** The tour that is worth most of those that begin with any of these calls; undefined where there is none. */
export function bestTour(market: Market, starts: readonly Stop[], terms: Terms): readonly Stop[] | undefined {
  let best: Stop | undefined;
  let kept = starts;
  for (let call = 0; ; call++) {
    for (const stop of kept) if (isCall(stop) && (!best || stop.value > best.value)) best = stop;
    if (call === callsAhead || kept.length === 0) break;
    const next: Stop[] = [];
    for (const stop of kept) goOn(market, stop, terms, next);
    kept = next;
  }
  const tour: Stop[] = [];
  for (let stop = best; stop; stop = stop.before) tour.push(stop);
  return tour.length > 0 ? tour.reverse() : undefined;
}

/** Where nothing has been bought for and nothing is sold, a stop is only where a tour may begin. */
const isCall = ({ before, units }: Stop): boolean =>
  before !== undefined || units[0] + units[1] + units[2] > 0;

const cargo: Cargo = { units: [0, 0, 0], cost: 0, revenue: 0 };

/** Adds all that can follow on a call to the best that have been found, best first. */
function goOn(market: Market, stop: Stop, terms: Terms, found: Stop[]): void {
  const { stock } = market;
  const { place, holds, credits } = stop;
  const { turnsPerWarp, turnPrice, pointWorth } = terms;
  const legs = legsFrom(market, place);
  draw(market, stop, 1);
  for (let leg = 0; leg < legs.length; leg++) {
    const to = legs[leg]!;
    const taken = turnsBetween(market, place, to, turnsPerWarp);
    if (taken > stop.turns) continue;
    const most = holds * price(market, stock, place, to);
    // Of whatever is dealt in at both ends a lot is taken along.
    const points = pointsBothEnds * countOf[dealtIn(market, place, to)]!;
    // Full holds of what earns most: where not even they would do, nothing has to be reckoned.
    const atMost = stop.value + most - taken * turnPrice + points * pointWorth + rounding;
    if (most <= 0 || (found.length === toursKept && atMost < found[toursKept - 1]!.value)) continue;
    loaded(stock, place, to, holds, credits, cargo);
    const profit = cargo.revenue - cargo.cost;
    const value = stop.value + profit - taken * turnPrice + points * pointWorth;
    if (profit <= 0 || (found.length === toursKept && value <= found[toursKept - 1]!.value)) continue;
    if (found.length === toursKept) found.pop();
    let at = found.length;
    while (at > 0 && found[at - 1]!.value < value) at--;
    found.splice(at, 0, {
      place: to,
      before: stop,
      units: [cargo.units[0], cargo.units[1], cargo.units[2]],
      value,
      credits: credits + profit,
      holds,
      turns: stop.turns - taken,
    });
  }
  draw(market, stop, -1);
}

/** How many products a set of them has. */
const countOf = [0, 1, 1, 2, 1, 2, 2, 3];
/** By more than this, in credits, no sum of a tour is off. */
const rounding = 0.01;

/** Takes out of the stocks all that a tour has traded up to a stop; `sign` -1 puts it back. */
function draw({ stock }: Market, last: Stop, sign: 1 | -1): void {
  let stop = last;
  for (; stop.before; stop = stop.before) deliver(stock, stop.before.place, stop.place, stop.units, sign);
  take(stock, stop.place, stop.units, sign);
}
