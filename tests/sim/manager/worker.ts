/** A worker with the real session, link and way of calling, whose game is a counter, and whose moods the dice decide. */
import { createCalling } from "../../../src/calling.ts";
import { createLink, type Dial, type Line, type Link } from "../../../src/io/link.ts";
import type { WorkerMessage } from "../../../src/proto/link.ts";
import type { ManagerMessage, Order } from "../../../src/proto/orders.ts";
import { createSession, type Numbered } from "../../../src/proto/session.ts";
import type { BotReport } from "../../../src/proto/status.ts";
import type { Ledger, WorkerBook } from "./ledger.ts";
import type { Folder, Machine, Process } from "./machine.ts";
import { createPipe, type Ear, type End } from "./pipe.ts";
import type { Actor, Time } from "./time.ts";

/** What may be wrong with a worker. */
export type Mood =
  "well" | "stillborn" | "crashing" | "silent" | "raving" | "failing" | "lingering" | "stubborn" | "idle";

/** The world as workers meet it. */
export interface Around {
  readonly time: Time;
  readonly dice: () => number;
  readonly machine: Machine;
  readonly ledger: Ledger;
  readonly game: { up: boolean; readonly callers: Set<() => void> };
  readonly turnsMax: number;
  /** True while workers' own disk takes nothing. */
  readonly noSpace: () => boolean;
  mood(): Mood;
}

export interface SimWorker {
  readonly process: Process;
  readonly book: WorkerBook;
  readonly bot: string;
  /** As it is for the game. */
  held(): boolean;
  goal(): string;
  /** False for one that hears no order, ever. */
  readonly obeys: boolean;
  isUp(): boolean;
  unheard(): readonly Numbered[];
  /** Breaks the line it has, if it has one. */
  breakLine(): void;
}

const leaveMaxMs = 5000;

