/** Shortest courses over all warps there are, as the ship's computer knows them. */
import type { Galaxy } from "./galaxy.ts";

/**
 * The shortest course from one sector to another, both included; undefined when there is none within `most` warps.
 * Of several equally short ones, the one through lower sectors first. `avoided` sectors are passed round.
 */
export function courseBetween(
  galaxy: Galaxy,
  from: number,
  to: number,
  avoided: readonly number[] = [],
  most = galaxy.settings.courseMax,
): number[] | undefined {
  if (from === to) return [from];
  const cameFrom = new Int32Array(galaxy.sectors.length + 1);
  for (const sector of avoided) cameFrom[sector] = -1;
  cameFrom[from] = from;
  if (cameFrom[to] === -1) cameFrom[to] = 0;
  let frontier = [from];
  for (let hops = 1; hops <= most && frontier.length > 0; hops++) {
    const next: number[] = [];
    for (const sector of frontier) {
      for (const warp of galaxy.sectors[sector - 1]?.warps ?? []) {
        if (cameFrom[warp] !== 0) continue;
        cameFrom[warp] = sector;
        if (warp === to) return traceBack(cameFrom, from, to);
        next.push(warp);
      }
    }
    frontier = next;
  }
  return undefined;
}

function traceBack(cameFrom: Int32Array, from: number, to: number): number[] {
  const course = [to];
  for (let at = to; at !== from;) {
    at = cameFrom[at] ?? from;
    course.push(at);
  }
  return course.reverse();
}
