/**
 * Takes what is there: the known port that earns most is called at next, and unknown space is explored where that is
 * likely to earn more. Nothing is remembered between two choices but the world itself.
 */
import { isCharted, isSeen, waysOf } from "../chart.ts";
import { along } from "../courses.ts";
import { aboard, atStarDock } from "../docks.ts";
import type { Intent, Units } from "../intents.ts";
import { plotsFor } from "../plots.ts";
import { hopsTo, type Reach, reach, wayTo } from "../paths.ts";
import { dearestAt, usualPrice } from "../prices.ts";
import { products } from "../rules/ports.ts";
import { shipTypes } from "../rules/ships.ts";
import { budget, type Port, sideAt, type World } from "../world.ts";
import { type Call, marketAround, saleable, weighCalls } from "./calls.ts";
import { exploreTowards, frontierOf, probeTarget, restless } from "./explore.ts";
import { filling, type Growth, growthOf } from "./growth.ts";
import { prospectWorth } from "./prospects.ts";

type Choice = { readonly intent: Intent; readonly why: string; readonly claims?: readonly string[] };

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
  const growth = best?.hops === 0 && best.revenue > 0 ? undefined : growthOf(world, here, market);
  if (growth) return grow(world, here, growth);
  const stocking = best?.hops === 0 && best.revenue > 0 ? undefined : stockUp(world, here);
  if (stocking) return stocking;
  if (best && (best.value > 0 || turnWorth > prospect || frontier.length === 0)) {
    const choice = make(world, here, best);
    if (choice) return choice;
  }
  return speculate(world, turns) ?? explore(world, here, frontier, dice) ?? restless(world, dice);
}

/** Sectors seen after which a game that does not tell its size is played without knowing it. */
const sizeAskedMax = 3;

/** What has to be known before anything can be weighed: none of it costs a turn. */
function settleIn(world: Readonly<World>, dice: () => number): Choice | undefined {
  const { chart, sector } = world;
  if (!world.informed) return { intent: { type: "inform" }, why: "what we have is not known yet" };
  if (!isCharted(chart, sector)) return { intent: { type: "look" }, why: "where we are is not known yet" };
  if (!world.surveyed) {
    return chart.sectors === 0 && chart.seenCount < sizeAskedMax
      ? { intent: { type: "status" }, why: "how large the universe is, is not known yet" }
      : { intent: { type: "survey" }, why: "what the computer knows has not been read yet" };
  }
  const courses = plotsFor(world, coursesAtOnce, dice);
  return courses.length === 0
    ? undefined
    : {
        intent: { type: "plot", courses },
        why: `${chart.seenCount} sectors seen: courses show the ways between the others`,
      };
}

/** Courses asked for before anything else is considered anew. */
const coursesAtOnce = 40;

/** A way to the StarDock is asked of the computer where none is known, once from each sector. */
function wayToDock({ stardock, sector, course }: Readonly<World>, here: Reach): Choice | undefined {
  if (stardock === undefined || hopsTo(here, stardock) < Number.POSITIVE_INFINITY) return undefined;
  if (course?.sectors[0] === sector && course.sectors.at(-1) === stardock) return undefined;
  return {
    intent: { type: "plot", courses: [[sector, stardock]] },
    why: `a way to the StarDock in ${stardock} is not known`,
  };
}

/** Credits for a density scanner, with so many turns to use it in. */
const scannerPrice = 2_000;
const scannerTurns = 150;
/** Credits for a probe, and most that a ship carries. */
const probePrice = 3_000;
const probesMax = 25;
/** By so much a price may be higher than it was reckoned. */
const priceSlack = 2_000;

/** To the yards, or there: what was weighed is bought. */
function grow(world: Readonly<World>, here: Reach, growth: Growth): Choice {
  const { kind, holds, hops, sector, price, gain } = growth;
  const what = kind ? `a ${shipTypes[kind].name} with ${holds} holds` : `${holds} holds`;
  const why = `${what} for some ${Math.round(price)} credits: ${Math.round(gain)} more in the end`;
  if (hops > 0) {
    const intent = along(world, wayTo(here, sector));
    return intent ? { intent, why: `to ${sector} for ${why}` } : { intent: { type: "look" }, why };
  }
  const keep = world.self.reserveCredits + holds * filling;
  if (!atStarDock(world)) return { intent: { type: "outfit", outfit: { holds }, keep }, why };
  const type = shipTypes[kind ?? world.ship.kind ?? "merchantCruiser"];
  const scanner =
    type.longRangeScanner &&
    (kind !== undefined || aboard(world, "scanner") === 0) &&
    budget(world) > scannerTurns &&
    world.credits - price > keep + scannerPrice;
  const spare = world.credits - price - keep - (scanner ? scannerPrice : 0);
  const probes = Math.max(0, Math.min(probesWanted(world), Math.floor(spare / probePrice)));
  return {
    intent: {
      type: "dock",
      errands: {
        ...(kind && { ship: { kind, most: Math.max(0, price + priceSlack) } }),
        outfit: { holds },
        gear: { ...(scanner && { scanner: 1 }), ...(probes > 0 && { probes }) },
      },
      keep,
    },
    why,
  };
}

