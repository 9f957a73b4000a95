/** The recorder's clock: what happened is stored a moment later, and bots that wait for their time are started then. */
import type { SwarmEvent } from "./proto/events.ts";
import { nextStartAt, startable } from "./swarm/react.ts";
import type { Recorder } from "./swarm/record.ts";
import type { SwarmState } from "./swarm/swarm.ts";

/** What happened within so many milliseconds is stored in one go. */
export const flushAfterMs = 15;

export interface Time {
  told(event: SwarmEvent): void;
  stop(): void;
}

export function keepTime(parts: {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly now: () => number;
}): Time {
  const { state, recorder, now } = parts;
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let waking: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    flushing = undefined;
    recorder.flush();
    plan();
  }

  function plan(): void {
    clearTimeout(waking);
    const next = nextStartAt(state);
    if (next === undefined) return;
    // Those whose time has come and who still wait have to wait for others to be greeted.
    if (next <= now() && startable(state, now()).length === 0) return;
    waking = setTimeout(
      () => {
        recorder.wake();
        plan();
      },
      Math.max(1, next - now()),
    );
  }

  return {
    told(event) {
      if (event.type === "reported" || event.type === "heard" || event.type === "measured") return;
      // A disk that takes nothing is tried again at a slower pace, elsewhere.
      if (recorder.degraded() === undefined) flushing ??= setTimeout(flush, flushAfterMs);
    },
    stop() {
      clearTimeout(flushing);
      clearTimeout(waking);
    },
  };
}
