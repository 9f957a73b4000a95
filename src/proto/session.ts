/**
 * The worker's end of its talk with a manager, over however many lines, one after the other. What must not be lost is numbered and
 * told again until it is acknowledged; of the present only the latest is told again. No line and no file in sight.
 */
import type { WorkerMessage } from "./link.ts";
import { linkVersion, type ManagerMessage, type Order } from "./orders.ts";

/** Messages that wait for their acknowledgement, at most: beyond it the oldest trades and notes are given up. */
export const outboxMax = 2000;
/** What was seen while there was no line: so many messages of it are told later. */
export const untoldMax = 64;
/** Longest texts that a manager takes, in characters. */
export const noteMaxChars = 4000;
export const reasonMaxChars = 1000;

type Told<T> = Extract<WorkerMessage, { type: T }>;
/** A message that must not be lost. */
export type Numbered = Told<"traded" | "note" | "ended"> & { readonly n: number };

export interface Session {
  /** The first word on a new line. Until it is answered nothing else may be said on it. */
  opened(): WorkerMessage;
  closed(): void;
  /** The bot has something to say. What of it goes out now, and what has to be kept in case that is lost. */
  say(message: WorkerMessage): {
    readonly send: readonly WorkerMessage[];
    readonly keep: Numbered | undefined;
  };
  /** The manager has said something. What has to be said now, and what of it is for the bot. */
  told(message: ManagerMessage): {
    readonly send: readonly WorkerMessage[];
    readonly pass: ManagerMessage | undefined;
  };
  /** Whether there is a line on which the manager has answered. */
  isWelcome(): boolean;
  /** What is not acknowledged, by number. */
  unheard(): readonly Numbered[];
}

/**
 * What is told again on each new line, the latest of each kind, in this order. What the game shows and who has the keys is not among
 * it: a manager that wants to know asks anew.
 */
const presentOrder = ["shares", "playing", "hold", "goal", "stop", "report", "claim", "dialling"] as const;
type Present = (typeof presentOrder)[number];

/** Orders of one kind replace each other. */
const kindOf = ({ type }: Order): "hold" | "goal" | "stop" =>
  type === "pause" || type === "resume" || type === "step" ? "hold" : type;

/** `id`: 16 hexadecimal digits drawn by chance, this process's own. */
export function createSession(id: string, botId: string, pid: number): Session {
  let isWelcome = false;
  let count = 0;
  let outbox: Numbered[] = [];
  /** Messages that were given up: how many, and the number of the last. */
  let lost: { readonly n: number; readonly messages: number } | undefined;
  const present = new Map<Present, WorkerMessage>();
  let untold: WorkerMessage[] = [];
  let lastOrder = 0;
  /** The latest order of each kind. */
  const orders = new Map<"hold" | "goal" | "stop", number>();

  function unheard(): Numbered[] {
    if (!lost) return outbox;
    const text = `${lost.messages} trades and notes were given up: nobody had taken them in time`;
    const note: Numbered = { type: "note", n: lost.n, severity: "warning", text };
    return [...outbox, note].sort((a, b) => a.n - b.n);
  }

  function heard(upTo: number): void {
    outbox = outbox.filter(({ n }) => n > upTo);
    if (lost && lost.n <= upTo) lost = undefined;
  }

  function number(message: Told<"traded" | "note" | "ended">): Numbered {
    const numbered: Numbered = { ...clipped(message), n: ++count };
    outbox.push(numbered);
    const oldest = outbox.length > outboxMax ? outbox.findIndex(({ type }) => type !== "ended") : -1;
    if (oldest >= 0) {
      const [given] = outbox.splice(oldest, 1) as [Numbered];
      lost = { n: given.n, messages: (lost?.messages ?? 0) + 1 };
    }
    return numbered;
  }

  /** Notes what of the present it tells. */
  function remember(message: WorkerMessage): void {
    switch (message.type) {
      case "shares":
      case "playing":
      case "report":
      case "claim":
      case "dialling":
        present.set(message.type, message);
        return;
      case "dialled":
        present.delete("dialling");
        return;
      case "confirmed":
        for (const [kind, id] of orders) if (id === message.id) present.set(kind, message);
    }
  }

  function welcomed(upTo: number): WorkerMessage[] {
    isWelcome = true;
    heard(upTo);
    const now = presentOrder.flatMap((kind) => present.get(kind) ?? []);
    const seen = untold;
    untold = [];
    return [...unheard(), ...now, ...seen];
  }

  /** An order is carried out once: one that comes again is only confirmed again, if it has been. */
  function ordered(message: Extract<ManagerMessage, { type: "order" }>): ReturnType<Session["told"]> {
    const { order } = message;
    const kind = kindOf(order);
    if (order.id <= lastOrder) {
      const confirmed = present.get(kind);
      const isTold = confirmed?.type === "confirmed" && confirmed.id === order.id;
      return { send: isTold ? [confirmed] : [], pass: undefined };
    }
    lastOrder = order.id;
    orders.set(kind, order.id);
    return { send: [], pass: message };
  }

  return {
    opened() {
      isWelcome = false;
      return { type: "hello", version: linkVersion, bot_id: botId, pid, session: id };
    },
    closed() {
      isWelcome = false;
    },
    say(message) {
      if (message.type === "traded" || message.type === "note" || message.type === "ended") {
        const keep = number(message);
        return { send: isWelcome ? [keep] : [], keep };
      }
      remember(message);
      if (isWelcome) return { send: [message], keep: undefined };
      if (message.type === "lore" && untold.length < untoldMax) untold.push(message);
      return { send: [], keep: undefined };
    },
    told(message) {
      switch (message.type) {
        case "welcome":
          return { send: welcomed(message.heard), pass: undefined };
        case "ack":
          heard(message.n);
          return { send: [], pass: undefined };
        case "order":
          return ordered(message);
        case "dial":
          present.delete("dialling");
          return { send: [], pass: message };
        default:
          return { send: [], pass: message };
      }
    },
    isWelcome: () => isWelcome,
    unheard,
  };
}

/** A text that is too long is cut: the whole worker would be cut off for it. */
function clipped<M extends Told<"traded" | "note" | "ended">>(message: M): M {
  if (message.type === "note") return { ...message, text: message.text.slice(0, noteMaxChars) };
  if (message.type === "ended") return { ...message, reason: message.reason.slice(0, reasonMaxChars) };
  return message;
}
