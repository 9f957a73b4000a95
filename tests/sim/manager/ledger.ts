/** What must hold at every moment, kept by somebody who sees both the workers and the disk. */
import type { LifecycleEvent, Moment } from "../../../src/proto/events.ts";
import { secondsOf } from "./told.ts";
import type { Numbered } from "../../../src/proto/session.ts";

/** One worker process, as it really was. */
export interface WorkerBook {
  readonly bot: string;
  readonly number: number;
  readonly session: string;
  /** What it told that must not be lost, by number from 1 on. */
  readonly told: Numbered[];
  /** Up to here the manager said that it is kept. */
  heardUpTo: number;
  /** Serials of its trades that are kept. */
  readonly stored: Set<number>;
  lastStored: number;
  /** Its end is kept, as it told it. */
  endStored: boolean;
  /** Its own disk took nothing when it died, or the manager wanted no word of it any more. */
  excused: boolean;
  playing: boolean;
  alive: boolean;
}

export interface Ledger {
  readonly wrongs: string[];
  /** What happened beside the log, and when in milliseconds. */
  readonly noted: readonly { readonly at: number; readonly text: string }[];
  readonly workers: WorkerBook[];
  readonly counts: Record<string, number>;
  wrong(what: string): void;
  count(what: string): void;
  begun(bot: string, session: string): WorkerBook;
  told(worker: WorkerBook, message: Numbered): void;
  acknowledged(worker: WorkerBook, upTo: number): void;
  plays(worker: WorkerBook): void;
  kept(event: LifecycleEvent | Moment): void;
  /** A start, and whether somebody asked for it. */
  forked(bot: string): void;
  /** Something that gives reason for one more start of that bot, or of any. */
  excuse(bot?: string): void;
}

/** Starts of one bot in a minute, when nobody asks for any. */
const forksAMinute = 8;
const minuteMs = 60_000;

export function createLedger(now: () => number): Ledger {
  const workers: WorkerBook[] = [];
  const byBot = new Map<string, WorkerBook[]>();
  const forks = new Map<string, number[]>();
  const excuses: { at: number; bot: string | undefined }[] = [];
  const counts: Record<string, number> = {};
  const noted: { at: number; text: string }[] = [];
  const wrongs: string[] = [];
  const wrong = (what: string) => {
    if (wrongs.length < 20) wrongs.push(`${secondsOf(now())}: ${what}`);
  };

  function keptTrade({ bot, sector: serial, units: number }: Extract<Moment, { type: "traded" }>): void {
    const worker = workers[number];
    if (worker?.bot !== bot) return wrong(`a trade of ${bot} was stored that nobody made`);
    if (worker.stored.has(serial)) wrong(`trade ${serial} of ${bot} (worker ${number}) was stored twice`);
    if (serial < worker.lastStored) wrong(`trade ${serial} of ${bot} was stored after ${worker.lastStored}`);
    worker.stored.add(serial);
    worker.lastStored = serial;
  }

  const isKept = (worker: WorkerBook, message: Numbered) =>
    message.type === "traded"
      ? worker.stored.has(message.sector)
      : message.type !== "ended" || worker.endStored;

  return {
    wrongs,
    noted,
    workers,
    counts,
    wrong,
    count(what) {
      counts[what] = (counts[what] ?? 0) + 1;
      noted.push({ at: now(), text: what });
    },
    begun(bot, session) {
      const worker: WorkerBook = {
        bot,
        number: workers.length,
        session,
        told: [],
        heardUpTo: 0,
        stored: new Set(),
        lastStored: 0,
        endStored: false,
        excused: false,
        playing: false,
        alive: true,
      };
      workers.push(worker);
      byBot.set(bot, [...(byBot.get(bot) ?? []), worker]);
      return worker;
    },
    told(worker, message) {
      worker.told.push(message);
      if (message.n !== worker.told.length)
        wrong(`${worker.bot} told ${message.n} as its ${worker.told.length}.`);
    },
    acknowledged(worker, upTo) {
      for (const message of worker.told.slice(worker.heardUpTo, upTo))
        if (!isKept(worker, message))
          wrong(
            `${worker.bot} was told that its message ${message.n} (${message.type}) is kept, and it is not`,
          );
      worker.heardUpTo = Math.max(worker.heardUpTo, upTo);
      if (upTo > worker.told.length)
        wrong(`${worker.bot} was told of message ${upTo}, of ${worker.told.length}`);
    },
    plays(worker) {
      worker.playing = true;
      for (const other of byBot.get(worker.bot)!)
        if (other !== worker && other.alive && other.playing)
          wrong(`${worker.bot} is played twice, by workers ${other.number} and ${worker.number}`);
    },
    kept(event) {
      if (event.type === "traded") return keptTrade(event);
      if (event.type !== "completed" && event.type !== "stopped" && event.type !== "failed") return;
      const number = Number(/#(\d+)$/.exec(event.reason)?.[1]);
      const worker = workers[number];
      if (!worker) return wrong(`an end was stored that nobody told: ${event.reason}`);
      if (worker.endStored) wrong(`the end of ${worker.bot} (worker ${number}) was stored twice`);
      worker.endStored = true;
    },
    forked(bot) {
      const at = now();
      const recent = [...(forks.get(bot) ?? []), at].filter((time) => time > at - minuteMs);
      forks.set(bot, recent);
      const excused = excuses.filter((one) => one.at > at - minuteMs && (one.bot ?? bot) === bot).length;
      if (recent.length > forksAMinute + excused)
        wrong(`${bot} was started ${recent.length} times in a minute, with ${excused} reasons`);
    },
    excuse: (bot) => void excuses.push({ at: now(), bot }),
  };
}
