/** Bots by selection, sorted, a page at a time. */
import { z } from "zod";
import type { Swarm } from "../proto/operations.ts";
import { botsMax, idsMax, type Sort } from "../proto/operations/looking.ts";
import { Refusal } from "../proto/refusal.ts";
import { selects, type Selection } from "../proto/selection.ts";
import { pageOf, speaksOf, type Mark } from "../swarm/listing.ts";
import type { Bot, SwarmState } from "../swarm/swarm.ts";
import { statusOf } from "../swarm/totals.ts";
import { cursorOf, readCursor } from "./cursor.ts";

export type Roster = Pick<Swarm, "listBots">;

export interface RosterParts {
  readonly state: Readonly<SwarmState>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function rosterOf({ state, now }: RosterParts): Roster {
  return {
    async listBots({ query = "", sort, limit, cursor, ids_only: idsOnly = false, ...selection }) {
      if (!idsOnly && limit > botsMax)
        throw new Refusal("bad_input", `A page holds at most ${botsMax} bots, or ${idsMax} ids (ids_only)`);
      const meant = botsMeant(state, selection).filter(speaksOf(query));
      const after = cursor === undefined ? undefined : markIn(sort, cursor);
      const { bots, next } = pageOf(state, meant, { sort, limit }, now(), after);
      return {
        matched: meant.length,
        bots: idsOnly ? [] : bots.map((bot) => statusOf(bot, now())),
        ...(idsOnly && { ids: bots.map(({ id }) => id) }),
        ...(next && { next_cursor: cursorOf([sort, next.at, next.median, next.value ?? null, next.id]) }),
      };
    },
  };
}

/** The bots of a selection, in the swarm's order. */
export function botsMeant(state: Readonly<SwarmState>, selection: Selection): Readonly<Bot>[] {
  const isMeant = selects(selection);
  return [...state.bots.values()].filter((bot) =>
    isMeant({ bot_id: bot.id, state: bot.state, ...(bot.labels && { labels: bot.labels }) }),
  );
}

const figure = z.number();
const kinds = {
  words: z.string().nullable(),
  figures: z.array(figure).max(8),
  figure: figure.nullable(),
} as const;
const kindOf = (sort: Sort): z.ZodType<Mark["value"] | null> => {
  const key = sort.replace("-", "");
  return key === "trader" ? kinds.words : key === "struggling" ? kinds.figures : kinds.figure;
};

function markIn(sort: Sort, cursor: string): Mark {
  const place = z.tuple([z.literal(sort), figure, figure, kindOf(sort), z.string()]);
  const [, at, median, value, id] = readCursor(place, cursor);
  return { at, median, value: value ?? undefined, id };
}
