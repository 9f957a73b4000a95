/** The columns of the table of bots, and what stands in each. */
import type { SortKey } from "../../proto/operations/looking.ts";
import type { BotStatus } from "../../proto/status.ts";
import { clean, compact, duration, grouped, rate } from "../words.ts";

export interface Column {
  readonly name: string;
  /** For the style sheet: its width, and whether a narrow page has room for it. */
  readonly id: string;
  /** By what the manager sorts it; not at all without it. */
  readonly sort?: SortKey;
  readonly isFigure?: boolean;
  readonly hint?: string;
  readonly told: (bot: BotStatus, seen: Seen) => string;
}

/** What a row shows that is not in the bot's own status. */
export interface Seen {
  readonly now: number;
  /** How its worth changed in the last minute. */
  readonly change: number | undefined;
}

export const columns: readonly Column[] = [
  { name: "Bot", id: "bot", sort: "bot_id", told: ({ bot_id }) => bot_id },
  { name: "State", id: "state", sort: "state", told: ({ state }) => state },
  { name: "Trader", id: "trader", sort: "trader", told: ({ trader }) => clean(trader ?? "–") },
  {
    name: "Sector",
    id: "sector",
    sort: "sector",
    isFigure: true,
    told: ({ sector }) => (sector > 0 ? String(sector) : "–"),
  },
  { name: "Strategy", id: "strategy", told: ({ strategy }) => clean(strategy) },
  { name: "Goal", id: "goal", told: ({ goal }) => clean(goal) },
  {
    name: "Credits",
    id: "credits",
    sort: "credits",
    isFigure: true,
    told: ({ credits }) => grouped(credits),
  },
  {
    name: "Change",
    id: "change",
    isFigure: true,
    hint: "Net worth, in the last minute",
    told: (_, { change }) => (change === undefined ? "–" : signed(change)),
  },
  {
    name: "Cr/turn",
    id: "per-turn",
    sort: "credits_per_turn",
    isFigure: true,
    hint: "Credits earned per turn since its start",
    told: ({ credits_per_turn }) => rate(credits_per_turn),
  },
  {
    name: "Turns",
    id: "turns",
    sort: "turns_executed",
    isFigure: true,
    told: ({ turns_executed }) => grouped(turns_executed),
  },
  {
    name: "Trades",
    id: "trades",
    sort: "trades_executed",
    isFigure: true,
    told: ({ trades_executed }) => grouped(trades_executed),
  },
  { name: "Doing", id: "doing", told: doingOf },
  {
    name: "Seen",
    id: "seen",
    sort: "last_activity",
    isFigure: true,
    hint: "Since its game last changed",
    told: ({ last_activity }, { now }) =>
      last_activity === undefined ? "never" : duration((now - last_activity) / 1000),
  },
];

/** What it does; for one that has ended or failed, why. */
function doingOf({ state, error, activity, taken, order }: BotStatus): string {
  if (taken) return `keys taken: ${clean(activity)}`;
  // One that is confirmed shows in what it does, or in its state.
  if (order?.state === "queued") return `${order.type} waits: ${clean(activity)}`;
  const isWell = state === "RUNNING" || state === "PAUSED";
  return clean((isWell ? undefined : error) ?? activity);
}

function signed(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return `${value < 0 ? "−" : "+"}${size < 100_000 ? grouped(size) : compact(size)}`;
}
