/** The worker's end of its link to the manager that spawned it: Bun's IPC. One that was started by hand uses web-link.ts. */
import process from "node:process";
import type { WorkerMessage } from "../proto/link.ts";
import { linkVersion, ManagerMessage } from "../proto/orders.ts";

export interface Link {
  readonly botId: string;
  /** Never throws and never waits; what cannot be sent now is dropped, since a newer report follows (the end is sent with care by `ended`). */
  send(message: WorkerMessage): void;
  /** Settles when the last message has left, or at once when it cannot. */
  close(): Promise<void>;
}

export interface LinkHandler {
  message(message: ManagerMessage): void;
  /** The manager is gone for good: there is nobody left to play for. */
  lost(reason: string): void;
}

/** True where a manager spawned this process and IPC is open. */
export const spawnedByManager = () => typeof process.send === "function" && process.connected === true;

export function ipcLink(botId: string, handler: LinkHandler): Link {
  const onMessage = (raw: unknown) => {
    const parsed = ManagerMessage.safeParse(raw);
    if (parsed.success) handler.message(parsed.data);
  };
  process.on("message", onMessage);
  process.on("disconnect", () => handler.lost("the manager is gone"));
  const send = (message: WorkerMessage) => {
    try {
      process.send?.(message);
    } catch {
      // The channel closed between two statements; "disconnect" tells the handler.
    }
  };
  send({ type: "hello", version: linkVersion, bot_id: botId, pid: process.pid });
  return {
    botId,
    send,
    close: async () => {
      if (process.connected) process.disconnect?.();
    },
  };
}
