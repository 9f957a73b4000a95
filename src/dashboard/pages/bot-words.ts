/** A bot in words and figures: why it is in its state, what it has, and what its trades brought. */
import type { ToldEvent } from "../../proto/feed.ts";
import { endedStates, type BotState, type BotStatus } from "../../proto/status.ts";
import { ago, clean, compact, duration, grouped, rate } from "../words.ts";

export const hasEnded = ({ state }: Pick<BotStatus, "state">): boolean => endedStates.has(state);

/** How grave a state is, as a class of the style sheet. */
export function toneOf(state: BotState): "good" | "warning" | "bad" | "quiet" {
  switch (state) {
    case "RUNNING":
    case "COMPLETED":
      return "good";
    case "PAUSED":
    case "STUCK":
    case "BACKOFF":
      return "warning";
    case "ERROR":
    case "FAILED":
      return "bad";
    case "QUEUED":
    case "SPAWNING":
    case "REGISTERING":
    case "DEAD":
      return "quiet";
  }
}

/** Why it is in its state, in a sentence. */
export function whyOf(bot: BotStatus, now: number): string {
  const away = bot.linked || endedStates.has(bot.state) ? "" : "; its line to the manager is down";
  return `${stateWords(bot, now)}${away}`;
}

function stateWords(bot: BotStatus, now: number): string {
  // Of one that was ended its last activity tells by whom.
  const why = bot.error ?? (hasEnded(bot) && bot.activity !== "" ? bot.activity : undefined);
  const because = why === undefined ? "" : `: ${clean(why)}`;
  const soon = bot.next_start_at === undefined ? "" : ` in ${duration((bot.next_start_at - now) / 1000)}`;
  const doing = bot.activity === "" ? "is at play" : clean(bot.activity);
  switch (bot.state) {
    case "QUEUED":
      return `Waits to be started${soon}`;
    case "SPAWNING":
      return "Its process is being started";
    case "REGISTERING":
      return "Its process is up and on its way into the game";
    case "RUNNING":
      if (bot.taken) return "Stands at a prompt: somebody has its keys";
      return bot.waits ? `Waits: ${doing}` : capital(doing);
    case "PAUSED":
      return bot.taken
        ? "Held at a safe prompt, and somebody has its keys"
        : `Held at a safe prompt: ${doing}`;
    case "STUCK":
      return `Stuck${because}; nothing has changed in its game for ${since(bot.last_activity, now)}`;
    case "BACKOFF":
      return `Crashed${because}; started again${soon}`;
    case "COMPLETED":
      return `Has done what it was to do${because}`;
    case "DEAD":
      return `Was ended${because}`;
    case "ERROR":
      return `Ended by an error${because}`;
    case "FAILED":
      return `Given up${because}`;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const since = (at: number | undefined, now: number): string =>
  at === undefined ? "long" : duration((now - at) / 1000);

/** A figure with its name; `more` stands smaller beside it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly more?: string | undefined;
}

const optional = (value: number | undefined, tell = grouped): string =>
  value === undefined ? "–" : tell(value);

/** What the trader has and has done. */
export function traderFacts(bot: BotStatus): Fact[] {
  const earned = bot.credits - bot.credits_start;
  const deals = bot.haggle_deals ?? 0;
  return [
    { name: "Sector", value: bot.sector === 0 ? "–" : String(bot.sector) },
    { name: "Credits", value: grouped(bot.credits), more: signed(earned) },
    { name: "Bank", value: optional(bot.bank) },
    { name: "Cargo", value: optional(bot.cargo_value), more: "credits' worth" },
    { name: "Net worth", value: grouped(bot.net_worth) },
    { name: "Credits a turn", value: rate(bot.credits_per_turn) },
    {
      name: "Turns",
      value: grouped(bot.turns_executed),
      more: turnsBeside(bot),
    },
    { name: "Trades", value: grouped(bot.trades_executed), more: `of ${grouped(bot.trade_attempts)} tried` },
    {
      name: "Haggling",
      value: deals === 0 ? "–" : `${rate((bot.haggle_offers ?? 0) / deals)} offers a deal`,
      more: bot.haggle_lost ? `${grouped(bot.haggle_lost)} lost` : undefined,
    },
    { name: "Ship", value: bot.ship === undefined ? "–" : clean(bot.ship) },
    { name: "Holds", value: grouped(bot.holds) },
    { name: "Fighters", value: optional(bot.fighters) },
    { name: "Shields", value: optional(bot.shields) },
    { name: "Experience", value: grouped(bot.experience) },
    {
      name: "Explored",
      value: `${grouped(bot.sectors_explored)} sectors`,
      more: `${grouped(bot.ports_known)} ports`,
    },
  ];
}

const turnsBeside = ({ turns_max, turns_left }: BotStatus): string | undefined => {
  const parts = [
    ...(turns_max > 0 ? [`of ${grouped(turns_max)}`] : []),
    ...(turns_left === undefined ? [] : [`${grouped(turns_left)} left today`]),
  ];
  return parts.length > 0 ? parts.join(", ") : undefined;
};

/** What runs it. */
export function processFacts(bot: BotStatus, now: number): Fact[] {
  return [
    { name: "Process", value: bot.pid === undefined ? "none" : `pid ${bot.pid}` },
    { name: "Memory", value: optional(bot.pid && bot.memory_mb, (mb) => `${mb.toFixed(1)} MB`) },
    { name: "CPU", value: optional(bot.pid && bot.cpu_percent, (percent) => `${percent.toFixed(1)}%`) },
    { name: "Restarts", value: grouped(bot.restarts) },
    { name: "Troubles", value: optional(bot.troubles) },
    { name: "Up", value: bot.pid === undefined ? "–" : duration(bot.uptime_seconds) },
    { name: "Last word", value: ago(bot.last_update, now) },
    { name: "Last change", value: ago(bot.last_activity, now) },
    ...(bot.order && !hasEnded(bot)
      ? [{ name: "Order", value: `${bot.order.type}: ${orderWords[bot.order.state]}` }]
      : []),
  ];
}

const orderWords = { queued: "waits for the bot", delivered: "confirmed by the bot" } as const;

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${compact(Math.abs(value))}`;

/** A trade, as its event tells it. */
export interface Trade {
  readonly at: number;
  readonly sector: number;
  readonly product: string;
  readonly units: number;
  /** Positive when the bot was paid. */
  readonly credits: number;
  /** What the port would have gone to for the whole lot, as the bot made it out, in credits. */
  readonly hidden: number | undefined;
  readonly offers: number | undefined;
  readonly perUnit: number;
  /** Which part of the best price was got: 1 is all of it. */
  readonly share: number | undefined;
}

/** Undefined for an event that tells of no trade. */
export function tradeOf(event: ToldEvent): Trade | undefined {
  const { at, type, sector, product, units, credits } = event;
  if (type !== "traded" || typeof product !== "string") return undefined;
  if (typeof sector !== "number" || typeof units !== "number" || typeof credits !== "number")
    return undefined;
  const hidden = typeof event["hidden"] === "number" && event["hidden"] > 0 ? event["hidden"] : undefined;
  const offers = typeof event["offers"] === "number" ? event["offers"] : undefined;
  const paid = Math.abs(credits);
  // The best for a seller is the most the port pays, for a buyer the least it takes.
  const share = hidden === undefined || paid === 0 ? undefined : credits > 0 ? paid / hidden : hidden / paid;
  const perUnit = units > 0 ? paid / units : 0;
  return { at, sector, product, units, credits, hidden, offers, perUnit, share };
}
