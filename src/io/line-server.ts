/** A Unix socket for this machine's own user on which both sides speak in JSON, one message a line. */
import { mkdirSync, statSync } from "node:fs";
import type { Socket } from "node:net";
import { dirname } from "node:path";
import process from "node:process";
import { Refusal } from "../proto/refusal.ts";
import { listenAt, type SocketFile } from "./socket-file.ts";

/** One caller. None of these throw. */
export interface LineCaller {
  /** False when the caller is gone. */
  send(message: unknown): boolean;
  close(): void;
}

export interface LineHandler {
  /** One line, without its end. */
  line(text: string): void;
  /** The caller is gone, whatever ended it; called once. */
  closed(): void;
}

export interface LineLimits {
  /** Longest line, in bytes: whoever sends a longer one is cut off. */
  readonly lineMaxBytes: number;
  /** Bytes that may wait for a caller who does not read: above that he is cut off. */
  readonly backlogMaxBytes: number;
  readonly callersMax: number;
}

/**
 * Listens at a path that only its owner may use, in a folder made for him alone; what a killed process left there is taken away
 * first. Rejects with the system's error, as for a path that is too long for a socket; with a Refusal where others could put a
 * socket of their own in its place.
 */
export async function listenLines(
  path: string,
  limits: LineLimits,
  connected: (caller: LineCaller) => LineHandler,
): Promise<SocketFile> {
  claimFolder(dirname(path));
  return listenAt(path, limits.callersMax, (socket) => serve(socket, limits, connected));
}

/** In a folder for everybody, such as /tmp, anybody may have made one of this name before. */
function claimFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  const us = process.getuid?.() ?? uid;
  if ((uid === us || uid === 0) && (mode & 0o002) === 0) return;
  throw new Refusal(
    "unavailable",
    `Cannot make the manager's socket in "${folder}": that folder is another user's, or anybody may write in it`,
  );
}

function serve(socket: Socket, limits: LineLimits, connected: (caller: LineCaller) => LineHandler): void {
  const handler = connected({
    send(message) {
      if (socket.destroyed) return false;
      socket.write(`${JSON.stringify(message)}\n`);
      if (socket.writableLength > limits.backlogMaxBytes) socket.destroy();
      return true;
    },
    close: () => void socket.destroy(),
  });
  let parts: Buffer[] = [];
  let held = 0;
  socket.on("data", (data) => {
    let bytes = Buffer.from(data as Uint8Array);
    for (;;) {
      const end = bytes.indexOf(0x0a);
      if (held + (end < 0 ? bytes.length : end) > limits.lineMaxBytes) return void socket.destroy();
      if (end < 0) break;
      const text = Buffer.concat([...parts, bytes.subarray(0, end)]).toString("utf8");
      parts = [];
      held = 0;
      bytes = bytes.subarray(end + 1);
      if (text !== "") handler.line(text);
      if (socket.destroyed) return;
    }
    if (bytes.length === 0) return;
    parts.push(bytes);
    held += bytes.length;
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => handler.closed());
}
