/** What the density scanner showed of sectors that nobody has seen yet: of one that has been seen more is known, and its hint goes. */
import { isSeen, isSector, see } from "./chart.ts";
import type { Fact } from "./facts.ts";
import type { World } from "./world.ts";

export function hinted({ chart, hints, now }: World, fact: Extract<Fact, { type: "density" }>): void {
  const { sector, density, warps, navHaz, anomaly } = fact;
  if (isSector(sector) && !isSeen(chart, sector))
    hints.set(sector, { density, warps, navHaz, anomaly, at: now });
}

/** A sector was seen, by us or by others of ours, at that time (ms since 1970; 0 for one that is not known). True when that is news. */
export function sighted({ chart, hints }: World, sector: number, atMs: number): boolean {
  hints.delete(sector);
  return see(chart, sector, atMs);
}
