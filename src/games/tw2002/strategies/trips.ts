/**
 * What the known ports are worth in the turns that remain: legs between two ports, the best there and back, and what
 * to buy at a port. Credits throughout; turns are the game's.
 */
import { portHops, type Reach } from "../paths.ts";
import { dearestAt, priceAt, usualPrice } from "../prices.ts";
import { type Product, products } from "../rules/ports.ts";
import { dockingTurns } from "../rules/turns.ts";
import { budget, type Port, sideAt, type World } from "../world.ts";

/** One way with a cargo: bought at one port, sold at the other. */
interface Leg {
  readonly product: Product;
  /** Credits a unit earns. */
  readonly margin: number;
  readonly cost: number;
  readonly units: number;
}

/** Two ports as seen from one of them. */
interface Partner {
  readonly port: Port;
  readonly hops: number;
  readonly turnsThere: number;
  readonly turnsBack: number;
  readonly there: Leg | undefined;
  readonly back: Leg | undefined;
}

/** What to do after having sold at a port. */
export interface Onward {
  readonly value: number;
  readonly buy: Product | undefined;
  readonly units: number;
  /** Where to; undefined: exploring, or nowhere in particular. */
  readonly to: number | undefined;
  readonly why: string;
}

/** What exploring is hoped to find: credits a turn and hold, once so many turns have been spent on it. */
const hope = { creditsPerTurnAndHold: 9, turns: 21 };
/** A cargo bought without knowing a buyer: what part of the usual price it is taken to bring, and how soon at best. */
const speculation = { share: 0.75, turns: 15 };
/** Other pairs that are weighed when leaving a port. */
const otherPairsMax = 5;
/** Ports whose partners are worked out; the nearest, so that a decision's cost is bounded. */
const portsMax = 60;
/** How far away a port may lie to be considered at all, in hops. */
export const horizonHops = 20;

export interface Trips {
  readonly turns: number;
  /** Ports within reach, nearest first, with their hops. */
  readonly near: readonly { readonly port: Port; readonly hops: number }[];
  /** What remaining turns are worth to an explorer. */
  explore(turns: number): number;
  /** Sells there what is aboard. */
  revenue(port: Port): number;
  /** The best to do from a port after the sale, with so many credits, free holds and turns. */
  onward(port: Port, credits: number, free: number, turns: number): Onward;
}

