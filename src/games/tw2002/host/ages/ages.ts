/**
 * What time does to a galaxy while nobody does anything: wanderers take their steps, and at the game's midnight the daily
 * maintenance runs, in the order in which the real one names its steps. Both are bounded: a host that was down for a week
 * makes up for it with one step and one maintenance.
 */
import type { Game } from "../session.ts";
import type { Galaxy } from "../galaxy.ts";
import { maintain } from "./maintenance.ts";
import { racesOf, settleRaces, wander } from "./wanderers.ts";
import { midnightAfter } from "../../rules/time.ts";

/** When the next thing is due, ms since 1970 by the game's calendar. */
export function galaxyDue(galaxy: Galaxy): number {
  return Math.min(midnightAfter(galaxy.chronicle.maintainedAt), wanderersDue(galaxy));
}

function wanderersDue({ settings, chronicle, wanderers }: Galaxy): number {
  const { aliens, ferrengi, wanderMs } = settings;
  if (!aliens && !ferrengi && wanderers.size === 0) return Number.POSITIVE_INFINITY;
  return chronicle.wanderedAt + wanderMs;
}

/** Lets whatever is due by now come to pass. */
export function passAge(game: Game, at: number): void {
  const { galaxy } = game;
  if (at >= wanderersDue(galaxy)) {
    settleRaces(galaxy);
    if (racesOf(galaxy).length > 0) wander(game, at);
  }
  if (at >= midnightAfter(galaxy.chronicle.maintainedAt)) maintain(game, at);
  putOff(galaxy, at);
}

/** What is due by now is due the next time. */
export function putOff(galaxy: Galaxy, at: number): void {
  const { chronicle, changed } = galaxy;
  if (at < galaxyDue(galaxy)) return;
  if (at >= wanderersDue(galaxy)) chronicle.wanderedAt = at;
  if (at >= midnightAfter(chronicle.maintainedAt)) chronicle.maintainedAt = at;
  changed.chronicle = true;
}
