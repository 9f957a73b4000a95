/** Which bots stand in the table, in which order, and where the cursor is among them. */
import type { BotStatus } from "../../../proto/status.ts";
import { sortBots } from "./sorting.ts";
import { groups, isIn, tableRows, type Group, type Place, type Top } from "./state.ts";

/** The table made anew, after something changed of which it is made. The cursor stays on its bot, or else on its row. */
export function arranged(state: Top): Top {
  const wanted = state.shown ? Array.from(state.shown.bots.values()).filter(state.wanted) : [];
  const counts: Record<Group, number> = { all: 0, running: 0, paused: 0, trouble: 0, ended: 0 };
  let longestId = 0;
  for (const bot of wanted) {
    for (const group of groups) if (isIn(group, bot.state)) counts[group]++;
    longestId = Math.max(longestId, bot.bot_id.length);
  }
  const fits = fitsFilter(state.filter);
  const rows = wanted.filter((bot) => isIn(state.group, bot.state) && fits(bot));
  const order = sortBots(rows, state.sorting, state.shown?.bots.values());
  return placed({ ...state, counts, longestId, order, selected: stillThere(state) });
}

/** Bots that are gone are selected no more. */
function stillThere({ selected, shown }: Top): ReadonlySet<string> {
  if (!shown || Array.from(selected).every((id) => shown.bots.has(id))) return selected;
  return new Set(Array.from(selected).filter((id) => shown.bots.has(id)));
}

/** The cursor found again in the order that is, and the view moved as little as will show it. */
function placed(state: Top): Top {
  const { bot, row } = state.place;
  const found = bot === undefined ? -1 : state.order.findIndex(({ bot_id }) => bot_id === bot);
  // A bot that left the table leaves the cursor to the one that took its row; while a filter is typed it may come back.
  const moved = movedTo(state, found >= 0 ? found : row, bot !== undefined);
  const isAwaited = found < 0 && bot !== undefined && state.prompt?.type === "filter";
  return isAwaited ? { ...moved, place: { ...moved.place, bot } } : moved;
}

/** The cursor on a row, or on the last one; on the bot there if it is to stay with it. */
export function movedTo(state: Top, row: number, stays: boolean): Top {
  const { order, size } = state;
  const height = tableRows(size);
  const last = Math.max(0, order.length - 1);
  const at = Math.min(Math.max(0, row), last);
  const first = Math.min(
    Math.max(state.place.first, at - height + 1),
    at,
    Math.max(0, order.length - height),
  );
  const bot = stays ? order[at]?.bot_id : undefined;
  const place: Place = { ...(bot === undefined ? {} : { bot }), row: at, first: Math.max(0, first) };
  return { ...state, place };
}

/** The bot under the cursor. */
export const underCursor = ({ order, place }: Top): BotStatus | undefined => order[place.row];

/** Words that must all stand somewhere in a bot's line, however they are written. */
function fitsFilter(filter: string): (bot: BotStatus) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (bot) => {
    const text = wordsOf(bot);
    return words.every((word) => text.includes(word));
  };
}

const known = new WeakMap<BotStatus, string>();

function wordsOf(bot: BotStatus): string {
  const found = known.get(bot);
  if (found !== undefined) return found;
  const labels = Object.entries(bot.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const parts = [
    bot.bot_id,
    bot.state,
    bot.trader,
    bot.activity,
    bot.error,
    bot.goal,
    bot.strategy,
    ...labels,
  ];
  const text = parts.filter(Boolean).join("\n").toLowerCase();
  known.set(bot, text);
  return text;
}
