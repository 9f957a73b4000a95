/**
 * What /ws/swarm tells, folded into what a viewer knows, and the other way round: the change from one status to the next.
 * The two undo each other, so a viewer who folds every telling knows exactly what was told. The page's script folds likewise.
 */
import type { BotChange, LiveMessage, SwarmTotals } from "./events.ts";
import { BotStatus } from "./status.ts";

/** What a viewer knows; `rev` is what it dials again with, as `?since=REV`. */
export interface LiveState {
  readonly rev: number;
  readonly totals: SwarmTotals;
  readonly bots: ReadonlyMap<string, BotStatus>;
}

/**
 * What a viewer knows after a message. A snapshot replaces everything. Changes of an unknown state, or older ones than are known
 * already, change nothing.
 */
export function foldLive(state: LiveState | undefined, message: LiveMessage): LiveState | undefined {
  if (message.type === "snapshot") {
    const { bots, ...totals } = message.status;
    return { rev: message.rev, totals, bots: new Map(bots.map((bot) => [bot.bot_id, bot])) };
  }
  if (!state || message.rev < state.rev) return state;
  const bots = new Map(state.bots);
  for (const id of message.gone) bots.delete(id);
  for (const change of message.bots) bots.set(change.bot_id, changed(bots.get(change.bot_id), change));
  return { rev: message.rev, totals: message.totals, bots };
}

function changed(bot: BotStatus | undefined, change: BotChange): BotStatus {
  const next: Record<string, unknown> = { ...bot, ...change };
  for (const field in change) if (change[field] === null) delete next[field];
  // A bot's first change has all of its fields.
  return next as BotStatus;
}

/** The fields in which `after` differs, null for those it has no more; all of them where nothing was known before. */
export function changeOf(before: BotStatus | undefined, after: BotStatus): BotChange {
  const old: Readonly<Record<string, unknown>> = before ?? {};
  const now: Readonly<Record<string, unknown>> = after;
  const change: BotChange = { bot_id: after.bot_id };
  for (const key in now) if (now[key] !== undefined && !isSame(old[key], now[key])) change[key] = now[key];
  for (const key in old) if (old[key] !== undefined && now[key] === undefined) change[key] = null;
  return change;
}

const fields = Object.keys(BotStatus.shape);

/** The whole of a bot, null for each field it does not have: right whatever was known of it before. */
export function wholeOf(bot: BotStatus): BotChange {
  const has: Readonly<Record<string, unknown>> = bot;
  const whole: BotChange = { bot_id: bot.bot_id };
  for (const field of fields) whole[field] = has[field] ?? null;
  return whole;
}

/** Few fields are more than a number or a word, and those are small. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (typeof one === "object" && typeof other === "object" && JSON.stringify(one) === JSON.stringify(other));
