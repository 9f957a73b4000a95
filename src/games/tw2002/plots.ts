/**
 * Which courses to ask the computer for, so that as few as possible tell the ways between all sectors: it knows every
 * lane, whoever has been there, and answers at no cost in turns. First from sectors whose ways out are all unknown to sectors
 * nobody has a way into; then along lanes that are known in the other direction only (nearly all lanes go both ways).
 *
 * In universes of 1,000 sectors 95 % of all lanes are known after about 600 courses and 99 % after 800, of some 9 keys
 * each (tests/games/tw2002/plots.test.ts). Courses go round sectors that the player avoids: their lanes stay unknown.
 */
import { type Chart, hasWay, isCharted, waysMax } from "./chart.ts";
import type { Course } from "./intents.ts";
import type { World } from "./world.ts";

/** Lanes that a course must bring on average to be worth its keys. */
export const yieldMin = 0.15;
/** Lanes a course is taken to bring before any was asked for; a few dozen barren ones use that up. */
export const yieldFirst = 3;
/** Weight of the last course in the average. */
const yieldWeight = 0.05;
/** Places looked at for a start, and for an end. */
const looks = 64;
/** How much a hop counts beside a lane that is probably there. */
const hopWorth = 0.3;

/** The average after one more course. */
export const yieldAfter = (average: number, lanes: number): number =>
  average + yieldWeight * (lanes - average);

/** At most so many courses that tell most of what is not known yet; none when that is too little to be worth asking. */
export function plotsFor(
  { chart, sector, courseYield }: Pick<World, "chart" | "sector" | "courseYield">,
  most: number,
  dice: () => number,
): Course[] {
  const size = Math.max(chart.sectors, chart.top);
  if (size < 2 || courseYield < yieldMin) return [];
  const { before, dark, unheard } = look(chart, size);
  const courses: Course[] = [];
  while (courses.length < most && dark.length + unheard.length > 0) {
    const from = draw(dark, dice) ?? sector;
    const to = draw(unheard, dice) ?? sector;
    if (from !== to && from > 0 && to > 0) courses.push([from, to]);
  }
  while (courses.length < most) {
    const course = backwards(chart, size, before, dice);
    if (!course) break;
    courses.push(course);
  }
  return courses;
}

/** The ways into each sector, sectors without a known way out, and those without one in. */
function look(chart: Readonly<Chart>, size: number) {
  const before: number[][] = Array.from({ length: size + 1 }, () => []);
  for (let from = 1; from <= size; from++) {
    const start = from * waysMax;
    const end = start + (chart.degrees[from] ?? 0);
    for (let at = start; at < end; at++) before[chart.out[at]!]?.push(from);
  }
  const dark: number[] = [];
  const unheard: number[] = [];
  for (let sector = 1; sector <= size; sector++) {
    if ((chart.degrees[sector] ?? 0) === 0 && !isCharted(chart, sector)) dark.push(sector);
    if (before[sector]!.length === 0) unheard.push(sector);
  }
  return { before, dark, unheard };
}

/** Takes one out, any of them. */
function draw(from: number[], dice: () => number): number | undefined {
  const last = from.pop();
  if (last === undefined || from.length === 0) return last;
  const at = Math.floor(dice() * (from.length + 1));
  if (at === from.length) return last;
  const drawn = from[at];
  from[at] = last;
  return drawn;
}

/** Whether there should be a way from `from` to `to`, since there is one back, and nobody knows that there is none. */
const isLikely = (chart: Readonly<Chart>, from: number, to: number): boolean =>
  !isCharted(chart, from) && !hasWay(chart, from, to);

/** A course that leads along as many likely lanes as can be found. */
function backwards(
  chart: Readonly<Chart>,
  size: number,
  before: readonly (readonly number[])[],
  dice: () => number,
): Course | undefined {
  const any = () => 1 + Math.floor(dice() * size);
  let from = 0;
  for (let tried = 0; tried < looks && from === 0; tried++) {
    const sector = any();
    const back = before[sector]!;
    const to = back[Math.floor(dice() * back.length)];
    if (to !== undefined && isLikely(chart, sector, to)) from = sector;
  }
  if (from === 0) from = any();
  const worth = worthFrom(chart, size, before, from);
  let to = from;
  for (let tried = 0; tried < looks; tried++) {
    const sector = any();
    if (worth[sector]! > worth[to]!) to = sector;
  }
  return to === from ? undefined : [from, to];
}

/** What a course from one sector to each other is likely to tell, over known lanes and likely ones. */
function worthFrom(
  chart: Readonly<Chart>,
  size: number,
  before: readonly (readonly number[])[],
  from: number,
): Float64Array {
  const worth = new Float64Array(size + 1).fill(-1);
  const order = new Uint16Array(size + 1);
  let count = 0;
  worth[from] = 0;
  order[count++] = from;
  for (let at = 0; at < count; at++) {
    const sector = order[at]!;
    const onward = worth[sector]! + hopWorth;
    const start = sector * waysMax;
    const end = start + (chart.degrees[sector] ?? 0);
    for (let way = start; way < end; way++) {
      const to = chart.out[way]!;
      if (to > size || worth[to]! >= 0) continue;
      worth[to] = onward;
      order[count++] = to;
    }
    if (isCharted(chart, sector)) continue;
    for (const to of before[sector]!) {
      if (worth[to]! >= 0) continue;
      worth[to] = onward + 1;
      order[count++] = to;
    }
  }
  return worth;
}
