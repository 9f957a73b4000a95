/** How bots that were just asked for come up: spawned, registered, running. Told as progress while a client waits. */
import { z } from "zod";
import type { BotState } from "../../../proto/status.ts";
import { endedStates } from "../../../swarm/lifecycle.ts";
import type { Call } from "../tool.ts";

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

const underWay: ReadonlySet<BotState> = new Set(["QUEUED", "SPAWNING", "BACKOFF"]);

/** How far bots in these states have come. */
export function riseOf(states: readonly BotState[]): Rise {
  const ended = states.filter((state) => endedStates.has(state)).length;
  const below = states.filter((state) => underWay.has(state)).length;
  const registering = states.filter((state) => state === "REGISTERING").length;
  const registered = states.length - ended - below;
  const running = registered - registering;
  return { spawned: states.length, registered, running, ended, complete: running + ended === states.length };
}

/** Watches until all run or have ended, the time is up, or nobody waits any more; undefined where nobody wanted to wait. */
export async function watchRise(
  ids: readonly string[],
  wait: boolean | undefined,
  call: Call,
): Promise<Rise | undefined> {
  if (wait === false || (wait === undefined && !call.progress)) return undefined;
  const wanted = new Set(ids);
  const until = call.now() + (wait ? riseWaitMaxMs : riseWatchMs);
  let furthest = 0;
  for (;;) {
    const { bots } = await call.swarm.swarmStatus({});
    const rise = riseOf(bots.filter(({ bot_id }) => wanted.has(bot_id)).map(({ state }) => state));
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
