/** What may be written to a person's terminal, and how it is laid out. */

/** Where a command writes. `stdout` carries the answer alone; everything else goes to `stderr`. */
export interface Console {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches stdout. */
  readonly isTty: boolean;
  readonly colour: boolean;
  /** Width of the terminal in cells; 80 where unknown. */
  readonly columns: number;
}

/**
 * Text that came from a game or a file, made harmless: control characters of both sets, and the marks that turn or hide
 * what follows, become "·". Tabs and line ends too, since a table cell has one line.
 */
export const printable = (text: string) =>
  // oxlint-disable-next-line no-control-regex
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, "·");

export interface Column<T> {
  readonly title: string;
  readonly value: (row: T) => string;
  readonly right?: boolean;
}

/** Aligned columns two spaces apart, heads in capitals; one row a line, so that grep and cut work. */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row))));
  const widths = columns.map((column, i) =>
    Math.max(column.title.length, ...cells.map((line) => cellsOf(line[i]!))),
  );
  const layOut = (line: readonly string[]) =>
    line
      .map((cell, i) => {
        const gap = " ".repeat(widths[i]! - cellsOf(cell));
        return columns[i]!.right ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd();
  return [columns.map((column) => column.title), ...cells].map((line) => layOut(line) + "\n").join("");
}

/** Code points, since every character the game can send is one cell wide. */
const cellsOf = (text: string) => Array.from(text).length;

/** 1234567 as "1,234,567". */
export const grouped = (value: number) => Math.round(value).toLocaleString("en-US");

/** Seconds as people say them: "42s", "3m10s", "2h05m". */
export function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, "0")}s`;
  return `${Math.floor(whole / 3600)}h${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")}m`;
}
