/** Who has set out for what: names held first come, first served, and which of them each bot has been told are another's. */
import { claimsToldMax } from "../proto/lore.ts";
import type { ManagerMessage } from "../proto/orders.ts";

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
  /** What has become another's, or is so no more, since this bot was last told. */
  newsFor(bot: string): Extract<ManagerMessage, { type: "claims" }> | undefined;
}

interface Claimant {
  readonly held: Set<string>;
  /** Names it knows to be another's, as of which version. */
  readonly taken: Set<string>;
  version: number;
  spokeAt: number;
}

/** Claims of the bots of one place. */
export function createClaims(): Claims {
  const holders = new Map<string, string>();
  const claimants = new Map<string, Claimant>();
  /** Raised when a name changes hands. */
  let version = 0;

  function release(held: Set<string>, keep: ReadonlySet<string> = new Set()): void {
    for (const name of held) {
      if (keep.has(name)) continue;
      held.delete(name);
      holders.delete(name);
      version++;
    }
  }

  return {
    enter(bot, at) {
      const held = claimants.get(bot)?.held ?? new Set();
      claimants.set(bot, { held, taken: new Set(), version: -1, spokeAt: at });
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
        version++;
      }
    },
    lapse(at) {
      for (const { held, spokeAt } of claimants.values())
        if (held.size > 0 && at - spokeAt > claimLeaseMs) release(held);
    },
    newsFor(bot) {
      const claimant = claimants.get(bot);
      if (!claimant || claimant.version === version) return undefined;
      const taken: string[] = [];
      for (const [name, holder] of holders) {
        if (taken.length === claimsToldMax) break;
        if (holder === bot || claimant.taken.has(name)) continue;
        claimant.taken.add(name);
        taken.push(name);
      }
      const free: string[] = [];
      for (const name of claimant.taken) {
        if (free.length === claimsToldMax) break;
        const holder = holders.get(name);
        if (holder !== undefined && holder !== bot) continue;
        claimant.taken.delete(name);
        free.push(name);
      }
      // What did not fit into this message is for the next.
      if (Math.max(taken.length, free.length) < claimsToldMax) claimant.version = version;
      return taken.length + free.length > 0 ? { type: "claims", taken, free } : undefined;
    },
  };
}
