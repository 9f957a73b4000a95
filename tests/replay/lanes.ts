/** Warps that a recording does not show, for its givens. */
import type { Galaxy } from "../../src/games/tw2002/host/galaxy.ts";

/** Warps from each sector to the next of a course, one way. */
export function layLane({ sectors }: Galaxy, course: readonly number[]): void {
  for (const [index, to] of course.slice(1).entries()) {
    const from = sectors[(course[index] ?? 0) - 1];
    if (!from || from.warps.includes(to)) continue;
    const warps = [...from.warps.filter((warp) => warp !== from.number), to].sort((a, b) => a - b);
    Object.assign(from, { warps });
  }
}
