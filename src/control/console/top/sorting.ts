/** Bots in order: what each sort key looks at. */
import { sortKeys, type SortKey } from "../../../proto/operations/looking.ts";
import { botStates, type BotStatus } from "../../../proto/status.ts";

/** What bots can be sorted by here; "struggling" is a question to the manager. */
export type TopSort = Exclude<SortKey, "struggling">;

export interface Sorting {
  readonly by: TopSort;
  /** The greatest first. */
  readonly falling: boolean;
}

const isTopSort = (key: SortKey): key is TopSort => key !== "struggling";
export const topSorts: readonly TopSort[] = sortKeys.filter(isTopSort);

/** "credits", or "-credits" for the greatest first; undefined for a word that is no sort key. */
export function sortingOf(text: string): Sorting | undefined {
  const falling = text.startsWith("-");
  const by = topSorts.find((key) => key === (falling ? text.slice(1) : text));
  return by && { by, falling };
}

const ids = new WeakMap<BotStatus, string>();

/** An id so that bot_2 comes before bot_10. */
function naturalId(bot: BotStatus): string {
  const known = ids.get(bot);
  if (known !== undefined) return known;
  const made = bot.bot_id.replaceAll(/\d+/g, (digits) => digits.padStart(12, "0"));
  ids.set(bot, made);
  return made;
}

const values: Readonly<Partial<Record<TopSort, (bot: BotStatus) => number | string>>> = {
  bot_id: naturalId,
  state: (bot) => botStates.indexOf(bot.state),
  trader: (bot) => bot.trader?.toLowerCase() ?? "",
};

/** Sorts in place; bots that are alike stand by their ids. */
export function sortBots(bots: BotStatus[], { by, falling }: Sorting): BotStatus[] {
  const value = values[by] ?? ((bot: BotStatus) => Number(bot[by] ?? 0));
  const keyed = bots.map((bot) => ({ bot, key: value(bot), id: naturalId(bot) }));
  const sign = falling ? -1 : 1;
  keyed.sort((one, other) => sign * order(one.key, other.key) || order(one.id, other.id));
  return keyed.map(({ bot }) => bot);
}

const order = <T extends number | string>(one: T, other: T) => (one < other ? -1 : one > other ? 1 : 0);
