/** The health check at work: looks at all bots, unless the manager itself was away and has heard nobody. */
import { looked, type Patience } from "./swarm/health.ts";
import type { Recorder } from "./swarm/record.ts";
import type { SwarmState } from "./swarm/swarm.ts";

/** Pace of the looks, in milliseconds: how exactly `bot_timeout` is kept. */
export const healthEveryMs = 500;
/** A look that comes so much too late, in milliseconds, says that the manager was stopped or starved. */
const awayMs = 2000;
/** Then it listens for so long before it judges, in milliseconds. */
const listensForMs = 5000;

/** A look at a time, to be called every `healthEveryMs`. */
export function createHealth(parts: {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly patience: Patience;
  readonly now: () => number;
}): () => void {
  const { state, recorder, patience, now } = parts;
  let last = now();
  let deafUntil = 0;
  return () => {
    const at = now();
    if (at - last > healthEveryMs + awayMs) deafUntil = at + listensForMs;
    last = at;
    if (at < deafUntil) return;
    for (const event of looked(state, patience, at)) recorder.happened(event);
  };
}
