/** The games that there are maps of: which of them can be chosen, and which bots are on the map of one. */
import { endedStates, type BotStatus } from "../../proto/status.ts";
import type { Chart } from "./chart.ts";

type Player = Pick<BotStatus, "place" | "sector">;

/** By name: what the manager has maps of, what is played just now, and what the address asks for, though nobody may have played it. */
export function placesOf(
  chart: Pick<Chart, "places"> | undefined,
  bots: Iterable<Player>,
  asked: string | undefined,
): string[] {
  const places = new Set(chart?.places);
  for (const { place } of bots) if (place !== undefined) places.add(place);
  if (asked !== undefined) places.add(asked);
  return [...places].sort();
}

/** The bots that stand somewhere in one game: sectors of another have the same numbers. */
export const botsAt = <B extends Player & Pick<BotStatus, "state">>(
  bots: Iterable<B>,
  place: string | undefined,
): B[] =>
  place === undefined
    ? []
    : [...bots].filter((bot) => bot.place === place && bot.sector > 0 && !endedStates.has(bot.state));

/** Where a bot is to be seen; undefined where it did not say what it plays. */
export function mapOf({ place, sector }: Player): string | undefined {
  if (place === undefined) return undefined;
  const asked = new URLSearchParams({ place, ...(sector > 0 && { sector: String(sector) }) });
  return `/map?${asked.toString()}`;
}
