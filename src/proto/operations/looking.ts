/** What can be seen of the swarm and its bots. */
import { z } from "zod";
import { BotId } from "../ids.ts";
import { SwarmTotals } from "../events.ts";
import { Severity, ToldEvent } from "../feed.ts";
import { batchMax, Cursor, define, Flag, list, Moment, OneBot, whole } from "../operation.ts";
import { selectionShape } from "../selection.ts";
import { BotStatus, SwarmStatus } from "../status.ts";
import { ScreenShot } from "../terminal-view.ts";

export const eventsMax = 1000;
export const logLinesMax = 1000;
export const pointsMax = 5000;

const LogSlice = z.object({
  bot_id: BotId,
  lines: z.array(z.string()),
  /** Bytes of the log before the first of these lines, and after the last: `offset` of the next slice. */
  offset: z.int(),
  next_offset: z.int(),
  size: z.int(),
});

/** One point of a time series: sums over the bots for the swarm. Credits unless said otherwise. */
export const SeriesRow = z.object({
  /** Milliseconds since 1970; where points were thinned, the last of its stretch. */
  at: z.int(),
  bots: z.int(),
  running: z.int(),
  credits: z.int(),
  bank: z.int(),
  cargo_value: z.int(),
  net_worth: z.int(),
  turns: z.int(),
  trades: z.int(),
  trade_attempts: z.int(),
  haggle_deals: z.int(),
  haggle_offers: z.int(),
  haggle_lost: z.int(),
  /** Troubles told by the bots, and crashes. */
  errors: z.int(),
});
export type SeriesRow = z.infer<typeof SeriesRow>;

/** What bots can be sorted by; a minus in front turns it round. `struggling`: those that need somebody most come first. */
export const sortKeys = [
  "bot_id",
  "state",
  "trader",
  "sector",
  "credits",
  "net_worth",
  "credits_per_turn",
  "turns_executed",
  "trades_executed",
  "experience",
  "restarts",
  "troubles",
  "last_activity",
  "uptime_seconds",
  "memory_mb",
  "cpu_percent",
  "struggling",
] as const;
export type SortKey = (typeof sortKeys)[number];
const Sort = z.enum([...sortKeys, ...sortKeys.map((key) => `-${key}` as const)]);
export type Sort = z.infer<typeof Sort>;
export const botsMax = 1000;
/** Ids of one page, where they alone are asked for: a whole swarm. */
export const idsMax = batchMax;

