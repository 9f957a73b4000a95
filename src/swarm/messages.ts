/** A worker's words as events. What repeats, comes late or answers nothing becomes a mere sign of life. */
import type { SwarmEvent } from "../proto/events.ts";
import type { WorkerMessage } from "../proto/link.ts";
import type { Order } from "../proto/orders.ts";
import { hasEnded, mayNote, type Bot, type SwarmState } from "./swarm.ts";

/** What a worker says of its game, as opposed to itself: for the commons. */
export type GameMessage = Extract<WorkerMessage, { type: "shares" | "lore" | "recalled" | "claim" }>;
/** What a worker says of its way to a game server: for the limiter. */
export type DialMessage = Extract<WorkerMessage, { type: "dialling" | "dialled" }>;
/** What a worker shows of its game, and in whose hands its keys are: for those who watch. */
export type TerminalMessage = Extract<WorkerMessage, { type: "shown" | "online" | "taken" | "given" }>;

/** What it wants of a model, and what became of that: for who asks the model. */
export type AdviceMessage = Extract<WorkerMessage, { type: "ask" | "weighed" }>;

/** What it tells of its choices: for whoever asked. */
export type RecountMessage = Extract<WorkerMessage, { type: "recounted" }>;

const ofGame: ReadonlySet<string> = new Set(["shares", "lore", "recalled", "claim"]);
export const isOfGame = (message: WorkerMessage): message is GameMessage => ofGame.has(message.type);
export const isOfDialling = (message: WorkerMessage): message is DialMessage =>
  message.type === "dialling" || message.type === "dialled";

export const isOfAdvice = (message: WorkerMessage): message is AdviceMessage =>
  message.type === "ask" || message.type === "weighed";

const ofTerminal: ReadonlySet<string> = new Set(["shown", "online", "taken", "given"]);
export const isOfTerminal = (message: WorkerMessage): message is TerminalMessage =>
  ofTerminal.has(message.type);

const endings = { completed: "completed", stopped: "stopped", failed: "failed" } as const;

/**
 * The event that one message of this bot makes; undefined for the words of a bot that has ended or is unknown, but for
 * a hello: then it must be told again to end. `ticks`: when the process of a hello began.
 */
export function eventOf(
  state: Readonly<SwarmState>,
  id: string,
  message: WorkerMessage,
  at: number,
  ticks?: number,
): SwarmEvent | undefined {
  const bot = state.bots.get(id);
  if (!bot || (hasEnded(bot) && message.type !== "hello")) return undefined;
  const heard: SwarmEvent = { type: "heard", bot: id, at };
  switch (message.type) {
    case "hello": {
      if (message.bot_id !== id)
        return { type: "cutOff", bot: id, reason: `the worker says it is "${message.bot_id}"`, at };
      const { pid, session } = message;
      return { type: "registered", bot: id, pid, session, ...(ticks !== undefined && { ticks }), at };
    }
    case "playing":
      return bot.playingAt === undefined ? { type: "playing", bot: id, at } : heard;
    case "report":
      return { type: "reported", bot: id, report: message.report, at };
    case "confirmed": {
      const order = bot.orders.find((one) => one.id === message.id) ?? wishedBefore(bot, message.id);
      return order ? { type: "confirmed", bot: id, order, at } : heard;
    }
    case "traded": {
      const { sector, product, units, credits, hidden, offers } = message;
      const talk = { ...(hidden !== undefined && { hidden }), ...(offers !== undefined && { offers }) };
      return { type: "traded", bot: id, sector, product, units, credits, ...talk, at };
    }
    case "note":
      return mayNote(bot, at)
        ? { type: "noted", bot: id, severity: message.severity, text: message.text, at }
        : heard;
    case "ended": {
      const { how, reason, report } = message;
      return { type: endings[how], bot: id, reason, ...(report && { report }), at };
    }
    case "shares":
      return bot.place === message.place ? heard : { type: "placed", bot: id, place: message.place, at };
    case "lore":
    case "recalled":
    case "claim":
    case "dialling":
    case "dialled":
    case "shown":
    case "online":
    case "taken":
    case "given":
    case "recounted":
    case "ask":
    case "weighed":
      // Of the game, of the way to it, or for those who watch it, not of the swarm's life.
      return heard;
  }
}

/** A new worker is told again what the former one was told: it stands still, too, and has taken the goal that the other had not. */
function wishedBefore({ held, wishes, lastOrder }: Readonly<Bot>, id: number): Order | undefined {
  if (!held && wishes.hold?.id === id) return wishes.hold;
  return wishes.goal?.id === id && lastOrder?.id === id && lastOrder.state === "queued"
    ? wishes.goal
    : undefined;
}
