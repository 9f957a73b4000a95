/** The game's log: what everybody may read of what has happened. */
import { type Galaxy, logMax, writeLog } from "./galaxy.ts";
import { gameMoment } from "./text/figures.ts";
import { createPaper, type Paper } from "./text/paper.ts";
import type { LogLine } from "./things.ts";
import { dayOf } from "../rules/time.ts";

/** Notes a line for the log, written as it will be read, inks and all, without its line end. */
export function logEvent(galaxy: Galaxy, at: number, line: (paper: Paper) => void): void {
  const paper = createPaper();
  line(paper);
  writeLog(galaxy, { at, text: paper.take() });
}

/** What was noted on the day of `at`, oldest first. */
export const today = ({ chronicle }: Galaxy, at: number): LogLine[] =>
  chronicle.log.slice(-logMax).filter((line) => dayOf(line.at) === dayOf(at));

/**
 * What somebody wants to read: all, what has been noted since a day (its first moment in the game's years), or lines
 * with a text.
 */
export type Wanted =
  | { readonly type: "all" }
  | { readonly type: "since"; readonly shown: string; readonly day: number }
  | { readonly type: "text"; readonly text: string };

/** What was noted on any day, oldest first. */
export function history({ chronicle }: Galaxy, wanted: Wanted, yearsAhead: number): LogLine[] {
  const log = chronicle.log.slice(-logMax);
  if (wanted.type === "all") return log;
  if (wanted.type === "since") return log.filter(({ at }) => gameMoment(at, yearsAhead) >= wanted.day);
  const text = wanted.text.toLowerCase();
  return log.filter((line) => line.text.replace(codes, "").toLowerCase().includes(text));
}
// oxlint-disable-next-line no-control-regex
const codes = /\x1b\[[0-9;]*m/g;
