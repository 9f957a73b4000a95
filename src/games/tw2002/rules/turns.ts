/** What a deed costs in turns, and how turns come back. */
import { hourMs } from "./time.ts";

/** Docking at a port. A warp costs what the ship's type says (rules/ships.ts), a TransWarp jump as much as one warp. */
export const dockingTurns = 1;
/** A holographic scan; density scans and ether probes are free. */
export const holoScanTurns = 1;
/** Being beamed aboard another ship; not recorded. */
export const transportTurns = 1;

/**
 * Turns come back at every full hour, a twenty-fourth of a day's grant each, until a day's grant has gathered.
 * `credit` is the fraction of a turn carried from hour to hour; times are milliseconds since 1970.
 */
export function turnsAfter(
  had: { readonly left: number; readonly credit: number; readonly since: number },
  now: number,
  perDay: number,
): { left: number; credit: number; since: number } {
  const hours = Math.floor(now / hourMs) - Math.floor(had.since / hourMs);
  if (hours <= 0) return { left: had.left, credit: had.credit, since: had.since };
  const grown = had.credit + (hours * perDay) / 24;
  const whole = Math.floor(grown + 1e-9);
  const left = Math.max(had.left, Math.min(perDay, had.left + whole));
  return { left, credit: left >= perDay ? 0 : Math.max(0, grown - whole), since: now };
}
