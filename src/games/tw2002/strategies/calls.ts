/**
 * Which port to call at next, and what to buy there: the first call of the tour that brings most beyond what its turns are worth.
 */
import type { Units } from "../intents.ts";
import { hopsTo, nth, type Reach } from "../paths.ts";
import { pointWorth } from "../prices.ts";
import { products } from "../rules/ports.ts";
import { dockingTurns } from "../rules/turns.ts";
import type { Port } from "../ports.ts";
import { budget, sideAt, toSpend, type World } from "../world.ts";
import { createMarket, legsFrom, type Market, unitAt } from "./market.ts";
import { bestPatches, disjoint, type Trader, turnWorthOf } from "./patches.ts";
import { bestTour, pointsBothEnds, type Stop, type Terms } from "./tours.ts";

/** Ports that are weighed: the nearest, so that a decision's cost is bounded. */
const portsMax = 48;
/** How far away a port may lie to be considered at all, in hops. */
const horizonHops = 14;
/** Calls at one port in one stay: a second one is for what the first did not get. */
const dockingsMax = 2;
/** With fewer turns left a turn has no other use than the one at hand. */
const lastTurns = 30;

/**
 * The worth of a turn is reckoned as if so many were left: with fewer, the best of what is known is not near enough, and where there
 * is no end of them only the next ones can be told.
 */
const turnsReckoned = { least: 800, most: 2000 };
/** What a turn is worth where known pairs, or those to be found, have to be gone to first: the part of it that is left. */
const pricing = { known: 0.85, prospect: 0.8 };

/**
 * By so many hops another port must be the better one before we turn away from where we were going: what is weighed depends on
 * where we stand, and whoever weighs anew at each step may go to and fro.
 */
const resolveHops = 3;

/** A call: where, what it brings, and what to take along from there. */
export interface Call {
  readonly port: Port;
  readonly hops: number;
  /** Credits beyond the worth of the turns. */
  readonly value: number;
  /** Credits for what is aboard. */
  readonly revenue: number;
  readonly buy: Units;
  /** Where the cargo goes. */
  readonly onward: Port | undefined;
}

export interface Weighed {
  readonly best: Call | undefined;
  /** What a turn earns with the pairs that are known; 0 when there are more turns than they can take. */
  readonly turnWorth: number;
  /** What each turn was held to cost. */
  readonly turnPrice: number;
}

/** The market around us: the nearest known ports that nobody else has reserved, and that are to be called at. */
export function marketAround(
  world: Readonly<World>,
  here: Reach,
  isIn: (sector: number) => boolean = everywhere,
): Market {
  const ports: Port[] = [];
  for (let at = 0; ports.length < portsMax; at++) {
    const sector = nth(here, at);
    if (sector === undefined || hopsTo(here, sector) > horizonHops) break;
    const port = world.ports.get(sector);
    if (!port || port.portClass === 0 || !isIn(sector)) continue;
    if (sector === world.sector || !world.taken.has(sector)) ports.push(port);
  }
  return createMarket(world, ports);
}
const everywhere = () => true;

/** Weighs all calls; `prospect` is what a turn is worth to one who goes on exploring. */
export function weighCalls(world: Readonly<World>, here: Reach, market: Market, prospect: number): Weighed {
  const turns = budget(world);
  const turnWorth = turnWorthIn(world, market, turns);
  const turnPrice = turns < lastTurns ? 0 : Math.max(turnWorth * pricing.known, prospect * pricing.prospect);
  return { best: bestCall(world, here, market, turnPrice), turnWorth, turnPrice };
}

/** The call that begins the best tour of this market, when a turn costs so much; of those that begin at `first`, where that is said. */
export function bestCall(
  world: Readonly<World>,
  here: Reach,
  market: Market,
  turnPrice: number,
  first?: Port,
): Call | undefined {
  const turns = budget(world);
  const resolve = resolveHops * world.turnsPerWarp * turnPrice;
  const starts: Stop[] = [];
  for (let place = 0; place < market.ports.length; place++) {
    if (first && market.ports[place] !== first) continue;
    const start = startAt(world, here, market, place, turns, turnPrice);
    if (start) starts.push(market.ports[place]!.sector === world.heading ? raised(start, resolve) : start);
  }
  const terms: Terms = {
    turnsPerWarp: world.turnsPerWarp,
    turnPrice,
    pointWorth: pointShare * pointWorth(world),
  };
  const tour = bestTour(market, starts, terms);
  const [call, second] = tour ?? [];
  if (!tour || !call) return undefined;
  const port = market.ports[call.place]!;
  return {
    port,
    hops: hopsTo(here, port.sector),
    revenue: call.credits - toSpend(world),
    value: tour[tour.length - 1]!.value - (port.sector === world.heading ? resolve : 0),
    buy: second ? withLots(market, call, second, terms.pointWorth) : [0, 0, 0],
    onward: second && market.ports[second.place],
  };
}

