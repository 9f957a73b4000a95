/**
 * Where it is dangerous: what stood in a sector when it was last seen, and for how long that is to be believed. A sector with
 * a danger is not entered; a danger fades, since fighters are fetched or beaten, mines are swept and hunters fly on.
 */
import type { FighterMode } from "./facts.ts";
import type { World } from "./world.ts";

export const dangerKinds = ["fighters", "mines", "avoided", "hunters", "debris", "dense"] as const;
export type DangerKind = (typeof dangerKinds)[number];

export interface Danger {
  readonly kind: DangerKind;
  /** Fighters, mines, per cent of debris, or as many fighters as would weigh what a scanner found; 0 where nobody counted. */
  readonly count: number;
  /** When it was seen, in ms since 1970. */
  readonly at: number;
  readonly mode?: FighterMode;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/**
 * For how long a sector is left alone. Whoever flies about has moved on within minutes (a real server's aliens stood elsewhere
 * when the recording 08 came back to them); what somebody left there stays until it is fought or fetched.
 */
export const fadesAfterMs: Readonly<Record<DangerKind, number>> = {
  fighters: 12 * hourMs,
  mines: 24 * hourMs,
  avoided: 24 * hourMs,
  hunters: 5 * minuteMs,
  debris: 24 * hourMs,
  dense: 2 * hourMs,
};
/** Sectors remembered as dangerous, and as forgiven; the oldest make room. */
export const dangersMax = 4_000;
/** How often it is looked whether any have faded, in milliseconds. */
const fadeEveryMs = minuteMs;

/** What things weigh on a density scanner (recording 08 and the game's documents). */
const weights = { fighter: 5, navHaz: 21, port: 100, planet: 500, ship: 38, crew: 2 } as const;
/** Harmless things that a sector may hold all at once before it is suspect: ships move, planets are few. */
const harmless = { planets: 1, ports: 1, ships: 2 } as const;
/** Weight left over from which a sector is suspect: four fighters, or two mines. */
const suspectMin = 20;

/** Fighters that would explain what harmless things do not, of a sector's density; 0 where they may explain all. */
export function suspected(density: number, navHaz: number): number {
  const rest = density - navHaz * weights.navHaz;
  let least = rest;
  for (let planets = 0; planets <= harmless.planets; planets++)
    for (let ports = 0; ports <= harmless.ports; ports++)
      for (let ships = 0; ships <= harmless.ships; ships++) {
        const left = rest - planets * weights.planet - ports * weights.port - ships * weights.ship;
        if (left >= 0) least = Math.min(least, Math.max(0, left - ships * weights.crew));
      }
  return least < suspectMin ? 0 : Math.ceil(least / weights.fighter);
}

/** Notes a danger unless a later look is known. */
export function markDanger(world: World, sector: number, danger: Danger): void {
  const known = world.dangers.get(sector);
  if (known && known.at > danger.at) return;
  if (known?.kind === danger.kind && known.count === danger.count && known.mode === danger.mode) {
    world.dangers.set(sector, danger);
    return;
  }
  const [oldest] = world.dangers.keys();
  if (!known && world.dangers.size >= dangersMax && oldest !== undefined) world.dangers.delete(oldest);
  world.dangers.set(sector, danger);
  world.forgiven.delete(sector);
  world.news.dangers.add(sector);
  world.mapVersion++;
}

/** What was dangerous there is gone; says whether anything was. What the game still warns of, we no longer do. */
export function clearDanger(world: World, sector: number): boolean {
  if (!world.dangers.delete(sector)) return false;
  const [oldest] = world.forgiven;
  if (world.forgiven.size >= dangersMax && oldest !== undefined) world.forgiven.delete(oldest);
  world.forgiven.add(sector);
  world.mapVersion++;
  return true;
}

/** Forgets what was seen too long ago. */
export function fadeDangers(world: World): void {
  if (world.dangers.size === 0 || world.now - world.fadedAt < fadeEveryMs) return;
  world.fadedAt = world.now;
  for (const [sector, { kind, at }] of world.dangers) {
    if (world.now - at >= fadesAfterMs[kind]) clearDanger(world, sector);
  }
}
