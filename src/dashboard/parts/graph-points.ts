/** Rows of the time series as lines to draw: figures as they stand, and what they grew by in a minute or by a turn. */
import type { SeriesRow } from "../../proto/operations/looking.ts";

/** A value for each moment; null where there is none. */
export type Values = readonly (number | null)[];
type Counted = Exclude<keyof SeriesRow, "at">;

/** What grows is told over no less than this, in milliseconds: between two samples a bot may have done nothing. */
export const growthMinMs = 60_000;
/** And over no less than this part of what is drawn, so that a long stretch is no thicket. */
const growthPart = 1 / 80;

/** How long a stretch growth is told over, in rows that span so much time. */
export const growthMs = (rows: readonly SeriesRow[]): number =>
  Math.max(growthMinMs, growthPart * ((rows.at(-1)?.at ?? 0) - (rows[0]?.at ?? 0)));

/** Milliseconds since 1970 of each row. */
export const momentsOf = (rows: readonly SeriesRow[]): number[] => rows.map(({ at }) => at);

export const standing = (rows: readonly SeriesRow[], name: Counted): Values => rows.map((row) => row[name]);

/** What a figure grew by, in a minute. */
export const perMinute = (rows: readonly SeriesRow[], name: Counted): Values =>
  grown(rows, (row, before) => (60_000 * (row[name] - before[name])) / (row.at - before.at));

/** What one figure grew by for each one that another grew by: null where the other stood still. */
export const perOne = (rows: readonly SeriesRow[], name: Counted, by: Counted): Values =>
  grown(rows, (row, before) =>
    row[by] > before[by] ? (row[name] - before[name]) / (row[by] - before[by]) : null,
  );

/** The part of what was tried that succeeded: never more than all, though what was tried before a stretch may succeed within it. */
export const shareOf = (rows: readonly SeriesRow[], name: Counted, of: Counted): Values =>
  perOne(rows, name, of).map((share) => (share === null ? null : Math.min(1, share)));

/** Sums that only grow while no bot is taken off the list: where they fall nothing can be told. */
const sums: readonly Counted[] = ["turns", "trades", "trade_attempts", "errors"];

function grown(
  rows: readonly SeriesRow[],
  tell: (row: SeriesRow, before: SeriesRow) => number | null,
): Values {
  const stretch = growthMs(rows);
  let at = 0;
  return rows.map((row, index) => {
    while (at + 1 < index && row.at - rows[at + 1]!.at >= stretch) at++;
    const before = rows[at]!;
    if (before.at >= row.at || sums.some((name) => row[name] < before[name])) return null;
    return tell(row, before);
  });
}

/** Rows from the manager, and after the last of them what the page has seen since. */
export function joined(kept: readonly SeriesRow[], seen: readonly SeriesRow[]): readonly SeriesRow[] {
  const last = kept.at(-1)?.at ?? 0;
  return [...kept, ...seen.filter(({ at }) => at > last)];
}

/** At most so many of the rows, the last among them: what a table shows of a graph. */
export function everyFew<T>(rows: readonly T[], most: number): T[] {
  const step = Math.ceil(rows.length / most);
  return rows.filter((_, index) => (rows.length - 1 - index) % step === 0);
}