const raised = (stop: Stop, by: number): Stop => ({ ...stop, value: stop.value + by });

/** A tour's beginning: the way to a port, and what it takes of the cargo aboard. */
function startAt(
  world: Readonly<World>,
  here: Reach,
  market: Market,
  place: number,
  turns: number,
  price: number,
): Stop | undefined {
  const port = market.ports[place]!;
  const hops = hopsTo(here, port.sector);
  const cost = hops * world.turnsPerWarp + dockingTurns;
  if (turns < cost || (hops === 0 && world.dockings >= dockingsMax)) return undefined;
  const units: [number, number, number] = [0, 0, 0];
  let revenue = 0;
  for (let index = 0; index < 3; index++) {
    const at = 3 * place + index;
    units[index] = saleable(world, port, index);
    if (units[index]! > 0) revenue += units[index]! * unitAt(market, at, market.stock[at]!);
  }
  if (revenue === 0 && legsFrom(market, place).length === 0) return undefined;
  return {
    place,
    before: undefined,
    units,
    value: revenue - cost * price,
    credits: toSpend(world) + revenue,
    holds: world.empty + units[0] + units[1] + units[2],
    turns: turns - cost,
  };
}

/** A lot dear enough that whole credits come near enough to the best price to be rewarded, in credits. */
const lotWorth = 150;
/** Of the points of experience that could be had, so many are. */
const pointShare = 0.8;

/** The cargo of a call with small lots of what else is dealt in at both ends, where experience is worth more than the holds. */
function withLots(market: Market, { place, holds, credits }: Stop, to: Stop, pointWorth: number): Units {
  const { side, stock } = market;
  const units: [number, number, number] = [...to.units];
  const most = units.indexOf(Math.max(...units));
  const cost = (index: number) => unitAt(market, 3 * place + index, stock[3 * place + index]!);
  const margin = (index: number) =>
    unitAt(market, 3 * to.place + index, stock[3 * to.place + index]!) - cost(index);
  let purse = credits;
  let free = holds;
  for (let index = 0; index < 3; index++) {
    purse -= units[index]! * cost(index);
    free -= units[index]!;
  }
  for (let index = 0; index < 3; index++) {
    const [a, b] = [3 * place + index, 3 * to.place + index];
    if (units[index] !== 0 || side[a] !== -1 || side[b] !== 1) continue;
    const lot = Math.ceil(lotWorth / cost(index));
    const less = Math.max(0, lot - free);
    const price = lot * cost(index) - less * cost(most);
    if (lot > Math.min(stock[a]!, stock[b]!) || less > units[most]! / 2 || price > purse) continue;
    if (pointsBothEnds * pointWorth + lot * margin(index) <= less * margin(most)) continue;
    units[index] = lot;
    units[most]! -= less;
    free += less - lot;
    purse -= price;
  }
  return units;
}

/** Turns, and ports known, after which the worth of a turn is reckoned anew. */
const stale = { turns: 10, ports: 4 };
/** Credits a hold above which the purse no longer binds. */
const purseEnough = 100;

/** What a turn is worth with the known pairs. A memo by world, no memory: it can always be made again. */
function turnWorthIn(world: Readonly<World>, market: Market, turns: number): number {
  const { chart, ports, holds, turnsPerWarp, turnsExecuted } = world;
  const credits = toSpend(world);
  const reckoned = Math.min(turnsReckoned.most, Math.max(turnsReckoned.least, turns));
  const purse = Math.min(purseEnough, credits / Math.max(1, holds));
  const stamp = [
    holds,
    turnsPerWarp,
    Math.floor(turnsExecuted / stale.turns),
    Math.floor(ports.size / stale.ports),
    Math.floor(4 * Math.log2(1 + purse)),
  ].join();
  const memo = memos.get(chart);
  if (memo?.stamp === stamp) return memo.turnWorth;
  const trader: Trader = { holds, turnsPerWarp, credits, turns: reckoned };
  const turnWorth = turnWorthOf(market, disjoint(bestPatches(market, trader)), trader);
  memos.set(chart, { stamp, turnWorth });
  return turnWorth;
}

const memos = new WeakMap<object, { readonly stamp: string; readonly turnWorth: number }>();

/** Units of the cargo that the port would take, as far as known: a port that has had its fill buys no more. */
export function saleable({ cargo: aboard }: Readonly<World>, port: Port, index: number): number {
  const units = aboard[index]!;
  if (units === 0 || sideAt(port, products[index]!) !== "buying") return 0;
  return Math.min(units, port.good(index)?.trading ?? units);
}
