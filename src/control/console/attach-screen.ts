/** What a bot's terminal shows, from what the manager tells of it: its screen, its line, and who has its keys. */
import { createAnsi } from "../../proto/ansi.ts";
import { writeCp437 } from "../../proto/cp437.ts";
import { createScreen, type Screen, type Span } from "../../proto/screen.ts";
import { screenColumns, screenRows, type TerminalTold } from "../../proto/terminal-view.ts";
import { plainRows } from "./safe-screen.ts";

export type Holder = "bot" | "asked" | "us" | "other";

export interface AttachScreen {
  told(message: TerminalTold): void;
  screen(): Screen;
  live(): boolean;
  holder(): Holder;
  /** We have asked for the keys. */
  asked(): void;
  /** What was said of the keys last. */
  reason(): string | undefined;
}

/** `gone` is told the rows that leave the screen, for a scroll-back. */
export function createAttachScreen(gone?: (row: Span[]) => void): AttachScreen {
  let [screen, feed] = newScreen(gone);
  let live = true;
  let holder: Holder = "bot";
  let isOthers = false;
  let reason: string | undefined;
  return {
    told(message) {
      switch (message.type) {
        case "shown":
          if (message.fresh) [screen, feed] = newScreen(gone);
          return feed(writeCp437(message.text));
        case "line":
          live = message.live;
          return;
        case "taken":
          holder = "us";
          reason = undefined;
          return;
        case "given":
          holder = isOthers ? "other" : "bot";
          reason = message.reason;
          return;
        case "held":
          isOthers = message.by_other;
          if (isOthers) holder = "other";
          else if (holder === "other") holder = "bot";
          return;
        default:
          message satisfies never;
      }
    },
    screen: () => screen,
    live: () => live,
    holder: () => holder,
    asked() {
      holder = "asked";
      reason = undefined;
    },
    reason: () => reason,
  };
}

function newScreen(gone?: (row: Span[]) => void): [Screen, (bytes: Uint8Array) => void] {
  const screen = createScreen(screenColumns, screenRows, gone);
  const { feed } = createAnsi(screen.handler);
  return [screen, feed];
}

/**
 * The rows that are new since the last look, as a pipe gets them: what has scrolled up is known, and the row in work is told again
 * when there is more on it.
 */
export function newRows(before: readonly string[], rows: readonly string[]): string[] {
  const settled = before.slice(0, -1);
  const isPrefix = (from: number) => settled.slice(from).every((row, at) => rows[at] === row);
  let from = 0;
  while (!isPrefix(from)) from++;
  const fresh = rows.slice(settled.length - from);
  return fresh[0] === before.at(-1) ? fresh.slice(1) : fresh;
}

/** The screen's rows as harmless text. */
export const rowsOf = (screen: Screen): string[] => plainRows(screen.text());
