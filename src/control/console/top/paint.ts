/** Frames as what a terminal has to be sent: only the rows that are not as they were. */
import { cellsIn, cutSpans, rendered, type Row } from "../cells.ts";
import type { Size } from "./state.ts";

/** The other screen, without a cursor; a row that is too long for a terminal after all is cut, not wrapped; pastes are marked as such. */
export const enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[2J";
/** All of that undone, and what was there before is there again. */
export const leaveScreen = "\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

export interface Painter {
  /** What to write so that the terminal shows these rows; empty when it does already. */
  paint(rows: readonly Row[], size: Size): string;
  /** Whatever was on the terminal is there no more. */
  forget(): void;
}

export function createPainter(colour: boolean): Painter {
  let shown: string[] | undefined;
  return {
    paint(rows, { columns }) {
      const now = rows.map((row) => rendered(row, columns, colour));
      const wiped = shown ? "" : "\x1b[0m\x1b[2J";
      const changed = now.flatMap((text, index) => {
        if (shown?.[index] === text) return [];
        // Behind the last column the cursor still stands on it, and would erase it.
        const isFull =
          rows[index]!.style === "inverse" || cellsIn(cutSpans(rows[index]!.spans, columns)) >= columns;
        return [`\x1b[${index + 1};1H${text}${isFull ? "" : "\x1b[K"}`];
      });
      shown = now;
      return changed.length > 0 ? wiped + changed.join("") : "";
    },
    forget() {
      shown = undefined;
    },
  };
}
