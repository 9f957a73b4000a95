/** Lines of workers' logs (log.ts writes them): when, how grave, what. */
import { severities, type Severity } from "../../proto/feed.ts";

export interface LogLine {
  readonly bot_id: string;
  /** Milliseconds since 1970; of a line without a time, that of the line before. */
  readonly at: number | undefined;
  readonly level: Severity;
  readonly text: string;
}

export interface LogFilter {
  readonly since?: number | undefined;
  readonly grep?: RegExp | undefined;
  readonly level: Severity;
}

/** A moment with its date, or, as older versions wrote it, the time of the day alone. */
const stamped = /^(?:(\d{4}-\d\d-\d\dT[\d:.]+Z)|\d\d:\d\d:\d\d) (.*)$/;

/** Reads the lines of one bot's log one after the other. */
export function logReader(bot_id: string): (line: string) => LogLine {
  let at: number | undefined;
  return (line) => {
    const [, when, text] = stamped.exec(line) ?? [];
    if (when !== undefined) at = Date.parse(when);
    // Nothing but a process that dies writes lines without a time: what it died of.
    if (text === undefined) return { bot_id, at, level: "error", text: line };
    return { bot_id, at, level: severities.find((one) => text.startsWith(one)) ?? "info", text };
  };
}

/** Whether a line is wanted. One whose time is not known is older than any moment. */
export const passes =
  ({ since, grep, level }: LogFilter) =>
  (line: LogLine): boolean =>
    (since === undefined || (line.at ?? 0) >= since) &&
    severities.indexOf(line.level) >= severities.indexOf(level) &&
    (grep === undefined || grep.test(line.text));

/** Oldest first; those of one bot stay in their order. */
export const byTime = (one: LogLine, other: LogLine): number => (one.at ?? 0) - (other.at ?? 0);

/** The last so many of all lines that were put in, by time, without keeping many more. */
export function lastLines(count: number) {
  let kept: LogLine[] = [];
  let leftOut = 0;
  const cut = () => {
    kept.sort(byTime);
    leftOut += Math.max(0, kept.length - count);
    if (kept.length > count) kept = kept.slice(kept.length - count);
  };
  return {
    put(line: LogLine): void {
      kept.push(line);
      if (kept.length >= 2 * count + 1000) cut();
    },
    /** All that are kept, and how many were not. */
    all(): { lines: readonly LogLine[]; leftOut: number } {
      cut();
      return { lines: kept, leftOut };
    },
  };
}
