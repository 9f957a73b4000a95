/** The swarm in figures: how it stands, how it goes, and the short line that shows where each comes from. */
import type { SeriesRow } from "../../proto/operations/looking.ts";
import { compact, grouped, rate } from "../words.ts";
import { minuteMs } from "./figures-past.ts";
import { perMinute, perOne, shareOf, standing, type Values } from "./graph-points.ts";

export interface Figure {
  readonly name: string;
  readonly value: string;
  /** More of the same, smaller. */
  readonly beside: string;
  readonly trend: Values;
}

const quarterMs = 15 * 60_000;

/** `rows`: the last hour, oldest first, its last row the present. `sinceStart`: credits per turn of the swarm's whole life. */
export function figuresOf(rows: readonly SeriesRow[], sinceStart: number): readonly Figure[] {
  const now = rows.at(-1);
  if (!now) return [];
  const minute = rowBefore(rows, minuteMs);
  const quarter = rowBefore(rows, quarterMs);
  const turnsAMinute = growth(now, minute, "turns");
  const tradesAMinute = growth(now, minute, "trades");
  const errorsAnHour = rows[0] === undefined ? 0 : Math.max(0, now.errors - rows[0].errors);
  return [
    {
      name: "Turns a minute",
      value: told(turnsAMinute, short),
      beside: `${compact(now.turns)} in all`,
      trend: perMinute(rows, "turns"),
    },
    {
      name: "Credits",
      value: compact(now.credits + now.bank),
      beside: `${compact(now.bank)} in the bank`,
      trend: rows.map((row) => row.credits + row.bank),
    },
    {
      name: "Net worth",
      value: compact(now.net_worth),
      beside: `${signed(now.net_worth - minute.net_worth)} in the last minute`,
      trend: standing(rows, "net_worth"),
    },
    {
      name: "Credits a turn",
      value: told(perTurn(now, minute), rate),
      beside: `15 min ${told(perTurn(now, quarter), rate)} · ever ${rate(sinceStart)}`,
      trend: perOne(rows, "net_worth", "turns"),
    },
    {
      name: "Trades that closed",
      value: share(now.trades, now.trade_attempts),
      beside: `${told(tradesAMinute, short)} a minute · ${compact(now.trades)}`,
      trend: shareOf(rows, "trades", "trade_attempts"),
    },
    {
      name: "Offers a deal",
      value: now.haggle_deals > 0 ? rate(now.haggle_offers / now.haggle_deals) : "–",
      beside: `${share(now.haggle_lost, now.haggle_deals + now.haggle_lost)} of bargains lost`,
      trend: perOne(rows, "haggle_offers", "haggle_deals"),
    },
    {
      name: "Errors",
      value: short(now.errors),
      beside: `${short(errorsAnHour)} in the last hour`,
      trend: perMinute(rows, "errors"),
    },
  ];
}

/** The last row that is so old at least; the oldest there is where none is. */
function rowBefore(rows: readonly SeriesRow[], ms: number): SeriesRow {
  const at = rows.at(-1)!.at;
  return rows.findLast((row) => at - row.at >= ms) ?? rows[0]!;
}

function growth(now: SeriesRow, before: SeriesRow, name: "turns" | "trades"): number | undefined {
  if (now.at <= before.at || now[name] < before[name]) return undefined;
  return (60_000 * (now[name] - before[name])) / (now.at - before.at);
}

const perTurn = (now: SeriesRow, before: SeriesRow): number | undefined =>
  now.turns > before.turns ? (now.net_worth - before.net_worth) / (now.turns - before.turns) : undefined;

const told = (value: number | undefined, how: (value: number) => string): string =>
  value === undefined ? "–" : how(value);
const short = (value: number): string => (value < 10_000 ? grouped(value) : compact(value));
const signed = (value: number): string => `${value < 0 ? "−" : "+"}${compact(Math.abs(value))}`;
const share = (part: number, of: number): string => (of > 0 ? `${((100 * part) / of).toFixed(1)}%` : "–");

/** A line's points within a box, as an SVG path; broken where there is no value. */
export function sparkPath(values: Values, width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  const [least, most] = known.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [
    Infinity,
    -Infinity,
  ] as [number, number]);
  const span = most - least;
  let isDown = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isDown = false;
        return "";
      }
      const x = (index * width) / Math.max(1, values.length - 1);
      const y = span === 0 ? height / 2 : 1 + (1 - (value - least) / span) * (height - 2);
      const step = `${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDown = true;
      return step;
    })
    .join("");
}
