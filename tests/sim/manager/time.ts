/** A clock that goes from deed to deed, and actors that live by it: each may be stopped for a while, or die. */
import type { Later } from "../../../src/io/later.ts";

/** What a process is to the clock. */
export interface Actor {
  readonly name: string;
  alive: boolean;
  /** Stopped until then, in milliseconds: whatever is due waits, and comes in its order. */
  stoppedUntil: number;
  readonly later: Later;
}

export interface Time {
  now(): number;
  actor(name: string): Actor;
  /** For the world itself, which neither stops nor dies. */
  readonly later: Later;
  /** For an actor, at a moment. */
  at(ms: number, actor: Actor, work: () => void): void;
  /** Does what is due until then; `after` is called after each deed. */
  run(untilMs: number, after: () => void): void;
}

interface Deed {
  at: number;
  readonly order: number;
  readonly actor: Actor;
  work: (() => void) | undefined;
}

/** `failed` hears what a living actor throws. */
export function createTime(startMs: number, failed: (actor: Actor, error: unknown) => void): Time {
  let now = startMs;
  let count = 0;
  const heap: Deed[] = [];
  const isBefore = (a: Deed, b: Deed) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(deed: Deed): void {
    let index = heap.length;
    heap.push(deed);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(deed, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = deed;
  }

  function pop(): Deed {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  function plan(at: number, actor: Actor, work: () => void): Deed {
    const deed: Deed = { at: Math.max(at, now), order: count++, actor, work };
    push(deed);
    return deed;
  }

  function actor(name: string): Actor {
    const self: Actor = {
      name,
      alive: true,
      stoppedUntil: 0,
      later(ms, work) {
        const deed = plan(now + Math.max(0, ms), self, work);
        return () => void (deed.work = undefined);
      },
    };
    return self;
  }

  const world = actor("world");
  return {
    now: () => now,
    actor,
    later: world.later,
    at: (ms, whose, work) => void plan(ms, whose, work),
    run(untilMs, after) {
      while (heap.length > 0 && heap[0]!.at <= untilMs) {
        const deed = pop();
        if (!deed.work || !deed.actor.alive) continue;
        if (deed.actor.stoppedUntil > deed.at) {
          deed.at = deed.actor.stoppedUntil;
          push(deed);
          continue;
        }
        now = Math.max(now, deed.at);
        try {
          deed.work();
        } catch (error) {
          if (deed.actor.alive) failed(deed.actor, error);
        }
        after();
      }
      now = Math.max(now, untilMs);
    },
  };
}
