/** `bbsbot logs`: what workers wrote, of one bot or of many merged by time, and on as they write. */
import { logLinesMax } from "../../proto/operations/looking.ts";
import { Refusal } from "../../proto/refusal.ts";
import type { Swarm } from "../../proto/operations.ts";
import type { Selection } from "../../proto/selection.ts";
import { jsonLine, printable } from "../../proto/printable.ts";
import type { Doors } from "./doors.ts";
import { byTime, lastLines, logReader, passes, type LogFilter, type LogLine } from "./log-lines.ts";
import { forEach, isOne, isOpenEnded, meantIds } from "./bot-pages.ts";
import { stream, type Outlet } from "./outlet.ts";
import { stamp } from "./since.ts";
import type { Reached } from "./verb.ts";

/** Lines that are shown of the past, unless said otherwise; and where all since a moment are wanted, the most. */
export const linesDefault = 100;
export const linesMax = 100_000;
/** Those who follow ask for news so often, in milliseconds: the more bots, the more seldom. */
export const followEveryMs = (bots: number) => Math.max(500, 20 * bots);
/** And so often who is meant by now, or whether the manager is back. */
export const lookAgainMs = 5000;

export interface LogsAsked {
  readonly selection: Selection;
  readonly follow: boolean;
  /** Absent: the default, or with a moment to begin at all since then. */
  readonly count: number | undefined;
  readonly filter: LogFilter;
  readonly json: boolean;
}

/** How far one bot's log has been read. */
interface Mark {
  readonly bot: string;
  readonly read: (line: string) => LogLine;
  offset: number;
  /** The last line, by which the place is found again when the log was cut back to its end. */
  last: string | undefined;
}

export function showLogs(doors: Doors, { swarm, paint }: Reached, asked: LogsAsked): Promise<number> {
  const { selection, filter, json } = asked;
  const isWanted = passes(filter);
  const one = isOne(selection);
  const shown = (line: LogLine) => {
    if (json) return jsonLine({ ...line, at: line.at ?? null });
    const told = `${line.at === undefined ? "" : `${stamp(line.at)} `}${printable(line.text)}`;
    const inked =
      line.level === "error" ? paint.bad(told) : line.level === "warning" ? paint.warn(told) : told;
    return one ? inked : `${paint.dim(line.bot_id)}  ${inked}`;
  };
  return stream(doors, async (outlet) => {
    const ids = await meantIds(swarm, selection);
    const marks = new Map(ids.map((bot) => [bot, markOf(bot)]));
    const { lines, leftOut } = await past(swarm, [...marks.values()], asked, isWanted);
    if (leftOut > 0) doors.console.err(`${leftOut} earlier lines are not shown\n`);
    await outlet.putAll(lines.values().map(shown));
    if (asked.follow)
      await follow(doors, swarm, selection, marks, outlet, (line) => {
        if (isWanted(line)) outlet.put(shown(line));
      });
  });
}

const markOf = (bot: string): Mark => ({ bot, read: logReader(bot), offset: 0, last: undefined });

/** The lines of the past that are wanted, oldest first. */
async function past(
  swarm: Swarm,
  marks: readonly Mark[],
  { count, filter }: LogsAsked,
  isWanted: (line: LogLine) => boolean,
): Promise<{ lines: readonly LogLine[]; leftOut: number }> {
  const most = count ?? (filter.since === undefined ? linesDefault : linesMax);
  const kept = lastLines(Math.min(most, linesMax));
  // The end of a log is enough where every line of it is wanted.
  const isEnd = filter.since === undefined && !filter.grep && filter.level === "info" && most <= logLinesMax;
  await forEach(marks, async (mark) => {
    if (isEnd) {
      const { lines, next_offset } = await swarm.botLogTail({ bot_id: mark.bot, lines: Math.max(1, most) });
      mark.offset = next_offset;
      mark.last = lines.at(-1);
      for (const line of lines) kept.put(mark.read(line));
      return;
    }
    for await (const lines of unread(swarm, mark))
      for (const line of lines.map(mark.read).filter(isWanted)) kept.put(line);
  });
  const { lines, leftOut } = kept.all();
  return { lines, leftOut: count === undefined && filter.since !== undefined ? leftOut : 0 };
}

/** What of a log has not been read yet, a slice at a time. */
async function* unread(swarm: Swarm, mark: Mark): AsyncGenerator<string[]> {
  for (;;) {
    const asked = mark.offset;
    const slice = await swarm.botLogs({ bot_id: mark.bot, offset: asked, limit: logLinesMax });
    const isCut = slice.offset < asked;
    mark.offset = isCut ? 0 : slice.next_offset;
    if (isCut) {
      yield* sinceKnown(swarm, mark);
      return;
    }
    if (slice.lines.length === 0) return;
    mark.last = slice.lines.at(-1);
    yield slice.lines;
  }
}

/** The log was cut back to its last lines, of which some are known; or it was begun anew, and none is. */
async function* sinceKnown(swarm: Swarm, mark: Mark): AsyncGenerator<string[]> {
  const { last } = mark;
  const lines: string[] = [];
  for await (const slice of unread(swarm, mark)) lines.push(...slice);
  yield lines.slice(last === undefined ? 0 : lines.lastIndexOf(last) + 1);
}

/** Tells what is written from now on, until it is over or none of the bots is there any more. */
async function follow(
  { console, tty }: Doors,
  swarm: Swarm,
  selection: Selection,
  marks: Map<string, Mark>,
  outlet: Outlet,
  tell: (line: LogLine) => void,
): Promise<void> {
  let followed = [...marks.keys()];
  let looked = tty.monotonic();
  let isGone = false;
  const round = async () => {
    if (isOpenEnded(selection) && tty.monotonic() - looked >= lookAgainMs) {
      looked = tty.monotonic();
      followed = await meantIds(swarm, selection);
      // Whoever came since then is read from its beginning.
      for (const bot of followed) if (!marks.has(bot)) marks.set(bot, markOf(bot));
    }
    const news: LogLine[] = [];
    await forEach(followed, async (bot) => {
      try {
        const mark = marks.get(bot)!;
        for await (const lines of unread(swarm, mark)) news.push(...lines.map(mark.read));
      } catch (error) {
        if (!(error instanceof Refusal && error.code === "not_found")) throw error;
        followed = followed.filter((id) => id !== bot);
        if (!isOpenEnded(selection)) console.err(`${bot} is gone\n`);
      }
    });
    news.sort(byTime).forEach(tell);
  };
  while (!outlet.isOver() && (followed.length > 0 || isOpenEnded(selection))) {
    await outlet.taken();
    await outlet.pause(isGone ? lookAgainMs : followEveryMs(followed.length));
    if (outlet.isOver()) return;
    try {
      await round();
      if (isGone) console.err("The manager is back\n");
      isGone = false;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === "manager_unreachable")) throw error;
      if (!isGone) console.err(`${printable(error.message)}; waiting for it\n`);
      isGone = true;
    }
  }
}
