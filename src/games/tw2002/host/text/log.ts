/** The log as it is read at the door and in the computer. */
import type { Wanted } from "../log.ts";
import type { LogLine } from "../things.ts";
import { gameDate, shortDate } from "./figures.ts";
import type { Paper } from "./paper.ts";

/** The first line of every game's log. */
export const gameBegins = (paper: Paper) => paper.put`~CFrom ~mEIS~C: ~gWelcome to Trade Wars 2002!`;

export const askSince = (at: number, yearsAhead: number) => (paper: Paper) => {
  paper.raw("\x1b[2J\x1b[H");
  paper.put`~gEnter the beginning date you wish to read from. Today is ~Y${shortDate(at, yearsAhead)}
~gUse the format MM/DD/YY ie 04/01/02, or CR for all of the history.
~gOr you may enter any text to search for if it is 8 chars or less.
~mInput search date :`;
};

/** Only the first is recorded. */
export const searching = (wanted: Wanted) => (paper: Paper) => {
  if (wanted.type === "all") paper.put`\n~CDisplaying the entire history.\n\n`;
  else if (wanted.type === "since") paper.put`\n~CDisplaying the history since ${wanted.shown}.\n\n`;
  else paper.put`\n~CDisplaying what names ${wanted.text}.\n\n`;
};

export const askStamps = (paper: Paper) => paper.put`~mInclude time/date stamp? (~YY/N~m) [~YN~m] `;

/** The heading and the lines. How a stamp looks is ours: the recordings show the log without. */
export const logPage =
  (lines: readonly LogLine[], shown: { version: string; yearsAhead: number; stamps: boolean }) =>
  (paper: Paper) => {
    paper.raw("\x1b[2J\x1b[H");
    paper.put`~B  -=-=-=-=-=-=-=-=-=-~C Trade Wars ~R2002 ~Cver ${shown.version} ~B-=-=-=-=-=-=-=-=-=-  ~0\n`;
    for (const { at, text } of lines) {
      if (shown.stamps) paper.put`~m${shortDate(at, shown.yearsAhead)} ${clock(at, shown.yearsAhead)} ~0`;
      paper.raw(`${text}\r\x1b[0m\n`);
    }
  };

/** Hours and minutes of the game's clock, as `02:14 PM`. */
function clock(at: number, yearsAhead: number): string {
  const [time = "", half = ""] = gameDate(at, yearsAhead).split(" ");
  return `${time.slice(0, 5)} ${half}`;
}
