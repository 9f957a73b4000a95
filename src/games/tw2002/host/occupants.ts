/** Who and what is in a sector, besides its port. */
import type { Planet, Ship, Trader, Wanderer } from "./things.ts";

/** Live sets: `settle` and `unsettle` change them. */
export interface Occupants {
  readonly traders: Set<Trader>;
  /** Ships with nobody at the helm. */
  readonly ships: Set<Ship>;
  readonly planets: Set<Planet>;
  readonly wanderers: Set<Wanderer>;
}

/** The same for those who only look. */
export type Present = {
  readonly [K in keyof Occupants]: Occupants[K] extends Set<infer T> ? ReadonlySet<T> : never;
};

/** What of a galaxy is asked about here. */
interface Peopled {
  readonly inSector: Map<number, Occupants>;
}

const empty = (): Occupants => ({
  traders: new Set(),
  ships: new Set(),
  planets: new Set(),
  wanderers: new Set(),
});

/** Of an empty sector; most are, at any moment. */
const nobody: Present = empty();

/** Who and what is in a sector. */
export const occupants = ({ inSector }: Peopled, sector: number): Present => inSector.get(sector) ?? nobody;

/** It is there from now on. */
export function settle<K extends keyof Occupants>(
  { inSector }: Peopled,
  sector: number,
  kind: K,
  thing: Occupants[K] extends Set<infer T> ? T : never,
): void {
  let there = inSector.get(sector);
  if (!there) inSector.set(sector, (there = empty()));
  (there[kind] as Set<unknown>).add(thing);
}

/** It is there no more. What is empty is not kept: in a long game every sector has been passed through. */
export function unsettle<K extends keyof Occupants>(
  { inSector }: Peopled,
  sector: number,
  kind: K,
  thing: Occupants[K] extends Set<infer T> ? T : never,
): void {
  const there = inSector.get(sector);
  if (!there) return;
  (there[kind] as Set<unknown>).delete(thing);
  const { traders, ships, planets, wanderers } = there;
  if (traders.size + ships.size + planets.size + wanderers.size === 0) inSector.delete(sector);
}

/** Traders who fly there: those on a planet or in the StarDock are out of sight. */
export const tradersInSpace = (galaxy: Peopled, sector: number): Trader[] =>
  [...occupants(galaxy, sector).traders].filter(({ place }) => place.type === "space");
