/**
 * Sets of |MCIC|s that bargains have struck out at a port for one product, as one whole number: bit i stands for the i-th
 * number of the product's range (rules/ports.ts: at most 51, so that a set is exact as a JavaScript number, and in JSON and
 * SQLite). What is struck out stays so: the union of two sets is commutative, associative and idempotent, and so may be
 * merged with what others found out, in any order. 0 is a port that nobody has bargained with. Where all is struck out,
 * evidence contradicts itself: the set is then read as if nothing were known (`known`).
 */
import { mcicRange, type Product } from "./rules/ports.ts";

/** Bitwise operators know 32 bits: the lower and the upper half of a set. */
const halfBits = 26;
const half = 2 ** halfBits;
const lower = (set: number) => set % half;
const upper = (set: number) => Math.floor(set / half);

const fullSets: Record<Product, number> = {
  "Fuel Ore": fullSet("Fuel Ore"),
  Organics: fullSet("Organics"),
  Equipment: fullSet("Equipment"),
};
function fullSet(product: Product): number {
  const [min, max] = mcicRange[product];
  return 2 ** (max - min + 1) - 1;
}

/** What either set strikes out; a number that cannot be a set, as others may tell one, strikes out nothing. */
export function union(a: number, b: number): number {
  const [mine, theirs] = [setOrNone(a), setOrNone(b)];
  return (upper(mine) | upper(theirs)) * half + (lower(mine) | lower(theirs));
}
/** No product's range is wider. */
const bitsMax = 51;
const setOrNone = (set: number) => (Number.isInteger(set) && set >= 0 && set < 2 ** bitsMax ? set : 0);

/** The set to reckon with: empty for a contradiction, and for a number that cannot be a set. */
export const known = (product: Product, set: number): number =>
  Number.isInteger(set) && set > 0 && set < fullSets[product] ? set : 0;

/** Whether a |MCIC| of the product's range is struck out. */
export function isStruck(product: Product, set: number, mcic: number): boolean {
  const bit = mcic - mcicRange[product][0];
  return ((bit < halfBits ? lower(set) >>> bit : upper(set) >>> (bit - halfBits)) & 1) === 1;
}

/** All but these |MCIC|s. */
export function allBut(product: Product, mcics: Iterable<number>): number {
  let left = 0;
  for (const mcic of mcics) left = union(left, 2 ** (mcic - mcicRange[product][0]));
  return fullSets[product] - left;
}

/** The smallest |MCIC| left; of a contradiction, of all. */
export function leastLeft(product: Product, set: number): number {
  if (set === 0) return mcicRange[product][0];
  const left = fullSets[product] - known(product, set);
  const low = lower(left);
  const bit = low !== 0 ? lowestBit(low) : halfBits + lowestBit(upper(left));
  return mcicRange[product][0] + bit;
}

/** The greatest |MCIC| left; of a contradiction, of all. */
export function mostLeft(product: Product, set: number): number {
  if (set === 0) return mcicRange[product][1];
  const left = fullSets[product] - known(product, set);
  const high = upper(left);
  const bit = high !== 0 ? halfBits + highestBit(high) : highestBit(lower(left));
  return mcicRange[product][0] + bit;
}

const highestBit = (bits: number) => 31 - Math.clz32(bits);
const lowestBit = (bits: number) => highestBit(bits & -bits);
