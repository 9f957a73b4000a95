/** A bot's log as the page knows it: its last lines, and where the next begin. */
import type { OperationOutput } from "../../proto/operations.ts";

/** Lines that are shown; the oldest go. */
export const linesMax = 2000;

export type LogSlice = Pick<OperationOutput<"botLogs">, "lines" | "next_offset" | "size">;

export interface KnownLog {
  readonly lines: readonly string[];
  readonly next: number;
  /** The file is shorter than what is known of it: it was cut back, and is to be read anew. */
  readonly isCut: boolean;
}

export const noLog: KnownLog = { lines: [], next: 0, isCut: false };

/** What is known after its tail was read. */
export const readAnew = ({ lines, next_offset }: LogSlice): KnownLog => ({
  lines,
  next: next_offset,
  isCut: false,
});

/** What is known after the lines from `next` on were read. */
export function readOn(log: KnownLog, { lines, next_offset, size }: LogSlice): KnownLog {
  if (size < log.next) return { ...log, isCut: true };
  if (lines.length === 0) return log;
  return { lines: [...log.lines, ...lines].slice(-linesMax), next: next_offset, isCut: false };
}