/** Weighs all trips from where we are; `frontier`: there is something left to explore. */
export function weighTrips(world: Readonly<World>, here: Reach, frontier: boolean): Trips {
  const { turnsPerWarp, holds, self } = world;
  const turns = budget(world);
  const near = here.order.flatMap((sector) => {
    const port = world.ports.get(sector);
    return port && port.portClass !== 0 && here.hops.get(sector)! <= horizonHops
      ? [{ port, hops: here.hops.get(sector)! }]
      : [];
  });
  const pool = near.slice(0, portsMax).map(({ port }) => port);
  const away = new Map(pool.map((port) => [port.sector, portHops(world, port.sector, self.maxHops)]));
  // Each price is asked for by every pair: worked out once.
  const prices = new Map(near.map(({ port }) => [port.sector, priceList(world, port)]));
  const legBetween = (from: Port, to: Port) =>
    bestCargo(holds, from, to, prices.get(from.sector)!.asks, prices.get(to.sector)!.pays);
  const partners = new Map<number, Partner[]>();
  for (const port of pool) partners.set(port.sector, partnersOf(port));
  const best = pool
    .flatMap((port) =>
      partners.get(port.sector)!.map((partner) => ({ port, partner, rate: rateOf(partner) })),
    )
    .sort((a, b) => b.rate - a.rate)
    .slice(0, otherPairsMax);

  function partnersOf(port: Port): Partner[] {
    const from = away.get(port.sector)!;
    const found: Partner[] = [];
    for (const other of pool) {
      const hops = from.get(other.sector);
      const hopsBack = away.get(other.sector)!.get(port.sector);
      if (other === port || hops === undefined) continue;
      const there = legBetween(port, other);
      const back = hopsBack === undefined ? undefined : legBetween(other, port);
      if (!there && !back) continue;
      found.push({
        port: other,
        hops,
        turnsThere: hops * turnsPerWarp + dockingTurns,
        turnsBack: hopsBack === undefined ? Number.POSITIVE_INFINITY : hopsBack * turnsPerWarp + dockingTurns,
        there,
        back,
      });
    }
    return found;
  }

  const explore = (left: number) =>
    frontier ? Math.max(0, left - hope.turns) * hope.creditsPerTurnAndHold * holds : 0;

  /** Credits earned by going back and forth between a port we are docked at and its partner, beginning with a full hold. */
  function shuttle({ turnsThere, turnsBack, there, back }: Partner, left: number): number {
    const out = there ? there.margin * there.units : 0;
    const home = back ? back.margin * back.units : 0;
    if (turnsBack === Number.POSITIVE_INFINITY) return left >= turnsThere ? out : 0;
    const rounds = Math.floor(left / (turnsThere + turnsBack));
    const rest = left - rounds * (turnsThere + turnsBack);
    return rounds * (out + home) + (rest >= turnsThere ? out : 0);
  }

  /** The best that can be done from a port we have just sold at: go on from here with a cargo, or begin elsewhere. */
  function future(port: Port, left: number): number {
    let value = elsewhere(port, left);
    for (const partner of partners.get(port.sector) ?? []) value = Math.max(value, shuttle(partner, left));
    return value;
  }

  /** The best that can be done when we leave a port with empty holds. */
  function elsewhere(port: Port, left: number): number {
    let value = explore(left);
    const hops = away.get(port.sector);
    for (const { port: start, partner } of best) {
      const distance = hops?.get(start.sector);
      if (distance === undefined || start === port) continue;
      value = Math.max(value, shuttle(partner, left - distance * turnsPerWarp - dockingTurns));
    }
    return value;
  }

  function onward(port: Port, credits: number, free: number, left: number): Onward {
    let choice: Onward = {
      value: elsewhere(port, left),
      buy: undefined,
      units: 0,
      to: undefined,
      why: "nothing to buy",
    };
    const money = Math.max(0, credits - self.reserveCredits);
    // As the order will be reckoned: with a likely price alone a poor bot would come for a unit that it then dares not order.
    const affordable = (seller: Port, index: number) =>
      Math.floor(money / (prices.get(seller.sector)!.dearest[index] ?? Number.POSITIVE_INFINITY));
    const consider = (next: Onward) => {
      if (next.value > choice.value) choice = next;
    };
    for (const partner of partners.get(port.sector) ?? []) {
      const { there: leg, turnsThere } = partner;
      if (!leg || left < turnsThere) continue;
      const units = Math.min(leg.units, free, affordable(port, products.indexOf(leg.product)));
      if (units <= 0) continue;
      consider({
        value: units * leg.margin + future(partner.port, left - turnsThere),
        buy: leg.product,
        units: free,
        to: partner.port.sector,
        why: `${leg.product} from ${port.sector} to ${partner.port.sector}, ${Math.round(leg.margin)} a unit`,
      });
    }
    if (frontier && left >= speculation.turns) {
      for (const [index, product] of products.entries()) {
        const cost = prices.get(port.sector)!.asks[index];
        if (cost === undefined) continue;
        const margin = usualPrice(world, product) * speculation.share - cost;
        const units = Math.min(free, affordable(port, index));
        if (margin <= 0 || units <= 0) continue;
        consider({
          value: units * margin + explore(left),
          buy: product,
          units: free,
          to: undefined,
          why: `${product} for whoever will be found to buy it`,
        });
      }
    }
    return choice;
  }

  const revenue = (port: Port) =>
    products.reduce(
      (sum, _, index) => sum + saleable(world, port, index) * (prices.get(port.sector)!.pays[index] ?? 0),
      0,
    );

  return { turns, near, explore, revenue, onward };
}

/** Units of the cargo that the port would take, as far as known: a port that has had its fill buys no more. */
export function saleable({ cargo }: Readonly<World>, port: Port, index: number): number {
  const aboard = cargo[index]!;
  if (aboard === 0 || sideAt(port, products[index]!) !== "buying") return 0;
  return Math.min(aboard, port.goods[index]?.trading ?? aboard);
}

const rateOf = ({ turnsThere, turnsBack, there, back }: Partner): number =>
  ((there ? there.margin * there.units : 0) + (back ? back.margin * back.units : 0)) /
  (turnsThere + turnsBack);

/** A port's prices by product order, in credits a unit: what it asks and what it pays; undefined where it does not. */
interface PriceList {
  readonly asks: readonly (number | undefined)[];
  readonly pays: readonly (number | undefined)[];
  /** The most that a unit may cost there. */
  readonly dearest: readonly (number | undefined)[];
}

const priceList = (world: Readonly<World>, port: Port): PriceList => ({
  asks: products.map((product) => priceAt(world, port, product, "selling")),
  pays: products.map((product) => priceAt(world, port, product, "buying")),
  dearest: products.map((product) =>
    sideAt(port, product) === "selling" ? dearestAt(world, port, product) : undefined,
  ),
});

/** The best cargo from one port to another; undefined when none pays. */
function bestCargo(
  holds: number,
  from: Port,
  to: Port,
  asks: PriceList["asks"],
  pays: PriceList["pays"],
): Leg | undefined {
  let best: Leg | undefined;
  for (let index = 0; index < products.length; index++) {
    const cost = asks[index];
    const price = pays[index];
    if (cost === undefined || price === undefined || price <= cost) continue;
    const units = Math.min(holds, from.goods[index]?.trading ?? holds, to.goods[index]?.trading ?? holds);
    const margin = price - cost;
    if (units > 0 && (!best || margin * units > best.margin * best.units))
      best = { product: products[index]!, margin, cost, units };
  }
  return best;
}
