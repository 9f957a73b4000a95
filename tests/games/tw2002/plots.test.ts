import { expect, test } from "bun:test";
import { chartLane, chartWays, createChart, sizeUp } from "../../../src/games/tw2002/chart.ts";
import { courseBetween } from "../../../src/games/tw2002/host/courses.ts";
import { sectorAt } from "../../../src/games/tw2002/host/galaxy.ts";
import { newGalaxy } from "../../../src/games/tw2002/host/universe/newgame.ts";
import { plotsFor, yieldAfter, yieldFirst, yieldMin } from "../../../src/games/tw2002/plots.ts";
import { seeded } from "../../cuts.ts";
import { noon } from "./host/players.ts";

/** Courses asked for until so large a share of a universe's lanes is known, and the share when it stops asking. */
function plotted(seed: number, shares: readonly number[]) {
  const galaxy = newGalaxy({ seed, at: noon, settings: {} });
  const dice = seeded(seed);
  const all = galaxy.sectors.reduce((sum, { warps }) => sum + warps.length, 0);
  const chart = createChart();
  sizeUp(chart, galaxy.sectors.length);
  const world = { chart, sector: 1, courseYield: yieldFirst };
  const after: number[] = [];
  let known = 0;
  let courses = 0;
  for (let next = plotsFor(world, 40, dice); next.length > 0; next = plotsFor(world, 40, dice)) {
    for (const [from, to] of next) {
      courses++;
      const path = courseBetween(galaxy, from, to) ?? [];
      const fresh = path.filter((sector, at) => at > 0 && chartLane(chart, path[at - 1]!, sector)).length;
      known += fresh;
      world.courseYield = yieldAfter(world.courseYield, fresh);
      while (after.length < shares.length && known >= shares[after.length]! * all) after.push(courses);
    }
  }
  return { after, courses, share: known / all, galaxy };
}

test("fewer than 700 courses tell 95 % of a thousand sectors' lanes, and fewer than 900 all that is worth asking", () => {
  for (const seed of [1, 2, 3]) {
    const { after, courses, share } = plotted(seed, [0.5, 0.95]);
    expect(after[0]).toBeLessThan(250);
    expect(after[1]).toBeLessThan(700);
    expect(courses).toBeLessThan(900);
    expect(share).toBeGreaterThan(0.98);
  }
});

test("where every way is known nothing is asked, for long", () => {
  const galaxy = newGalaxy({ seed: 4, at: noon, settings: {} });
  const chart = createChart();
  sizeUp(chart, galaxy.sectors.length);
  for (let sector = 1; sector <= galaxy.sectors.length; sector++)
    chartWays(chart, sector, sectorAt(galaxy, sector).warps);
  expect(plotsFor({ chart, sector: 1, courseYield: yieldMin / 2 }, 40, seeded(1))).toEqual([]);
  let courseYield = yieldFirst;
  let asked = 0;
  while (courseYield >= yieldMin) {
    courseYield = yieldAfter(courseYield, 0);
    asked++;
  }
  expect(asked).toBeLessThan(80);
});

test("no course is from a sector to itself, or beyond the universe, and each comes once", () => {
  const chart = createChart();
  expect(plotsFor({ chart, sector: 1, courseYield: yieldFirst }, 8, seeded(1))).toEqual([]);
  sizeUp(chart, 30);
  const courses = plotsFor({ chart, sector: 7, courseYield: yieldFirst }, 40, seeded(2));
  expect(courses.length).toBeGreaterThanOrEqual(29);
  for (const [from, to] of courses) {
    expect(from).not.toBe(to);
    expect(Math.min(from, to)).toBeGreaterThan(0);
    expect(Math.max(from, to)).toBeLessThanOrEqual(30);
  }
});
