/** A worker's log: the file, kept short, and read in slices. What it holds came partly from a game: it leaves here without control characters. */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A log is cut back to its last `logKeepBytes` when it is found above `logMaxBytes`. */
export const logMaxBytes = 1024 * 1024;
export const logKeepBytes = 64 * 1024;
/** Bytes that are read for one slice at most. */
export const sliceMaxBytes = 256 * 1024;

export const logOf = (folder: string) => join(folder, "worker.log");

export interface LogSlice {
  readonly lines: string[];
  /** Bytes before the first of the lines, and after the last. */
  readonly offset: number;
  readonly next_offset: number;
  readonly size: number;
}

const nothing: LogSlice = { lines: [], offset: 0, next_offset: 0, size: 0 };

/** At most `limit` whole lines from `offset` on; an offset beyond the end gives none. A log that is not there yet is empty. */
export function readLog(folder: string, offset: number, limit: number): LogSlice {
  return withLog(folder, (file, size) => {
    const bytes = readAt(file, Math.min(offset, size), sliceMaxBytes);
    const whole = wholeLines(bytes).slice(0, limit);
    const length = whole.reduce((sum, line) => sum + line.length + 1, 0);
    const start = Math.min(offset, size);
    return { lines: whole.map(clean), offset: start, next_offset: start + length, size };
  });
}

/** The last `limit` whole lines. */
export function tailLog(folder: string, limit: number): LogSlice {
  return withLog(folder, (file, size) => {
    const start = Math.max(0, size - sliceMaxBytes);
    const lines = wholeLines(readAt(file, start, sliceMaxBytes));
    // What stands before the first line end of a file read from its middle is a part of a line.
    const whole = (start > 0 ? lines.slice(1) : lines).slice(-limit);
    const length = whole.reduce((sum, line) => sum + line.length + 1, 0);
    const end = start + lines.reduce((sum, line) => sum + line.length + 1, 0);
    return { lines: whole.map(clean), offset: end - length, next_offset: end, size };
  });
}

/** Cuts a log back to its tail when it has grown too long. Workers append, so their next line lands after the tail. */
export function trimLog(folder: string): void {
  let file: number;
  try {
    file = openSync(logOf(folder), "r+");
  } catch {
    // No log yet, or the folder is gone: nothing to bound.
    return;
  }
  try {
    const { size } = fstatSync(file);
    if (size <= logMaxBytes) return;
    const tail = readAt(file, size - logKeepBytes, logKeepBytes);
    ftruncateSync(file, 0);
    writeSync(file, tail, 0, tail.length, 0);
  } finally {
    closeSync(file);
  }
}

function withLog(folder: string, read: (file: number, size: number) => LogSlice): LogSlice {
  let file: number;
  try {
    file = openSync(logOf(folder), "r");
  } catch {
    return nothing;
  }
  try {
    return read(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function readAt(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
}

/** Lines that have their end; the part after the last end is not there yet. */
function wholeLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; ;) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) return lines;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
}

const clean = (line: Buffer) => line.toString("utf8").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u00b7");
