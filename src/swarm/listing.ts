/** Bots in the orders that people ask for, a page at a time. What a page shows of them is for others. */
import type { Sort, SortKey } from "../proto/operations/looking.ts";
import { printable } from "../proto/printable.ts";
import { botStates } from "../proto/status.ts";
import { medianEarnings, need } from "./struggling.ts";
import type { Bot, SwarmState } from "./swarm.ts";
import { activityOf, earnings, netWorth, uptime } from "./totals.ts";

/** By what one bot comes before another. What is undefined comes last, whichever way round. */
export type Value = number | string | readonly number[] | undefined;

/** What values are measured by: the same for all pages of one listing, else a clock that goes on would tell bots twice. */
interface Measure {
  readonly at: number;
  readonly median: number;
}

/** Where a page ended, so that the next goes on behind it, whoever came or went meanwhile. */
export interface Mark extends Measure {
  readonly value: Value;
  readonly id: string;
}

interface Row {
  readonly bot: Readonly<Bot>;
  readonly value: Value;
}

const ageOf = new Map(botStates.map((state, index) => [state, index]));

const values: Readonly<Record<SortKey, (bot: Readonly<Bot>, measure: Measure) => Value>> = {
  // Ids decide between equals, so here all are equal but for that.
  bot_id: () => 0,
  state: ({ state }) => ageOf.get(state),
  trader: ({ report }) => report?.trader && printable(report.trader.toLowerCase()),
  sector: ({ report }) => report?.sector ?? 0,
  credits: ({ report }) => report?.credits ?? 0,
  net_worth: ({ report }) => (report ? netWorth(report) : 0),
  credits_per_turn: earnings,
  turns_executed: ({ report }) => report?.turns_executed ?? 0,
  trades_executed: ({ report }) => report?.trades_executed ?? 0,
  experience: ({ report }) => report?.experience ?? 0,
  restarts: ({ restarts }) => restarts,
  troubles: ({ report }) => report?.troubles,
  last_activity: ({ lastActivity }) => lastActivity,
  uptime_seconds: (bot, { at }) => uptime(bot, at),
  memory_mb: ({ memoryMb }) => memoryMb,
  cpu_percent: ({ cpuPercent }) => cpuPercent,
  struggling: (bot, { at, median }) => need(bot, median, at),
};

/** One page of these bots, sorted, and where the next begins; equals by their ids. `after` is the mark of the page before. */
export function pageOf(
  state: Readonly<SwarmState>,
  bots: readonly Readonly<Bot>[],
  { sort, limit }: { sort: Sort; limit: number },
  now: number,
  after?: Mark,
): { bots: Readonly<Bot>[]; next: Mark | undefined } {
  const down = sort.startsWith("-");
  const key = (down ? sort.slice(1) : sort) as SortKey;
  const measure = after ?? {
    at: now,
    median: key === "struggling" ? medianEarnings(state.bots.values()) : 0,
  };
  const before = inOrder(key, down);
  const rows = bots
    .map((bot): Row => ({ bot, value: values[key](bot, measure) }))
    .filter((row) => !after || before(after.value, after.id, row.value, row.bot.id) < 0)
    .sort((a, b) => before(a.value, a.bot.id, b.value, b.bot.id));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const { at, median } = measure;
  return {
    bots: page.map(({ bot }) => bot),
    next: last && rows.length > limit ? { at, median, value: last.value, id: last.bot.id } : undefined,
  };
}

/** Whether every word stands somewhere in what people know of the bot, in whatever case. */
export function speaksOf(query: string): (bot: Readonly<Bot>) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (bot) => {
    if (words.length === 0) return true;
    const labels = Object.entries(bot.labels ?? {}).map((label) => label.join("="));
    const known = [
      bot.id,
      bot.report?.trader,
      bot.state,
      bot.strategy,
      bot.goal,
      activityOf(bot),
      bot.error,
      ...labels,
    ];
    const text = known.join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function inOrder(key: SortKey, down: boolean) {
  const sign = down ? -1 : 1;
  return (value: Value, id: string, other: Value, otherId: string): number => {
    if (key === "bot_id") return sign * compareIds(id, otherId);
    if (value === undefined || other === undefined)
      return Number(value === undefined) - Number(other === undefined) || compareIds(id, otherId);
    return sign * compare(value, other) || compareIds(id, otherId);
  };
}

/** Values of one key are of one kind. */
function compare(a: NonNullable<Value>, b: NonNullable<Value>): number {
  if (typeof a !== "object" || typeof b !== "object") return a < b ? -1 : a > b ? 1 : 0;
  for (let index = 0; index < a.length; index++) {
    const difference = a[index]! - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** bot_999 comes before bot_1000, as people count. Of the same number the longer way to write it comes first. */
export function compareIds(a: string, b: string): number {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  // In the midst of a number it is the whole number that counts.
  while (from > 0 && isDigit(a[from - 1])) from--;
  const difference = numberAt(a, from) - numberAt(b, from);
  if (difference) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The number that stands there; NaN where none does. */
function numberAt(id: string, from: number): number {
  let to = from;
  while (isDigit(id[to])) to++;
  return to === from ? NaN : Number(id.slice(from, to));
}

const isDigit = (letter: string | undefined) => letter !== undefined && letter >= "0" && letter <= "9";
