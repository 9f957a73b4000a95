/** Routes over known ways, in hops. Dangerous sectors are not entered; a sector whose ways are unknown can only be an end. */
import { waysMax } from "./chart.ts";
import type { World } from "./world.ts";

/** Hops to a sector that cannot be reached. */
export const unreachable = 255;

/** Hops from one sector, and the step before each. */
export interface Reach {
  readonly from: number;
  /** Sectors in the order of their distance, the start first. */
  readonly order: Uint16Array;
  /** By sector; `unreachable` where there is no way, or none within the limit. */
  readonly hops: Uint8Array;
  /** By sector: the one before it on the way; 0 for none. */
  readonly before: Uint16Array;
}

/** Everything within `hopsMax` of `from`. */
export function reach({ chart, dangers }: Readonly<World>, from: number, hopsMax: number): Reach {
  const { out, degrees, top } = chart;
  const size = Math.max(top, from) + 1;
  const hops = new Uint8Array(size).fill(unreachable);
  const before = new Uint16Array(size);
  const order = new Uint16Array(size);
  const safe = dangers.size === 0;
  const limit = Math.min(hopsMax, unreachable - 1);
  let count = 0;
  hops[from] = 0;
  order[count++] = from;
  for (let at = 0; at < count; at++) {
    const sector = order[at]!;
    const next = hops[sector]! + 1;
    if (next > limit) break;
    const start = sector * waysMax;
    const end = start + (degrees[sector] ?? 0);
    for (let way = start; way < end; way++) {
      const to = out[way]!;
      if (hops[to] !== unreachable || (!safe && dangers.has(to))) continue;
      hops[to] = next;
      before[to] = sector;
      order[count++] = to;
    }
  }
  return { from, order: order.subarray(0, count), hops, before };
}

/** Hops to a sector; Infinity where there is no way. */
export function hopsTo({ hops }: Reach, sector: number): number {
  const found = hops[sector] ?? unreachable;
  return found === unreachable ? Number.POSITIVE_INFINITY : found;
}

/** The sectors to pass on the way to `to`, `to` last; empty when it is out of reach or where we are. */
export function wayTo(reached: Reach, to: number): number[] {
  const way: number[] = [];
  if (hopsTo(reached, to) === Number.POSITIVE_INFINITY) return way;
  for (let at = to; at !== reached.from; at = reached.before[at]!) way.push(at);
  return way.reverse();
}

/** The first sector on the way to `to`; undefined when it is out of reach or where we are. */
export const firstStep = (reached: Reach, to: number): number | undefined => wayTo(reached, to)[0];

/**
 * Hops from one sector to some others, `unreachable` beyond `hopsMax`, for as long as the map stays the same. A memo by map, no
 * memory: it can always be made again.
 */
export function hopsFrom(world: Readonly<World>, from: number, hopsMax: number): ReadonlyMap<number, number> {
  const { chart, mapVersion, ports } = world;
  let memo = memos.get(chart);
  if (memo?.version !== mapVersion || memo.hopsMax !== hopsMax) {
    memo = { version: mapVersion, hopsMax, rows: new Map() };
    memos.set(chart, memo);
  }
  let known = memo.rows.get(from);
  if (!known) {
    // Only the ports are kept: the rest of a reach is a thousand numbers a port.
    const { order, hops } = reach(world, from, hopsMax);
    known = new Map<number, number>();
    for (const sector of order) if (ports.has(sector)) known.set(sector, hops[sector]!);
    memo.rows.set(from, known);
  }
  return known;
}

interface Memo {
  readonly version: number;
  readonly hopsMax: number;
  readonly rows: Map<number, Map<number, number>>;
}
const memos = new WeakMap<object, Memo>();
