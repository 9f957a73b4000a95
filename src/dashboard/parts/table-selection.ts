/** Which bots are selected, and from where a range goes on. */
export interface Selected {
  readonly ids: ReadonlySet<string>;
  /** The bot that was last selected or put back by itself: where a range begins. */
  readonly anchor?: string;
}

export const nobody: Selected = { ids: new Set() };

/** Selects a bot, or puts it back. */
export function toggled({ ids }: Selected, id: string): Selected {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Selects all from the anchor to a bot, in the order of the list; the bot alone where the anchor is not on it. */
export function extended({ ids, anchor }: Selected, id: string, list: readonly string[]): Selected {
  const to = list.indexOf(id);
  const from = anchor === undefined ? -1 : list.indexOf(anchor);
  if (to < 0) return { ids, ...(anchor !== undefined && { anchor }) };
  if (from < 0) return { ids: new Set([...ids, id]), anchor: id };
  const range = list.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...ids, ...range]), anchor: anchor! };
}

/** Selects all of the list, also those out of sight; or nobody where they all are already. */
export function allOrNobody({ ids }: Selected, list: readonly string[]): Selected {
  return list.length > 0 && list.every((id) => ids.has(id)) ? nobody : { ids: new Set(list) };
}

/** Without those that are on the swarm's list no more. The same value when nobody is gone. */
export function stillThere(selected: Selected, isThere: (id: string) => boolean): Selected {
  const left = [...selected.ids].filter(isThere);
  return left.length === selected.ids.size ? selected : { ...selected, ids: new Set(left) };
}
