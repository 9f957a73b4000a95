/** The game's log: what everybody may read of what has happened. */
import { type Galaxy, logMax, writeLog } from "./galaxy.ts";
import { createPaper, type Paper } from "./text/paper.ts";
import type { LogLine } from "./things.ts";

/** Notes a line for the log, written as it will be read, inks and all, without its line end. */
export function logEvent(galaxy: Galaxy, at: number, line: (paper: Paper) => void): void {
  const paper = createPaper();
  line(paper);
  writeLog(galaxy, { at, text: paper.take() });
}

const dayMs = 86_400_000;
/** The day that a moment belongs to, counted from 1970. */
export const dayOf = (at: number) => Math.floor(at / dayMs);

/** What was noted on the day of `at`, oldest first. */
export const today = ({ chronicle }: Galaxy, at: number): LogLine[] =>
  chronicle.log.slice(-logMax).filter((line) => dayOf(line.at) === dayOf(at));
