/** What has become of a model's answers: counted for reports, and the last of them in words, for people and for the model itself. */
import type { AdviceFailure, AdviceRejection, AdviceReport } from "../proto/advice.ts";
import { printable } from "../proto/printable.ts";

/** Plans of which is told what became of them, and characters of each. */
export const historyMax = 6;
const historyMaxChars = 160;

export interface Tally {
  accepted(): void;
  rejected(reason: AdviceRejection, why: string): void;
  /** No plan came. */
  failed(reason: AdviceFailure): void;
  /** A plan was given up: so many turns, and credits that they earned. */
  ended(plan: string, turns: number, earned: number, why: string): void;
  /** The oldest first. */
  history(): readonly string[];
  /** Why there is no plan. */
  without(): string;
  counts(): Pick<AdviceReport, "accepted" | "rejected" | "failed">;
}

/** Nothing has come yet. */
export function createTally(): Tally {
  const rejected: Partial<Record<AdviceRejection, number>> = {};
  const failed: Partial<Record<AdviceFailure, number>> = {};
  const history: string[] = [];
  let accepted = 0;
  let without = "none has come yet";

  function remember(words: string): void {
    history.push(printable(words).slice(0, historyMaxChars));
    if (history.length > historyMax) history.shift();
  }

  return {
    accepted: () => void accepted++,
    rejected(reason, why) {
      rejected[reason] = (rejected[reason] ?? 0) + 1;
      without = `rejected (${reason}): ${why}`;
      remember(without);
    },
    failed(reason) {
      failed[reason] = (failed[reason] ?? 0) + 1;
      without = `no plan: ${reason}`;
    },
    ended(plan, turns, earned, why) {
      without = why;
      remember(`${plan}: ${turns} turns, ${Math.round(earned / Math.max(1, turns))} credits a turn; ${why}`);
    },
    history: () => [...history],
    without: () => without,
    counts: () => ({ accepted, rejected: { ...rejected }, failed: { ...failed } }),
  };
}
