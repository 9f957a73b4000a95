/**
 * The known trading ports as one table of prices: what a unit costs or brings as a line over the stock, so that a plan can see
 * a price fall while it empties a port. Credits, units, turns and hops throughout. Made anew whenever facts have changed.
 */
import { haggleGain, likelyMcic, likelyProductivity } from "../prices.ts";
import { hopsBetween } from "../distances.ts";
import { unreachable } from "../paths.ts";
import { basePrice, products, sideOf, stockPerProductivity, weekdayMood } from "../rules/ports.ts";
import { dayMs } from "../rules/time.ts";
import { dockingTurns } from "../rules/turns.ts";
import type { Port } from "../ports.ts";
import type { World } from "../world.ts";

/** The mood where the weekday is unknown. */
const moodUnknown = 5;
/** No unit is dearer or cheaper than this to the port (rules/ports.ts). */
const priceMin = 4;

/** What ports ask and pay, wherever they lie. */
export interface PriceList {
  readonly ports: readonly Port[];
  /** By place and product (3 * place + product): 1 where the port buys from us, -1 where it sells, 0 where neither. */
  readonly side: Int8Array;
  /** A unit's price at no stock, after haggling. */
  readonly base: Float64Array;
  /** What a unit of stock adds to it. */
  readonly slope: Float64Array;
  readonly stock: Float64Array;
}

/** Some of the products, bit i for the i-th. */
type Products = number;

export interface Market extends PriceList {
  /** Hops from each place to each: `hops[from * ports.length + to]`; `unreachable` beyond `legHopsMax`. */
  readonly hops: Uint8Array;
  /** By place: what is sold there, and what is bought. */
  readonly sells: Uint8Array;
  readonly buys: Uint8Array;
  /** By place: places within `legHopsMax` that buy what is sold there; filled when asked for. */
  readonly legs: (readonly number[] | undefined)[];
}

/** Further than this no cargo is taken. */
export const legHopsMax = 5;

/** What these ports ask and pay. */
export function priceList(world: Readonly<World>, ports: readonly Port[]): PriceList {
  const size = ports.length * products.length;
  const prices: PriceList = {
    ports,
    side: new Int8Array(size),
    base: new Float64Array(size),
    slope: new Float64Array(size),
    stock: new Float64Array(size),
  };
  const mood = weekdayMood[world.weekday] ?? [moodUnknown, moodUnknown];
  const penalty = Math.max(0, 1000 - world.experience) / 100;
  const favour = (mood[0] + mood[1]) / 2 - penalty;
  const gain = haggleGain(world) / 1000;
  for (let place = 0; place < ports.length; place++)
    for (let index = 0; index < products.length; index++)
      quote(prices, 3 * place + index, ports[place]!, index, favour, gain, world.now);
  return prices;
}

/** The market of these ports. */
export function createMarket(world: Readonly<World>, ports: readonly Port[]): Market {
  const { ports: places, side, base, slope, stock } = priceList(world, ports);
  const hops = hopsBetween(world, ports, Math.min(legHopsMax, world.self.maxHops));
  const sells = productsOf(side, -1);
  const buys = productsOf(side, 1);
  return { ports: places, side, base, slope, stock, hops, sells, buys, legs: [] };
}

/** What each place deals in on this side. */
function productsOf(side: Int8Array, wanted: 1 | -1): Uint8Array {
  const dealt = new Uint8Array(side.length / 3);
  for (let at = 0; at < side.length; at++)
    if (side[at] === wanted) dealt[Math.floor(at / 3)]! |= 1 << (at % 3);
  return dealt;
}

/** What is sold at one place and bought at another. */
export const dealtIn = ({ sells, buys }: Market, from: number, to: number): Products =>
  sells[from]! & buys[to]!;

/** The likeliest |MCIC| where nobody has bargained: most ports of a plan. */
const likelyUnseen = products.map((product) => likelyMcic(product, undefined));

/** Enters what one port asks or pays for one product. */
function quote(
  market: PriceList,
  at: number,
  port: Port,
  index: number,
  favour: number,
  gain: number,
  nowMs: number,
): void {
  const product = products[index]!;
  const good = port.good(index);
  const side = good?.side ?? sideOf(port.portClass, product);
  if (!side) return;
  const mcic = good && good.struck !== 0 ? likelyMcic(product, good) : likelyUnseen[index]!;
  const most = stockPerProductivity * likelyProductivity(good);
  const sign = side === "buying" ? 1 : -1;
  const haggled = 1 + sign * gain * mcic;
  market.side[at] = sign;
  market.base[at] = haggled * (basePrice[product] + 0.5 + sign * favour);
  market.slope[at] = (haggled * sign * mcic * basePrice[product]) / 100 / most;
  const days = Math.max(0, nowMs - (port.stockAt ?? nowMs)) / dayMs;
  market.stock[at] = good ? Math.min(most, good.trading + regrowth * most * days) : most;
}

/** Share of the most that a port holds which it regains in a day (measured on a real server: 5 per cent, steadily). */
const regrowth = 0.05;

