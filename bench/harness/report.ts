/** Figures for people, a row each. */
import type { Comparison } from "./compare.ts";
import type { Figure } from "./measure.ts";

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const nameWidth = 58;

export const heading = `${"".padEnd(nameWidth)}${"median".padStart(20)}${"spread of runs".padStart(22)}${"± runs".padStart(13)}  beside the baseline`;

/** Three digits that count. */
export function short(figure: number): string {
  const size = Math.abs(figure);
  return size >= 100 ? figure.toFixed(0) : size >= 10 ? figure.toFixed(1) : figure.toFixed(2);
}

/** The figure, what it is held against, and how it stands beside the baseline; a regression in red where colours are wanted. */
export function row(figure: Figure, comparison: Comparison | undefined, colour: boolean): string {
  const { name, unit, median, min, max, mad, runs, goal } = figure;
  const cells = [
    name.padEnd(nameWidth),
    `${short(median)} ${unit}`.padStart(20),
    `${short(min)}..${short(max)}`.padStart(22),
    `${short(mad)} ${runs}`.padStart(13),
    `  ${comparison ? compared(comparison) : "no baseline"}`,
    goal ? `; goal ${goal.words}: ${goal.met ? "met" : "MISSED"}` : "",
  ].join("");
  return colour && comparison?.verdict === "worse" ? red(cells) : cells;
}

/** "WORSE by 31%: expected 4.2, within 0.3, machine 1.1 times slower". */
function compared({ expected, worse, within, slower, verdict }: Comparison): string {
  const change = Number.isFinite(worse)
    ? `${worse >= 1 ? "+" : ""}${(100 * (worse - 1)).toFixed(0)}%`
    : "from nothing";
  const machine = slower === 1 ? "" : `, machine x${slower.toFixed(2)}`;
  const word = verdict === "worse" ? "WORSE" : verdict;
  return `${word} ${change} (expected ${short(expected)} ± ${short(within)}${machine})`;
}
