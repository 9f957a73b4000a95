/** `bbsbot export`: whole histories as CSV, JSON or NDJSON, page by page, so that no length is too much. */
import { severities } from "../../proto/feed.ts";
import { eventsMax, pointsMax, SeriesRow } from "../../proto/operations/looking.ts";
import type { Swarm } from "../../proto/operations.ts";
import type { Selection } from "../../proto/selection.ts";
import { BotStatus } from "../../proto/status.ts";
import { jsonLine } from "../../proto/printable.ts";
import { botPages, meantIds } from "./bot-pages.ts";
import { csvLine } from "./csv.ts";
import type { Doors } from "./doors.ts";
import type { Exportable, Format } from "./exportable.ts";
import { stream } from "./outlet.ts";
import { stamp } from "./since.ts";

export interface ExportAsked {
  readonly what: Exportable;
  readonly format: Format;
  /** Undefined: the swarm as a whole, or every bot. */
  readonly selection: Selection | undefined;
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** A file; undefined for stdout. */
  readonly out: string | undefined;
  readonly replace: boolean;
}

type Row = Readonly<Record<string, unknown>>;

export async function exportTo(doors: Doors, swarm: Swarm, asked: ExportAsked): Promise<number> {
  const pages = pagesOf(swarm, asked);
  const { out } = asked;
  if (out !== undefined) {
    let rows = 0;
    const counted = async function* () {
      for await (const page of pages) {
        rows += page.length;
        yield page;
      }
    };
    await doors.writeFile(out, texts(counted(), asked), asked.replace);
    doors.console.err(`${rows} rows written to "${out}"\n`);
    return 0;
  }
  return stream(doors, async (outlet) => {
    for await (const text of texts(pages, asked)) {
      if (text === "") continue;
      await outlet.putText(text);
      if (outlet.isOver()) return;
    }
  });
}

const columns: Readonly<Record<Exportable, readonly string[]>> = {
  // What tells one from another stands first, for whoever reads it in a spreadsheet.
  bots: [...new Set(["bot_id", "state", "trader", ...Object.keys(BotStatus.shape)])],
  events: ["at", "bot", "type", "severity", "text", "details"],
  trades: ["at", "bot", "sector", "product", "units", "credits", "text"],
  timeseries: ["bot", ...Object.keys(SeriesRow.shape)],
};

/** Pages of rows as text, in pieces that belong behind each other. */
async function* texts(
  pages: AsyncIterable<readonly Row[]>,
  { what, format }: ExportAsked,
): AsyncGenerator<string> {
  const names = columns[what];
  const textOf = {
    csv: (row: Row) =>
      csvLine(names.map((name) => (name === "details" ? details(row) : cell(name, row[name])))),
    ndjson: (row: Row) => `${jsonLine(row)}\n`,
    json: (row: Row) => jsonLine(row),
  }[format];
  const head = { csv: csvLine(names), json: "[", ndjson: "" }[format];
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    const lines = page.map(textOf);
    // Not before there is an answer: who is refused gets nothing at all.
    const before = isFirst ? head : "";
    yield before + (format === "json" ? `${isFirst ? "" : ","}\n${lines.join(",\n")}` : lines.join(""));
    isFirst = false;
  }
  if (isFirst) yield head;
  if (format === "json") yield "\n]\n";
}

/** Moments as dates, which spreadsheets know; all else as it is. */
const cell = (name: string, value: unknown): unknown =>
  typeof value === "number" && (name === "at" || name.endsWith("_at") || name.startsWith("last_"))
    ? stamp(value)
    : value;

/** What of an event has no column of its own. */
function details(row: Row): unknown {
  const rest = Object.entries(row).filter(([name]) => !columns.events.includes(name));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

function pagesOf(swarm: Swarm, asked: ExportAsked): AsyncIterable<readonly Row[]> {
  switch (asked.what) {
    case "bots":
      return botPages(swarm, asked.selection ?? {});
    case "events":
      return eventPages(swarm, asked);
    case "trades":
      return eventPages(swarm, asked, ["traded"]);
    case "timeseries":
      return seriesPages(swarm, asked);
  }
}

/** Newest first, as they are told: the other way round would need all of them at once. */
async function* eventPages(
  swarm: Swarm,
  { selection, since, until }: ExportAsked,
  types?: string[],
): AsyncGenerator<readonly Row[]> {
  const [severity] = severities;
  let cursor: string | undefined;
  do {
    const page = await swarm.swarmEvents({
      ...selection,
      types,
      severity,
      since,
      until,
      limit: eventsMax,
      cursor,
    });
    yield page.events;
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}

/** Oldest first, in stretches so short that none of their points is thinned out; for the swarm, or for each bot that is meant. */
async function* seriesPages(
  swarm: Swarm,
  { selection, since = 0, until }: ExportAsked,
): AsyncGenerator<readonly Row[]> {
  const bots = selection === undefined ? [undefined] : await meantIds(swarm, selection);
  for (const bot_id of bots) {
    const ask = (from: number, to: number | undefined) =>
      swarm.timeSeries({ bot_id, since: from, until: to, points: pointsMax });
    const { rows, interval_seconds } = await ask(since, until);
    // The last point is told, however much was thinned out.
    const end = rows.at(-1)?.at ?? -1;
    // Half of what an answer takes: a manager that was started anew has not kept to its pace.
    const stretch = Math.max(1000, (interval_seconds * 1000 * pointsMax) / 2);
    for (let from = await firstAt(ask, since, rows); from <= end; from += stretch) {
      const part = await ask(from, Math.min(end, from + stretch - 1));
      yield part.rows.map((row) => ({ ...(bot_id !== undefined && { bot: bot_id }), ...row }));
    }
  }
}

/** The moment of the very first point. Where points were thinned out, the first of an answer has others before it. */
async function firstAt(
  ask: (from: number, to: number) => Promise<{ rows: readonly SeriesRow[] }>,
  since: number,
  rows: readonly SeriesRow[],
): Promise<number> {
  let first = Number.POSITIVE_INFINITY;
  for (let earlier = rows; earlier.length > 0; earlier = (await ask(since, first - 1)).rows) {
    first = earlier[0]!.at;
    if (first <= since) break;
  }
  return first;
}
