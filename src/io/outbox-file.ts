/**
 * What a worker has to tell and has not been told to be kept, in its own folder: `outbox.jsonl`, whose first line names the session.
 * Whatever ends the worker, its manager finds there (outbox.ts) what the line no longer carried.
 */
import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { WorkerMessage } from "../proto/link.ts";

export const outboxName = "outbox.jsonl";
/** A file longer than this is begun anew with what is still to be told. */
export const outboxFileMaxBytes = 64 * 1024;

export interface OutboxFile {
  /** Keeps one more message. Never throws: where the disk takes nothing, memory has it still. */
  append(message: WorkerMessage): void;
  close(): void;
}

/**
 * Begins the file anew. `unheard`: all that is to be kept just now, the latest included. `complain` hears once when the disk takes
 * nothing, and once again after it took something in between.
 */
export function createOutboxFile(
  folder: string,
  session: string,
  unheard: () => readonly WorkerMessage[],
  complain: (text: string) => void,
): OutboxFile {
  const path = join(folder, outboxName);
  /** Open for as long as all in it is whole. */
  let file: number | undefined;
  let bytes = 0;
  let anewAbove = outboxFileMaxBytes;
  let failing = false;

  const shut = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };

  /** Under another name first, so that there is a whole file at every moment. */
  function begin(): void {
    shut();
    const draft = `${path}.draft`;
    file = openSync(draft, "w", 0o600);
    bytes = writeAll(file, [{ session }, ...unheard()]);
    anewAbove = Math.max(outboxFileMaxBytes, 2 * bytes);
    renameSync(draft, path);
  }

  function attempt(work: () => void): void {
    try {
      work();
      failing = false;
    } catch (error) {
      if (!failing) complain(`What is to be told cannot be kept in "${path}": ${String(error)}`);
      failing = true;
      // Half a line may stand there now: the next one goes into a new file.
      shut();
    }
  }

  attempt(begin);
  return {
    append: (message) =>
      attempt(() => {
        if (file === undefined) return begin();
        bytes += writeAll(file, [message]);
        if (bytes > anewAbove) begin();
      }),
    close: shut,
  };
}

/** Each value as a line of JSON; the bytes that were written. Throws what the system throws, for a write that was cut short too. */
function writeAll(file: number, values: readonly unknown[]): number {
  const bytes = new TextEncoder().encode(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
  for (let at = 0; at < bytes.length;) {
    const written = writeSync(file, bytes, at);
    if (written === 0) throw new Error("the disk takes nothing more");
    at += written;
  }
  return bytes.length;
}
