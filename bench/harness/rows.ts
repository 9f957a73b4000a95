/** What programs with flags of their own print at the end: a promise a row, and whether it was kept. */

/** `met` is undefined for what is only told. */
export type Row = readonly [what: string, found: string, met?: boolean | undefined];

/** Prints them, aligned. Exit status: 0 when every promise was kept, else 1. */
export function printRows(rows: readonly Row[]): number {
  const width = Math.max(0, ...rows.map(([what]) => what.length)) + 2;
  for (const [what, found, met] of rows)
    console.log(`${what.padEnd(width)}${found}${met === undefined ? "" : `  ${met ? "met" : "MISSED"}`}`);
  return rows.some(([, , met]) => met === false) ? 1 : 0;
}
