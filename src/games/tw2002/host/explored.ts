/** What a trader has seen of the galaxy. */
import type { Galaxy } from "./galaxy.ts";
import type { Trader } from "./things.ts";

/** Sectors that he has (or has not) explored, ascending. */
export function exploredSectors(galaxy: Galaxy, trader: Trader, explored: boolean): number[] {
  const seen = galaxy.seen.get(trader.id);
  if (explored) return seen ? [...seen] : [];
  return galaxy.sectors.flatMap(({ number }) => (seen?.has(number) ? [] : [number]));
}
