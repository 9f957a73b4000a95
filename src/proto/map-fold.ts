/** A map and what has changed of it since: together the map as it is now. Whoever looks again and again asks for no more than that. */
import type { OperationOutput } from "./operations.ts";

export type MapTold = OperationOutput<"map">;

/** The map after an answer; `before` is the one whose `rev` was asked with. */
export function foldMap(before: MapTold | undefined, told: MapTold): MapTold {
  if (before === undefined || told.place !== before.place) return told;
  if (told.unchanged) return before;
  if (told.since === undefined) return told;
  const { since: _, ...now } = told;
  return {
    ...now,
    sectors: merged(before.sectors, told.sectors),
    ports: merged(before.ports, told.ports).filter(([, portClass]) => portClass !== noPort),
  };
}

/** Class of a port that is not there any more. */
export const noPort = -1;

function merged(before: readonly number[][], changed: readonly number[][]): number[][] {
  const rows = new Map(before.map((row) => [row[0], row]));
  for (const row of changed) rows.set(row[0], row);
  return [...rows.values()];
}
