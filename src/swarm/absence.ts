/** A model that fails call after call is left alone for a while, a longer one each time, and then tried with one call. Pure: time is handed in. */
import type { AdviceFailure } from "../proto/advice.ts";

/** So many calls in a row that failed for good, and the model is away. */
export const failuresMax = 3;
/** How long it is left alone at first, and at most; twice as long each time the call that tries again fails as well. In ms. */
export const awayFirstMs = 5_000;
export const awayMaxMs = 300_000;

export interface Absence {
  /**
   * A call failed, and is not made again; in `retryMs` the provider wants to be asked again, where it says so. The answer is true when the
   * model is left alone from now on, or still longer.
   */
  failed(reason: AdviceFailure, retryMs: number | undefined, now: number): boolean;
  /** A call was answered: the model is there. The answer is since when it had been away; undefined when it had not. */
  answered(): number | undefined;
  /** Until when it is left alone, though that may have passed; undefined when it is not away. */
  until(): number | undefined;
}

export function createAbsence(): Absence {
  let inRow = 0;
  let away: { readonly since: number; readonly until: number; readonly ms: number } | undefined;
  return {
    failed(reason, retryMs = 0, now) {
      inRow++;
      // It is being left alone: this call was under way before.
      if (away && now < away.until) return false;
      // No second call finds another key.
      const isHopeless = reason === "refused_key" || retryMs > awayFirstMs;
      if (!away && inRow < failuresMax && !isHopeless) return false;
      const next = away ? 2 * away.ms : awayFirstMs;
      const ms = Math.min(awayMaxMs, Math.max(next, retryMs));
      away = { since: away?.since ?? now, until: now + ms, ms };
      return true;
    },
    answered() {
      const since = away?.since;
      inRow = 0;
      away = undefined;
      return since;
    },
    until: () => away?.until,
  };
}
