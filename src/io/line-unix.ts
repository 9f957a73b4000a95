/** A line to a manager on this machine: a Unix socket, one JSON message a line. For workers whose first line broke. */
import { createConnection } from "node:net";
import { linkMessageMaxBytes } from "../proto/orders.ts";
import type { Dial } from "./link.ts";

/** A manager that takes none of so much is as good as dead. More than a full outbox, which is told in one go. */
export const unsentMaxBytes = 16 * 1024 * 1024;
/** What was written last has this long to leave, in milliseconds. */
const endMaxMs = 500;

/** The manager's door is the socket at `path`. */
export const unixLine =
  (path: string): Dial =>
  (handler) => {
    const socket = createConnection({ path });
    let text = "";
    socket.setEncoding("utf8");
    socket.on("connect", () =>
      handler.opened({
        send(message) {
          if (socket.destroyed) return;
          socket.write(`${JSON.stringify(message)}\n`);
          if (socket.writableLength > unsentMaxBytes) socket.destroy();
        },
        end: () =>
          new Promise((resolve) => {
            if (socket.destroyed) return resolve();
            const late = setTimeout(() => socket.destroy(), endMaxMs);
            socket.once("close", () => {
              clearTimeout(late);
              resolve();
            });
            socket.end();
          }),
      }),
    );
    socket.on("data", (piece) => {
      const lines = (text + String(piece)).split("\n");
      text = lines.pop()!;
      for (const line of lines) handler.heard(parsed(line));
      if (text.length > linkMessageMaxBytes) socket.destroy();
    });
    // Whatever went wrong, the end of the socket follows.
    socket.on("error", () => undefined);
    socket.on("close", () => handler.closed("The manager is gone"));
    return () => void socket.destroy();
  };

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No message, then: the link passes it over.
    return undefined;
  }
}
