/** What is done to know more: free words of the computer first, then probes, scans and unknown space; cargo on the way for whoever will buy it. */
import { isCharted, isSeen, waysOf } from "../chart.ts";
import { aboard } from "../docks.ts";
import type { Choice, Units } from "../intents.ts";
import { hopsTo, leadsTo, type Reach, reach } from "../paths.ts";
import { plotsFor } from "../plots.ts";
import { dearestAt, usualPrice } from "../prices.ts";
import { products } from "../rules/ports.ts";
import { sideAt, toSpend, type World } from "../world.ts";
import { saleable } from "./calls.ts";
import { exploreTowards, probeTarget } from "./explore.ts";

/** Turns after which a game that does not tell its size is played without knowing it. */
const sizeAskedTurns = 12;

/** What has to be known before anything can be weighed: none of it costs a turn. */
export function settleIn(world: Readonly<World>, dice: () => number): Choice | undefined {
  const { chart, sector } = world;
  if (!world.informed) return { intent: { type: "inform" }, why: "what we have is not known yet" };
  if (!isCharted(chart, sector)) return { intent: { type: "look" }, why: "where we are is not known yet" };
  if (!world.surveyed) {
    return chart.sectors === 0 && world.turnsExecuted < sizeAskedTurns
      ? { intent: { type: "status" }, why: "how large the universe is, is not known yet" }
      : { intent: { type: "survey" }, why: "what the computer knows has not been read yet" };
  }
  // Where others ask as well, what they have learned is waited for, at play.
  if (world.news.age !== undefined && world.now - world.coursesAt < sharedCoursesMs) return undefined;
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
/** Milliseconds between two such askings in a game that is shared: others' answers take a second or two to come round. */
const sharedCoursesMs = 3_000;

/** A way to the StarDock is asked of the computer where none is known, once from each sector. */
export function wayToDock(world: Readonly<World>, here: Reach): Choice | undefined {
  const { stardock, sector, course } = world;
  if (stardock === undefined || leadsTo(here, stardock)) return undefined;
  if (course?.sectors[0] === sector && course.sectors.at(-1) === stardock) return undefined;
  // A way that is known and only barred by dangers would be told again and again.
  const whole = reach({ ...world, dangers: new Map() }, sector, Number.POSITIVE_INFINITY);
  if (hopsTo(whole, stardock) < Number.POSITIVE_INFINITY) return undefined;
  return {
    intent: { type: "plot", courses: [[sector, stardock]] },
    why: `a way to the StarDock in ${stardock} is not known`,
  };
}

/** Sectors that a probe must be able to show before it is sent. */
const probeFresh = 6;

/** What a probe shows costs no turns: whatever is aboard is sent where it shows most. */
export function probe(world: Readonly<World>, here: Reach): Choice | undefined {
  if (aboard(world, "probes") === 0) return undefined;
  const { to, fresh } = probeTarget(world, here);
  if (fresh < probeFresh) return undefined;
  return { intent: { type: "probe", to }, why: `it shows ${fresh} sectors that nobody has seen` };
}

/** Ports without a report, and sectors sighted since the last survey, for which another one is made. */
const unreportedMin = 3;
const unsurveyedMin = 6;

/** The computer reports on ports that were only seen, too; of what others have seen it reports to them. */
export function resurvey({ sightedSince, ports }: Readonly<World>): Choice | undefined {
  if (sightedSince < unsurveyedMin) return undefined;
  let unreported = 0;
  for (const port of ports.values())
    if (port.portClass !== 0 && port.portClass !== 9 && !port.good(0)) unreported++;
  if (unreported < unreportedMin) return undefined;
  return { intent: { type: "survey" }, why: `${unreported} ports have been seen and not reported on` };
}

/** On to unknown space; with a scanner, a look at what lies next comes first. */
export function explore(
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

/** A cargo bought without knowing a buyer: what part of the usual price it is taken to bring. */
const speculationShare = 0.75;
/** Turns below which nobody is likely to be found. */
const speculationTurns = 15;

/** On the way into unknown space a cargo for whoever will be found to buy it. */
export function speculate(world: Readonly<World>, turns: number): Choice | undefined {
  const port = world.ports.get(world.sector);
  if (!port || port.portClass === 0 || world.dockings > 0 || turns < speculationTurns || world.empty === 0)
    return undefined;
  const purse = toSpend(world);
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
