/**
 * Hops from port to port, as a market wants them: of each port that was asked about lately those around it are kept, for as long as
 * the map stays the same. A memo by map, no memory: it can always be made again.
 */
import { type Chart, waysMax } from "./chart.ts";
import { unreachable } from "./paths.ts";
import type { Port } from "./ports.ts";
import type { World } from "./world.ts";

/** Ports around which the others are kept, of each bot; the oldest make room. */
export const rowsMax = 128;

/**
 * The ports around one, nearest first. `row[0]` is where they begin in the row, `row[1 + away]` where those that are so many hops
 * away end.
 */
type Row = Uint16Array;

interface Memo {
  readonly version: number;
  readonly hopsMax: number;
  readonly rows: Map<number, Row>;
}
const memos = new WeakMap<Readonly<Chart>, Memo>();

/** By sector: the place of its port among those asked about, counted from 1; 0 for none. All are 0 between two calls. */
let places = new Uint16Array(1);

/** Hops from each of these ports to each, as `[from * ports.length + to]`; `unreachable` where there is no way, or none of at most `hopsMax`. */
export function hopsBetween(world: Readonly<World>, ports: readonly Port[], hopsMax: number): Uint8Array {
  const count = ports.length;
  const hops = new Uint8Array(count * count).fill(unreachable);
  const rows = rowsOf(world, hopsMax);
  if (places.length < world.chart.degrees.length) places = new Uint16Array(world.chart.degrees.length);
  for (let place = 0; place < count; place++) places[ports[place]!.sector] = place + 1;
  for (let place = 0; place < count; place++) {
    const { sector } = ports[place]!;
    const row = rows.get(sector) ?? kept(rows, sector, rowFrom(world, sector, hopsMax));
    const first = place * count - 1;
    let at = row[0]!;
    for (let away = 0; away <= hopsMax; away++) {
      for (const end = row[1 + away]!; at < end; at++) {
        const to = places[row[at]!]!;
        if (to !== 0) hops[first + to] = away;
      }
    }
  }
  for (let place = 0; place < count; place++) places[ports[place]!.sector] = 0;
  return hops;
}

function rowsOf({ chart, mapVersion }: Readonly<World>, hopsMax: number): Map<number, Row> {
  let memo = memos.get(chart);
  if (memo?.version !== mapVersion || memo.hopsMax !== hopsMax) {
    memo = { version: mapVersion, hopsMax, rows: new Map() };
    memos.set(chart, memo);
  }
  return memo.rows;
}

function kept(rows: Map<number, Row>, sector: number, row: Row): Row {
  if (rows.size >= rowsMax)
    for (const oldest of rows.keys()) {
      rows.delete(oldest);
      break;
    }
  rows.set(sector, row);
  return row;
}

/** Sectors seen on a search, and by sector whether it was: all false between two searches. */
let order = new Uint16Array(1);
let found = new Uint8Array(1);
const around: number[] = [];

function rowFrom({ chart, dangers, ports }: Readonly<World>, from: number, hopsMax: number): Row {
  const { out, degrees } = chart;
  if (found.length < degrees.length) {
    order = new Uint16Array(degrees.length);
    found = new Uint8Array(degrees.length);
  }
  const safe = dangers.size === 0;
  const head = hopsMax + 2;
  around.length = 0;
  around.push(head);
  let count = 0;
  let looked = 0;
  order[count++] = from;
  found[from] = 1;
  const sectors: number[] = [];
  for (let away = 0; away <= hopsMax; away++) {
    const ring = count;
    for (; looked < ring; looked++) {
      const sector = order[looked]!;
      if (ports.has(sector)) sectors.push(sector);
      if (away === hopsMax) continue;
      const start = sector * waysMax;
      const end = start + (degrees[sector] ?? 0);
      for (let way = start; way < end; way++) {
        const to = out[way]!;
        if (found[to] === 1 || (!safe && dangers.has(to))) continue;
        found[to] = 1;
        order[count++] = to;
      }
    }
    around.push(head + sectors.length);
  }
  for (let at = 0; at < count; at++) found[order[at]!] = 0;
  const row = new Uint16Array(head + sectors.length);
  row.set(around);
  row.set(sectors, head);
  return row;
}
