/** Courses that the game has computed for us: what is kept of the last one, and whether to fly it. */
import type { Fact } from "./facts.ts";
import type { Intent } from "./intents.ts";
import type { World } from "./world.ts";

/** The course plotted last: how many hops it has, and the sectors told of it so far, the start first. */
export interface Course {
  readonly hops: number;
  readonly sectors: readonly number[];
}

/** Takes in a course's heading, then its sectors; a long one takes more than one line. */
export function plotted(world: World, fact: Extract<Fact, { type: "course" | "path" }>): void {
  if (fact.type === "course") world.course = { hops: fact.hops, sectors: [] };
  else if (world.course && world.course.sectors.length <= world.course.hops)
    world.course = { ...world.course, sectors: [...world.course.sectors, ...fact.sectors] };
}

/** Whether the plotted course is known as a whole and leads through no danger that we know of. */
export function isClear({ course, dangers }: Readonly<World>): boolean {
  if (!course || course.sectors.length !== course.hops + 1) return false;
  return course.sectors.every((sector, hop) => hop === 0 || !dangers.has(sector));
}

/**
 * How to go a way that we have chosen, its sectors without the one we are in: the autopilot takes two answers for all of it,
 * single warps take one each. A course that was found not to be clear is not asked for again: then the next warp.
 */
export function along(world: Readonly<World>, way: readonly number[]): Intent | undefined {
  const [next] = way;
  const to = way.at(-1);
  if (next === undefined || to === undefined) return undefined;
  const { course, sector } = world;
  const refused = course?.sectors[0] === sector && course.sectors.at(-1) === to && !isClear(world);
  return way.length === 1 || refused ? { type: "move", to: next } : { type: "travel", to };
}
