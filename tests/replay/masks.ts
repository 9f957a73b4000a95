/** Figures that are not compared: what no recording can tell. As few as can be. */

export interface Mask {
  readonly name: string;
  /** What is masked, on the line as it was written, colours and all. */
  readonly pattern: RegExp;
  readonly reason: string;
}

/** Colours between a word and its figure. */
const ink = String.raw`(?:\x1b\[[0-9;]*m|: |[ ])*`;
const figure = String.raw`[\d,]+ *`;
const after = (words: string) => new RegExp(`(?<=${words}${ink})${figure}`, "g");

export const masks: readonly Mask[] = [
  {
    name: "the whole galaxy counted",
    pattern: after(
      "(?:Ports in game|Value of ports|Figs in game|Mines in game|Active Ports=|Port Value=|Active Figs=|Active Mines=)",
    ),
    reason: "a recording shows a small part of its galaxy",
  },
  {
    name: "the whole galaxy counted, in the game's status",
    pattern:
      // oxlint-disable-next-line no-control-regex
      /(?<=\x1b\[1;33m )[\d,]+ (?=.*(?:ports are open|planets exist|Traders|Fighters and))|(?<=net worth of \x1b\[1;33m)[\d,]+|(?<=universe, \x1b\[1;33m)\d+|(?<=Fighters and \x1b\[1;33m)[\d,]+|(?<=Traders \(\x1b\[35m)\d+/g,
    reason: "a recording shows a small part of its galaxy",
  },
  {
    name: "the game's history",
    pattern:
      // oxlint-disable-next-line no-control-regex
      /(?<=Days since start {4}: \x1b\[1;36m)\d+|(?<=Last Bust Clear {5}: \x1b\[1;36m)\d+|(?<=(?:Start|Last Extern|Last Bust Clear) Day=)[\d/]+/g,
    reason:
      "the recorded game was made in one year and moved to another: its own dates contradict each other",
  },
];

/** A line with all that is masked made the same. */
export function masked(line: string): string {
  return masks.reduce((text, { pattern }) => text.replace(pattern, "#"), line);
}
