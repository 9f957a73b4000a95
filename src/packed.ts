/**
 * A process that houses many bots: `worker --seats`, with a channel to the manager that started it (proto/pack.ts). Each bot is all that a
 * worker is, with its own folder, log, line, session and end; they share a heap, a JIT and an event loop. What one of them throws ends
 * that one. When the channel is gone each calls the next manager by itself, and with the last of them the process ends.
 */
import { appendFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Berth } from "./berth.ts";
import type { Console } from "./control/console/terminal.ts";
import { dropLastScreen, keepLastScreen } from "./io/last-screen.ts";
import type { Dial, LineHandler } from "./io/link.ts";
import { openPackChannel, type PackChannel } from "./io/pack-channel.ts";
import { startTicks } from "./io/procfs.ts";
import { markSeat, unmarkSeat } from "./io/seat-mark.ts";
import { logOf } from "./io/worker-log.ts";
import { dated, type Log, logTo } from "./log.ts";
import type { Play } from "./play.ts";
import { SeatOrder } from "./proto/pack.ts";
import { playBot, playingNiceness } from "./spawned.ts";

/** One bot in here. */
interface Seat {
  /** Something has come for it on the channel. */
  heard(message: unknown): void;
  /** Its line on the channel is closed. */
  unlink(): void;
  /** Signals to the process mean all in it. */
  leave(): void;
  /** The process ends: what its game wrote last is left behind. */
  keepScreen(): void;
}

/** Until the channel is gone and nobody lives here any more. */
export function runPacked(console: Console): Promise<number> {
  setPriority(playingNiceness);
  const own = { pid: process.pid, ticks: startTicks(process.pid) };
  const seats = new Map<string, Seat>();
  let leaving = false;
  return new Promise((finish) => {
    const finishEmpty = () => {
      if (seats.size === 0 && !channel.isOpen()) finish(0);
    };
    const channel = openPackChannel({
      heard(bot, message) {
        const { success, data: order } = SeatOrder.safeParse(message);
        if (!success) return seats.get(bot)?.heard(message);
        if (order.type === "unlink") return seats.get(bot)?.unlink();
        if (!seats.has(bot) && !leaving) take(bot, order.folder);
      },
      closed() {
        for (const seat of seats.values()) seat.unlink();
        finishEmpty();
      },
    });

    function take(bot: string, folder: string): void {
      markSeat(folder, own.pid, own.ticks);
      dropLastScreen(folder);
      const log = logTo({ ...console, err: (text) => appendFileSync(logOf(folder), text) }, false, dated);
      const { seat, berth } = createSeat(bot, folder, channel, log);
      seats.set(bot, seat);
      const ended = playBot({ file: join(folder, "bot.yaml"), botId: bot, log, berth }).catch((error) => {
        log("error", { text: wordsOf(error) });
        return 1;
      });
      void ended.then((code) => {
        seat.keepScreen();
        seats.delete(bot);
        unmarkSeat(folder);
        channel.send(bot, { type: "left", code });
        finishEmpty();
      });
    }

    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => {
      if (leaving) process.exit(130);
      leaving = true;
      for (const seat of seats.values()) seat.leave();
    });
    process.on("exit", () => seats.forEach((seat) => seat.keepScreen()));
  });
}

/** The two sides of a seat: what the process does to it, and what the bot has of it. */
export function createSeat(
  bot: string,
  folder: string,
  channel: Pick<PackChannel, "send">,
  log: Log,
): { seat: Seat; berth: Berth } {
  let play: Play | undefined;
  let line: LineHandler | undefined;
  let past = () => "";
  let usedMs = 0;
  /** Since when the bot has had the core; undefined while another has it. */
  let sinceMs: number | undefined;

  const dial: Dial = (handler) => {
    line = handler;
    handler.opened({
      send(message) {
        if (line) channel.send(bot, message);
      },
      async end() {
        line = undefined;
      },
    });
    return () => (line = undefined);
  };

  /** Whatever was thrown, the others play on. */
  function crashed(error: unknown): void {
    log("error", { text: wordsOf(error) });
    play?.drop();
  }

  function enter(work: () => void): void {
    if (sinceMs !== undefined) return work();
    sinceMs = performance.now();
    try {
      work();
    } catch (error) {
      crashed(error);
    } finally {
      usedMs += performance.now() - sinceMs;
      sinceMs = undefined;
    }
  }

  return {
    seat: {
      heard: (message) => line?.heard(message),
      unlink() {
        const former = line;
        line = undefined;
        former?.closed("The manager is gone");
      },
      leave: () => enter(() => play?.leave("asked to end")),
      keepScreen: () => keepLastScreen(folder, past()),
    },
    berth: {
      line: dial,
      enter,
      usedMs: () => usedMs + (sinceMs === undefined ? 0 : performance.now() - sinceMs),
      leaves: (_, told) => (past = told),
      plays(own) {
        play = own;
        return () => 0;
      },
    },
  };
}

const wordsOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
