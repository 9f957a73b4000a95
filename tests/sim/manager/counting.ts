/** A bot whose game is to count: each count is a trade. Obeys, pauses, leaves; and has the moods of bad programs. */
import { createCalling } from "../../../src/calling.ts";
import type { WorkerMessage } from "../../../src/proto/link.ts";
import type { Order } from "../../../src/proto/orders.ts";
import type { BotReport } from "../../../src/proto/status.ts";
import type { Ledger, WorkerBook } from "./ledger.ts";
import type { Actor, Time } from "./time.ts";

/** What may be wrong with a worker. */
export const moods = [
  /** Ends before it has said anything. */
  "stillborn",
  /** Ends in the middle of things. */
  "crashing",
  /** Plays on without a word. */
  "silent",
  /** Says what is no message. */
  "raving",
  /** Says that it cannot go on. */
  "failing",
  /** Does not end after its last word. */
  "lingering",
  /** Hears no order and no SIGTERM. */
  "stubborn",
  /** Talks, and gets nowhere. */
  "idle",
] as const;
export type Mood = (typeof moods)[number] | "well";

/** The only game server; `callers` hear of its going down. */
export interface Game {
  up: boolean;
  readonly callers: Set<() => void>;
}

export interface CountingParts {
  readonly time: Time;
  readonly actor: Actor;
  readonly dice: () => number;
  readonly ledger: Ledger;
  readonly book: WorkerBook;
  readonly game: Game;
  readonly mood: Mood;
  readonly goal: string;
  readonly turnsMax: number;
  /** Turns of former workers of this bot. */
  readonly carried: number;
  readonly say: (message: WorkerMessage) => void;
  readonly isUp: () => boolean;
  readonly crash: (code: number) => void;
  /** It has said its last word. */
  readonly over: (code: number) => void;
}

export interface Counting {
  obey(order: Order): void;
  /** The manager lets it call the game. */
  allowed(): void;
  leave(): void;
  isLeaving(): boolean;
  held(): boolean;
  goal(): string;
  /** Its process is gone. */
  died(): void;
}

const leaveMaxMs = 5000;
const redialMaxMs = 20_000;

/** Begins at once. */
export function startCounting(parts: CountingParts): Counting {
  const { time, actor, dice, ledger, book, game, mood, turnsMax, carried } = parts;
  let { goal } = parts;
  let turns = 0;
  let failures = 0;
  let held = false;
  let connected = false;
  let everPlayed = false;
  let leaving = false;
  let isOver = false;
  /** The latest of those that hold it or let it go, and of goals. */
  let wanted: Order | undefined;
  let aim: Order | undefined;

  const say = (message: WorkerMessage) => {
    if (mood !== "silent" || !everPlayed) parts.say(message);
  };
  const calling = createCalling({
    link: { say, isUp: parts.isUp, heardMs: time.now },
    server: "game.test:2002",
    call: () => void actor.later(5 + 40 * dice(), called),
    random: dice,
    now: time.now,
    later: actor.later,
  });

  const report = (): BotReport => ({
    trader: book.bot,
    sector: 1 + turns,
    credits: 300,
    credits_start: 300,
    turns_executed: carried + turns,
    turns_max: turnsMax,
    holds: 20,
    experience: 0,
    trades_executed: turns,
    trade_attempts: turns,
    sectors_explored: 0,
    ports_known: 0,
    waits: !connected || held,
    strategy: "opportunistic",
    goal,
    activity: "counting",
  });
  const tell = () => say({ type: "report", report: report() });

  function called(): void {
    if (isOver) return;
    calling.called(game.up);
    if (!game.up) return calling.want(Math.min(redialMaxMs, 1000 * 2 ** failures++), false);
    failures = 0;
    connected = true;
    game.callers.add(dropped);
    ledger.plays(book);
    actor.later(100 + 300 * dice(), () => {
      if (!connected || isOver) return;
      if (!everPlayed) say({ type: "playing" });
      everPlayed = true;
      tell();
    });
  }

  function disconnect(): void {
    connected = false;
    book.playing = false;
    game.callers.delete(dropped);
  }

  function dropped(): void {
    actor.later(50 * dice(), () => {
      if (isOver || !connected) return;
      disconnect();
      calling.want(1000, false);
    });
  }

  function tick(): void {
    if (isOver) return;
    if (connected && everPlayed && !held && !leaving && mood !== "idle") {
      turns++;
      say({ type: "traded", sector: turns, product: "ore", units: book.number, credits: 10 });
      if (turnsMax > 0 && carried + turns >= turnsMax) return end("completed", "turn limit reached");
    }
    if (turns % 3 === 0 || held || !connected) tell();
    actor.later(500 + 2500 * dice(), tick);
  }

  function confirm({ id }: Order): void {
    say({ type: "confirmed", id });
    tell();
  }

  function obey(order: Order): void {
    if (mood === "stubborn") return;
    switch (order.type) {
      case "stop":
        return leave();
      case "goal":
        aim = order;
        return void actor.later(700 * dice(), () => {
          if (aim !== order) return;
          ({ goal } = order);
          confirm(order);
        });
      case "resume":
        wanted = order;
        held = false;
        return confirm(order);
      case "pause":
        wanted = order;
        return void actor.later(connected ? 1500 * dice() : 0, () => {
          if (wanted !== order) return;
          held = true;
          confirm(order);
        });
    }
  }

  function leave(): void {
    if (leaving || isOver || mood === "stubborn") return;
    leaving = true;
    actor.later(leaveMaxMs, () => {
      if (!isOver) parts.crash(1);
    });
    actor.later(connected ? 100 + 900 * dice() : 0, () => end("stopped", "told to stop"));
  }

  function end(how: "completed" | "stopped" | "failed", reason: string): void {
    if (isOver) return;
    say({ type: "ended", how, reason: `${reason} #${book.number}`, report: report() });
    isOver = true;
    disconnect();
    calling.stop();
    ledger.count(how);
    if (mood !== "lingering") parts.over(how === "failed" ? 1 : 0);
  }

  calling.want(0, false);
  actor.later(1000 * dice(), tick);
  if (mood === "crashing") actor.later(20_000 * dice() ** 2, () => parts.crash(dice() < 0.3 ? 0 : 7));
  if (mood === "raving") actor.later(10_000 * dice(), () => say({ type: "report", report: 7 as never }));
  if (mood === "failing") actor.later(10_000 * dice(), () => end("failed", "the game refuses the password"));
  return {
    obey,
    allowed: () => calling.allowed(),
    leave,
    isLeaving: () => leaving,
    held: () => held,
    goal: () => goal,
    died: disconnect,
  };
}
