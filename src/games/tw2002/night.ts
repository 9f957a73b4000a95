/** The end of the day's turns: where to be by then, and for how long to stay away. */
import type { Rest } from "../../player/game.ts";
import { along } from "./courses.ts";
import type { Choice, Intent } from "./intents.ts";
import { hopsTo, nth, type Reach, reach, wayTo } from "./paths.ts";
import { hunted } from "./policy.ts";
import { fedSectors } from "./rules/space.ts";
import { dockingTurns } from "./rules/turns.ts";
import { budget, type World } from "./world.ts";

/**
 * How long a bot without turns stays away, in milliseconds. They come back hour by hour, until a day's have gathered: whoever comes
 * sooner finds fewer, and leaves the game as often at a place that may be dangerous.
 */
export const turnsRestMs = 24 * 3_600_000;

/** Away until another day's turns have gathered. */
export const nightRest = ({ turnsExecuted }: Readonly<World>): Rest => ({
  reason: `No turns left for today: ${turnsExecuted} used so far`,
  forMs: turnsRestMs,
});

/** How far it is worth going for a night in peace, in hops. */
const shelterHopsMax = 16;
/** Courses asked of the computer in a life, after which no more are spent on the way to a shelter. */
const shelterCoursesMax = 60;
/** The computer is asked for the way to this sector when none is known. */
const shelterAsked = 1;

/** Of more ships in one of its sectors the Federation tows those away that came last (the sysop's editor: 5). */
const moorings = 5;

/** Nobody attacks in the Federation's sectors, as long as it lets us stay. */
const sheltered = ({ stardock, moored }: Readonly<World>, sector: number) =>
  sector >= 1 && (sector <= fedSectors || sector === stardock) && (moored.get(sector) ?? 0) < moorings;

/** The game's turns end soon, before the bot's own; there will be others, and somebody hunts meanwhile. */
function nightFalls(world: Readonly<World>): boolean {
  const { turnsLeft, turnsPerWarp, self } = world;
  return (
    self.waitForTurns === true &&
    turnsLeft !== undefined &&
    turnsLeft <= budget(world) &&
    turnsLeft < 2 * shelterHopsMax * turnsPerWarp &&
    hunted(world)
  );
}

/** Where a choice leads and the turns that it takes; undefined for one that takes none. */
function outcome(
  { sector, turnsPerWarp }: Readonly<World>,
  here: Reach,
  intent: Intent,
): { readonly sector: number; readonly turns: number } | undefined {
  switch (intent.type) {
    case "move":
    case "fight":
      return { sector: intent.to, turns: turnsPerWarp };
    case "travel":
      return { sector: intent.to, turns: hopsTo(here, intent.to) * turnsPerWarp };
    case "trade":
    case "outfit":
    case "dock":
      return { sector, turns: dockingTurns };
    default:
      return undefined;
  }
}

/** The nearest shelter; undefined where none is known near enough. */
function havenOf(world: Readonly<World>, from: Reach): number | undefined {
  for (let at = 0; ; at++) {
    const sector = nth(from, at);
    if (sector === undefined || sheltered(world, sector)) return sector;
  }
}

/** Turns from a sector to the nearest shelter; Infinity where none is known near enough. */
function turnsHome(world: Readonly<World>, from: Reach): number {
  const haven = havenOf(world, from);
  return haven === undefined ? Number.POSITIVE_INFINITY : hopsTo(from, haven) * world.turnsPerWarp;
}

/**
 * What a strategy chooses, as long as it still leads to a shelter afterwards; else what it would choose for half of the turns;
 * else the way home while there is one, and the night's rest there.
 */
export function beforeNight(world: Readonly<World>, choose: (world: Readonly<World>) => Choice): Choice {
  const choice = choose(world);
  if (!nightFalls(world)) return choice;
  const turns = world.turnsLeft!;
  const here = reach(world, world.sector, shelterHopsMax);
  const home = turnsHome(world, here);
  const isSafe = ({ intent }: Choice) => {
    const end = outcome(world, here, intent);
    if (!end) return true;
    const back =
      end.sector === world.sector ? home : turnsHome(world, reach(world, end.sector, shelterHopsMax));
    return end.turns + back <= turns;
  };
  if (isSafe(choice)) return choice;
  if (home > turns) return home === Number.POSITIVE_INFINITY ? (askHome(world) ?? choice) : choice;
  const shorter = choose({ ...world, turnsLeft: Math.floor((turns - home) / 2) });
  if (isSafe(shorter)) return shorter;
  const haven = havenOf(world, here)!;
  if (haven === world.sector) {
    const rest = nightRest(world);
    return { intent: { type: "leave" }, why: rest.reason, rest };
  }
  const intent = along(world, wayTo(here, haven));
  return intent
    ? { intent, why: `the turns end: to FedSpace in ${haven}, where nobody is attacked` }
    : choice;
}

/** The computer knows all the ways: one answer from each sector. */
function askHome(world: Readonly<World>): Choice | undefined {
  const { course, coursesAsked, sector } = world;
  if (course?.sectors[0] === sector || coursesAsked >= shelterCoursesMax) return undefined;
  // A way that is known is too far, or barred by dangers: the answer would be the same.
  const whole = reach({ ...world, dangers: new Map() }, sector, Number.POSITIVE_INFINITY);
  if (turnsHome(world, whole) < Number.POSITIVE_INFINITY) return undefined;
  return {
    intent: { type: "plot", courses: [[sector, shelterAsked]] },
    why: "a way to a place where nobody is attacked is not known yet",
  };
}
