/** What chance and the clock decide, or what no recording can tell: figures that are not compared. As few as can be. */

export interface Mask {
  readonly name: string;
  /** On the line as it was written, colours and all. Its first group, when there is one, is kept. */
  readonly pattern: RegExp;
  readonly reason: string;
}

export const masks: readonly Mask[] = [];

/** A line with all that is masked made the same. */
export function masked(line: string): string {
  let text = line;
  for (const { pattern } of masks) text = text.replace(pattern, (_, kept: unknown) => `${typeof kept === "string" ? kept : ""}#`);
  return text;
}
