/** How much of what bots lived through is kept, and how the rest goes: a little at a time, where something was added. */
import type { Db } from "./db.ts";

/** Moments kept of each bot: the newest, and up to `pruneSlack` more until they are looked at. */
export const momentsPerBot = 1000;
export const pruneSlack = 100;
/** Longest that a moment is kept, in ms. */
export const momentsMaxAgeMs = 30 * 24 * 60 * 60_000;
/** Sessions of a bot whose place is kept: that of its worker, and of those before it whose last words may still come. */
export const sessionsKept = 8;

/** One `prune` looks at so many bots, and takes at most so many moments of each, and so many for their age. */
export const prunedBots = 64;
export const prunedOfEach = 500;
export const prunedForAge = 1000;

export interface MomentPruner {
  /** One moment was added of that bot, or its place changed. */
  grew(bot: string): void;
  /** All that is not for ever goes of that bot, within the caller's transaction. */
  forget(bot: string): void;
  prune(now: number): void;
}

export function momentPruner(db: Db): MomentPruner {
  const first = db.prepare(
    "SELECT at, id FROM moments WHERE bot = ? ORDER BY at DESC, id DESC LIMIT 1 OFFSET ?",
  );
  const drop = db.prepare(
    "DELETE FROM moments WHERE id IN (SELECT id FROM moments WHERE bot = ? AND (at, id) <= (?, ?) ORDER BY at, id LIMIT ?)",
  );
  const dropSessions = db.prepare(
    "DELETE FROM heard WHERE bot = ? AND id NOT IN (SELECT id FROM heard WHERE bot = ? ORDER BY id DESC LIMIT ?)",
  );
  // In the order of their ids, which is nearly that of their moments, so that no index is needed.
  const dropOld = db.prepare(
    "DELETE FROM moments WHERE id IN (SELECT id FROM (SELECT id, at FROM moments ORDER BY id LIMIT ?) WHERE at < ?)",
  );
  const dropAll = ["moments", "heard", "reports"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE bot = ?`),
  );
  /** What was added of each bot since it was last looked at. */
  const grown = new Map<string, number>();

  function pruneBot(bot: string): void {
    dropSessions.run(bot, bot, sessionsKept);
    const surplus = first.get(bot, momentsPerBot);
    if (surplus) drop.run(bot, surplus["at"]!, surplus["id"]!, prunedOfEach);
    if (!first.get(bot, momentsPerBot)) grown.delete(bot);
  }

  return {
    grew: (bot) => void grown.set(bot, (grown.get(bot) ?? 0) + 1),
    forget(bot) {
      grown.delete(bot);
      for (const statement of dropAll) statement.run(bot);
    },
    prune(now) {
      const some = [...grown].filter(([, added]) => added >= pruneSlack).slice(0, prunedBots);
      db.transaction(() => {
        for (const [bot] of some) pruneBot(bot);
        dropOld.run(prunedForAge, now - momentsMaxAgeMs);
      });
    },
  };
}
