/** The manager's look into the outbox that a worker left behind: what it had to tell and was not heard. Written by outbox-file.ts. */
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { WorkerMessage } from "../proto/link.ts";
import { outboxName } from "./outbox-file.ts";

/** Of a file that is longer, the rest is not read. A worker's own is rewritten long before. */
export const outboxReadMaxBytes = 32 * 1024 * 1024;

export interface LeftBehind {
  /** The session in which the numbers of the messages count. */
  readonly session: string;
  readonly messages: WorkerMessage[];
}

/** What lies in a bot's folder; undefined when there is no outbox, or none that names its session. Lines that are neither numbered messages nor reports are passed over. */
export function readOutbox(folder: string): LeftBehind | undefined {
  const [first, ...lines] = (textOf(join(folder, outboxName)) ?? "").split("\n");
  const session = (parsed(first ?? "") as { session?: unknown } | undefined)?.session;
  if (typeof session !== "string" || !/^[0-9a-f]{16}$/.test(session)) return undefined;
  const messages = lines.flatMap((line) => {
    const message = WorkerMessage.safeParse(parsed(line));
    return message.success && isForLater(message.data) ? [message.data] : [];
  });
  return { session, messages };
}

const isForLater = (message: WorkerMessage) =>
  message.type === "report" || ("n" in message && message.n !== undefined);

function textOf(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    // No worker has played here yet.
    return undefined;
  }
  try {
    const chunks: Uint8Array[] = [];
    for (let left = outboxReadMaxBytes; left > 0;) {
      const chunk = Buffer.alloc(Math.min(left, 256 * 1024));
      const read = readSync(file, chunk);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      left -= read;
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch {
    // A folder in its place, or a disk that does not answer: nothing to be had.
    return undefined;
  } finally {
    closeSync(file);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A torn last line, most likely.
    return undefined;
  }
}
