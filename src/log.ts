/** What a process tells of itself while it runs, on stderr: stdout is for answers. */
import { jsonLine, printable } from "./proto/printable.ts";
import { type Console } from "./control/console/terminal.ts";

/** One line for each thing that happened: for people, or as JSON for programs. */
export type Log = (event: string, details?: Readonly<Record<string, unknown>>) => void;

/** The time of the day, for somebody who watches. */
const clock = (at: Date) => at.toTimeString().slice(0, 8);
/** The moment with its date: for logs that are kept, so that those of many bots can be put in order. */
export const dated = (at: Date): string => at.toISOString();

/** Logs go to stderr: stdout is for answers. */
export function logTo(console: Console, json: boolean | undefined, stamp: (at: Date) => string = clock): Log {
  return (event, details = {}) => {
    const at = new Date();
    if (json) return console.err(`${jsonLine({ at: at.toISOString(), event, ...details })}\n`);
    const told = Object.entries(details)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
    console.err(`${stamp(at)} ${printable([event, ...told].join(" "))}\n`);
  };
}
