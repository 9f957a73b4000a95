import { expect, test } from "bun:test";
import { courseBetween } from "../../../../src/games/tw2002/host/courses.ts";
import { newGalaxy } from "../../../../src/games/tw2002/host/universe/newgame.ts";

const galaxy = newGalaxy({ seed: 9, at: Date.UTC(2026, 1, 2), settings: { sectors: 300, courseMax: 45 } });
const warpsOf = (sector: number) => galaxy.sectors[sector - 1]?.warps ?? [];

/** Every shortest course by its length, without any of the means of the one under test. */
function distances(from: number, avoided: readonly number[]): Map<number, number> {
  const far = new Map([[from, 0]]);
  for (const [sector, hops] of far) {
    for (const warp of warpsOf(sector))
      if (!far.has(warp) && !avoided.includes(warp)) far.set(warp, hops + 1);
  }
  return far;
}

test("a course is along warps, as short as any, and one search leaves nothing behind for the next", () => {
  for (const avoided of [[], [7, 20, 44, 101]]) {
    for (const from of [1, 150, 300]) {
      const far = distances(from, avoided);
      for (let to = 1; to <= 300; to++) {
        if (avoided.includes(to)) continue;
        const course = courseBetween(galaxy, from, to, avoided);
        const hops = far.get(to);
        expect(course?.length).toBe(hops === undefined || hops > 45 ? undefined : hops + 1);
        for (const [index, sector] of (course ?? []).entries()) {
          if (index > 0) expect(warpsOf(course?.[index - 1] ?? 0)).toContain(sector);
          expect(avoided).not.toContain(sector);
        }
      }
    }
  }
});

test("an avoided sector can be gone to and left, and a course longer than asked is none", () => {
  const [to = 0] = warpsOf(1);
  expect(courseBetween(galaxy, 1, to, [1, to])).toEqual([1, to]);
  expect(courseBetween(galaxy, 1, 1, [1])).toEqual([1]);
  const far = [...distances(1, [])].find(([, hops]) => hops === 3)?.[0] ?? 0;
  expect(courseBetween(galaxy, 1, far, [], 2)).toBeUndefined();
  expect(courseBetween(galaxy, 1, far, [], 3)).toHaveLength(4);
});
