/** A game that nobody has played yet: settings and a seed, and there it is. */
import { bigBang, sectorsMax, sectorsMin } from "./bigbang.ts";
import { createGalaxy, type Galaxy } from "../galaxy.ts";
import { logEvent } from "../log.ts";
import type { Sector } from "../things.ts";
import { completed, type SomeSettings } from "../settings.ts";
import { gameBegins } from "../text/log.ts";

/** Makes a galaxy. `at` is ms since 1970; refuses a size outside of 100 to 20,000 sectors. */
export function newGalaxy(options: {
  readonly seed: number;
  readonly at: number;
  readonly settings?: SomeSettings;
}): Galaxy {
  const settings = completed(options.settings ?? {});
  const { sectors } = settings;
  if (!Number.isInteger(sectors) || sectors < sectorsMin || sectors > sectorsMax) {
    throw new RangeError(`Cannot make ${sectors} sectors: expected ${sectorsMin} to ${sectorsMax}`);
  }
  const { ferrengi } = settings;
  const universe = bigBang({ sectors, seed: options.seed, at: options.at, ferrengi });
  const courseMax = settings.courseMax || longestCourse(universe.sectors);
  // The dice of the game must not repeat those of the creation.
  const galaxy = createGalaxy({ ...settings, courseMax }, universe, {
    began: options.at,
    dice: (options.seed ^ 0x5bd1e995) >>> 0,
  });
  logEvent(galaxy, options.at, gameBegins);
  return galaxy;
}

/** Sectors from which the longest course is measured; in a large universe not all, so one warp is added. */
const sources = 200;

function longestCourse(sectors: readonly Sector[]): number {
  let longest = 1;
  const step = Math.max(1, Math.floor(sectors.length / sources));
  for (let from = 1; from <= sectors.length; from += step) {
    longest = Math.max(longest, farthest(sectors, from));
  }
  return longest + 2;
}

function farthest(sectors: readonly Sector[], from: number): number {
  const seen = new Uint8Array(sectors.length + 1);
  seen[from] = 1;
  let hops = 0;
  for (let frontier = [from]; frontier.length > 0; hops++) {
    const next: number[] = [];
    for (const sector of frontier) {
      for (const warp of sectors[sector - 1]?.warps ?? []) {
        if (seen[warp] === 1) continue;
        seen[warp] = 1;
        next.push(warp);
      }
    }
    frontier = next;
  }
  return hops - 1;
}
