/** What viewers of /ws/swarm have been told so far, and at which revision: what the next change is told against. */
import type { BotChange, LiveMessage, SwarmTotals } from "../proto/events.ts";
import { changeOf, wholeOf } from "../proto/live-fold.ts";
import type { BotStatus, SwarmStatus } from "../proto/status.ts";

/** Bots off the list that are remembered, so that a viewer who comes back can be told; one who missed more gets a snapshot. */
export const goneMax = 1000;

/**
 * What changes all the time and is no news: `uptime_seconds` and `last_update` come along with other changes of their bot and with
 * each full status. A viewer that wants the uptime of a quiet bot to tick counts on from there.
 */
const passing: ReadonlySet<string> = new Set(["bot_id", "uptime_seconds", "last_update"]);

/** What every viewer knows. Revisions begin above `firstRev`. */
export function createKnown(firstRev: number) {
  let rev = firstRev;
  let totals: SwarmTotals;
  const bots = new Map<string, { readonly status: BotStatus; readonly rev: number }>();
  /** Bots off the list and when that was told, oldest first. */
  const gone = new Map<string, number>();
  /** The oldest revision from which on all that are gone are remembered. */
  let resumableFrom = firstRev + 1;

  const put = (status: BotStatus) => {
    bots.set(status.bot_id, { status, rev });
    gone.delete(status.bot_id);
  };
  const drop = (id: string) => {
    bots.delete(id);
    gone.set(id, rev);
    if (gone.size <= goneMax) return;
    const [oldest, droppedAt] = gone.entries().next().value!;
    gone.delete(oldest);
    resumableFrom = droppedAt;
  };

  return {
    /** Takes in everything, and gives what is another than before, news or not. */
    takeAll({ bots: all, ...rest }: SwarmStatus): LiveMessage {
      rev++;
      totals = rest;
      const listed = new Set(all.map((bot) => bot.bot_id));
      const left = [...bots.keys()].filter((id) => !listed.has(id));
      left.forEach(drop);
      const changes: BotChange[] = [];
      for (const bot of all) {
        const change = changeOf(bots.get(bot.bot_id)?.status, bot);
        if (Object.keys(change).length === 1) continue;
        put(bot);
        changes.push(change);
      }
      return { type: "changes", rev, totals, bots: changes, gone: left };
    },

    /** Takes in some bots, and gives what is to be told of them; undefined when that is nothing. */
    take(
      ids: readonly string[],
      bot: (id: string) => BotStatus | undefined,
      totalsNow: () => SwarmTotals,
    ): LiveMessage | undefined {
      const left: string[] = [];
      const news: { status: BotStatus; change: BotChange }[] = [];
      for (const id of ids) {
        const [before, now] = [bots.get(id)?.status, bot(id)];
        if (!now && before) left.push(id);
        if (!now) continue;
        const status = withoutGrowth(before, now);
        const change = changeOf(before, status);
        if (isNews(change)) news.push({ status, change });
      }
      if (news.length + left.length === 0) return undefined;
      rev++;
      totals = totalsNow();
      left.forEach(drop);
      for (const { status } of news) put(status);
      return { type: "changes", rev, totals, bots: news.map(({ change }) => change), gone: left };
    },

    snapshot: (): LiveMessage => ({
      type: "snapshot",
      rev,
      status: { ...totals, bots: Array.from(bots.values(), ({ status }) => status) },
    }),

    canResume: (since: number) => since >= resumableFrom && since <= rev,

    /** All that was told after `since`, of which `canResume` must hold. */
    changesSince: (since: number): LiveMessage => ({
      type: "changes",
      rev,
      totals,
      bots: [...bots.values()].filter((bot) => bot.rev > since).map(({ status }) => wholeOf(status)),
      gone: [...gone].filter(([, at]) => at > since).map(([id]) => id),
    }),
  };
}

/**
 * A bot with a model has turns and credits by who decides, which grow with each turn and would be half of all that is told: they come
 * along with what else changes there, and with each full status.
 */
function withoutGrowth(before: BotStatus | undefined, now: BotStatus): BotStatus {
  if (!before?.advice || !now.advice) return now;
  const { turns, credits } = before.advice;
  const isSame = JSON.stringify({ ...now.advice, turns, credits }) === JSON.stringify(before.advice);
  return isSame ? { ...now, advice: before.advice } : now;
}

const isNews = (change: BotChange) => Object.keys(change).some((field) => !passing.has(field));
