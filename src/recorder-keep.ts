/** The recorder's clock: what happened is stored a moment later, and bots that wait for their time are started then. */
import type { Later } from "./io/later.ts";
import type { SwarmEvent } from "./proto/events.ts";
import { nextStartAt, startable } from "./swarm/react.ts";
import type { Recorder } from "./swarm/record.ts";
import type { SwarmState } from "./swarm/swarm.ts";

/**
 * What happened within so many milliseconds is stored in one go. Nobody waits for it: what is asked, a new worker's hello and a
 * worker's last word are stored at once.
 */
export const flushAfterMs = 250;

export interface Time {
  told(event: SwarmEvent): void;
  /** Stores what waits, and plans when the next bot is started: at the beginning nothing else does. */
  flush(): void;
  stop(): void;
}

export function keepTime(parts: {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly now: () => number;
  readonly later: Later;
}): Time {
  const { state, recorder, now, later } = parts;
  /** Each calls off what is to come. */
  let flushing: (() => void) | undefined;
  let soon: (() => void) | undefined;
  let waking: (() => void) | undefined;

  function flush(): void {
    soon?.();
    flushing?.();
    soon = flushing = undefined;
    recorder.flush();
    plan();
  }

  function plan(): void {
    waking?.();
    const next = nextStartAt(state);
    // While nothing can be kept nobody is started; when it can again, those whose time has come are.
    if (next === undefined || (next <= now() && recorder.degraded() !== undefined)) return;
    // Those whose time has come and who still wait have to wait for others to be greeted.
    if (next <= now() && startable(state, now()).length === 0) return;
    waking = later(Math.max(1, next - now()), () => {
      recorder.wake();
      plan();
    });
  }

  return {
    flush,
    told(event) {
      if (event.type === "reported" || event.type === "heard" || event.type === "measured") return;
      if (event.type === "backedOff" || event.type === "spawned") plan();
      // A disk that takes nothing is tried again at a slower pace, elsewhere.
      if (recorder.degraded() !== undefined) return;
      if (isLastWord(event)) soon ??= later(0, flush);
      else flushing ??= later(flushAfterMs, flush);
    },
    stop() {
      soon?.();
      flushing?.();
      waking?.();
    },
  };
}

/** Its worker waits for the acknowledgement before it ends. */
const isLastWord = ({ type }: SwarmEvent) => type === "completed" || type === "stopped" || type === "failed";
