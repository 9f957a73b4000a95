/** The line on which a manager spawned this process: Bun's IPC. It is there from the start, and once it is gone it never comes back. */
import process from "node:process";
import type { WorkerMessage } from "../proto/link.ts";
import type { Dial } from "./link.ts";

/** Messages under way that the manager has not taken yet: with more the line counts as dead, and another one is tried. */
export const unsentMaxMessages = 10_000;

export const ipcLine: Dial = (handler) => {
  let unsent = 0;
  let open = true;
  const closed = () => {
    if (!open) return;
    open = false;
    process.off("message", handler.heard);
    process.off("disconnect", closed);
    handler.closed("The manager is gone");
  };
  const send = (message: WorkerMessage) => {
    if (!open) return;
    try {
      process.send?.(message, undefined, undefined, () => void unsent--);
    } catch {
      // The channel closed between two statements; "disconnect" tells.
      return;
    }
    if (++unsent <= unsentMaxMessages) return;
    process.disconnect?.();
    closed();
  };
  const end = async () => {
    open = false;
    if (process.connected) process.disconnect?.();
  };
  process.on("message", handler.heard);
  process.on("disconnect", closed);
  handler.opened({ send, end });
  return () => void end();
};
