/** What people ask of bots that are there, judged: the events that follow from a request, or a Refusal with its reason thrown. */
import type { LifecycleEvent } from "../proto/events.ts";
import type { Order } from "../proto/orders.ts";
import { Refusal } from "../proto/refusal.ts";
import { roomIn } from "./newcomers.ts";
import { hasEnded, hasProcess, kindOf, type Bot, type SwarmState } from "./swarm.ts";

type View = Readonly<SwarmState>;

/** What an order needs besides its number. */
export type Wish = { type: "pause" } | { type: "resume" } | { type: "step" } | { type: "goal"; goal: string };

/**
 * The order that fulfils a wish, or undefined when the bot already is as wished. An order to a bot that cannot listen yet is
 * kept; a newer one of the same kind replaces it. Refuses unknown bots and those that have ended.
 */
export function orderBot(state: View, id: string, wish: Wish, at: number): LifecycleEvent | undefined {
  const bot = knownBot(state, id);
  if (hasEnded(bot) || bot.killed !== undefined)
    throw new Refusal(
      "conflict",
      `Cannot ${verbs[wish.type]} bot "${id}": it ${bot.killed === undefined ? "has ended" : "was killed"} (${bot.state})`,
    );
  const holding = bot.orders.some((order) => kindOf(order) === "hold");
  if (!holding && wish.type === "pause" && bot.state === "PAUSED") return undefined;
  // One that plays may be about to stand still: a new worker is told again to pause, as the former one was.
  if (!holding && wish.type === "resume" && bot.state === "RUNNING" && !bot.wishes.hold) return undefined;
  return ordered(bot, wish, at);
}

const verbs = { pause: "pause", resume: "resume", step: "step", goal: "give a goal to" } as const;

/**
 * The end of a bot that somebody wants gone: nothing when it is over or on its way, else the kill and, when there is a process,
 * the order to log off.
 */
export function killBot(state: View, id: string, reason: string, at: number): LifecycleEvent[] {
  const bot = knownBot(state, id);
  if (bot.state === "COMPLETED" || bot.state === "DEAD" || (bot.killed !== undefined && !hasEnded(bot)))
    return [];
  const kill: LifecycleEvent = { type: "killed", bot: id, reason, at };
  return !hasEnded(bot) && hasProcess(bot) ? [kill, ordered(bot, { type: "stop" }, at)] : [kill];
}

/** Everybody still alive, killed: how a manager that stops takes its bots along. */
export function killAll(state: View, reason: string, at: number): LifecycleEvent[] {
  return [...state.bots.values()].filter(livesOn).flatMap((bot) => killBot(state, bot.id, reason, at));
}

/** Alive; also one that was cut off, as long as its process is still to go: then it would be started again. */
const livesOn = (bot: Readonly<Bot>) => !hasEnded(bot) || (bot.crashed && hasProcess(bot));

/**
 * A new worker for a bot. One that plays logs off first and goes on where it was, unless it is to begin `anew`, as one that has
 * ended does. Nothing when it is about to be started anyway. Refuses a bot that was started by hand, which its own people must start, a full swarm, and a
 * trader that another live bot is. Those that begin again within one request share their `room`.
 */
export function restartBot(
  state: View,
  id: string,
  reason: string,
  at: number,
  { anew = false, room = roomIn(state) } = {},
): LifecycleEvent[] {
  const bot = knownBot(state, id);
  if (bot.origin === "joined")
    throw new Refusal("conflict", `Cannot restart bot "${id}": it was started by hand, not here`);
  if (bot.state === "QUEUED" || bot.again !== undefined) return [];
  if (hasEnded(bot) && hasProcess(bot))
    throw new Refusal("conflict", `Cannot restart bot "${id}" yet: its former worker is still ending`);
  // While it was away another may have become the trader that it was.
  if (hasEnded(bot)) room(bot.namedTrader);
  return [{ type: "restartAsked", bot: id, reason, fresh: anew || hasEnded(bot), at }];
}

/** Takes what has ended off the list. */
export function clearEnded(state: View, at: number): LifecycleEvent[] {
  return [...state.bots.values()]
    .filter((bot) => hasEnded(bot) && !hasProcess(bot))
    .map((bot) => ({ type: "cleared", bot: bot.id, at }));
}

/** Bots that are alive and nobody wants gone, the youngest first. */
export function youngestFirst(state: View): string[] {
  return [...state.bots.values()]
    .filter((bot) => livesOn(bot) && bot.killed === undefined)
    .map((bot) => bot.id)
    .reverse();
}

/** The bot of this id, or a refusal. */
export function knownBot(state: View, id: string): Readonly<Bot> {
  const bot = state.bots.get(id);
  if (!bot) throw new Refusal("not_found", `There is no bot "${id}"`);
  return bot;
}

/** The next order to a bot. */
export function ordered(bot: Readonly<Bot>, wish: Wish | { type: "stop" }, at: number): LifecycleEvent {
  const order: Order = { ...wish, id: bot.orderCount + 1 };
  return { type: "ordered", bot: bot.id, order, at };
}
