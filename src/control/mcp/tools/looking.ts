/** Tools that look at the swarm and its bots. */
import { z } from "zod";
import { whole } from "../../../proto/operation.ts";
import { operations } from "../../../proto/operations.ts";
import { shaped, type Shape } from "../results.ts";
import { done, plain, type ToolRow } from "../tool.ts";
import { BotBrief, brief, WholeBot, wildOfBot, wildOfBots } from "./bot.ts";
import { Overview, overview, wildInOverview } from "./overview.ts";

/** The most an assistant gets at once of anything that has pages. */
export const pageMax = 100;
const pageDefault = 20;
const pointsMax = 150;
const logLinesDefault = 40;

export const aBot = 'The bot\'s id, such as "bot_042"';
export const whichBots = {
  bots: 'Ids and patterns: "bot_042", "bot_0*" ("*" any characters, "?" one), or "all"',
  states: "Only bots in one of these states",
  labels: 'Only bots with all of these labels: "team=red", or "team" for any value',
};

const swarmStatus: ToolRow = {
  description:
    'How the swarm is doing: how many bots in which state, total credits, credits per turn, the 5 best and the 5 that struggle most. Use it first, and for "show me swarm status". Money is in credits, times in milliseconds since 1970. For all bots, or for a choice of them, use tw2002_list_bots.',
  args: {},
  input: operations.swarmStatus.input,
  output: Overview,
  wild: wildInOverview,
  lists: { best: 5, struggling: 5 },
  run: async (_, { swarm }) => done(await overview(swarm)),
};

const input = operations.listBots.input.extend({ limit: whole(1, pageMax).default(pageDefault) });
const listShape: Shape = {
  wild: wildOfBots("bots"),
  lists: { bots: pageMax },
};
const listBots: ToolRow<typeof input> = {
  ...listShape,
  description:
    'Lists bots, chosen by id pattern, state, label or words, sorted, a page at a time: sort "struggling" brings those that need help first, "-credits_per_turn" the best earners, "credits_per_turn" the worst. Use it to find bots before acting on them. matched is the number of all bots that were meant; while there is a next_cursor, there are more.',
  args: {
    ...whichBots,
    query: "Words that stand somewhere in id, trader, state, strategy, goal, activity, error or label",
    sort: 'What to sort by, lowest first; with "-" in front, highest first. "struggling": the worst first',
    limit: `Bots on one page, 1 to ${pageMax}`,
    cursor: "next_cursor of the page before, with the same other arguments",
  },
  input,
  output: operations.listBots.output.extend({ bots: z.array(BotBrief) }),
  async run(asked, { swarm }) {
    // Cut by the manager itself, a page has a cursor that leads on from where it was cut. One row always fits.
    for (let { limit } = asked; ;) {
      const page = await swarm.listBots({ ...asked, limit });
      const rows = { ...page, bots: page.bots.map(brief) };
      const { length } = shaped(rows, listShape)["bots"] as unknown[];
      if (length === rows.bots.length) return done(rows);
      limit = length;
    }
  },
};

const botStatus: ToolRow = {
  ...plain("botStatus", {
    description:
      "All there is to know of one bot now: state, trader, sector, ship, credits and bank, turns, trades, what it is doing and for which goal, its last error and its last order. Money is in credits, times in milliseconds since 1970. What it lived through: tw2002_get_bot_events; what it sees: tw2002_get_bot_screen.",
    args: { bot_id: aBot },
    wild: wildOfBot,
  }),
  output: WholeBot,
};

const eventsInput = operations.botEvents.input.extend({ limit: whole(1, pageMax).default(pageDefault) });
const botEvents: ToolRow<typeof eventsInput> = {
  ...plain("botEvents", {
    description:
      "What one bot lived through, newest first: starts, trades, warnings, errors, orders, ends. Use it to find out why a bot is stuck, failed or earns little. Times (at) are milliseconds since 1970.",
    args: {
      bot_id: aBot,
      before:
        "Only what happened before, in milliseconds since 1970: the at of the last event leads on from there",
      limit: `Events, 1 to ${pageMax}`,
    },
    wild: ["events[]"],
    lists: { events: pageMax },
    more: 'for older ones give "before" the at of the last event',
  }),
  input: eventsInput,
};

const tailInput = operations.botLogTail.input.extend({ lines: whole(1, pageMax).default(logLinesDefault) });
const botLogTail: ToolRow<typeof tailInput> = {
  ...plain("botLogTail", {
    description:
      "The last lines of one bot's log, oldest first. Use it when the bot's status and events do not say what is wrong.",
    args: { bot_id: aBot, lines: `Lines, 1 to ${pageMax}` },
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
      "How credits, net worth, turns, trades, bargains and errors went over time, for the whole swarm or for one bot. Use it for trends: compare the first and the last row. Money is in credits, times (at) are milliseconds since 1970.",
    args: {
      bot_id: "One bot's id; the whole swarm without it",
      since: "From then on, in milliseconds since 1970",
      until: "Up to then, in milliseconds since 1970",
      points: `Rows at most, 1 to ${pointsMax}; where there is more, each stretch of time is told by its last`,
    },
    lists: { rows: -pointsMax },
    more: "give since and until, or fewer points",
  }),
  input: seriesInput,
};

const botScreen = plain("botScreen", {
  description:
    "The 25 rows of text that stand on one bot's terminal, and where the cursor is. Use it to see what the game shows the bot. live is false when this is the last it saw before its line went down.",
  args: { bot_id: aBot },
  wild: ["rows[]"],
});

export const looking = { swarmStatus, listBots, botStatus, botEvents, botLogTail, timeSeries, botScreen };
