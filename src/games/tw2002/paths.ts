/** Routes over known ways, in hops. Dangerous sectors are not entered; a sector whose ways are unknown can only be an end. */
import { type Chart, hasWay, waysMax } from "./chart.ts";
import type { World } from "./world.ts";

/** Hops to a sector that cannot be reached. */
export const unreachable = 255;

/**
 * Hops from one sector, and the step before each. It is looked as far as somebody asks, and no further: of a universe mostly the
 * nearest few hundred sectors. To be asked as long as the world is as it was.
 */
export interface Reach {
  readonly from: number;
  readonly hopsMax: number;
  readonly chart: Readonly<Chart>;
  readonly dangers: ReadonlyMap<number, unknown>;
  /** The sectors found so far in the order of their distance, the start first; `found` of them, `looked` of which have been gone on from. */
  readonly order: Uint16Array;
  found: number;
  looked: number;
  /** By sector, of those found: hops, `unreachable` for all others, and the one before it on the way, 0 for none. */
  readonly hops: Uint8Array;
  readonly before: Uint16Array;
}

type Ground = Pick<World, "chart" | "dangers">;

/** Everything within `hopsMax` of `from`. */
export function reach({ chart, dangers }: Readonly<Ground>, from: number, hopsMax: number): Reach {
  const size = Math.max(chart.top, from) + 1;
  return begun({
    from,
    hopsMax: Math.min(hopsMax, unreachable - 1),
    chart,
    dangers,
    order: new Uint16Array(size),
    found: 0,
    looked: 0,
    hops: new Uint8Array(size).fill(unreachable),
    before: new Uint16Array(size),
  });
}

function begun(reached: Reach): Reach {
  reached.hops[reached.from] = 0;
  reached.before[reached.from] = 0;
  reached.order[0] = reached.from;
  reached.found = 1;
  reached.looked = 0;
  return reached;
}

/** Goes on from one more sector; false where there is nothing left to find. */
function lookOn(reached: Reach): boolean {
  const { chart, dangers, order, hops, before, looked } = reached;
  if (looked >= reached.found) return false;
  const sector = order[looked]!;
  const next = hops[sector]! + 1;
  if (next > reached.hopsMax) return false;
  reached.looked = looked + 1;
  const { out } = chart;
  const safe = dangers.size === 0;
  const start = sector * waysMax;
  const end = start + (chart.degrees[sector] ?? 0);
  let found = reached.found;
  for (let way = start; way < end; way++) {
    const to = out[way]!;
    if (hops[to] !== unreachable || (!safe && dangers.has(to))) continue;
    hops[to] = next;
    before[to] = sector;
    order[found++] = to;
  }
  reached.found = found;
  return true;
}

/** The sector that is so manieth from the start, which is number 0; undefined where there are no more. */
export function nth(reached: Reach, index: number): number | undefined {
  while (index >= reached.found) if (!lookOn(reached)) return undefined;
  return reached.order[index];
}

/** Hops to a sector; Infinity where there is no way. */
export function hopsTo(reached: Reach, sector: number): number {
  const { hops } = reached;
  while (hops[sector] === unreachable) if (!lookOn(reached)) return Number.POSITIVE_INFINITY;
  return hops[sector] ?? Number.POSITIVE_INFINITY;
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
 * Everything around us, however far: begun once for all who ask between two changes of the map, and over with the next call from
 * another place or for another bot.
 */
export function reachHere({ chart, dangers, mapVersion, sector }: Readonly<World>): Reach {
  const { version } = chart;
  if (
    here?.from === sector &&
    here.chart === chart &&
    here.dangers === dangers &&
    here.mapVersion === mapVersion &&
    here.version === version
  )
    return here;
  const size = Math.max(chart.degrees.length, sector + 1);
  const { order, hops, before } = cleared(here, size);
  here = {
    from: sector,
    hopsMax: unreachable - 1,
    chart,
    dangers,
    mapVersion,
    version,
    order,
    hops,
    before,
    found: 0,
    looked: 0,
  };
  begun(here);
  return here;
}

type Rows = Pick<Reach, "order" | "hops" | "before">;

/** The rows of a reach that nobody needs any more, for another one: what is to be cleared is what it has found. */
function cleared(last: Reach | undefined, size: number): Rows {
  if (!last || last.hops.length < size)
    return {
      order: new Uint16Array(size),
      hops: new Uint8Array(size).fill(unreachable),
      before: new Uint16Array(size),
    };
  for (let at = 0; at < last.found; at++) last.hops[last.order[at]!] = unreachable;
  return last;
}

/** One for all bots of a process, each of which chooses without a pause. */
let here: (Reach & { readonly mapVersion: number; readonly version: number }) | undefined;

/** A way longer than this is looked for anew. */
const waySectorsMax = 120;

/** By map: the sectors of a way that once was found, its end last. */
const knownWays = new WeakMap<Readonly<Chart>, readonly number[]>();

/**
 * Whether there is a way to a sector. Quick for one that is asked about at each step: it is looked only for a way to the one that was
 * found before, as far as that is still open.
 */
export function leadsTo(here: Reach, to: number): boolean {
  const { chart } = here;
  const open = stillOpen(here, knownWays.get(chart) ?? [], to);
  if (open.length === 0) {
    if (hopsTo(here, to) === Number.POSITIVE_INFINITY) return false;
    knownWays.set(chart, [here.from, ...wayTo(here, to)]);
    return true;
  }
  for (let at = 0; ; at++) {
    const sector = nth(here, at);
    if (sector === undefined) return false;
    const joins = open.indexOf(sector);
    if (joins < 0) continue;
    const way = [here.from, ...wayTo(here, sector), ...open.slice(joins + 1)];
    if (way.length <= waySectorsMax) knownWays.set(chart, way);
    else knownWays.delete(chart);
    return true;
  }
}

/** The end of a way from which it can still be gone; empty for one that leads elsewhere. */
function stillOpen({ chart, dangers }: Reach, way: readonly number[], to: number): readonly number[] {
  let at = way.length - 1;
  if (way[at] !== to || dangers.has(to)) return [];
  // A danger is not entered, but it can be left.
  while (at > 0 && hasWay(chart, way[at - 1]!, way[at]!) && !dangers.has(way[at]!)) at--;
  return at === 0 ? way : way.slice(at);
}
