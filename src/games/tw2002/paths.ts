/** Routes over known warps, in hops. Dangerous sectors are not entered; unexplored ones can only be an end. */
import type { World } from "./world.ts";

/** Hops from one sector, and the first step towards each. */
export interface Reach {
  /** Sectors in the order of their distance, the start first. */
  readonly order: readonly number[];
  readonly hops: ReadonlyMap<number, number>;
  readonly before: ReadonlyMap<number, number>;
}

/** Everything within `hopsMax` of `from`. */
export function reach({ warps, dangers }: Readonly<World>, from: number, hopsMax: number): Reach {
  const hops = new Map([[from, 0]]);
  const before = new Map<number, number>();
  const order = [from];
  for (let at = 0; at < order.length; at++) {
    const sector = order[at]!;
    const next = hops.get(sector)! + 1;
    if (next > hopsMax) break;
    for (const to of warps.get(sector) ?? []) {
      if (hops.has(to) || dangers.has(to)) continue;
      hops.set(to, next);
      before.set(to, sector);
      order.push(to);
    }
  }
  return { order, hops, before };
}

/** The first sector on the way to `to`; undefined when it is out of reach or where we are. */
export function firstStep({ before }: Reach, to: number): number | undefined {
  let step: number | undefined;
  for (let at: number | undefined = to; at !== undefined; at = before.get(at)) {
    if (!before.has(at)) break;
    step = at;
  }
  return step;
}

/** Hops to other ports stay good until the map changes. A memo by world, no memory: it can always be made again. */
const memos = new WeakMap<
  object,
  { version: number; readonly hops: Map<number, ReadonlyMap<number, number>> }
>();

/** Hops from a port to every port within `hopsMax`, itself included. */
export function portHops(world: Readonly<World>, from: number, hopsMax: number): ReadonlyMap<number, number> {
  let memo = memos.get(world.warps);
  if (!memo) memos.set(world.warps, (memo = { version: world.mapVersion, hops: new Map() }));
  if (memo.version !== world.mapVersion) {
    memo.hops.clear();
    memo.version = world.mapVersion;
  }
  let known = memo.hops.get(from);
  if (!known) {
    // Only the ports are kept: the rest of a reach is a thousand numbers a port.
    const { hops } = reach(world, from, hopsMax);
    known = new Map([...hops].filter(([sector]) => world.ports.has(sector)));
    memo.hops.set(from, known);
  }
  return known;
}
