/**
 * Takes what is there: the known port that earns most is called at next, and unknown space is explored where that is
 * likely to earn more. Nothing is remembered between two choices but the world itself.
 */
import { along } from "../courses.ts";
import { type GoalKind, goalKind } from "../goals.ts";
import type { Choice, Units } from "../intents.ts";
import { type Reach, reachHere, wayTo } from "../paths.ts";
import { products } from "../rules/ports.ts";
import type { Port } from "../ports.ts";
import { budget, type World } from "../world.ts";
import { bestCall, type Call, marketAround, saleable, weighCalls } from "./calls.ts";
import { errand } from "./errands.ts";
import { frontierOf, restless } from "./explore.ts";
import type { Market } from "./market.ts";
import { prospectWorth } from "./prospects.ts";
import { explore, probe, resurvey, settleIn, speculate, wayToDock } from "./scouting.ts";

/** How the rules are bent for a while. */
export interface Leaning {
  /** Factor on what unknown space promises. */
  readonly explore: number;
  /** Sectors to stay in: only their ports are called at, and only among them is anything explored. */
  readonly region?: (sector: number) => boolean;
  /** What is bought and banked, given what the rules would do. */
  readonly errand: typeof errand;
}
export const upright: Leaning = { explore: 1, errand };

/** Of the worth of a turn elsewhere so much has to be earned where a plan keeps us: it may know better than our reckoning, up to here. */
export const heldShare = 0.6;

/** Earns, unless the goal is "exploration": then what is unseen comes first, for as long as there is any. */
export const opportunistic = (world: Readonly<World>, dice: () => number, goal: string): Choice =>
  lean(world, dice, goalKind(goal), upright) ?? restless(world, dice);

/** The same, bent; undefined where nothing is left to do. */
export function lean(
  world: Readonly<World>,
  dice: () => number,
  goal: GoalKind,
  leaning: Leaning,
): Choice | undefined {
  const first = settleIn(world, dice);
  if (first) return first;
  const here = reachHere(world);
  const { region = everywhere } = leaning;
  const frontier = frontierOf(world, here, region);
  if (goal === "exploration") {
    const step = explore(world, here, frontier, dice);
    if (step) return step;
  }
  const probing = learnFreely(world, here);
  if (probing) return probing;
  const view = weighAll(world, here, frontier.length > 0 ? leaning.explore : 0);
  const { market, prospect, turnWorth } = view;
  const best =
    region === everywhere
      ? view.best
      : bestCall(world, here, marketAround(world, here, region), heldShare * view.turnPrice);
  const isWorth = best !== undefined && (best.value > 0 || turnWorth > prospect || frontier.length === 0);
  // What is sold here is not carried to the yards. A sale that is not made after all must not keep us from them: we would leave, and come back for them.
  const isSale = isWorth && best.hops === 0 && best.revenue > 0;
  const wanted = isSale ? undefined : leaning.errand(world, here, market, goal);
  if (wanted) return wanted;
  const choice = isWorth ? make(world, here, best) : undefined;
  if (choice) return choice;
  return speculate(world, budget(world)) ?? explore(world, here, frontier, dice);
}

const everywhere = () => true;

/** What costs no turn and tells more: a way to the StarDock, probes that are aboard, the computer's reports. */
export const learnFreely = (world: Readonly<World>, here: Reach): Choice | undefined =>
  wayToDock(world, here) ?? probe(world, here) ?? resurvey(world);

/** All calls of the market around, and what unknown space promises, times `promise`. */
export function weighAll(world: Readonly<World>, here: Reach, promise: number) {
  const { holds, turnsPerWarp, credits } = world;
  const prospect =
    promise === 0 ? 0 : promise * prospectWorth({ holds, turnsPerWarp, credits, turns: budget(world) });
  const market: Market = marketAround(world, here);
  return { market, prospect, ...weighCalls(world, here, market, prospect) };
}

/** The next step of a call: the way there, or the trade itself. */
export function make(
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
export const claimsOf = (...ports: readonly (Port | undefined)[]): readonly string[] =>
  ports.flatMap((port) => (port && port.portClass !== 9 ? [String(port.sector)] : []));
