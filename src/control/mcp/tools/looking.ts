/** Tools that look at the swarm and its bots. */
import { z } from "zod";
import { whole } from "../../../proto/operation.ts";
import { operations } from "../../../proto/operations.ts";
import { ToldEvent } from "../../../proto/feed.ts";
import { sortKeys } from "../../../proto/operations/looking.ts";
import { selectionShape } from "../../../proto/selection.ts";
import type { Shape } from "../results.ts";
import { done, plain, type ToolRow } from "../tool.ts";
import { BotBrief, brief, WholeBot, wildOfBot, wildOfBots } from "./bot.ts";
import { choiceOf } from "./friendly.ts";
import { Overview, overview, wildInOverview } from "./overview.ts";
import { pageDefault, pageMax, wholePage } from "./pages.ts";
const pointsMax = 150;
const logLinesDefault = 40;

export const aBot = 'Such as "bot_042"';
export const whichBots = {
  bots: 'Ids and patterns: "bot_042", "bot_0*" (* any characters, ? one), or "all"',
  states: "Only bots in one of these states",
  labels: 'Only bots with all of these labels: "team=red", or "team" for any value',
};
/** Ids and patterns of one call: with more of them than this an address would be too long. */
export const wordsMax = 200;
/** Which bots are meant, in a tool's arguments. */
export const whichShape = {
  ...selectionShape,
  bots: selectionShape.bots.refine(
    (words) => words === undefined || words.length <= wordsMax,
    `expected at most ${wordsMax} ids: take a pattern, states or labels, or several calls`,
  ),
};

const swarmStatus: ToolRow = {
  description:
    'How the swarm is doing: how many bots in which state, total credits, credits per turn, the 5 best earners and the 5 that struggle most. Use it first, and for "show me swarm status". For all bots, or a choice of them, use tw2002_list_bots.',
  args: {},
  input: operations.swarmStatus.input,
  output: Overview,
  timed: true,
  wild: wildInOverview,
  lists: { best: 5, struggling: 5 },
  run: async (_, { swarm }) => done(await overview(swarm)),
};

const sortLine = `"struggling" (the worst first), ${sortKeys.filter((key) => key !== "struggling").join(", ")}: lowest first; with "-" in front, highest first`;
const input = operations.listBots.input.omit({ ids_only: true }).extend({
  ...whichShape,
  limit: whole(1, pageMax).default(pageDefault),
});
const listShape: Shape = { wild: wildOfBots("bots"), lists: { bots: pageMax } };
const listBots: ToolRow<typeof input> = {
  ...listShape,
  description:
    'Lists bots, chosen by id pattern, state, label or words, sorted, a page at a time: sort "struggling" brings those that need help first, "-credits_per_turn" the best earners, "credits_per_turn" the worst. Use it to find bots before acting on them. matched is the number of all bots that were meant; while there is a next_cursor, there are more.',
  args: {
    ...whichBots,
    query: "Words that stand somewhere in id, trader, state, strategy, goal, activity, error or label",
    sort: sortLine,
    limit: "Bots on one page",
    cursor: "next_cursor of the page before, with the same other arguments",
  },
  input,
  friendly: choiceOf,
  timed: true,
  shown: input.extend({ sort: z.string().default("bot_id") }),
  output: operations.listBots.output.extend({ bots: z.array(BotBrief) }),
  run: async (asked, { swarm }) =>
    done(
      await wholePage(asked.limit, "bots", listShape, async (limit) => {
        const page = await swarm.listBots({ ...asked, limit });
        return { ...page, bots: page.bots.map(brief) };
      }),
    ),
};

const botStatus: ToolRow = {
  ...plain("botStatus", {
    description:
      "All there is to know of one bot now: state, trader, sector, ship, credits and bank, turns, trades, what it is doing and for which goal, its last error and order. What it lived through: tw2002_get_bot_events; what it sees: tw2002_get_bot_screen.",
    args: { bot_id: aBot },
    wild: wildOfBot,
  }),
  output: WholeBot,
  tells: BotBrief,
  timed: true,
};

