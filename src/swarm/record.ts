/**
 * The one way into the swarm: an event is stored first, then applied, then acted on. Whoever gets an answer after `request`
 * may rely on it; what has already happened cannot be refused, so it is applied even when the disk is full and stored later.
 */
import { isLifecycle, type LifecycleEvent, type SwarmEvent } from "../proto/events.ts";
import { react, startable, type Effect } from "./react.ts";
import { apply, type SwarmState } from "./swarm.ts";

/** Events that wait for a disk that takes nothing; above this the oldest are given up, or memory would go instead. */
export const unsavedMax = 10_000;

export interface Recorder {
  /** Stores and applies all of them or, when storing fails, throws and changes nothing. */
  request(events: readonly LifecycleEvent[]): void;
  /** Takes in something that has happened; never throws for the store's sake. */
  happened(event: SwarmEvent): void;
}

/** `store` keeps events, numbered from `firstSeq` on, all or nothing; `told` hears of each event after it was applied. */
export function createRecorder(
  state: SwarmState,
  store: (firstSeq: number, events: readonly LifecycleEvent[]) => void,
  perform: (effect: Effect) => void,
  told: (event: SwarmEvent) => void,
  complain: (error: unknown) => void,
): Recorder {
  let unsaved: LifecycleEvent[] = [];
  const queue: SwarmEvent[] = [];
  let draining = false;

  const save = (events: readonly LifecycleEvent[]) => {
    store(state.seq + 1 - unsaved.length, [...unsaved, ...events]);
    unsaved = [];
  };
  const saveWhenPossible = (event: LifecycleEvent) => {
    try {
      save([event]);
    } catch (error) {
      complain(error);
      unsaved.push(event);
      if (unsaved.length > unsavedMax) unsaved.shift();
    }
  };
  const take = (event: SwarmEvent) => {
    apply(state, event);
    told(event);
    for (const effect of react(state, event)) perform(effect);
  };
  // Deeds may report at once, so what they report waits its turn here: events are taken one by one, in the order stored.
  const drain = () => {
    for (;;) {
      const event = queue.shift();
      if (event) {
        if (isLifecycle(event)) saveWhenPossible(event);
        take(event);
        continue;
      }
      const [next] = startable(state);
      if (next !== undefined) perform({ type: "start", bot: next });
      if (queue.length === 0) return;
    }
  };
  const whole = (work: () => void) => {
    draining = true;
    try {
      work();
      drain();
    } finally {
      draining = false;
    }
  };

  return {
    request(events) {
      if (draining) throw new Error("A request cannot be made from within a deed");
      if (events.length === 0) return;
      save(events);
      whole(() => {
        for (const event of events) take(event);
      });
    },
    happened(event) {
      queue.push(event);
      if (!draining) whole(() => {});
    },
  };
}
