/** The same bytes in different pieces: what is read from a line must not depend on how the network cut it. */

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const whole = (bytes: Uint8Array): Uint8Array[] => [bytes];

export const byteByByte = (bytes: Uint8Array): Uint8Array[] =>
  Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));

/** `cuts` places to cut, by chance; two may fall on one place, which makes an empty piece. */
export function cutAt(bytes: Uint8Array, cuts: number, seed: number): Uint8Array[] {
  const chance = seeded(seed);
  const places = Array.from({ length: cuts }, () => Math.floor(chance() * (bytes.length + 1)));
  const edges = [0, ...places.sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

/** The same bytes whole, byte by byte, and cut at 1,000 places: each with a name for the test's message. */
export const everyWay = (
  bytes: Uint8Array,
  seed = 1,
): { readonly how: string; readonly pieces: Uint8Array[] }[] => [
  { how: "whole", pieces: whole(bytes) },
  { how: "byte by byte", pieces: byteByByte(bytes) },
  { how: `cut at 1,000 places, seed ${seed}`, pieces: cutAt(bytes, 1_000, seed) },
];

/**
 * The least time that `work` took, in ms, of as many tries as it needs to come below `goalMs`, at most twenty: other
 * work on the machine, and the compiler's first look at the code, can only make it seem slower than it is.
 */
export function bestMs(goalMs: number, work: () => void): number {
  let best = Infinity;
  for (let tries = 0; tries < 20 && best >= goalMs; tries++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