/** Sectors worth knowing, for each turn that is left; and those that a probe usually shows. */
const knownShare = 0.25;
const probeShows = 10;
/** Probes that are worth a journey, turns that must be left for what they show, and how far it may be. */
const stockMin = 8;
const stockTurns = 300;
const stockHops = 25;

/** Probes are worth a journey of their own where little is known and much is left to earn. */
function stockUp(world: Readonly<World>, here: Reach): Choice | undefined {
  const { stardock } = world;
  const wanted = probesWanted(world);
  if (stardock === undefined || budget(world) < stockTurns || wanted < stockMin) return undefined;
  if (aboard(world, "probes") > probesSpare || hopsTo(here, stardock) > stockHops) return undefined;
  const keep = world.self.reserveCredits + world.holds * filling;
  const probes = Math.min(wanted, Math.floor((world.credits - keep) / probePrice));
  if (probes < stockMin) return undefined;
  const why = `${probes} probes, since only ${world.chart.seenCount} sectors are known`;
  const intent = along(world, wayTo(here, stardock));
  if (intent) return { intent, why: `to the StarDock for ${why}` };
  return { intent: { type: "dock", errands: { gear: { probes } }, keep }, why };
}

/** Probes aboard with which no more are wanted. */
const probesSpare = 2;

const probesWanted = (world: Readonly<World>): number =>
  Math.min(probesMax, Math.ceil((knownShare * budget(world) - world.chart.seenCount) / probeShows));

/** Sectors that a probe must be able to show before it is sent. */
const probeFresh = 6;

/** What a probe shows costs no turns: whatever is aboard is sent where it shows most. */
function probe(world: Readonly<World>, here: Reach): Choice | undefined {
  if (aboard(world, "probes") === 0) return undefined;
  const { to, fresh } = probeTarget(world, here);
  if (fresh < probeFresh) return undefined;
  return { intent: { type: "probe", to }, why: `it shows ${fresh} sectors that nobody has seen` };
}

/** Ports without a report, and sectors seen since the last survey, for which another one is made. */
const unreportedMin = 3;
const unsurveyedMin = 6;

/** The computer reports on ports that were only seen, too. */
function resurvey({ chart, surveyedSeen, ports }: Readonly<World>): Choice | undefined {
  if (chart.seenCount - surveyedSeen < unsurveyedMin) return undefined;
  let unreported = 0;
  for (const { goods, portClass } of ports.values())
    if (!goods[0] && portClass !== 0 && portClass !== 9) unreported++;
  if (unreported < unreportedMin) return undefined;
  return { intent: { type: "survey" }, why: `${unreported} ports have been seen and not reported on` };
}

/** On to unknown space; with a scanner, a look at what lies next comes first. */
function explore(
  world: Readonly<World>,
  here: Reach,
  frontier: readonly number[],
  dice: () => number,
): Choice | undefined {
  const { chart, hints, sector } = world;
  const unknown = (to: number) => !isSeen(chart, to) && !hints.has(to);
  if (aboard(world, "scanner") > 0 && waysOf(chart, sector).some(unknown))
    return { intent: { type: "scan", kind: "density" }, why: "what lies around is not known yet" };
  return exploreTowards(world, here, frontier, dice);
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

/** A cargo bought without knowing a buyer: what part of the usual price it is taken to bring. */
const speculationShare = 0.75;
/** Turns below which nobody is likely to be found. */
const speculationTurns = 15;

/** On the way into unknown space a cargo for whoever will be found to buy it. */
function speculate(world: Readonly<World>, turns: number): Choice | undefined {
  const port = world.ports.get(world.sector);
  if (!port || port.portClass === 0 || world.dockings > 0 || turns < speculationTurns || world.empty === 0)
    return undefined;
  const purse = Math.max(0, world.credits - world.self.reserveCredits);
  let best = 0;
  let margin = 0;
  products.forEach((product, index) => {
    if (sideAt(port, product) !== "selling") return;
    const cost = dearestAt(world, port, product);
    if (cost > purse) return;
    const earned = usualPrice(world, product) * speculationShare - cost;
    if (earned > margin) {
      margin = earned;
      best = index;
    }
  });
  if (margin <= 0) return undefined;
  const buy = [0, 0, 0] as [number, number, number];
  buy[best] = world.empty;
  const sell = products.map((_, index) => saleable(world, port, index)) as unknown as Units;
  return {
    intent: { type: "trade", sell, buy },
    why: `${products[best]} for whoever will be found to buy it`,
  };
}
