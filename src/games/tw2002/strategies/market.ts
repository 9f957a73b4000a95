/**
 * The known trading ports as one table of prices: what a unit costs or brings as a line over the stock, so that a plan can see
 * a price fall while it empties a port. Credits, units, turns and hops throughout. Made anew whenever facts have changed.
 */
import { haggleGain, likelyMcic, likelyProductivity } from "../prices.ts";
import { hopsFrom } from "../paths.ts";
import { basePrice, products, sideOf, stockPerProductivity, weekdayMood } from "../rules/ports.ts";
import { dayMs } from "../rules/time.ts";
import { dockingTurns } from "../rules/turns.ts";
import type { Port, World } from "../world.ts";

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

export interface Market extends PriceList {
  /** Hops from each place to each: `hops[from * ports.length + to]`; Infinity beyond `legHopsMax`. */
  readonly hops: Float64Array;
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
  const count = ports.length;
  const hops = new Float64Array(count * count).fill(Number.POSITIVE_INFINITY);
  const places = new Map<number, number>();
  for (let place = 0; place < count; place++) places.set(ports[place]!.sector, place);
  const legHops = Math.min(legHopsMax, world.self.maxHops);
  for (let place = 0; place < count; place++) {
    for (const [sector, distance] of hopsFrom(world, ports[place]!.sector, legHops)) {
      const to = places.get(sector);
      if (to !== undefined) hops[place * count + to] = distance;
    }
  }
  return { ...priceList(world, ports), hops, legs: [] };
}

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
  const good = port.goods[index];
  const side = good?.side ?? sideOf(port.portClass, product);
  if (!side) return;
  const mcic = likelyMcic(product, good);
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
  const { side, hops, ports } = market;
  const legs: number[] = [];
  for (let to = 0; to < ports.length; to++) {
    if (to === from || hops[from * ports.length + to] === Number.POSITIVE_INFINITY) continue;
    for (let product = 0; product < 3; product++) {
      if (side[3 * from + product] !== -1 || side[3 * to + product] !== 1) continue;
      legs.push(to);
      break;
    }
  }
  market.legs[from] = legs;
  return legs;
}

/** What a unit costs or brings at a stock, in credits. */
export const unitAt = (market: PriceList, at: number, stock: number): number =>
  Math.max(priceMin, market.base[at]! + market.slope[at]! * stock);

/** Turns from the call at one port to the end of the call at another; Infinity where no way is known. */
export const turnsBetween = (
  { hops, ports }: Market,
  from: number,
  to: number,
  turnsPerWarp: number,
): number => hops[from * ports.length + to]! * turnsPerWarp + dockingTurns;

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
  into.units[0] = into.units[1] = into.units[2] = 0;
  into.cost = into.revenue = 0;
  fill(market, stocks, from, to, holds, credits, into, false);
  if (into.units[0] + into.units[1] + into.units[2] >= holds || into.cost < credits * 0.5) return into;
  const { cost, revenue } = into;
  const units: [number, number, number] = [...into.units];
  into.units[0] = into.units[1] = into.units[2] = 0;
  into.cost = into.revenue = 0;
  fill(market, stocks, from, to, holds, credits, into, true);
  if (into.revenue - into.cost >= revenue - cost) return into;
  into.units.splice(0, 3, ...units);
  into.cost = cost;
  into.revenue = revenue;
  return into;
}

function fill(
  market: PriceList,
  stocks: Stocks,
  from: number,
  to: number,
  holds: number,
  credits: number,
  into: Cargo,
  byCredit: boolean,
): void {
  let free = holds;
  let purse = credits;
  let done = 0;
  for (let turn = 0; turn < 3 && free > 0; turn++) {
    let best = -1;
    let bestWorth = 0;
    for (let product = 0; product < 3; product++) {
      if ((done & (1 << product)) !== 0) continue;
      const a = 3 * from + product;
      const b = 3 * to + product;
      if (market.side[a] !== -1 || market.side[b] !== 1) continue;
      const cost = unitAt(market, a, stocks[a]!);
      const margin = unitAt(market, b, stocks[b]!) - cost;
      const worth = byCredit ? margin / cost : margin;
      if (worth > bestWorth) {
        bestWorth = worth;
        best = product;
      }
    }
    if (best < 0) return;
    done |= 1 << best;
    const a = 3 * from + best;
    const b = 3 * to + best;
    const cost = unitAt(market, a, stocks[a]!);
    const units = Math.floor(Math.min(free, stocks[a]!, stocks[b]!, purse / cost));
    if (units <= 0) continue;
    into.units[best] = units;
    into.cost += units * cost;
    into.revenue += units * unitAt(market, b, stocks[b]!);
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
