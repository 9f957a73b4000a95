/**
 * Where sectors lie before forces move them. A universe that nobody has laid out yet begins with pivot MDS (Brandes and Pich, 2006): far
 * from each other is what many warps lie between. One that has grown begins as it lay, what is new beside its neighbours. No chance is in it:
 * the same universe looks the same.
 */

/** Sectors and the ways between them, by place in the list. */
export interface Net {
  /** The sectors' numbers. */
  readonly sectors: Int32Array;
  /** Pairs of places in `sectors`. */
  readonly ways: Int32Array;
}

/** Positions of a net: x and y of each of its sectors. */
export type Spots = Float32Array;

/** Sectors from which distances are measured. */
const pivotsMax = 24;
/** Rounds in which the two directions of greatest spread are found. */
const rounds = 60;
/** Distance between neighbours, about, in the units of the layout. */
export const stride = 10;
/** With a greater share of its sectors new a net begins anew. */
const newMin = 0.7;

/** The positions to begin with, and the share of them that is new. `known`: where sectors lay. */
export function groundOf(
  net: Net,
  known: ReadonlyMap<number, readonly [x: number, y: number]>,
): { readonly spots: Spots; readonly share: number } {
  const near = neighboursIn(net);
  const count = net.sectors.reduce((sum, sector) => sum + (known.has(sector) ? 1 : 0), 0);
  const share = 1 - count / Math.max(1, net.sectors.length);
  if (share > newMin) return { spots: spread(net, near), share: 1 };
  return { spots: grown(net, near, known), share };
}

interface Neighbours {
  /** Places of the neighbours, those of the first sector first. */
  readonly places: Int32Array;
  /** Where those of each sector begin. */
  readonly begins: Int32Array;
}

function neighboursIn({ sectors, ways }: Net): Neighbours {
  const begins = new Int32Array(sectors.length + 1);
  for (const place of ways) begins[place + 1]!++;
  for (let i = 0; i < sectors.length; i++) begins[i + 1]! += begins[i]!;
  const at = begins.slice();
  const places = new Int32Array(ways.length);
  for (let i = 0; i < ways.length; i += 2) {
    const [from, to] = [ways[i]!, ways[i + 1]!];
    places[at[from]!++] = to;
    places[at[to]!++] = from;
  }
  return { places, begins };
}

/** Warps from one place to all; one more than the furthest where there is no way. */
function distancesFrom(start: number, { places, begins }: Neighbours, into: Int32Array): void {
  into.fill(-1);
  const queue = new Int32Array(into.length);
  let end = 0;
  queue[end++] = start;
  into[start] = 0;
  for (let head = 0; head < end; head++) {
    const place = queue[head]!;
    for (let i = begins[place]!; i < begins[place + 1]!; i++) {
      const next = places[i]!;
      if (into[next]! >= 0) continue;
      into[next] = into[place]! + 1;
      queue[end++] = next;
    }
  }
  const beyond = into[queue[end - 1]!]! + 1;
  for (let i = 0; i < into.length; i++) if (into[i]! < 0) into[i] = beyond;
}

function spread(net: Net, near: Neighbours): Spots {
  const size = net.sectors.length;
  const spots = new Float32Array(2 * size);
  const columns = pivotColumns(size, near);
  const [wide, high] = directions(columns);
  for (let i = 0; i < size; i++) {
    let [x, y] = [0, 0];
    for (const [p, column] of columns.entries()) {
      x += column[i]! * wide[p]!;
      y += column[i]! * high[p]!;
    }
    spots[2 * i] = x;
    spots[2 * i + 1] = y;
  }
  scale(net, spots);
  // Sectors as far from all pivots as each other would lie on one spot, and forces cannot part them.
  for (let i = 0; i < spots.length; i++) spots[i]! += stride * jitter(net.sectors[i >> 1]!, i & 1);
  return spots;
}