/** Places close by that buy what a place sells. */
export function legsFrom(market: Market, from: number): readonly number[] {
  const known = market.legs[from];
  if (known) return known;
  const { hops, sells, buys } = market;
  const count = market.ports.length;
  const legs: number[] = [];
  const sold = sells[from]!;
  const first = from * count;
  for (let to = 0; to < count; to++)
    if ((sold & buys[to]!) !== 0 && to !== from && hops[first + to] !== unreachable) legs.push(to);
  market.legs[from] = legs;
  return legs;
}

/** What a unit costs or brings at a stock, in credits. */
export const unitAt = (market: PriceList, at: number, stock: number): number =>
  Math.max(priceMin, market.base[at]! + market.slope[at]! * stock);

/** Turns from the call at one port to the end of the call at another; Infinity where no way is known. */
export function turnsBetween(
  { hops, ports }: Market,
  from: number,
  to: number,
  turnsPerWarp: number,
): number {
  const away = hops[from * ports.length + to]!;
  return away === unreachable ? Number.POSITIVE_INFINITY : away * turnsPerWarp + dockingTurns;
}

/** A cargo from one port to another. */
export interface Cargo {
  readonly units: [number, number, number];
  cost: number;
  revenue: number;
}

/** Units that are left of each product at two ports: taken from the market, changed by a plan. */
export type Stocks = Float64Array;

/**
 * The best cargo from a port to another for so many holds and credits: the product that earns most a hold first, or most a
 * credit where the purse is what binds. `stocks` are those of the whole market as the plan has left them.
 */
export function bestCargo(
  market: PriceList,
  stocks: Stocks,
  from: number,
  to: number,
  holds: number,
  credits: number,
  into: Cargo,
): Cargo {
  price(market, stocks, from, to);
  return loaded(stocks, from, to, holds, credits, into);
}

/** Of the pair of ports that was priced last: what a unit of each product costs, brings, and earns; that is 0 for what is not dealt in. */
const costs = new Float64Array(3);
const brings = new Float64Array(3);
const margins = new Float64Array(3);

/** Prices all products from one port to another; says what the best of them earns a unit, 0 where none earns anything. */
export function price({ side, base, slope }: PriceList, stocks: Stocks, from: number, to: number): number {
  let best = 0;
  for (let product = 0; product < 3; product++) {
    const a = 3 * from + product;
    const b = 3 * to + product;
    if (side[a] !== -1 || side[b] !== 1) {
      margins[product] = 0;
      continue;
    }
    const cost = Math.max(priceMin, base[a]! + slope[a]! * stocks[a]!);
    const revenue = Math.max(priceMin, base[b]! + slope[b]! * stocks[b]!);
    const margin = revenue - cost;
    costs[product] = cost;
    brings[product] = revenue;
    margins[product] = margin;
    if (margin > best) best = margin;
  }
  return best;
}

/** The best cargo from the port that was priced last to the other. */
export function loaded(
  stocks: Stocks,
  from: number,
  to: number,
  holds: number,
  credits: number,
  into: Cargo,
): Cargo {
  const { units } = into;
  fill(stocks, from, to, holds, credits, into, false);
  if (units[0] + units[1] + units[2] >= holds || into.cost < credits * 0.5) return into;
  const { cost, revenue } = into;
  const [first, second, third] = units;
  fill(stocks, from, to, holds, credits, into, true);
  if (into.revenue - into.cost >= revenue - cost) return into;
  units[0] = first;
  units[1] = second;
  units[2] = third;
  into.cost = cost;
  into.revenue = revenue;
  return into;
}

function fill(
  stocks: Stocks,
  from: number,
  to: number,
  holds: number,
  credits: number,
  into: Cargo,
  byCredit: boolean,
): void {
  into.units[0] = into.units[1] = into.units[2] = 0;
  into.cost = into.revenue = 0;
  let free = holds;
  let purse = credits;
  let done = 0;
  for (let turn = 0; turn < 3 && free > 0; turn++) {
    let best = -1;
    let bestWorth = 0;
    for (let product = 0; product < 3; product++) {
      const margin = margins[product]!;
      if (margin <= 0 || (done & (1 << product)) !== 0) continue;
      const worth = byCredit ? margin / costs[product]! : margin;
      if (worth > bestWorth) {
        bestWorth = worth;
        best = product;
      }
    }
    if (best < 0) return;
    done |= 1 << best;
    const cost = costs[best]!;
    const units = Math.floor(Math.min(free, stocks[3 * from + best]!, stocks[3 * to + best]!, purse / cost));
    if (units <= 0) continue;
    into.units[best] = units;
    into.cost += units * cost;
    into.revenue += units * brings[best]!;
    free -= units;
    purse -= units * cost;
  }
}

/** Takes a cargo's units out of the stocks at both its ends; `sign` -1 puts them back. */
export function deliver(
  stocks: Stocks,
  from: number,
  to: number,
  units: Readonly<Cargo["units"]>,
  sign: 1 | -1,
): void {
  take(stocks, from, units, sign);
  take(stocks, to, units, sign);
}

/** Takes units out of the stocks of one port; `sign` -1 puts them back. */
export function take(stocks: Stocks, place: number, units: Readonly<Cargo["units"]>, sign: 1 | -1): void {
  stocks[3 * place]! -= sign * units[0];
  stocks[3 * place + 1]! -= sign * units[1];
  stocks[3 * place + 2]! -= sign * units[2];
}
