/** A galaxy as it is before anyone has traded: what each port asks and pays, in the mean over the game's dice, and how far apart they are. */
import {
  basePrice,
  type Product,
  products,
  type Side,
  sideOf,
  weekdayMood,
} from "../../src/games/tw2002/rules/ports.ts";
import type { Port, Sector } from "../../src/games/tw2002/host/things.ts";

/**
 * What one port asks or pays for one product. The unit's price on a lot that begins `sold` units into the stock, to a
 * trader with 1,000 points of experience, is `full + slope * sold`; each point per cent short of that worsens it by `bend`.
 */
export interface Line {
  readonly product: Product;
  readonly side: Side;
  /** Units it has, or wants, at first. */
  readonly stock: number;
  /** Credits for a unit while the stock is full. */
  readonly full: number;
  /** Credits by which a unit's price changes with each unit traded before: rises where the port sells, falls where it buys. */
  readonly slope: number;
  /** Credits that one credit of penalty for want of experience comes to after haggling. */
  readonly bend: number;
}

export interface Site {
  readonly sector: number;
  /** By product order. */
  readonly lines: readonly (Line | undefined)[];
}

/**
 * By what the hidden price is multiplied, in the mean, by whoever knows it: each counter as far out as is borne (4m/n in
 * round n, never back), and the hidden price itself when the port has said its last. The chances are those of the
 * recordings; no policy does better, for a bolder counter that is borne leaves both the price and the next limit better.
 * One deal can do better, by luck: the bound is one of means.
 */
export function haggled(mcic: number, side: Side): number {
  const towards = side === "buying" ? 1 : -1;
  const borne = (4 * mcic) / 1000;
  /** The other side's last counter, and the hidden price, as multiples of the first hidden price. */
  let counter = towards * Number.POSITIVE_INFINITY;
  let hidden = 1;
  let goingOn = 1;
  let expected = 0;
  for (let round = 1; round <= roundsMax; round++) {
    const limit = hidden * (1 + (towards * borne) / round);
    counter = towards > 0 ? Math.min(counter, limit) : Math.max(counter, limit);
    hidden = 0.7 * hidden + 0.3 * counter;
    const final = round === 1 ? 1 / 6 : 1 / 4;
    expected += goingOn * final * hidden;
    goingOn *= 1 - final;
  }
  return expected + goingOn * hidden;
}
/** By then it is as good as certain that the port has said its last. */
const roundsMax = 60;

/** A port before anyone has traded there; `weekday` of the game, 0 for Sunday. */
export function siteOf(port: Port, weekday: number): Site {
  const [low, high] = weekdayMood[weekday] ?? [0, 0];
  const mood = (low + high) / 2;
  return {
    sector: port.sector,
    lines: products.map((product, index): Line | undefined => {
      const stock = port.stocks[index];
      const side = sideOf(port.portClass, product);
      if (!stock || !side || stock.amount <= 0) return undefined;
      const most = 10 * stock.productivity;
      const gain = haggled(stock.mcic, side);
      const towards = side === "buying" ? 1 : -1;
      const perFullness = (stock.mcic * basePrice[product]) / 100;
      const unit = basePrice[product] + 0.5 + towards * (mood + (perFullness * stock.amount) / most);
      return {
        product,
        side,
        stock: Math.floor(stock.amount),
        full: unit * gain,
        slope: (-towards * gain * perFullness) / most,
        bend: gain,
      };
    }),
  };
}

/** Hops from each of some sectors to each of them: `hops[i][j]`; Infinity where there is no way. */
export function hopsAmong(sectors: readonly Sector[], places: readonly number[]): Float64Array[] {
  return places.map((place) => {
    const hops = hopsFrom(sectors, place);
    return Float64Array.from(places, (other) => hops[other - 1]!);
  });
}

/** Hops from a sector to every sector, by number less one. */
export function hopsFrom(sectors: readonly Sector[], start: number): Float64Array {
  const hops = new Float64Array(sectors.length).fill(Number.POSITIVE_INFINITY);
  const order = [start];
  hops[start - 1] = 0;
  for (const sector of order) {
    for (const to of sectors[sector - 1]?.warps ?? []) {
      if (hops[to - 1]! !== Number.POSITIVE_INFINITY) continue;
      hops[to - 1] = hops[sector - 1]! + 1;
      order.push(to);
    }
  }
  return hops;
}
