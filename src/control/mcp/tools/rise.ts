/** How bots that were just asked for come up: spawned, registered, running. Told as progress while a client waits. */
import { z } from "zod";
import type { SwarmTotals } from "../../../proto/events.ts";
import { endedStates, botStates } from "../../../proto/status.ts";
import type { Call } from "../tool.ts";
import { wordsMax } from "./looking.ts";

/** Longest wait when the caller asked for it, under the minute after which clients give up; and when it only watches. In milliseconds. */
export const riseWaitMaxMs = 45_000;
export const riseWatchMs = 10_000;
/** Time between two looks, in milliseconds. */
export const riseLookEveryMs = 500;

/** Bots that have come at least so far; those that have ended are in none of the other three after `spawned`. */
export const Rise = z.object({
  spawned: z.int(),
  registered: z.int(),
  running: z.int(),
  ended: z.int(),
  /** Whether all run or have ended. */
  complete: z.boolean(),
});
export type Rise = z.output<typeof Rise>;

type ByState = SwarmTotals["by_state"];

/** How far so many bots in these states have come. */
export function riseOf(by: ByState): Rise {
  const spawned = botStates.reduce((sum, state) => sum + by[state], 0);
  const ended = [...endedStates].reduce((sum, state) => sum + by[state], 0);
  const registered = spawned - ended - by.QUEUED - by.SPAWNING - by.BACKOFF;
  const running = registered - by.REGISTERING;
  return { spawned, registered, running, ended, complete: running + ended === spawned };
}

/** How many of these bots are in which state. They are asked for in parts, since their ids stand in an address. */
async function statesOf(ids: readonly string[], { swarm }: Call): Promise<ByState> {
  const parts = Array.from({ length: Math.ceil(ids.length / wordsMax) }, (_, part) =>
    swarm.swarmTotals({ bots: ids.slice(part * wordsMax, (part + 1) * wordsMax) }),
  );
  const told = (await Promise.all(parts)).map(({ by_state }) => by_state);
  const sum = botStates.map((state) => [state, told.reduce((all, by) => all + by[state], 0)]);
  return Object.fromEntries(sum) as ByState;
}

/** Watches until all run or have ended, the time is up, or nobody waits any more; undefined where nobody wanted to wait. */
export async function watchRise(
  ids: readonly string[],
  wait: boolean | undefined,
  call: Call,
): Promise<Rise | undefined> {
  if (wait === false || (wait === undefined && !call.progress)) return undefined;
  const until = call.now() + (wait ? riseWaitMaxMs : riseWatchMs);
  let furthest = 0;
  for (;;) {
    const rise = riseOf(await statesOf(ids, call));
    // Each bot goes three steps; a client may count on progress never going back, which a crash would have it do.
    const steps = rise.spawned + rise.registered + rise.running + 2 * rise.ended;
    if (steps > furthest) call.progress?.(steps, 3 * ids.length, inWords(rise));
    furthest = Math.max(furthest, steps);
    if (rise.complete || call.signal.aborted || call.now() >= until) return rise;
    await rest(call);
  }
}

const inWords = ({ spawned, registered, running, ended }: Rise): string =>
  `${spawned} spawned, ${registered} registered, ${running} running${ended > 0 ? `, ${ended} ended` : ""}`;

/** Until the next look, or until nobody waits any more. */
const rest = ({ later, signal }: Call): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      signal.removeEventListener("abort", over);
      resolve();
    };
    signal.addEventListener("abort", over);
    later(riseLookEveryMs, over);
  });
