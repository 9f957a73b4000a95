/**
 * The channel on which a manager started a process that houses many bots: Bun's IPC. What the bots say in one turn of the event loop leaves
 * together. Once it is gone it never comes back.
 */
import process from "node:process";
import { Pairs, pairsMax, type SeatLeft } from "../proto/pack.ts";
import type { WorkerMessage } from "../proto/link.ts";

/** Lists under way that the manager has not taken yet: with more the channel counts as dead. */
export const unsentMaxLists = 10_000;

export interface PackChannel {
  /** Soon. What cannot be told any more is dropped: whoever must know is told on another line. */
  send(bot: string, message: WorkerMessage | SeatLeft): void;
  isOpen(): boolean;
}

export interface PackChannelHandler {
  heard(bot: string, message: unknown): void;
  /** Once. */
  closed(): void;
}

export function openPackChannel({ heard, closed }: PackChannelHandler): PackChannel {
  let open = process.connected === true;
  let unsent = 0;
  let pairs: Pairs = [];

  function shut(): void {
    if (!open) return;
    open = false;
    pairs = [];
    closed();
  }

  function flush(): void {
    const list = pairs;
    pairs = [];
    if (!open || list.length === 0) return;
    try {
      process.send!(list, undefined, undefined, () => void unsent--);
    } catch {
      // The channel closed between two statements; "disconnect" tells.
      return;
    }
    if (++unsent <= unsentMaxLists) return;
    process.disconnect?.();
    shut();
  }

  process.on("message", (raw) => {
    const { success, data } = Pairs.safeParse(raw);
    if (success) for (const [bot, message] of data) heard(bot, message);
  });
  process.on("disconnect", shut);
  return {
    send(bot, message) {
      if (!open) return;
      pairs.push([bot, message]);
      if (pairs.length === 1) setImmediate(flush);
      else if (pairs.length === pairsMax) flush();
    },
    isOpen: () => open,
  };
}
