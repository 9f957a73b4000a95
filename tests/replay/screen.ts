/** A recording's screens as plain lines, each with the step in which it began. */
import { plain } from "./plain.ts";
import type { Step } from "./recording.ts";

export interface Line {
  /** Without colours and cursor moves. */
  readonly text: string;
  /** Index of the step in which the line began. */
  readonly step: number;
}

/** All lines that the server wrote, whole even where a key came in the middle; the last one may be open. */
export function linesOf(steps: readonly Step[]): Line[] {
  const lines: Line[] = [];
  let text = "";
  let began = 0;
  for (const [step, { expected }] of steps.entries()) {
    if (text === "") began = step;
    text += expected;
    const ended = text.split("\n");
    text = ended.pop() ?? "";
    for (const line of ended) {
      lines.push({ text: plain(line), step: began });
      began = step;
    }
  }
  if (text !== "") lines.push({ text: plain(text), step: began });
  return lines;
}
