/**
 * Credits per turn: at each command prompt every known port is weighed as the next call, exploring as another, and the
 * best by what all remaining turns would earn wins. Nothing is remembered between two choices but the world itself.
 */
import type { Intent } from "../intents.ts";
import { firstStep, type Reach, reach } from "../paths.ts";
import { products } from "../rules/ports.ts";
import { dockingTurns } from "../rules/turns.ts";
import type { Port, World } from "../world.ts";
import { exploreTowards, frontierOf, restless } from "./explore.ts";
import { type Onward, saleable, type Trips, weighTrips } from "./trips.ts";

/** Calls at one port in one stay: a second one is for what the first did not get. */
const dockingsMax = 2;

interface Call {
  readonly port: Port;
  readonly hops: number;
  readonly value: number;
  readonly onward: Onward;
}

/** Earns, unless the goal is "exploration": then what is unseen comes first, for as long as there is any. */
export function opportunistic(
  world: Readonly<World>,
  dice: () => number,
  goal: string,
): { intent: Intent; why: string } {
  if (!world.informed) return { intent: { type: "inform" }, why: "what we have is not known yet" };
  if (!world.warps.has(world.sector))
    return { intent: { type: "look" }, why: "where we are is not known yet" };
  const whole = reach(world, world.sector, Number.POSITIVE_INFINITY);
  const frontier = frontierOf(world, whole);
  if (goal === "exploration") {
    const step = exploreTowards(whole, frontier, dice);
    if (step) return step;
  }
  const trips = weighTrips(world, whole, frontier.length > 0);
  const call = bestCall(world, trips);
  const exploring = trips.explore(trips.turns) + (frontier.length > 0 ? hopedFor(trips) : 0);
  if (call && call.value > exploring) {
    const made = make(trips, whole, call);
    if (made) return made;
  }
  return exploreTowards(whole, frontier, dice) ?? restless(world, dice);
}

/** The call that leaves us best off when all turns are gone. */
function bestCall(world: Readonly<World>, trips: Trips): Call | undefined {
  let best: Call | undefined;
  for (const { port, hops } of trips.near) {
    const left = trips.turns - hops * world.turnsPerWarp - dockingTurns;
    if (left < 0 || (hops === 0 && world.dockings >= dockingsMax)) continue;
    const revenue = trips.revenue(port);
    const onward = trips.onward(port, world.credits + revenue, freeAt(world, port), left);
    // A call that neither sells nor buys is a turn thrown away.
    if (revenue === 0 && onward.units === 0) continue;
    const value = revenue + onward.value;
    if (!best || value > best.value) best = { port, hops, value, onward };
  }
  return best;
}

/** Holds that are free once the port has taken what it buys. */
const freeAt = (world: Readonly<World>, port: Port): number =>
  products.reduce((free, _, index) => free + saleable(world, port, index), world.empty);

/** What the cargo may bring at a port that is still to be found: a known buyer must beat it. */
function hopedFor(trips: Trips): number {
  const known = Math.max(0, ...trips.near.map(({ port }) => trips.revenue(port)));
  return known * 0.5;
}

function make(trips: Trips, here: Reach, { port, hops, onward, value }: Call) {
  const worth = `${Math.round(value)} credits in ${trips.turns} turns`;
  if (hops === 0) {
    const intent: Intent = { type: "trade", sell: true, buy: onward.buy, units: onward.units };
    return { intent, why: `${onward.why}; ${worth}` };
  }
  const to = firstStep(here, port.sector);
  if (to === undefined) return undefined;
  const intent: Intent = { type: "move", to };
  return { intent, why: `to the port in ${port.sector}: ${onward.why}; ${worth}` };
}