const eventsAsked = operations.swarmEvents.input.pick({
  types: true,
  severity: true,
  since: true,
  until: true,
  cursor: true,
});
const eventsInput = operations.botEvents.input
  .pick({ bot_id: true })
  .extend({ ...eventsAsked.shape, limit: whole(1, pageMax).default(pageDefault) });
const eventsShape: Shape = { wild: ["events[]"], lists: { events: pageMax } };
const botEvents: ToolRow<typeof eventsInput> = {
  ...eventsShape,
  description:
    "What one bot lived through, newest first: starts, trades, warnings, errors, orders, ends; text says each in words. Use it to find out why a bot is stuck, failed or earns little. While there is a next_cursor, there may be older ones.",
  args: {
    bot_id: aBot,
    types: 'Only these kinds, such as "traded", "noted", "exited"',
    severity: "Nothing less grave than this",
    since: "From then on, in milliseconds since 1970",
    until: "Up to then",
    limit: "Events on one page",
    cursor: "next_cursor of the page before, with the same other arguments",
  },
  input: eventsInput,
  timed: true,
  output: operations.swarmEvents.output.extend({
    bot_id: operations.botEvents.output.shape.bot_id,
    state: operations.botEvents.output.shape.state,
    events: z.array(ToldEvent.omit({ bot: true })),
  }),
  async run({ bot_id, ...asked }, { swarm }) {
    // Refuses a bot that is not there, of whom there would merely be no events.
    const { state } = await swarm.botStatus({ bot_id });
    const page = await wholePage(asked.limit, "events", eventsShape, async (limit) => {
      const { events, ...rest } = await swarm.swarmEvents({ ...asked, bots: [bot_id], limit });
      return { bot_id, state, events: events.map(nameless), ...rest };
    });
    return done(page);
  },
};

/** An event of a bot that has been named before. */
function nameless(event: ToldEvent) {
  const { bot: _, ...rest } = event;
  return rest;
}

const tailInput = operations.botLogTail.input.extend({ lines: whole(1, pageMax).default(logLinesDefault) });
const botLogTail: ToolRow<typeof tailInput> = {
  ...plain("botLogTail", {
    description:
      "The last lines of one bot's log, oldest first. Use it when the bot's status and events do not say what is wrong.",
    args: { bot_id: aBot, lines: "Lines at most" },
    wild: ["lines[]"],
    lists: { lines: -pageMax },
    more: "ask for fewer lines, or look at the log itself",
  }),
  input: tailInput,
};

const seriesInput = operations.timeSeries.input.extend({ points: whole(1, pointsMax).default(60) });
const timeSeries: ToolRow<typeof seriesInput> = {
  ...plain("timeSeries", {
    description:
      "How credits, net worth, turns, trades, bargains and errors went over time, for the whole swarm, the bots of one strategy or one bot. Use it for trends: compare the first and the last row.",
    args: {
      bot_id: "One bot's id; the whole swarm without it",
      strategy: "Sums over this strategy's bots; not with bot_id",
      since: "From then on, in milliseconds since 1970",
      until: "Up to then",
      points: "Rows at most; where there is more, each stretch of time is told by its last",
    },
    lists: { rows: -pointsMax },
    more: "give since and until, or fewer points",
  }),
  input: seriesInput,
  timed: true,
  async run(asked, { swarm }) {
    const series = await swarm.timeSeries(asked);
    // Refuses a bot that is not there, of whom there would merely be no rows.
    if (asked.bot_id !== undefined && series.rows.length === 0)
      await swarm.botStatus({ bot_id: asked.bot_id });
    return done(series);
  },
};

const botScreen = plain("botScreen", {
  description:
    "The 25 rows of text that stand on one bot's terminal, and where the cursor is. Use it to see what the game shows the bot. live is false when this is the last it saw before its line went down.",
  args: { bot_id: aBot },
  wild: ["rows[]"],
});

export const looking = { swarmStatus, listBots, botStatus, botEvents, botLogTail, timeSeries, botScreen };
