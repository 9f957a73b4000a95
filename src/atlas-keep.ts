/** What the swarm knows of its games, made ready for questions. */
import type { Swarm } from "./proto/operations.ts";
import { Refusal } from "./proto/refusal.ts";

export type Atlas = Pick<Swarm, "sector" | "routes" | "path">;

export function keepAtlas(): Atlas {
  const later = async (): Promise<never> => {
    throw new Refusal("unavailable", "Not yet");
  };
  return { sector: later, routes: later, path: later };
}
