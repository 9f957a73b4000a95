/** What a process tells of itself while it runs, on stderr: stdout is for answers. */
import { printable, type Console } from "./control/console/terminal.ts";

/** One line for each thing that happened: for people, or as JSON for programs. */
export type Log = (event: string, details?: Readonly<Record<string, unknown>>) => void;

/** Logs go to stderr: stdout is for answers. */
export function logTo(console: Console, json: boolean | undefined): Log {
  return (event, details = {}) => {
    const at = new Date();
    if (json) return console.err(JSON.stringify({ at: at.toISOString(), event, ...details }) + "\n");
    const told = Object.entries(details)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
    console.err(`${at.toTimeString().slice(0, 8)} ${printable([event, ...told].join(" "))}\n`);
  };
}
