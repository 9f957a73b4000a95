/**
 * Which port to call at next, and what to buy there: each known port is weighed as the next call by what it brings beyond
 * what the turns are worth elsewhere.
 */
import type { Units } from "../intents.ts";
import type { Reach } from "../paths.ts";
import { hopsTo } from "../paths.ts";
import { products } from "../rules/ports.ts";
import { dockingTurns } from "../rules/turns.ts";
import { budget, type Port, sideAt, type World } from "../world.ts";
import { bestCargo, type Cargo, createMarket, type Market, turnsBetween, unitAt } from "./market.ts";
import { bestPatches, disjoint, type Trader, turnWorthOf, workPatch } from "./patches.ts";

/** Ports that are weighed: the nearest, so that a decision's cost is bounded. */
const portsMax = 48;
/** How far away a port may lie to be considered at all, in hops. */
const horizonHops = 14;
/** Hops between two ports that are weighed together. */
const marketHops = 8;
/** Partners that are weighed at each port, and other places to bring a cargo to. */
const partnersMax = 3;
/** Calls at one port in one stay: a second one is for what the first did not get. */
const dockingsMax = 2;
/** With fewer turns left a turn has no other use than the one at hand. */
const lastTurns = 30;

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
}

/** The market around us: the nearest known ports that nobody else has reserved. */
export function marketAround(world: Readonly<World>, here: Reach): Market {
  const ports: Port[] = [];
  for (const sector of here.order) {
    if (here.hops[sector]! > horizonHops || ports.length === portsMax) break;
    const port = world.ports.get(sector);
    if (port && port.portClass !== 0 && (sector === world.sector || !world.taken.has(sector)))
      ports.push(port);
  }
  return createMarket(world, ports, marketHops);
}

/** Weighs all calls; `prospect` is what a turn is worth to one who goes on exploring. */
export function weighCalls(world: Readonly<World>, here: Reach, market: Market, prospect: number): Weighed {
  const turns = budget(world);
  const trader: Trader = {
    holds: world.holds,
    turnsPerWarp: world.turnsPerWarp,
    credits: Math.max(0, world.credits - world.self.reserveCredits),
    turns,
  };
  const patches = bestPatches(market, trader);
  const turnWorth = turnWorthOf(market, disjoint(patches), trader);
  const price = turns < lastTurns ? 0 : Math.max(turnWorth * 0.85, prospect);
  const partners = new Map<number, number[]>();
  for (const { from, to } of patches) {
    const known = partners.get(from);
    if (!known) partners.set(from, [to]);
    else if (known.length < partnersMax) known.push(to);
  }
  /** What can be earned from a port on by working it with a partner, by place; worked out when asked for. */
  const surplus = new Map<number, number>();
  const surplusAt = (place: number, left: number): number => {
    let known = surplus.get(place);
    if (known === undefined) {
      known = 0;
      for (const to of partners.get(place) ?? [])
        known = Math.max(known, workPatch(market, place, to, { ...trader, turns: left }, price));
      surplus.set(place, known);
    }
    return known;
  };

  let best: Call | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < market.ports.length; place++) {
    const call = callAt(place);
    if (!call) continue;
    const resolve = call.port.sector === world.heading ? resolveHops * trader.turnsPerWarp * price : 0;
    if (call.value + resolve <= most) continue;
    most = call.value + resolve;
    best = call;
  }
  return { best, turnWorth };

  function callAt(place: number): Call | undefined {
    const port = market.ports[place]!;
    const hops = hopsTo(here, port.sector);
    const cost = hops * trader.turnsPerWarp + dockingTurns;
    const left = turns - cost;
    if (left < 0 || (hops === 0 && world.dockings >= dockingsMax)) return undefined;
    const { revenue, sold } = sale(place, port);
    const free = world.empty + sold;
    const after: Trader = { ...trader, holds: free, credits: trader.credits + revenue, turns: left };
    let value = 0;
    let onward: number | undefined;
    for (const to of partners.get(place) ?? []) {
      const worked = workPatch(market, place, to, after, price);
      if (worked > value) {
        value = worked;
        onward = to;
      }
      // One cargo on the way to where something better begins.
      const way = turnsBetween(market, place, to, trader.turnsPerWarp);
      if (way > left) continue;
      bestCargo(market, market.stock, place, to, free, after.credits, cargo);
      const passing =
        cargo.revenue - cargo.cost - way * price + surplusAt(to, left - way) * (free / trader.holds);
      if (passing > value) {
        value = passing;
        onward = to;
      }
    }
    let buy: Units = [0, 0, 0];
    if (onward !== undefined) {
      bestCargo(market, market.stock, place, onward, free, after.credits, cargo);
      buy = [cargo.units[0], cargo.units[1], cargo.units[2]];
    }
    // A call that neither sells nor buys is a turn thrown away.
    if (revenue === 0 && buy[0] + buy[1] + buy[2] === 0) return undefined;
    return {
      port,
      hops,
      revenue,
      value: revenue + value - cost * price,
      buy,
      onward: onward === undefined ? undefined : market.ports[onward],
    };
  }

  /** What a port takes of the cargo aboard. */
  function sale(place: number, port: Port): { revenue: number; sold: number } {
    let revenue = 0;
    let sold = 0;
    products.forEach((_, index) => {
      const units = saleable(world, port, index);
      if (units === 0) return;
      const at = 3 * place + index;
      revenue += units * unitAt(market, at, market.stock[at]!);
      sold += units;
    });
    return { revenue, sold };
  }
}

const cargo: Cargo = { units: [0, 0, 0], cost: 0, revenue: 0 };

/** Units of the cargo that the port would take, as far as known: a port that has had its fill buys no more. */
export function saleable({ cargo: aboard }: Readonly<World>, port: Port, index: number): number {
  const units = aboard[index]!;
  if (units === 0 || sideAt(port, products[index]!) !== "buying") return 0;
  return Math.min(units, port.goods[index]?.trading ?? units);
}
