/** A worker process: the real session and link over lines of the simulation, an outbox that outlives it, and a counting bot. */
import { createLink, type Link } from "../../../src/io/link.ts";
import type { WorkerMessage } from "../../../src/proto/link.ts";
import type { ManagerMessage } from "../../../src/proto/orders.ts";
import { createSession, type Numbered } from "../../../src/proto/session.ts";
import { startCounting, type Counting, type Game, type Mood } from "./counting.ts";
import type { Ledger, WorkerBook } from "./ledger.ts";
import type { Folder, Machine, Process } from "./machine.ts";
import type { End } from "./pipe.ts";
import type { Time } from "./time.ts";
import { createWays, type Starter } from "./ways.ts";

/** The world as workers meet it. */
export interface Around {
  readonly time: Time;
  readonly dice: () => number;
  readonly machine: Machine;
  readonly ledger: Ledger;
  readonly game: Game;
  readonly turnsMax: number;
  /** True while workers' own disk takes nothing. */
  readonly noSpace: () => boolean;
  mood(): Mood;
}

export interface SimWorker {
  readonly process: Process;
  readonly book: WorkerBook;
  /** Both as they are for the game; undefined before it plays. */
  held(): boolean | undefined;
  goal(): string | undefined;
  /** False for one that hears no order, ever. */
  readonly obeys: boolean;
  isUp(): boolean;
  unheard(): readonly Numbered[];
  breakLine(): void;
}

/** From the start of a process to its hello. */
const startMinMs = 20;
const startMoreMs = 250;

/** Starts one; also the end of its channel on which its manager speaks. */
export function startSimWorker(
  around: Around,
  bot: string,
  folder: Folder,
  manager: Starter,
): { worker: SimWorker; line: End<ManagerMessage> } {
  const { time, dice, machine, ledger, game, turnsMax } = around;
  const process = machine.begin(bot, { bot });
  const { actor } = process;
  const id = Array.from({ length: 16 }, () => Math.floor(dice() * 16).toString(16)).join("");
  const session = createSession(id, bot, process.pid);
  const book = ledger.begun(bot, id);
  const mood = around.mood();
  let link: Link | undefined;
  let counting: Counting | undefined;
  let outboxBroken = false;
  let lostManager = false;
  const early: ManagerMessage[] = [];
  const exit = (code: number) => machine.end(process, code, null);
  const ways = createWays({ time, dice, machine, process, manager, spy });
  if (mood !== "well") ledger.count(mood);

  /** What the manager says of what it has kept is compared with what it has. */
  function spy(message: ManagerMessage): void {
    if (message.type === "ack") ledger.acknowledged(book, message.n);
    if (message.type !== "welcome") return;
    ledger.acknowledged(book, message.heard);
    ledger.count("welcomes");
  }

  /** As outbox-file.ts: what cannot be written makes the file worthless until it can be begun anew. */
  function createOutbox() {
    const begin = () => {
      outboxBroken = around.noSpace();
      if (!outboxBroken) folder.outbox = { session: id, messages: [...session.unheard()] };
    };
    begin();
    return {
      append(message: WorkerMessage) {
        if ("n" in message && message.n !== undefined) ledger.told(book, message as Numbered);
        if (outboxBroken || around.noSpace()) return begin();
        folder.outbox!.messages.push(message);
      },
      close() {},
    };
  }

  function hear(message: ManagerMessage): void {
    if (!counting) early.push(message);
    else if (message.type === "dial") counting.allowed();
    else if (message.type === "order") counting.obey(message.order);
    if (message.type !== "drop" || mood === "stubborn") return;
    ledger.count("dropped");
    exit(1);
  }

  function lost(): void {
    lostManager = true;
    counting?.leave();
  }

  function wake(): void {
    const { config } = folder;
    if (mood === "stillborn" || !config) return exit(1);
    const made = createLink({
      botId: bot,
      session,
      handler: { message: hear, broke: () => {}, lost },
      first: ways.first,
      again: (welcome) => (welcome?.door === undefined ? undefined : ways.again),
      outbox: createOutbox(),
      random: dice,
      later: actor.later,
    });
    link = made;
    made.welcomed.then(
      (welcome) => {
        if (!actor.alive) return;
        counting = startCounting({
          time,
          actor,
          dice,
          ledger,
          book,
          game,
          mood,
          turnsMax,
          goal: config.trading.goal,
          carried: welcome.carried?.turns_executed ?? 0,
          say: made.say,
          isUp: made.isUp,
          crash: exit,
          over: (code) => void made.close().then(() => exit(lostManager ? 4 : code)),
        });
        early.forEach(hear);
        if (lostManager) counting.leave();
      },
      () => exit(4),
    );
  }

  process.onTerm = () => {
    if (mood === "stubborn") return;
    if (!counting || counting.isLeaving()) return exit(130);
    counting.leave();
  };
  process.died = () => {
    counting?.died();
    book.alive = false;
    // What it could not write down is lost with it.
    if (outboxBroken) book.excused = true;
  };
  actor.later(startMinMs + startMoreMs * dice() ** 3, wake);
  return {
    worker: {
      process,
      book,
      held: () => counting?.held(),
      goal: () => counting?.goal(),
      obeys: mood !== "stubborn",
      isUp: () => link?.isUp() === true,
      unheard: session.unheard,
      breakLine: ways.break,
    },
    line: ways.channel,
  };
}
