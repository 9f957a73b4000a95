/** A bot's screen on a person's terminal: drawn from cells, by sequences of our own alone. What the game wrote never gets there. */
import type { Span } from "../../proto/screen.ts";
import { screenColumns, screenRows } from "../../proto/terminal-view.ts";
import { printable } from "../../proto/printable.ts";

export interface Shown {
  readonly rows: readonly (readonly Span[])[];
  readonly cursor: { readonly row: number; readonly column: number };
}
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

const esc = "\u001b";
/** Another screen, cleared; and back, with colours and cursor as they were. */
export const enter = `${esc}[?1049h${esc}[2J${esc}[H`;
export const leave = `${esc}[0m${esc}[?25h${esc}[?1049l`;

/** Draws what has changed since the last time. */
export interface Painter {
  /** `status` stands on the last line, cut to the terminal's width. */
  paint(shown: Shown, status: string, size: Size): string;
  /** All is drawn anew the next time, as after a change of size. */
  forget(): void;
}

export function createPainter(coloured: boolean): Painter {
  let drawn: string[] = [];
  return {
    forget: () => void (drawn = []),
    paint({ rows, cursor }, status, size) {
      const height = Math.max(1, Math.min(screenRows, size.rows - 1));
      const top = Math.max(0, Math.min(cursor.row - height + 1, rows.length - height));
      const visible = rows.slice(top, top + height).map((row) => rowText(row, size.columns, coloured));
      const lines = [...visible, barText(status, size.columns)];
      const changed = lines
        .map((line, at) =>
          drawn[at] === line ? "" : `${esc}[${lineOf(at, lines.length, size)};1H${line}${esc}[0m`,
        )
        .join("");
      drawn = lines;
      const column = Math.min(cursor.column, size.columns - 1) + 1;
      return `${esc}[?25l${changed}${esc}[${cursor.row - top + 1};${column}H${esc}[?25h`;
    },
  };
}

/** The status line is the terminal's last, whatever is free above it. */
const lineOf = (at: number, count: number, size: Size) => (at === count - 1 ? size.rows : at + 1);

/** One row of cells, as wide as there is room. Rests of the line are cleared first, so that no cell stays from before. */
function rowText(row: readonly Span[], columns: number, coloured: boolean): string {
  let left = Math.min(columns, screenColumns);
  let text = `${esc}[0m${esc}[2K`;
  for (const span of row) {
    if (left <= 0) break;
    // Every character of the game's alphabet is one cell wide, and one unit long.
    const cut = span.text.slice(0, left);
    left -= cut.length;
    text += `${coloured ? styleText(span) : ""}${printable(cut)}`;
  }
  return text;
}

/** ANSI.SYS' order of colours is the terminal's own. */
const styleText = ({ ink, paper, bold, blink, reverse }: Span): string =>
  `${esc}[0${bold ? ";1" : ""}${blink ? ";5" : ""}${reverse ? ";7" : ""};${30 + ink};${40 + paper}m`;

const barText = (status: string, columns: number): string => {
  const text = ` ${printable(status)}`;
  // The last cell stays free: some terminals would scroll.
  const width = Math.max(0, columns - 1);
  return `${esc}[0m${esc}[2K${esc}[7m${Array.from(text).slice(0, width).join("").padEnd(width)}`;
};

/** Rows of text without colours, as a pipe gets them. */
export const plainRows = (rows: readonly string[]): string[] => {
  const shown = rows.map((row) => printable(row).trimEnd());
  const last = shown.findLastIndex((row) => row !== "");
  return shown.slice(0, last + 1);
};
