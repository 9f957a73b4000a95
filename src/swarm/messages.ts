/** A worker's words as events. What repeats, comes late or answers nothing becomes a mere sign of life. */
import type { SwarmEvent } from "../proto/events.ts";
import type { WorkerMessage } from "../proto/link.ts";
import { hasEnded, mayNote, type SwarmState } from "./swarm.ts";

/** What a worker says of its game, as opposed to itself: for the commons. */
export type GameMessage = Extract<WorkerMessage, { type: "shares" | "lore" | "recalled" | "claim" }>;
export const isOfGame = (message: WorkerMessage): message is GameMessage =>
  message.type === "shares" ||
  message.type === "lore" ||
  message.type === "recalled" ||
  message.type === "claim";

const endings = { completed: "completed", stopped: "stopped", failed: "failed" } as const;

/** The event that one message of this bot makes; undefined for the words of a bot that has ended or is unknown. */
export function eventOf(
  state: Readonly<SwarmState>,
  id: string,
  message: WorkerMessage,
  at: number,
): SwarmEvent | undefined {
  const bot = state.bots.get(id);
  if (!bot || hasEnded(bot)) return undefined;
  const heard: SwarmEvent = { type: "heard", bot: id, at };
  switch (message.type) {
    case "hello":
      return message.bot_id === id
        ? { type: "registered", bot: id, pid: message.pid, at }
        : { type: "cutOff", bot: id, reason: `the worker says it is "${message.bot_id}"`, at };
    case "playing":
      return bot.playingAt === undefined ? { type: "playing", bot: id, at } : heard;
    case "report":
      return { type: "reported", bot: id, report: message.report, at };
    case "confirmed": {
      const order = bot.orders.find((one) => one.id === message.id);
      return order ? { type: "confirmed", bot: id, order, at } : heard;
    }
    case "traded":
    case "shares":
    case "lore":
    case "recalled":
    case "claim":
      // Of the game, not of the swarm's life: the commons take these.
      return heard;
    case "note":
      return mayNote(bot, at)
        ? { type: "noted", bot: id, severity: message.severity, text: message.text, at }
        : heard;
    case "ended": {
      const { how, reason, report } = message;
      return { type: endings[how], bot: id, reason, ...(report && { report }), at };
    }
  }
}
