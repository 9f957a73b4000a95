/**
 * Processes that house many bots, from the manager's side: who has a seat in which, for as long as there is a channel to it. To those who
 * start workers a seat is a process: it is told things, it answers, it ends. Once the channel is gone only the end of all is told here: the
 * bots are looked for by their marks (io/seat-mark.ts), as all workers are that no manager has by the hand.
 */
import { join } from "node:path";
import type { PackProcess, WorkerHooks, WorkerProcess } from "./io/process.ts";
import { Pairs, SeatLeft } from "./proto/pack.ts";

export interface PacksParts {
  /** Seats of each process. */
  readonly seats: number;
  /** Each process has a folder in there, under a number. */
  readonly folder: string;
  /** Throws what starting a process throws. */
  start(folder: string, hooks: WorkerHooks): PackProcess;
  /** The last line that the process with this folder wrote. */
  lastWords(folder: string): string;
}

interface Pack {
  readonly number: number;
  readonly process: PackProcess;
  /** There is a channel to it. */
  isOpen: boolean;
  readonly seats: Map<string, WorkerHooks>;
  /** What is to be told, together. */
  pairs: Pairs;
}

/** Answers with what starts a worker: in the first process that has a seat free, else in a new one. */
export function createPacks(parts: PacksParts) {
  const packs = new Set<Pack>();

  function begin(): Pack {
    const taken = new Set([...packs].map(({ number }) => number));
    let number = 1;
    while (taken.has(number)) number++;
    const folder = join(parts.folder, String(number));
    const process = parts.start(folder, {
      heard: (raw) => hear(pack, raw),
      closed() {
        packs.delete(pack);
        pack.isOpen = false;
        for (const { closed } of pack.seats.values()) closed();
      },
      exited(code, signal) {
        packs.delete(pack);
        const hooks = [...pack.seats.values()];
        pack.seats.clear();
        const last = parts.lastWords(folder);
        const words = `the process that it shared with ${hooks.length - 1} others ended${last && `: ${last}`}`;
        for (const { exited } of hooks) exited(code, signal, words);
      },
    });
    const pack: Pack = { number, process, isOpen: true, seats: new Map(), pairs: [] };
    packs.add(pack);
    return pack;
  }

  function tell(pack: Pack, bot: string, message: unknown): void {
    pack.pairs.push([bot, message]);
    if (pack.pairs.length > 1) return;
    // What one turn has to say to many bots leaves in one piece.
    queueMicrotask(() => {
      const pairs = pack.pairs;
      pack.pairs = [];
      pack.process.send(pairs);
    });
  }

  function hear(pack: Pack, raw: unknown): void {
    const { success, data } = Pairs.safeParse(raw);
    // No process of ours says such a thing: nothing else that it says is worth hearing.
    if (!success) return pack.process.close();
    for (const [bot, message] of data) {
      const seat = pack.seats.get(bot);
      if (!seat) continue;
      const left = SeatLeft.safeParse(message);
      if (!left.success) {
        seat.heard(message);
        continue;
      }
      pack.seats.delete(bot);
      seat.exited(left.data.code, null);
    }
    if (pack.seats.size > 0) return;
    packs.delete(pack);
    // With nobody in it and nobody to put somebody there, it ends.
    pack.process.close();
  }

  return (bot: string, folder: string, hooks: WorkerHooks): WorkerProcess => {
    const pack = [...packs].find(({ seats }) => seats.size < parts.seats) ?? begin();
    pack.seats.set(bot, hooks);
    tell(pack, bot, { type: "seat", folder });
    const isThere = () => pack.isOpen && pack.seats.get(bot) === hooks;
    return {
      pid: pack.process.pid,
      ticks: pack.process.ticks,
      packed: true,
      send(message) {
        if (isThere()) tell(pack, bot, message);
        return isThere();
      },
      close() {
        if (isThere()) tell(pack, bot, { type: "unlink" });
      },
    };
  };
}
