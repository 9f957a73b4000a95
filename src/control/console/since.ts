/** A moment as it is typed: so long ago ("10m"), or a date and a time. */
import { InvalidArgumentError } from "commander";
import { seconds } from "./arguments.ts";

/** The moment in milliseconds since 1970, once it is known what time it is. */
export type Since = (now: number) => number;

/** An argument of --since and --until. A date without a zone is of this machine's own. */
export function since(text: string): Since {
  if (/^\d+(\.\d+)?[a-z]+$/.test(text)) {
    const ago = seconds(text) * 1000;
    return (now) => Math.max(0, Math.round(now - ago));
  }
  const at = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || at < 0)
    throw new InvalidArgumentError(
      `Expected a time such as 10m or 2h, or a moment such as 2026-11-23T02:30Z, found "${text}".`,
    );
  return () => at;
}

/** A moment as it is printed: UTC, to the millisecond, as workers' logs have it. */
export const stamp = (at: number): string => new Date(at).toISOString();
