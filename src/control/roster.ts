/** Bots by selection: listed, and ordered about many at a time. */
import type { Swarm } from "../proto/operations.ts";
import { Refusal } from "../proto/refusal.ts";

export type Roster = Pick<Swarm, "listBots" | "orderBots" | "swarmEvents">;

export function rosterOf(): Roster {
  const later = async (): Promise<never> => {
    throw new Refusal("unavailable", "Not yet");
  };
  return { listBots: later, orderBots: later, swarmEvents: later };
}
