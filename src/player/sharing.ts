/** A life among others: what it hears from them, what it tells them, and what it asks them to leave to it. */
import { claimsMax, loreTextMaxChars } from "../proto/lore.ts";
import type { GameLore } from "./game.ts";
import type { LifeEffect } from "./happenings.ts";

/** Least time between two tellings, in ms: what changes faster is told once, as it then is. */
export const tellGapMs = 1000;

export interface Sharing {
  /** Others know this. Until the first such word there is nobody to tell. */
  told(lore: string): void;
  claimed(taken: readonly string[], free: readonly string[]): void;
  /** What is new since the last time, if it is time to tell. `last`: there will be no other. */
  news(nowMs: number, last?: boolean): LifeEffect[];
  /** What it sets out for now, when that has changed. */
  claim(names: readonly string[]): LifeEffect[];
}

/** The sharing of one life; a game that shares nothing has no `lore`. */
export function createSharing<W>(lore: GameLore<W> | undefined, world: W): Sharing {
  let listened = false;
  let toldMs = Number.NEGATIVE_INFINITY;
  let claims: readonly string[] = [];

  return {
    told(text) {
      listened = true;
      lore?.recall(world, text);
    },
    claimed(taken, free) {
      lore?.claimed(world, taken, free);
      // A name that was refused may be had now: it is asked for again.
      if (claims.some((name) => free.includes(name))) claims = [];
    },
    news(nowMs, last = false) {
      if (!lore || !listened || (!last && nowMs - toldMs < tellGapMs)) return [];
      const text = lore.news(world, loreTextMaxChars);
      if (text === undefined) return [];
      toldMs = nowMs;
      return [{ type: "tell", lore: text }];
    },
    claim(names) {
      const wanted = names.slice(0, claimsMax);
      if (!listened || wanted.join() === claims.join()) return [];
      claims = wanted;
      return [{ type: "claim", names: claims }];
    },
  };
}
