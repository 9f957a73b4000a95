/** What must be done in the world because of an event that was just applied. Deeds are values; io and the roots do them. */
import type { LifecycleEvent, SwarmEvent } from "../proto/events.ts";
import type { Order } from "../proto/orders.ts";
import { hasEnded, type SwarmState } from "./swarm.ts";

/** Time a bot has to log off after it was told to stop, before its process is ended. */
export const stopGraceMs = 5000;
/** Time a worker has to end after its last word. */
export const goodbyeGraceMs = 2000;

export type Effect =
  | { readonly type: "start"; readonly bot: string }
  | { readonly type: "welcome"; readonly bot: string }
  | { readonly type: "order"; readonly bot: string; readonly order: Order }
  /** Let it end by itself for so long, then end it: politely first, then for good. */
  | { readonly type: "end"; readonly bot: string; readonly graceMs: number }
  /** End it now. */
  | { readonly type: "cut"; readonly bot: string };

/** The deeds that follow from one event. Starting is not among them: see `startable`. A restart policy would add them here. */
export function react(state: Readonly<SwarmState>, event: SwarmEvent): Effect[] {
  const bot = state.bots.get(event.bot);
  if (!bot) return [];
  switch (event.type) {
    case "registered":
      return [
        { type: "welcome", bot: bot.id },
        ...bot.orders.map((order) => ({ type: "order", bot: bot.id, order }) as const),
      ];
    case "ordered":
      return bot.process === "up" ? [{ type: "order", bot: bot.id, order: event.order }] : [];
    case "killed":
      return isThere(bot.process) ? [{ type: "end", bot: bot.id, graceMs: stopGraceMs }] : [];
    case "completed":
    case "stopped":
    case "failed":
      return isThere(bot.process) ? [{ type: "end", bot: bot.id, graceMs: goodbyeGraceMs }] : [];
    case "timedOut":
    case "cutOff":
      return isThere(bot.process) ? [{ type: "cut", bot: bot.id }] : [];
    default:
      return [];
  }
}

/**
 * The spawn limiter: which bots may be started now, oldest first. A start is in flight until its worker says hello or ends;
 * more at once than twice the cores only makes each of them slower.
 */
export function startable(state: Readonly<SwarmState>): string[] {
  const room = state.spawnParallel - state.starting.size;
  return room <= 0 ? [] : [...state.waiting.values().take(room)];
}

/** True when nothing of the swarm is left to wait for: no process, no connection. */
export function isQuiet(state: Readonly<SwarmState>): boolean {
  for (const bot of state.bots.values()) if (!hasEnded(bot) || isThere(bot.process)) return false;
  return true;
}

const isThere = (process: string) => process === "starting" || process === "up";

/** One lifecycle event as a line for people. */
export function sentence(event: LifecycleEvent): string {
  switch (event.type) {
    case "spawned":
      return `${event.bot} is to be started from ${event.config_name}`;
    case "joined":
      return `${event.bot} joined, started by hand from ${event.config_name} (pid ${event.pid})`;
    case "started":
      return `${event.bot} started (pid ${event.pid})`;
    case "startFailed":
      return `${event.bot} could not be started: ${event.reason}`;
    case "registered":
      return `${event.bot} registered`;
    case "playing":
      return `${event.bot} is playing`;
    case "ordered":
      return `${event.bot} was ordered: ${wording(event.order)}`;
    case "confirmed":
      return `${event.bot} confirmed: ${wording(event.order)}`;
    case "killed":
      return `${event.bot} is to end: ${event.reason}`;
    case "completed":
    case "stopped":
    case "failed":
      return `${event.bot} ${event.type}: ${event.reason}`;
    case "exited":
      return `${event.bot} process ended (${event.signal ?? `exit code ${event.code ?? "unknown"}`})`;
    case "lost":
      return `${event.bot} lost its connection and did not come back`;
    case "left":
      return `${event.bot} left`;
    case "timedOut":
      return `${event.bot} has been silent for ${event.silence_seconds} s`;
    case "cutOff":
      return `${event.bot} was cut off: ${event.reason}`;
    case "abandoned":
      return `${event.bot} was running when the former manager stopped`;
  }
}

const wording = (order: Order) => (order.type === "goal" ? `goal "${order.goal}"` : order.type);
