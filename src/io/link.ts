/**
 * The worker's link to its manager, whatever carries it: one line after the other, and on each the same session goes on. A line that
 * breaks is dialled again until the manager has been away for longer than it allowed; what crosses a line is line-*.ts's business.
 */
import process from "node:process";
import type { WorkerMessage } from "../proto/link.ts";
import { ManagerMessage } from "../proto/orders.ts";
import { Refusal } from "../proto/refusal.ts";
import type { Session } from "../proto/session.ts";
import { later as realLater, type Later } from "./later.ts";
import type { OutboxFile } from "./outbox-file.ts";

/** A manager has this long to answer a worker's first hello, in milliseconds. */
export const welcomeMaxMs = 30_000;
/** Waits before a line is dialled again: doubled from the first up to the last, in milliseconds, and shorter by up to a half, so that not all come at once. */
export const redialMinMs = 50;
export const redialMaxMs = 1_000;
const redialJitter = 0.5;
/** The last words have this long to be acknowledged, in milliseconds; less where there is no line and an outbox has them. */
export const lastWordsMaxMs = 2_000;
export const lastWordsDownMaxMs = 300;

export type Welcome = Extract<ManagerMessage, { type: "welcome" }>;

/** One way to the manager, once it is open. Neither throws. */
export interface Line {
  send(message: WorkerMessage): void;
  /** What was sent still leaves. Settles when it has, or cannot any more. */
  end(): Promise<void>;
}

export interface LineHandler {
  opened(line: Line): void;
  /** Whatever JSON came. */
  heard(message: unknown): void;
  /** Once, whatever ended the line or kept it from opening. `final`: the manager wants no other. */
  closed(reason: string, final?: "final"): void;
}

/** Dials; all that happens comes through the handler. The answer gives the attempt up. */
export type Dial = (handler: LineHandler) => () => void;

export interface LinkHandler {
  message(message: ManagerMessage): void;
  /** The line broke, or could not be made; another is dialled, if there is a way. */
  broke(): void;
  /** After the first welcome: the manager is gone for good, and there is nobody left to play for. */
  lost(reason: string): void;
}

export interface LinkParts {
  readonly botId: string;
  readonly session: Session;
  readonly handler: LinkHandler;
  /** The first line; and, once that has broken, the way to the next ones, if there is any. */
  readonly first: Dial;
  again(welcome: Welcome | undefined): Dial | undefined;
  /** Keeps what is to be told beyond this process's end. */
  readonly outbox?: OutboxFile;
  /** From 0 up to 1. */
  readonly random?: () => number;
  /** Unless it is `welcomeMaxMs`. */
  readonly welcomeWithinMs?: number;
  readonly later?: Later;
}

export interface Link {
  readonly botId: string;
  /** The manager's first answer. Rejects with Refusal "manager_unreachable" where none comes. */
  readonly welcomed: Promise<Welcome>;
  /** Never throws and never waits. What must not be lost is kept and told again (proto/session.ts). */
  say(message: WorkerMessage): void;
  /** Whether there is a line on which the manager has answered. */
  isUp(): boolean;
  /** When the manager last said anything, in milliseconds of `performance.now`. */
  heardMs(): number;
  /** Settles when the last words are acknowledged and the line is closed, or when that has taken too long. */
  close(): Promise<void>;
}

/** True where a manager spawned this process and IPC is open. */
export const spawnedByManager = () => typeof process.send === "function" && process.connected === true;

/** Dials at once. */
export function createLink(parts: LinkParts): Link {
  const { botId, session, handler, outbox, random = Math.random, later = realLater } = parts;
  const welcomed = Promise.withResolvers<Welcome>();
  let welcome: Welcome | undefined;
  let line: Line | undefined;
  let giveUpDialling = () => {};
  let redialMs = redialMinMs;
  let callOffRedial = () => {};
  /** Calls off the end of it, while the manager owes a welcome. */
  let patience: (() => void) | undefined;
  let over = false;
  let isLost = false;
  let heardMs = performance.now();
  let settled = () => {};

  const send = (messages: readonly WorkerMessage[]) => {
    for (const message of messages) line?.send(message);
  };

  function open(dial: Dial): void {
    let done = false;
    giveUpDialling = dial({
      opened(opened) {
        line = opened;
        send([session.opened()]);
      },
      heard: (raw) => {
        if (!done && !over) hear(raw);
      },
      closed(reason, final) {
        if (done || over) return;
        done = true;
        broke(reason, final !== undefined);
      },
    });
  }

  function hear(raw: unknown): void {
    const { success, data: message } = ManagerMessage.safeParse(raw);
    if (!success) return;
    heardMs = performance.now();
    if (message.type === "welcome") greeted(message);
    const { send: answers, pass } = session.told(message);
    send(answers);
    if (session.unheard().length === 0) settled();
    if (pass) handler.message(pass);
  }

  function greeted(message: Welcome): void {
    patience?.();
    patience = undefined;
    redialMs = redialMinMs;
    welcome = message;
    welcomed.resolve(message);
  }

  function broke(reason: string, isFinal: boolean): void {
    line = undefined;
    session.closed();
    handler.broke();
    const dial = isFinal ? undefined : parts.again(welcome);
    if (!dial) return lose(reason);
    patience ??= later(welcome?.orphan_grace ?? 0, () => lose(`${reason}, and did not come back`));
    callOffRedial = later(redialMs * (1 - redialJitter * random()), () => open(dial));
    redialMs = Math.min(redialMaxMs, 2 * redialMs);
  }

  function lose(reason: string): void {
    if (over) return;
    isLost = true;
    stop();
    if (welcome) handler.lost(reason);
    else welcomed.reject(new Refusal("manager_unreachable", reason));
  }

  function stop(): void {
    over = true;
    patience?.();
    callOffRedial();
    session.closed();
    giveUpDialling();
    line = undefined;
    settled();
  }

  patience = later(parts.welcomeWithinMs ?? welcomeMaxMs, () => lose("The manager did not answer this bot"));
  open(parts.first);
  return {
    botId,
    welcomed: welcomed.promise,
    say(message) {
      // Only this process ends then: under the next manager the bot plays on, from here.
      if (isLost && message.type === "ended") {
        if (message.report) outbox?.append({ type: "report", report: message.report });
        return;
      }
      const { send: now, keep } = session.say(message);
      if (keep) outbox?.append(keep);
      send(now);
    },
    isUp: session.isWelcome,
    heardMs: () => heardMs,
    async close() {
      const maxMs = session.isWelcome() || !outbox ? lastWordsMaxMs : lastWordsDownMaxMs;
      if (!over && session.unheard().length > 0) await within(later, maxMs, (done) => (settled = done));
      const last = line;
      over = true;
      await last?.end();
      stop();
      outbox?.close();
    },
  };
}

/** Settles when `begin`'s argument is called, or after `maxMs`. */
function within(later: Later, maxMs: number, begin: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const callOff = later(maxMs, resolve);
    begin(() => {
      callOff();
      resolve();
    });
  });
}
