/**
 * The one way into the swarm. What is asked is stored first, then applied, then acted on: whoever gets an answer after `request`
 * may rely on it. What has happened cannot be refused: it is applied at once and stored a moment later together with the rest,
 * and a worker's message is acknowledged only then. A disk that takes nothing holds up requests and starts; bots play on.
 */
import type { Batch, Heard } from "../proto/batch.ts";
import { isLifecycle, isMoment, type LifecycleEvent, type Moment, type SwarmEvent } from "../proto/events.ts";
import { Refusal } from "../proto/refusal.ts";
import { react, startable, type Effect } from "./react.ts";
import { apply, type SwarmState } from "./swarm.ts";

/** Events that wait for the disk; above this a worker's numbered messages are not taken, and it keeps them. */
export const unsavedMax = 10_000;

/** Where a numbered message came from. */
export interface Origin {
  readonly session: string;
  readonly n: number;
}

export interface RecorderParts {
  readonly state: SwarmState;
  /** Keeps a batch; throws when it cannot. */
  readonly store: (batch: Batch) => void;
  readonly perform: (effect: Effect) => void;
  /** What follows from an event, as further events. */
  readonly follow: (event: SwarmEvent) => readonly LifecycleEvent[];
  /** Hears of each event after it was applied. */
  readonly told: (event: SwarmEvent) => void;
  /** Hears what workers may forget now. */
  readonly kept: (heard: readonly Heard[]) => void;
  /** Hears of a disk that fails, once for each time it begins to; and of bugs. */
  readonly complain: (error: unknown) => void;
  readonly now: () => number;
}

export interface Recorder {
  /**
   * Stores and applies all of them or, when storing fails, throws and changes nothing. `stored` is called as soon as they are kept,
   * before anything follows from them; it must not throw.
   */
  request(events: readonly LifecycleEvent[], stored?: () => void): void;
  /** Takes in something that has happened; never throws for the store's sake. */
  happened(event: SwarmEvent): void;
  /** The same for a worker's numbered message: taken, known from before, or too much for now, to be told again later. */
  heard(event: SwarmEvent, origin: Origin): "taken" | "known" | "full";
  /** The last message of a bot's session that is kept for good: 0 for none. */
  keptUpTo(bot: string, session: string): number;
  /** Stores what waits. To be called a moment after `isDirty` turned true. */
  flush(): void;
  isDirty(): boolean;
  /** Starts what may be started by now. */
  wake(): void;
  /** Why nothing can be stored at present. */
  degraded(): string | undefined;
}

/** `remembered` is what the store knew of workers' sessions. */
export function createRecorder(parts: RecorderParts, remembered: readonly Heard[] = []): Recorder {
  const { state } = parts;
  let events: LifecycleEvent[] = [];
  let moments: Moment[] = [];
  const heard = new Map<string, Heard>();
  const taken = new Map(remembered.map((one) => [one.bot, one]));
  const kept = new Map(taken);
  const queue: { readonly event: SwarmEvent; readonly heard?: Heard }[] = [];
  /** Deeds that must wait until all is stored. */
  let owed: Effect[] = [];
  let failing: string | undefined;
  let storedSeq = state.seq;
  let draining = false;

  const isDirty = () => events.length > 0 || moments.length > 0 || heard.size > 0;

  function save(more: readonly LifecycleEvent[], asked: boolean): void {
    parts.store({
      firstSeq: storedSeq + 1,
      events: [...events, ...more],
      moments,
      heard: [...heard.values()],
      asked,
    });
    const acknowledged = [...heard.values()];
    storedSeq += events.length + more.length;
    events = [];
    moments = [];
    heard.clear();
    failing = undefined;
    for (const one of acknowledged) kept.set(one.bot, one);
    parts.kept(acknowledged);
  }

  function forget(bot: string): void {
    taken.delete(bot);
    kept.delete(bot);
  }

  function trySave(): boolean {
    if (!isDirty() && failing === undefined) return true;
    try {
      save([], false);
      return true;
    } catch (error) {
      if (failing === undefined) parts.complain(error);
      failing = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  function payOwed(): void {
    if (owed.length === 0) return;
    const deeds = owed;
    owed = [];
    for (const deed of deeds) parts.perform(deed);
  }

  function perform(effect: Effect): void {
    if (effect.type !== "welcome") return parts.perform(effect);
    owed.push(effect);
    if (trySave()) payOwed();
  }

  function take(event: SwarmEvent): void {
    if (event.type === "cleared") forget(event.bot);
    parts.told(event);
    for (const effect of react(state, event)) perform(effect);
    for (const next of parts.follow(event)) queue.push({ event: next });
  }

  // Deeds may report at once, so what they report waits its turn here: events are taken one by one, in the order stored.
  function drain(): void {
    for (;;) {
      const next = queue.shift();
      if (next) {
        const { event } = next;
        apply(state, event);
        if (isLifecycle(event)) events.push(event);
        // Those of a worker that numbers nothing are no promise, and must not fill the memory.
        else if (isMoment(event) && (next.heard || moments.length < unsavedMax)) moments.push(event);
        if (next.heard) heard.set(event.bot, next.heard);
        take(event);
        continue;
      }
      const [ready] = failing === undefined ? startable(state, parts.now()) : [];
      // A new worker begins its folder anew: what the former one left there, and was read, must be kept by then.
      if (ready !== undefined && (!isDirty() || trySave())) parts.perform({ type: "start", bot: ready });
      if (queue.length === 0) return;
    }
  }

  function whole(work: () => void): void {
    draining = true;
    try {
      work();
      drain();
    } finally {
      draining = false;
    }
  }

  function happened(event: SwarmEvent, from?: Heard): void {
    queue.push({ event, ...(from && { heard: from }) });
    if (!draining) whole(() => {});
  }

  return {
    happened: (event) => happened(event),
    isDirty,
    request(asked, stored) {
      if (draining) throw new Error("A request cannot be made from within a deed");
      // What needs no event may rest on what is not kept yet: the answer waits for that.
      if (asked.length === 0 && !isDirty()) return;
      whole(() => {
        // Whoever hears what is kept may report at once: that comes after what was asked, as it is stored.
        try {
          save(asked, true);
        } catch (error) {
          if (failing === undefined) parts.complain(error);
          failing = error instanceof Error ? error.message : String(error);
          throw error instanceof Refusal ? error : new Refusal("disk_full", `It cannot be kept: ${failing}`);
        }
        stored?.();
        payOwed();
        for (const event of asked) {
          apply(state, event);
          take(event);
        }
      });
    },
    heard(event, { session, n }) {
      const known = taken.get(event.bot);
      if (known?.session === session && n <= known.upTo) return "known";
      if (events.length + moments.length >= unsavedMax) return "full";
      const now = { bot: event.bot, session, upTo: n };
      taken.set(event.bot, now);
      happened(event, now);
      return "taken";
    },
    keptUpTo(bot, session) {
      const known = kept.get(bot);
      return known?.session === session ? known.upTo : 0;
    },
    flush() {
      if (draining || !trySave()) return;
      payOwed();
      whole(() => {});
    },
    wake() {
      if (!draining) whole(() => {});
    },
    degraded: () => failing,
  };
}
