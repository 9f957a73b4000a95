/**
 * Takes what is there: the known port that earns most is called at next, and unknown space is explored where that is
 * likely to earn more. Nothing is remembered between two choices but the world itself.
 */
import { along } from "../courses.ts";
import type { Choice, Units } from "../intents.ts";
import { type Reach, reach, wayTo } from "../paths.ts";
import { products } from "../rules/ports.ts";
import { budget, type Port, type World } from "../world.ts";
import { type Call, marketAround, saleable, weighCalls } from "./calls.ts";
import { errand } from "./errands.ts";
import { frontierOf, restless } from "./explore.ts";
import { prospectWorth } from "./prospects.ts";
import { explore, probe, resurvey, settleIn, speculate, wayToDock } from "./scouting.ts";

/** Earns, unless the goal is "exploration": then what is unseen comes first, for as long as there is any. */
export function opportunistic(world: Readonly<World>, dice: () => number, goal: string): Choice {
  const first = settleIn(world, dice);
  if (first) return first;
  const here = reach(world, world.sector, Number.POSITIVE_INFINITY);
  const frontier = frontierOf(world, here);
  if (goal === "exploration") {
    const step = explore(world, here, frontier, dice);
    if (step) return step;
  }
  const probing = wayToDock(world, here) ?? probe(world, here) ?? resurvey(world);
  if (probing) return probing;
  const turns = budget(world);
  const prospect = frontier.length > 0 ? prospectWorth({ ...world, turns }) : 0;
  const market = marketAround(world, here);
  const { best, turnWorth } = weighCalls(world, here, market, prospect);
  // What is sold here is not carried to the yards.
  const wanted = best?.hops === 0 && best.revenue > 0 ? undefined : errand(world, here, market, goal);
  if (wanted) return wanted;
  if (best && (best.value > 0 || turnWorth > prospect || frontier.length === 0)) {
    const choice = make(world, here, best);
    if (choice) return choice;
  }
  return speculate(world, turns) ?? explore(world, here, frontier, dice) ?? restless(world, dice);
}

function make(
  world: Readonly<World>,
  here: Reach,
  { port, hops, buy, onward, value }: Call,
): Choice | undefined {
  const then = onward ? `, then to ${onward.sector}` : "";
  const worth = `${Math.round(value)} credits beyond the worth of the turns`;
  const claims = claimsOf(port, onward);
  if (hops === 0) {
    const sell = products.map((_, index) => saleable(world, port, index)) as unknown as Units;
    return { intent: { type: "trade", sell, buy }, why: `trading here${then}: ${worth}`, claims };
  }
  const intent = along(world, wayTo(here, port.sector));
  return intent && { intent, why: `to the port in ${port.sector}${then}: ${worth}`, claims };
}

/** The ports of a plan, which others are to leave alone; the StarDock is everybody's. */
const claimsOf = (...ports: readonly (Port | undefined)[]): readonly string[] =>
  ports.flatMap((port) => (port && port.portClass !== 9 ? [String(port.sector)] : []));
