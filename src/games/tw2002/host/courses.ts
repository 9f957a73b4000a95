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
  const { cameFrom, queue, starts, ends } = chartOf(galaxy);
  cameFrom.fill(0);
  for (const sector of avoided) cameFrom[sector] = -1;
  cameFrom[from] = from;
  if (cameFrom[to] === -1) cameFrom[to] = 0;
  queue[0] = from;
  let read = 0;
  let written = 1;
  for (let hops = 1; hops <= most && read < written; hops++) {
    for (const ring = written; read < ring; read++) {
      const sector = queue[read]!;
      for (let lane = starts[sector - 1]!; lane < starts[sector]!; lane++) {
        const warp = ends[lane]!;
        if (cameFrom[warp] !== 0) continue;
        cameFrom[warp] = sector;
        if (warp === to) return traceBack(cameFrom, from, to);
        queue[written++] = warp;
      }
    }
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

/** The warps of a galaxy in one piece, and room for one search: bots that map a galaxy ask for thousands of courses. */
interface Chart {
  /** Sector n's warps are `ends` from `starts[n - 1]` up to `starts[n]`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly cameFrom: Int32Array;
  readonly queue: Int32Array;
}
/** By the list of sectors, whose warps never change. */
const charts = new WeakMap<Galaxy["sectors"], Chart>();

function chartOf({ sectors }: Galaxy): Chart {
  const known = charts.get(sectors);
  if (known) return known;
  const starts = new Int32Array(sectors.length + 1);
  for (const [index, { warps }] of sectors.entries()) starts[index + 1] = starts[index]! + warps.length;
  const chart: Chart = {
    starts,
    ends: Int32Array.from(sectors.flatMap(({ warps }) => warps)),
    cameFrom: new Int32Array(sectors.length + 1),
    queue: new Int32Array(sectors.length + 1),
  };
  charts.set(sectors, chart);
  return chart;
}
