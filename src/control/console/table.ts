/** Rows of text in aligned columns. */
import { clean, cut, widthOf } from "./cells.ts";

export interface Column<T> {
  readonly title: string;
  readonly value: (row: T) => string;
  readonly right?: boolean;
  /** Colours a cell that is laid out already. */
  readonly paint?: (cell: string, row: T) => string;
}

/** Cells that the last column keeps, however narrow the terminal. */
const lastMinCells = 12;

/**
 * Aligned columns two spaces apart, heads in capitals; one row a line, so that grep and cut work. Where a width is given, the last
 * column is cut to it.
 */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[], width?: number): string {
  const cells = rows.map((row) => columns.map((column) => clean(column.value(row))));
  const widths = columns.map((column, i) =>
    cells.reduce((most, line) => Math.max(most, widthOf(line[i]!)), column.title.length),
  );
  const last = columns.length - 1;
  const taken = widths.slice(0, last).reduce((sum, cell) => sum + cell + 2, 0);
  if (width !== undefined) widths[last] = Math.min(widths[last]!, Math.max(width - taken, lastMinCells));
  const layOut = (line: readonly string[], row?: T) =>
    line
      .map((text, i) => {
        const { right, paint } = columns[i]!;
        const cell = i === last ? cut(text, widths[i]!) : text;
        const gap = " ".repeat(widths[i]! - widthOf(cell));
        const painted = paint && row !== undefined ? paint(cell, row) : cell;
        return right ? gap + painted : painted + gap;
      })
      .join("  ")
      .trimEnd();
  const head = columns.map((column) => column.title);
  return [layOut(head), ...cells.map((line, at) => layOut(line, rows[at]))]
    .map((line) => `${line}\n`)
    .join("");
}
