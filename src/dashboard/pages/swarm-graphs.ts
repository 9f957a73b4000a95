/** The graphs of the swarm: which there are, what each draws, and how the choice of them stands in the address. */
import type { SeriesRow } from "../../proto/operations/looking.ts";
import type { GraphLine } from "../parts/graph.tsx";
import { perMinute, perOne, shareOf, standing } from "../parts/graph-points.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Ranges that can be chosen, in milliseconds; all there is without one. */
export const ranges = {
  "15m": 15 * minute,
  "1h": hour,
  "6h": 6 * hour,
  "24h": 24 * hour,
  all: undefined,
} as const;
export type Range = keyof typeof ranges;

type GraphName = "per-turn" | "worth" | "turns" | "trades" | "errors";

interface GraphKind {
  readonly title: string;
  readonly lines: (rows: readonly SeriesRow[]) => readonly GraphLine[];
}

export const graphs: Readonly<Record<GraphName, GraphKind>> = {
  "per-turn": {
    title: "Credits a turn",
    lines: (rows) => [
      {
        name: "credits a turn",
        colour: "accent",
        measure: "rate",
        values: perOne(rows, "net_worth", "turns"),
      },
    ],
  },
  worth: {
    title: "Net worth",
    lines: (rows) => [
      { name: "net worth", colour: "good", measure: "whole", values: standing(rows, "net_worth") },
      { name: "in hand", colour: "accent", measure: "whole", values: standing(rows, "credits") },
    ],
  },
  turns: {
    title: "Turns a minute",
    lines: (rows) => [
      { name: "turns a minute", colour: "accent", measure: "rate", values: perMinute(rows, "turns") },
    ],
  },
  trades: {
    title: "Trades",
    lines: (rows) => [
      { name: "trades a minute", colour: "accent", measure: "rate", values: perMinute(rows, "trades") },
      {
        name: "closed",
        colour: "good",
        measure: "percent",
        values: shareOf(rows, "trades", "trade_attempts"),
      },
    ],
  },
  errors: {
    title: "Errors",
    lines: (rows) => [
      { name: "errors a minute", colour: "bad", measure: "rate", values: perMinute(rows, "errors") },
    ],
  },
};
export const graphNames = Object.keys(graphs) as GraphName[];
/** Shown unless others are asked for: on a narrow page one alone, so that the bots are not far below. */
const usually = (isNarrow: boolean): readonly GraphName[] =>
  isNarrow ? ["per-turn"] : ["per-turn", "worth", "turns"];
const none = "none";

/** What an address asks for. */
export interface Shown {
  readonly names: readonly GraphName[];
  readonly range: Range;
  /** A stretch that was zoomed into; then it is shown in place of the range. */
  readonly span: readonly [number, number] | undefined;
  /** Of one strategy's bots alone. */
  readonly strategy: string | undefined;
}

export function shownIn(params: URLSearchParams, isNarrow: boolean): Shown {
  const words = params.get("graphs")?.split(",");
  const range = params.get("range") ?? "";
  const moments = /^(\d{1,15})-(\d{1,15})$/.exec(params.get("span") ?? "");
  const [from, until] = [Number(moments?.[1]), Number(moments?.[2])];
  return {
    names: words ? graphNames.filter((name) => words.includes(name)) : usually(isNarrow),
    range: Object.hasOwn(ranges, range) ? (range as Range) : "1h",
    span: from < until ? [from, until] : undefined,
    strategy: params.get("strategy")?.slice(0, 64) || undefined,
  };
}

/** The word of an address for these graphs; none for the usual ones. */
export function wordOfGraphs(names: readonly GraphName[], isNarrow: boolean): string | undefined {
  if (names.length === 0) return none;
  const word = graphNames.filter((name) => names.includes(name)).join(",");
  return word === usually(isNarrow).join(",") ? undefined : word;
}

/** The same graphs with one more, or one less. */
export const withOrWithout = (names: readonly GraphName[], name: GraphName): readonly GraphName[] =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name];

export const spanWord = ([from, until]: readonly [number, number]): string =>
  `${Math.floor(from)}-${Math.ceil(until)}`;
