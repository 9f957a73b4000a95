/** Who has set out for what: names held first come, first served, and which of them each bot has been told are another's. */
import { claimsToldMax } from "../proto/lore.ts";
import type { ManagerMessage } from "../proto/orders.ts";

/** Changes that are kept in mind: whoever has missed more of them compares all names. */
export const changesMax = 4096;
/** A bot that has not told or claimed anything for so long gives up what it holds, in ms. */
export const claimLeaseMs = 600_000;

export interface Claims {
  /** The bot knows of no claims: it has just come in, or come back. What it holds it keeps. */
  enter(bot: string, at: number): void;
  /** The bot is gone, and what it held is free. */
  leave(bot: string): void;
  /** The bot has spoken. */
  spoke(bot: string, at: number): void;
  /** From now on the bot holds these of the names that nobody else does, and no others. */
  claim(bot: string, names: readonly string[], at: number): void;
  /** Those who have been silent for too long hold nothing any more. */
  lapse(at: number): void;
  /** Whether somebody holds a name. */
  isHeld(name: string): boolean;
  /** What has become another's, or is so no more, since this bot was last told. */
  newsFor(bot: string): Extract<ManagerMessage, { type: "claims" }> | undefined;
}

interface Claimant {
  readonly held: Set<string>;
  /** Names it knows to be another's. */
  readonly taken: Set<string>;
  /** How many of the changes it has been told; undefined for none of the names yet. */
  upTo: number | undefined;
  spokeAt: number;
}

/** Claims of the bots of one place. */
export function createClaims(): Claims {
  const holders = new Map<string, string>();
  const claimants = new Map<string, Claimant>();
  /** The names that changed hands, the latest last; and how many changes came before these. */
  let changes: string[] = [];
  let before = 0;

  function change(name: string): void {
    changes.push(name);
    if (changes.length <= changesMax) return;
    const old = changesMax / 2;
    changes = changes.slice(old);
    before += old;
  }

  /** What may be news to somebody who knows of so many changes. */
  const namesSince = (upTo: number | undefined, taken: ReadonlySet<string>): Iterable<string> =>
    upTo === undefined || upTo < before
      ? new Set([...taken, ...holders.keys()])
      : new Set(changes.slice(upTo - before));

  function release(held: Set<string>, keep: ReadonlySet<string> = new Set()): void {
    for (const name of held) {
      if (keep.has(name)) continue;
      held.delete(name);
      holders.delete(name);
      change(name);
    }
  }

  return {
    enter(bot, at) {
      const held = claimants.get(bot)?.held ?? new Set();
      claimants.set(bot, { held, taken: new Set(), upTo: undefined, spokeAt: at });
    },
    leave(bot) {
      const claimant = claimants.get(bot);
      if (claimant) release(claimant.held);
      claimants.delete(bot);
    },
    spoke(bot, at) {
      const claimant = claimants.get(bot);
      if (claimant) claimant.spokeAt = at;
    },
    claim(bot, names, at) {
      const claimant = claimants.get(bot);
      if (!claimant) return;
      claimant.spokeAt = at;
      release(claimant.held, new Set(names));
      for (const name of names) {
        if (holders.has(name)) continue;
        holders.set(name, bot);
        claimant.held.add(name);
        change(name);
      }
    },
    lapse(at) {
      for (const { held, spokeAt } of claimants.values())
        if (held.size > 0 && at - spokeAt > claimLeaseMs) release(held);
    },
    isHeld: (name) => holders.has(name),
    newsFor(bot) {
      const claimant = claimants.get(bot);
      const now = before + changes.length;
      if (!claimant || claimant.upTo === now) return undefined;
      const taken: string[] = [];
      const free: string[] = [];
      for (const name of namesSince(claimant.upTo, claimant.taken)) {
        if (Math.max(taken.length, free.length) === claimsToldMax) break;
        const holder = holders.get(name);
        const isOthers = holder !== undefined && holder !== bot;
        if (isOthers === claimant.taken.has(name)) continue;
        if (isOthers) claimant.taken.add(name);
        else claimant.taken.delete(name);
        (isOthers ? taken : free).push(name);
      }
      // What did not fit into this message is for the next.
      if (Math.max(taken.length, free.length) < claimsToldMax) claimant.upTo = now;
      return taken.length + free.length > 0 ? { type: "claims", taken, free } : undefined;
    },
  };
}