/** Squared distances from each pivot, centred twice. The next pivot is always the sector furthest from those there are. */
function pivotColumns(size: number, near: Neighbours): Float64Array[] {
  const nearest = new Int32Array(size).fill(2 ** 30);
  const hops = new Int32Array(size);
  const columns: Float64Array[] = [];
  for (let pivot = 0; columns.length < Math.min(pivotsMax, size);) {
    distancesFrom(pivot, near, hops);
    columns.push(Float64Array.from(hops, (one) => one * one));
    pivot = 0;
    for (let i = 0; i < size; i++) {
      nearest[i] = Math.min(nearest[i]!, hops[i]!);
      if (nearest[i]! > nearest[pivot]!) pivot = i;
    }
  }
  const rows = new Float64Array(size);
  for (const column of columns) for (let i = 0; i < size; i++) rows[i]! += column[i]! / columns.length;
  const all = rows.reduce((sum, one) => sum + one, 0) / Math.max(1, size);
  for (const column of columns) {
    const mean = column.reduce((sum, one) => sum + one, 0) / size;
    for (let i = 0; i < size; i++) column[i] = -(column[i]! - mean - rows[i]! + all) / 2;
  }
  return columns;
}

/** The two directions of greatest spread, by power iteration over what the pivots have in common. */
function directions(columns: readonly Float64Array[]): readonly [number[], number[]] {
  const common = columns.map((a) => columns.map((b) => dot(a, b)));
  const wide = strongest(common, []);
  return [wide, strongest(common, [wide])];
}

function strongest(common: readonly number[][], but: readonly number[][]): number[] {
  let vector = unit(common.map((_, i) => 1 + jitter(i + 1, 0)));
  for (let round = 0; round < rounds; round++) {
    const next = common.map((row) => dot(row, vector));
    for (const other of but) {
      const shared = dot(next, other);
      for (let i = 0; i < next.length; i++) next[i]! -= shared * other[i]!;
    }
    vector = unit(next);
  }
  return vector;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function unit(vector: number[]): number[] {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((one) => one / length);
}

/** Neighbours lie about a stride apart. */
function scale({ ways }: Net, spots: Spots): void {
  let sum = 0;
  for (let i = 0; i < ways.length; i += 2) {
    const [from, to] = [2 * ways[i]!, 2 * ways[i + 1]!];
    sum += Math.hypot(spots[from]! - spots[to]!, spots[from + 1]! - spots[to + 1]!);
  }
  const factor = sum === 0 ? 1 : (stride * ways.length) / 2 / sum;
  for (let i = 0; i < spots.length; i++) spots[i]! *= factor;
}

/** What is known stays, and the rest lies beside those of its neighbours that have a spot. */
function grown(
  { sectors }: Net,
  { places, begins }: Neighbours,
  known: ReadonlyMap<number, readonly [x: number, y: number]>,
): Spots {
  const spots = new Float32Array(2 * sectors.length);
  const isPlaced = new Uint8Array(sectors.length);
  let waiting: number[] = [];
  for (const [i, sector] of sectors.entries()) {
    const spot = known.get(sector);
    if (!spot) waiting.push(i);
    else {
      spots.set(spot, 2 * i);
      isPlaced[i] = 1;
    }
  }
  for (;;) {
    const left: number[] = [];
    for (const i of waiting) {
      let [x, y, count] = [0, 0, 0];
      for (let n = begins[i]!; n < begins[i + 1]!; n++) {
        const other = places[n]!;
        if (isPlaced[other] === 0) continue;
        x += spots[2 * other]!;
        y += spots[2 * other + 1]!;
        count++;
      }
      if (count === 0) left.push(i);
      else {
        spots[2 * i] = x / count + stride * jitter(sectors[i]!, 0);
        spots[2 * i + 1] = y / count + stride * jitter(sectors[i]!, 1);
        isPlaced[i] = 1;
      }
    }
    if (left.length === waiting.length) {
      for (const i of left)
        for (const axis of [0, 1]) spots[2 * i + axis] = stride * jitter(sectors[i]!, axis);
      return spots;
    }
    waiting = left;
  }
}

/** From -0.5 to 0.5, by the number alone. */
function jitter(sector: number, axis: number): number {
  let hash = Math.imul(2 * sector + axis + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}
