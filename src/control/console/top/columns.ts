/** The table's columns: what each shows, how wide it may be, and which of them there is room for. */
import type { SortKey } from "../../../proto/operations/looking.ts";
import type { BotStatus } from "../../../proto/status.ts";
import { duration, grouped } from "../terminal.ts";
import { stateStyles, type Style } from "../colours.ts";

export interface TopColumn {
  readonly title: string;
  /** Absent where there is nothing to sort by. */
  readonly sort?: SortKey;
  readonly right?: boolean;
  readonly min: number;
  /** Up to which it grows where there is room; as `min` when absent. */
  readonly max?: number;
  value(bot: BotStatus, width: number): string;
  style?(bot: BotStatus): Style | undefined;
}

export interface FittedColumn {
  readonly column: TopColumn;
  readonly width: number;
}

/** A number in so many cells: 1,234,567, or 1.2M where that is too long. */
export function figure(value: number, width: number): string {
  const whole = grouped(value);
  if (whole.length <= width) return whole;
  for (const [size, sign] of [
    [1e3, "k"],
    [1e6, "M"],
    [1e9, "G"],
    [1e12, "T"],
    [1e15, "P"],
  ] as const) {
    for (const digits of [1, 0]) {
      const text = (value / size).toFixed(digits) + sign;
      if (Math.abs(value) < size * 1000 && text.length <= width) return text;
    }
  }
  return "#".repeat(width);
}

const number = (
  title: string,
  sort: SortKey,
  min: number,
  value: (bot: BotStatus) => number | undefined,
): TopColumn => ({
  title,
  sort,
  right: true,
  min,
  value: (bot, width) => {
    const is = value(bot);
    return is === undefined ? "-" : figure(is, width);
  },
});

/** An error may bring along the end of a log, which is for the bot's own sheet. */
const doing = (bot: BotStatus) => (bot.error ?? bot.activity).split("\n", 1)[0]!;

const columns = {
  bot: { title: "BOT", sort: "bot_id", min: 7, max: 64, value: (bot) => bot.bot_id },
  state: {
    title: "STATE",
    sort: "state",
    min: 11,
    value: (bot) => bot.state,
    style: (bot) => stateStyles[bot.state],
  },
  trader: { title: "TRADER", sort: "trader", min: 14, max: 24, value: (bot) => bot.trader ?? "-" },
  sector: number("SECTOR", "sector", 6, (bot) => bot.sector || undefined),
  credits: number("CREDITS", "credits", 9, (bot) => bot.credits),
  worth: number("NET WORTH", "net_worth", 11, (bot) => bot.net_worth),
  perTurn: {
    title: "CR/TURN",
    sort: "credits_per_turn",
    right: true,
    min: 8,
    value: (bot, width) => {
      const text = bot.credits_per_turn.toFixed(2);
      return text.length <= width ? text : figure(bot.credits_per_turn, width);
    },
  },
  turns: {
    title: "TURNS",
    sort: "turns_executed",
    right: true,
    min: 7,
    max: 13,
    value: (bot, width) => {
      const both = `${grouped(bot.turns_executed)}/${grouped(bot.turns_max)}`;
      return bot.turns_max > 0 && both.length <= width ? both : figure(bot.turns_executed, width);
    },
  },
  trades: number("TRADES", "trades_executed", 7, (bot) => bot.trades_executed),
  doing: {
    title: "DOING",
    min: 14,
    max: 60,
    value: doing,
    style: (bot) => (bot.error === undefined ? undefined : "bad"),
  },
  goal: { title: "GOAL", min: 10, max: 24, value: (bot) => bot.goal },
  up: {
    title: "UP",
    sort: "uptime_seconds",
    right: true,
    min: 7,
    value: (bot) => duration(bot.uptime_seconds),
  },
  experience: number("EXP", "experience", 7, (bot) => bot.experience),
  restarts: number("RESTARTS", "restarts", 9, (bot) => bot.restarts),
  troubles: number("TROUBLES", "troubles", 9, (bot) => bot.troubles),
  memory: number("MB", "memory_mb", 6, (bot) => bot.memory_mb),
  cpu: number("CPU%", "cpu_percent", 6, (bot) => bot.cpu_percent),
  labels: {
    title: "LABELS",
    min: 10,
    max: 30,
    value: (bot) =>
      Object.entries(bot.labels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(","),
  },
} as const satisfies Record<string, TopColumn>;

type Name = keyof typeof columns;
const all: readonly [Name, TopColumn][] = Object.entries(columns) as [Name, TopColumn][];
/** Who is first gets room first; DOING comes twice, the second time to be read with ease. They stand in the order above. */
const byWorth: readonly Name[] = [
  ...([
    "bot",
    "state",
    "doing",
    "credits",
    "perTurn",
    "turns",
    "sector",
    "doing",
    "trades",
    "trader",
  ] as const),
  ...(["worth", "goal", "up", "troubles", "restarts", "experience", "labels", "memory", "cpu"] as const),
];
const easyDoing = 30;
/** Who gets what is left, up to its longest. */
const byNeed: readonly Name[] = ["bot", "turns", "doing", "trader", "goal", "labels"];
const gap = 2;

/** The columns for a table so wide, for bots whose longest id has so many characters. */
export function fitColumns(width: number, longestId: number): FittedColumn[] {
  const widths = new Map<Name, number>();
  let left = width + gap;
  for (const name of byWorth) {
    const has = widths.get(name);
    if (has !== undefined) {
      const more = Math.min(easyDoing - has, left);
      widths.set(name, has + more);
      left -= more;
      continue;
    }
    const { min, title } = columns[name] as TopColumn;
    // An arrow stands behind the title of the column that sorts.
    const needs = Math.max(name === "bot" ? Math.min(longestId, 16) : 0, min, title.length + 1);
    if (needs + gap > left) break;
    widths.set(name, needs);
    left -= needs + gap;
  }
  for (const name of byNeed) {
    const has = widths.get(name);
    if (has === undefined) continue;
    const most = name === "bot" ? longestId : ((columns[name] as TopColumn).max ?? has);
    const more = Math.max(0, Math.min(most - has, left));
    widths.set(name, has + more);
    left -= more;
  }
  return all.flatMap(([name, column]) => {
    const is = widths.get(name);
    return is === undefined ? [] : [{ column, width: is }];
  });
}
