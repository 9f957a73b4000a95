/** The one deadline that a life asks for at a time: `silent` comes when it has passed, or before. */
import type { Deeds } from "./deeds.ts";

export interface Deadline {
  /** It has passed. */
  passed(): void;
  /** Something is due then: asks for it, unless an earlier one has been asked for. */
  due(atMs: number, nowMs: number): void;
}

export function createDeadline(deeds: Deeds): Deadline {
  let askedMs = Number.POSITIVE_INFINITY;
  return {
    passed() {
      askedMs = Number.POSITIVE_INFINITY;
    },
    due(atMs, nowMs) {
      if (askedMs <= atMs) return;
      askedMs = atMs;
      deeds.add({ type: "await", ms: Math.max(0, atMs - nowMs) });
    },
  };
}