/** Starts one. `first` is the manager's end of its first line: what is heard there, and how to speak. */
export function startSimWorker(
  around: Around,
  bot: string,
  folder: Folder,
  manager: { readonly actor: Actor; readonly ear: Ear<WorkerMessage> },
): { worker: SimWorker; line: End<ManagerMessage> } {
  const { time, dice, machine, ledger, game } = around;
  const process = machine.begin(bot, { bot });
  const { actor } = process;
  const session = Array.from({ length: 16 }, () => Math.floor(dice() * 16).toString(16)).join("");
  const book = ledger.begun(bot, session);
  const mood = around.mood();
  if (mood !== "well") ledger.count(mood);
  let breakLine = () => {};
  let link: Link | undefined;
  let held = false;
  // Read when the process has come so far.
  let goal = "";
  let serial = 0;
  let turns = 0;
  let isGone = false;
  let connected = false;
  let everPlayed = false;
  let leaving = false;
  let wanted: Order | undefined;
  const own = createSession(session, bot, process.pid);

  // The channel is there before the process does anything.
  const early: ManagerMessage[] = [];
  let ear: Ear<ManagerMessage> = {
    heard: (message) => void early.push(message),
    closed: () => (early.length = 0),
  };
  let firstClosed = false;
  const channel = createPipe<WorkerMessage, ManagerMessage>(time, dice, manager, {
    actor,
    ear: {
      heard: (message) => ear.heard(message),
      closed() {
        firstClosed = true;
        ear.closed();
      },
    },
  });
  const exit = (code: number) => machine.end(process, code, null);
  process.ends.add(channel.b);
  const died = () => {
    book.alive = false;
    book.playing = false;
    if (around.noSpace() || outboxBroken) book.excused = true;
    game.callers.delete(dropped);
  };
  let outboxBroken = false;

  const lineOf = (end: End<WorkerMessage>): Line => ({
    send: (message) => end.send(message),
    async end() {
      end.close("gracefully");
    },
  });
  const first: Dial = (handler) => {
    breakLine = () => channel.break();
    ear = {
      heard: (message) => handler.heard(spied(message)),
      closed: () => handler.closed("The manager is gone"),
    };
    handler.opened(lineOf(channel.b));
    for (const message of early.splice(0)) ear.heard(message);
    if (firstClosed) actor.later(0, () => ear.closed());
    return () => channel.b.close("gracefully");
  };
  const again: Dial = (handler) => {
    let end: End<WorkerMessage> | undefined;
    const callOff = actor.later(1 + dice() * 3, () => {
      const { door } = machine;
      if (!door) return handler.closed("The manager is gone");
      const ear: Ear<ManagerMessage> = {
        heard: (message) => handler.heard(spied(message)),
        closed: () => handler.closed("The manager is gone"),
      };
      let theirs: Ear<WorkerMessage> | undefined;
      const pipe = createPipe<WorkerMessage, ManagerMessage>(
        time,
        dice,
        {
          actor: door.process.actor,
          ear: { heard: (m) => theirs?.heard(m), closed: () => theirs?.closed() },
        },
        { actor, ear },
      );
      door.process.actor.later(0, () => (theirs = door.connect(pipe.a)));
      door.process.ends.add(pipe.a);
      process.ends.add(pipe.b);
      end = pipe.b;
      breakLine = () => pipe.break();
      handler.opened(lineOf(pipe.b));
    });
    return () => {
      callOff();
      end?.close("gracefully");
    };
  };

  /** What the manager says of what it has kept is compared with what it has. */
  function spied(message: ManagerMessage): ManagerMessage {
    if (message.type === "ack") ledger.acknowledged(book, message.n);
    if (message.type === "welcome") {
      ledger.acknowledged(book, message.heard);
      ledger.count("welcomes");
    }
    return message;
  }

  function createOutbox() {
    const begin = () => {
      if (around.noSpace()) return (outboxBroken = true);
      outboxBroken = false;
      folder.outbox = { session, messages: own.unheard().map((message) => ({ ...message })) };
      return false;
    };
    begin();
    return {
      append(message: WorkerMessage) {
        if ("n" in message && message.n !== undefined) ledger.told(book, message as Numbered);
        if (outboxBroken || around.noSpace()) return void begin();
        folder.outbox!.messages.push(message);
      },
      close() {},
    };
  }

  function wake(): void {
    if (mood === "stillborn" || !folder.config) return exit(1);
    goal = folder.config.trading.goal;
    link = createLink({
      botId: bot,
      session: own,
      handler: {
        message: hear,
        lost() {
          lostManager = true;
          if (everWelcome) leave();
        },
      },
      first,
      again: (welcome) => (welcome?.door === undefined ? undefined : again),
      outbox: createOutbox(),
      random: dice,
      later: actor.later,
    });
    link.welcomed.then(
      (welcome) => {
        if (!actor.alive) return;
        everWelcome = true;
        carried = welcome.carried?.turns_executed ?? 0;
        calling.want(0, false);
        actor.later(1000 * dice(), tick);
        if (lostManager) leave();
        ill();
      },
      () => exit(4),
    );
  }
  let lostManager = false;
  let everWelcome = false;
  let carried = 0;

  function ill(): void {
    if (mood === "crashing") actor.later(20_000 * dice() ** 2, () => exit(dice() < 0.3 ? 0 : 7));
    if (mood === "raving") actor.later(10_000 * dice(), () => say({ type: "report", report: 7 as never }));
    if (mood === "failing")
      actor.later(10_000 * dice(), () => ended("failed", "the game refuses the password"));
  }

  const say = (message: WorkerMessage) => {
    if (mood !== "silent" || !everPlayed) link?.say(message);
  };
  const report = (): BotReport => ({
    trader: bot,
    sector: mood === "idle" ? 1 : 1 + serial,
    credits: 300,
    credits_start: 300,
    turns_executed: carried + (mood === "idle" ? 0 : turns),
    turns_max: around.turnsMax,
    holds: 20,
    experience: 0,
    trades_executed: 0,
    trade_attempts: 0,
    sectors_explored: 0,
    ports_known: 0,
    waits: !connected || held,
    strategy: "opportunistic",
    goal,
    activity: "counting",
  });

  let failures = 0;
  const calling = createCalling({
    link: { say, isUp: () => link?.isUp() === true, heardMs: () => time.now() },
    server: "game.test:2002",
    call: () => void actor.later(5 + 40 * dice(), called),
    random: dice,
    now: time.now,
    later: actor.later,
  });

  function called(): void {
    if (isGone) return;
    calling.called(game.up);
    if (!game.up) return calling.want(Math.min(20_000, 1000 * 2 ** failures++), false);
    failures = 0;
    connected = true;
    game.callers.add(dropped);
    ledger.plays(book);
    actor.later(100 + 300 * dice(), () => {
      if (!connected || isGone) return;
      if (!everPlayed) say({ type: "playing" });
      everPlayed = true;
      report5();
    });
  }

  function dropped(): void {
    actor.later(dice() * 50, () => {
      if (isGone || !connected) return;
      connected = false;
      book.playing = false;
      game.callers.delete(dropped);
      calling.want(1000, false);
    });
  }

  function report5(): void {
    say({ type: "report", report: report() });
  }

  function tick(): void {
    if (isGone) return;
    if (connected && everPlayed && !held && !leaving) {
      serial++;
      turns++;
      if (mood !== "idle")
        say({ type: "traded", sector: serial, product: "ore", units: book.number, credits: 10 });
      if (around.turnsMax > 0 && carried + turns >= around.turnsMax && mood !== "idle")
        return ended("completed", "turn limit reached");
    }
    if (serial % 3 === 0 || held || !connected) report5();
    actor.later(500 + 2500 * dice(), tick);
  }

  function hear(message: ManagerMessage): void {
    if (message.type === "dial") return calling.allowed();
    if (message.type === "order" && mood !== "stubborn") obey(message.order);
  }

  function obey(order: Order): void {
    const { id } = order;
    switch (order.type) {
      case "stop":
        return leave();
      case "goal":
        return void actor.later(700 * dice(), () => {
          goal = order.goal;
          say({ type: "confirmed", id });
          report5();
        });
      case "resume":
        wanted = order;
        held = false;
        say({ type: "confirmed", id });
        return report5();
      case "pause":
        wanted = order;
        return void actor.later(connected ? 1500 * dice() : 0, () => {
          if (wanted !== order) return;
          held = true;
          say({ type: "confirmed", id });
          report5();
        });
    }
  }

  function leave(): void {
    if (leaving || isGone || mood === "stubborn") return;
    leaving = true;
    actor.later(leaveMaxMs, () => {
      if (!isGone) exit(1);
    });
    actor.later(connected ? 100 + 900 * dice() : 0, () => ended("stopped", "told to stop"));
  }

  function ended(how: "completed" | "stopped" | "failed", reason: string): void {
    if (isGone) return;
    say({ type: "ended", how, reason: `${reason} #${book.number}`, report: report() });
    isGone = true;
    connected = false;
    book.playing = false;
    game.callers.delete(dropped);
    calling.stop();
    ledger.count(how);
    if (mood === "lingering") return;
    void link?.close().then(() => exit(lostManager ? 4 : how === "failed" ? 1 : 0));
  }

  process.onTerm = () => {
    if (mood === "stubborn") return;
    if (!everWelcome || leaving) return machine.end(process, 130, null);
    leave();
  };
  process.died = died;
  actor.later(20 + 250 * dice() ** 3, wake);
  return {
    worker: {
      process,
      book,
      bot,
      held: () => held,
      goal: () => goal,
      obeys: mood !== "stubborn",
      isUp: () => link?.isUp() === true,
      unheard: () => own.unheard(),
      breakLine: () => breakLine(),
    },
    line: channel.a,
  };
}
