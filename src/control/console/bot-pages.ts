/** The bots that a selection means, by asking the manager a page at a time. */
import { botsMax } from "../../proto/operations/looking.ts";
import type { Swarm } from "../../proto/operations.ts";
import { isPattern, strangers, type Selection } from "../../proto/selection.ts";
import type { BotStatus } from "../../proto/status.ts";
import { noSuchBots } from "./meant.ts";

/** Requests that are under way at one moment, where each bot is asked by itself. */
export const inFlightMax = 8;

/** Pages of bots in the order of their ids. */
export async function* botPages(swarm: Swarm, selection: Selection): AsyncGenerator<BotStatus[]> {
  let cursor: string | undefined;
  do {
    const page = await swarm.listBots({ ...selection, sort: "bot_id", limit: botsMax, cursor });
    yield page.bots;
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}

/** Ids of all bots that are meant. Throws Refusal "not_found" for an id that names none. */
export async function meantIds(swarm: Swarm, selection: Selection): Promise<string[]> {
  const ids: string[] = [];
  for await (const bots of botPages(swarm, selection)) ids.push(...bots.map((bot) => bot.bot_id));
  const known = new Set(ids);
  // With states or labels a bot may be there and not be meant.
  if (selection.states === undefined && selection.labels === undefined) {
    const unknown = strangers(selection, (id) => known.has(id));
    if (unknown.length > 0) throw noSuchBots(unknown);
  }
  return ids;
}

/** Whether a selection may come to mean bots that are not there yet. */
export const isOpenEnded = ({ bots, states, labels }: Selection): boolean =>
  bots === undefined || states !== undefined || labels !== undefined || bots.some(isPattern);

/** Whether one bot is named and nothing else, so that lines need not say which bot they are about. */
export const isOne = (selection: Selection): boolean =>
  !isOpenEnded(selection) && selection.bots?.length === 1;

/** Does a work for each of many, `inFlightMax` at a time. */
export async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  const hand = async () => {
    for (const one of rest) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(inFlightMax, all.length) }, hand));
}