export const looking = {
  swarmStatus: define({
    summary: "Totals and every bot",
    http: ["GET", "/swarm/status"],
    success: 200,
    cli: "status",
    mcp: {
      name: "tw2002_get_swarm_status",
      title: "Swarm status",
      destructive: false,
      idempotent: true,
      openWorld: false,
    },
    writes: false,
    input: z.strictObject({}),
    output: SwarmStatus,
  }),
  swarmTotals: define({
    summary: "Totals without the bots, of all or of a selection",
    http: ["GET", "/swarm/totals"],
    success: 200,
    cli: "status",
    writes: false,
    input: z.strictObject(selectionShape),
    output: SwarmTotals,
  }),
  timeSeries: define({
    summary: "How credits, turns, trades and the rest went, for the swarm or for one bot",
    http: ["GET", "/swarm/timeseries"],
    success: 200,
    cli: "timeseries",
    mcp: {
      name: "tw2002_get_time_series",
      title: "Time series",
      destructive: false,
      idempotent: true,
      openWorld: false,
    },
    writes: false,
    input: z.strictObject({
      bot_id: BotId.optional(),
      /** The sums over the bots that had this strategy then, in place of the swarm's. */
      strategy: z.string().min(1).max(64).optional(),
      since: Moment.optional(),
      until: Moment.optional(),
      /** At most so many points: where there are more, each stretch is told by its last. */
      points: whole(1, pointsMax).default(500),
    }),
    output: z.object({ interval_seconds: z.number(), rows: z.array(SeriesRow) }),
  }),
  botStatus: define({
    summary: "One bot",
    http: ["GET", "/bot/:bot_id/status"],
    success: 200,
    cli: "status",
    mcp: {
      name: "tw2002_get_bot_status",
      title: "Bot status",
      destructive: false,
      idempotent: true,
      openWorld: false,
    },
    writes: false,
    input: OneBot,
    output: BotStatus,
  }),
  botConfig: define({
    summary: "The configuration of a bot, its secrets masked",
    http: ["GET", "/bot/:bot_id/config"],
    success: 200,
    cli: "describe",
    writes: false,
    input: OneBot,
    output: z.object({ bot_id: BotId, config_name: z.string(), config: z.unknown() }),
  }),
  botEvents: define({
    summary: "What a bot lived through, newest first",
    http: ["GET", "/bot/:bot_id/events"],
    success: 200,
    cli: "events",
    mcp: {
      name: "tw2002_get_bot_events",
      title: "Events of a bot",
      destructive: false,
      idempotent: true,
      openWorld: false,
    },
    writes: false,
    input: z.strictObject({
      bot_id: BotId,
      /** Only what happened before. */
      before: Moment.optional(),
      limit: whole(1, eventsMax).default(50),
    }),
    output: z.object({
      bot_id: BotId,
      state: BotStatus.shape.state,
      events: z.array(z.object({ type: z.string(), at: z.int() }).loose()),
    }),
  }),
  botLogs: define({
    summary: "Lines of a bot's log, from an offset in bytes",
    http: ["GET", "/bot/:bot_id/logs"],
    success: 200,
    cli: "logs",
    writes: false,
    input: z.strictObject({
      bot_id: BotId,
      offset: whole(0, Number.MAX_SAFE_INTEGER).default(0),
      limit: whole(1, logLinesMax).default(200),
    }),
    output: LogSlice,
  }),
  botLogTail: define({
    summary: "The last lines of a bot's log",
    http: ["GET", "/bot/:bot_id/logs/tail"],
    success: 200,
    cli: "logs",
    mcp: {
      name: "tw2002_tail_bot_logs",
      title: "Last lines of a bot's log",
      destructive: false,
      idempotent: true,
      openWorld: false,
    },
    writes: false,
    input: z.strictObject({ bot_id: BotId, lines: whole(1, logLinesMax).default(100) }),
    output: LogSlice,
  }),
  listBots: define({
    summary: "Bots of a selection, sorted, a page at a time",
    http: ["GET", "/swarm/bots"],
    success: 200,
    cli: "ls",
    mcp: {
      name: "tw2002_list_bots",
      title: "List, sort and find bots",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: false,
    input: z.strictObject({
      ...selectionShape,
      /** Words that stand somewhere in id, trader, state, strategy, goal, activity, error or label. */
      query: z.string().max(200).optional(),
      sort: Sort.default("bot_id"),
      /** Tell `ids` and leave `bots` empty: the order alone, for whoever knows the bots already. */
      ids_only: Flag.optional(),
      /** Bots on one page; more than 1000 with `ids_only` alone. */
      limit: whole(1, idsMax).default(100),
      cursor: Cursor.optional(),
    }),
    output: z.object({
      /** Bots that were meant, on this page and all others. */
      matched: z.int(),
      bots: z.array(BotStatus),
      ids: z.array(BotId).optional(),
      next_cursor: Cursor.optional(),
    }),
  }),
  swarmEvents: define({
    summary: "What happened to the bots of a selection, newest first",
    http: ["GET", "/swarm/events"],
    success: 200,
    cli: "events",
    writes: false,
    input: z.strictObject({
      ...selectionShape,
      /** Kinds of event, such as "traded"; all without it. */
      types: list(z.string().regex(/^[A-Za-z]{1,40}$/), 40).optional(),
      /** Nothing less grave than this. */
      severity: Severity.default("info"),
      since: Moment.optional(),
      until: Moment.optional(),
      limit: whole(1, eventsMax).default(100),
      cursor: Cursor.optional(),
    }),
    output: z.object({ events: z.array(ToldEvent), next_cursor: Cursor.optional() }),
  }),
  botScreen: define({
    summary: "What stands on a bot's screen",
    http: ["GET", "/bot/:bot_id/screen"],
    success: 200,
    cli: "screen",
    mcp: {
      name: "tw2002_get_bot_screen",
      title: "A bot's screen",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: false,
    input: OneBot,
    output: z.object({ bot_id: BotId, ...ScreenShot.shape }),
  }),
} as const;
