/**
 * The map of one universe, as far as anybody told: the ways out of each sector and when it was last seen. Flat arrays, so
 * that 20,000 sectors cost half a megabyte and a search over them is quick.
 */

/** No sector of the game has more ways out (creation of universes, recorded: six at most). */
export const waysMax = 6;
/** The game has no more sectors. */
export const sectorsMax = 30_000;
const sizeFirst = 1024;

/** How exactly it is known when a sector was seen, in seconds: a look that is not so much later is no news to anybody. */
const seenStepS = 3600;

/** Bits of `marks`. */
const charted = 1;
const seen = 2;

/** Read by everybody, written by `chartWays`, `chartLane`, `unchartLane`, `see` and `sizeUp` alone. */
export interface Chart {
  /** Sectors of the universe; 0 until the game has said. */
  sectors: number;
  /** Highest sector heard of. */
  top: number;
  /** Sectors seen with our or others' eyes. */
  seenCount: number;
  /** Ways out of sector s: `degrees[s]` numbers from `out[s * waysMax]` on, ascending. */
  out: Uint16Array;
  degrees: Uint8Array;
  marks: Uint8Array;
  /** When a sector was last seen, in seconds since 1970 and to within an hour; 0 for never. */
  seenAt: Uint32Array;
  /** Raised with every change of a way: what was computed from an older one is stale. */
  version: number;
  /** Sectors of which something has changed since others were last told. */
  readonly news: Set<number>;
}

/** An empty map. */
export const createChart = (): Chart => ({
  sectors: 0,
  top: 0,
  seenCount: 0,
  out: new Uint16Array(sizeFirst * waysMax),
  degrees: new Uint8Array(sizeFirst),
  marks: new Uint8Array(sizeFirst),
  seenAt: new Uint32Array(sizeFirst),
  version: 0,
  news: new Set(),
});

/** Whether a number can be a sector's. */
export const isSector = (sector: number): boolean =>
  Number.isInteger(sector) && sector >= 1 && sector <= sectorsMax;

/** Ways out of a sector that are known, ascending. */
export const waysOf = (chart: Readonly<Chart>, sector: number): readonly number[] =>
  Array.from(chart.out.subarray(sector * waysMax, sector * waysMax + (chart.degrees[sector] ?? 0)));

/** Whether there is known to be a way from one sector to another. */
export function hasWay(chart: Readonly<Chart>, from: number, to: number): boolean {
  const start = from * waysMax;
  const end = start + (chart.degrees[from] ?? 0);
  for (let at = start; at < end; at++) if (chart.out[at] === to) return true;
  return false;
}

/** Whether all the ways out of a sector are known. */
export const isCharted = ({ marks }: Readonly<Chart>, sector: number): boolean =>
  ((marks[sector] ?? 0) & charted) !== 0;

/** Whether somebody has seen what is in a sector. */
export const isSeen = ({ marks }: Readonly<Chart>, sector: number): boolean =>
  ((marks[sector] ?? 0) & seen) !== 0;

/** The universe's size, as the game tells it. */
export function sizeUp(chart: Chart, sectors: number): void {
  if (!isSector(sectors) || chart.sectors === sectors) return;
  chart.sectors = sectors;
  reserve(chart, sectors);
  chart.version++;
}

/** All the ways out of a sector. False where nothing was new, or the numbers cannot be sectors'. */
export function chartWays(chart: Chart, sector: number, ways: readonly number[]): boolean {
  if (!isSector(sector) || ways.length > waysMax || !ways.every(isSector)) return false;
  const sorted = isAscending(ways) ? ways : [...new Set(ways)].sort((a, b) => a - b);
  reserve(chart, Math.max(sector, sorted.at(-1) ?? 0));
  const start = sector * waysMax;
  const known = chart.degrees[sector]!;
  const same = known === sorted.length && sorted.every((to, index) => chart.out[start + index] === to);
  if (same && isCharted(chart, sector)) return false;
  sorted.forEach((to, index) => (chart.out[start + index] = to));
  chart.degrees[sector] = sorted.length;
  chart.marks[sector]! |= charted;
  chart.version++;
  chart.news.add(sector);
  return true;
}

/** As the chart keeps them, and so tells them: then there is nothing to put in order. */
function isAscending(ways: readonly number[]): boolean {
  for (let at = 1; at < ways.length; at++) if (ways[at - 1]! >= ways[at]!) return false;
  return true;
}

/** One way out of a sector, as a course shows it. False where it was known or cannot be. */
export function chartLane(chart: Chart, from: number, to: number): boolean {
  if (!isSector(from) || !isSector(to) || hasWay(chart, from, to)) return false;
  reserve(chart, Math.max(from, to));
  const known = chart.degrees[from]!;
  if (known >= waysMax) return false;
  const start = from * waysMax;
  let at = start + known;
  for (; at > start && chart.out[at - 1]! > to; at--) chart.out[at] = chart.out[at - 1]!;
  chart.out[at] = to;
  chart.degrees[from] = known + 1;
  chart.version++;
  chart.news.add(from);
  return true;
}

/** A way that the game says is none. */
export function unchartLane(chart: Chart, from: number, to: number): boolean {
  if (!hasWay(chart, from, to)) return false;
  const start = from * waysMax;
  const left = waysOf(chart, from).filter((sector) => sector !== to);
  left.forEach((sector, index) => (chart.out[start + index] = sector));
  chart.degrees[from] = left.length;
  chart.version++;
  chart.news.add(from);
  return true;
}

/** Somebody saw what is in a sector, at a moment in ms since 1970. False where a later look is known. */
export function see(chart: Chart, sector: number, atMs: number): boolean {
  if (!isSector(sector)) return false;
  reserve(chart, sector);
  const at = Math.max(1, Math.floor(atMs / 1000));
  if (!isSeen(chart, sector)) {
    chart.seenCount++;
    chart.version++;
  } else if (chart.seenAt[sector]! + seenStepS > at) return false;
  chart.marks[sector]! |= seen;
  chart.seenAt[sector] = at;
  chart.news.add(sector);
  return true;
}

function reserve(chart: Chart, sector: number): void {
  if (sector > chart.top) chart.top = sector;
  if (sector < chart.degrees.length) return;
  const size = sector <= chart.sectors ? chart.sectors + 1 : doubled(chart.degrees.length, sector);
  chart.out = grown(new Uint16Array(size * waysMax), chart.out);
  chart.degrees = grown(new Uint8Array(size), chart.degrees);
  chart.marks = grown(new Uint8Array(size), chart.marks);
  chart.seenAt = grown(new Uint32Array(size), chart.seenAt);
}

/** As long as nobody has told how many there are. */
function doubled(size: number, sector: number): number {
  let most = size;
  while (most <= sector) most *= 2;
  return Math.min(most, sectorsMax + 1);
}

function grown<A extends Uint8Array | Uint16Array | Uint32Array>(larger: A, old: A): A {
  larger.set(old);
  return larger;
}
