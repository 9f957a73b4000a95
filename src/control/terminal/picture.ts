/** What is known of one bot's terminal: the last of what its game wrote, and the screen which that makes. */
import { createAnsi } from "../../proto/ansi.ts";
import { readCp437, writeCp437 } from "../../proto/cp437.ts";
import { createScreen } from "../../proto/screen.ts";
import { terminalRingMax } from "../../proto/terminal.ts";
import { screenColumns, screenRows, type ScreenShot } from "../../proto/terminal-view.ts";

export interface Picture {
  /** What the game wrote, `at` so many milliseconds since 1970; gives it as it may be told. `fresh`: nothing counts that was before. */
  wrote(text: string, fresh: boolean, at: number): string;
  /** The last of what was written, for those who come later: `terminalRingMax` characters at most. */
  past(): string;
  shot(live: boolean): ScreenShot;
}

/** An empty picture. */
export function createPicture(): Picture {
  let ring = "";
  let changedAt = 0;
  let { screen, ansi } = blank();
  return {
    wrote(text, fresh, at) {
      // A worker may say any character; those who watch are told none that CP437 does not have.
      const bytes = writeCp437(text);
      const told = readCp437(bytes);
      if (fresh) ({ screen, ansi } = blank());
      ring = fresh ? told : lastOf(ring + told);
      ansi.feed(bytes);
      changedAt = at;
      return told;
    },
    past: () => ring,
    shot(live) {
      const [rows, cursor] = [screen.text(), screen.cursor()];
      const last = rows.findLastIndex((row) => row !== "");
      return { rows: rows.slice(0, Math.max(last, cursor.row) + 1), cursor, at: changedAt, live };
    },
  };
}

function blank() {
  const screen = createScreen(screenColumns, screenRows);
  return { screen, ansi: createAnsi(screen.handler) };
}

/** Begins with a line where it can: half an escape sequence would be drawn as text. */
function lastOf(text: string): string {
  if (text.length <= terminalRingMax) return text;
  const kept = text.slice(-terminalRingMax);
  const line = kept.indexOf("\n") + 1;
  return line < terminalRingMax / 2 ? kept.slice(line) : kept;
}
