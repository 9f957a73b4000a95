/** What a bot chose last, and why: kept for whoever asks, in words that fit into a message to its manager. */
import type { Choice } from "../proto/link.ts";
import { choicesMax, intentMaxChars, whyMaxChars } from "../proto/orders.ts";
import { printable } from "../proto/printable.ts";

export interface Choices {
  /** At so many milliseconds since 1970; the reason may hold words of the game's. */
  add(at: number, intent: string, why: string, sector: number): void;
  /** The last of them, the oldest first. */
  told(): Choice[];
}

/** None at first. */
export function createChoices(): Choices {
  const kept: Choice[] = [];
  return {
    add(at, intent, why, sector) {
      kept.push({ at, intent, why, sector });
      if (kept.length > choicesMax) kept.shift();
    },
    // Most are never asked for: only then it is worth the while to cut and clean them.
    told: () =>
      kept.map(({ at, intent, why, sector }) => ({
        at: Math.floor(at),
        intent: printable(intent).slice(0, intentMaxChars),
        why: printable(why).slice(0, whyMaxChars),
        sector,
      })),
  };
}
