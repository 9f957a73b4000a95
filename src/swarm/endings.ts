/** The events that end a bot's play, its process, or both; and what becomes of it then. */
import type { SwarmEvent } from "../proto/events.ts";
import type { BotReport, BotState } from "../proto/status.ts";
import { endedStates } from "../proto/status.ts";
import { moved, type Move } from "./lifecycle.ts";
import type { Bot, SwarmState } from "./swarm.ts";
import { lastWanted } from "./wanted.ts";

export type Ending = Extract<
  SwarmEvent,
  {
    type:
      | "killed"
      | "restartAsked"
      | "completed"
      | "stopped"
      | "failed"
      | "startFailed"
      | "exited"
      | "lost"
      | "left"
      | "cutOff"
      | "backedOff"
      | "gaveUp"
      | "abandoned";
  }
>;

/** A good time this long, in milliseconds, makes former crashes forgotten. */
export const goodTimeMs = 600_000;

/** Makes a move of the table; one that it does not know changes nothing. True when the state is another one. */
export function move(bot: Bot, what: Move): boolean {
  const to = moved(bot.state, what, standing(bot));
  if (to === undefined || to === bot.state) return false;
  bot.state = to;
  return true;
}

/** It has a process. */
const hasWorker = ({ process }: Readonly<Bot>) => process === "starting" || process === "up";

/** How far its worker has come. */
function standing(bot: Readonly<Bot>): BotState {
  if (bot.held) return "PAUSED";
  if (bot.playingAt !== undefined) return "RUNNING";
  return bot.registeredAt === undefined ? "SPAWNING" : "REGISTERING";
}

/** Folds an ending. `takeReport` keeps a last report. */
export function applyEnding(
  state: SwarmState,
  bot: Bot,
  event: Ending,
  takeReport: (bot: Bot, report: BotReport, at: number) => void,
): void {
  const { at } = event;
  switch (event.type) {
    case "killed":
      bot.killed ??= event.reason;
      bot.again = undefined;
      if (!hasWorker(bot) || endedStates.has(bot.state)) end(state, bot, "end", at, bot.error);
      return;
    case "restartAsked":
      // Only what was started here can be started here again.
      if (bot.origin === "joined") return;
      // Asked by two, it does what both want.
      bot.fresh ||= event.fresh;
      bot.killed = undefined;
      bot.again = event.reason;
      if (!hasWorker(bot)) queue(state, bot, at);
      return;
    case "completed":
    case "stopped":
    case "failed":
      // A word that comes after the end of its process has been judged already.
      if (!hasWorker(bot) || endedStates.has(bot.state)) return;
      if (event.report) takeReport(bot, event.report, at);
      bot.crashed = false;
      return said(state, bot, event);
    case "startFailed":
      if (bot.process !== "waiting") return;
      bot.process = "gone";
      // The good time of a former worker says nothing for this start.
      bot.registeredAt = undefined;
      return crash(state, bot, at, event.reason);
    case "exited":
      return gone(state, bot, at, event.words ?? exitReason(event));
    case "lost":
      return gone(state, bot, at, "the connection to the worker was lost");
    case "left":
      return gone(state, bot, at, "the worker left without a word");
    case "cutOff":
      // One that is to be started anew is no crash: its process is ended, and the rest follows from that.
      if (hasWorker(bot) && !endedStates.has(bot.state) && bot.again === undefined)
        crash(state, bot, at, event.reason);
      return;
    case "backedOff":
      if (hasWorker(bot) || !move(bot, "backOff")) return;
      bot.crashes = event.crashes;
      bot.notBefore = event.until;
      bot.endedAt = undefined;
      return wait(state, bot);
    case "gaveUp":
      if (move(bot, "giveUp")) fault(bot, event.reason, at);
      return;
    case "abandoned":
      bot.process = "gone";
      bot.linked = false;
      if (endedStates.has(bot.state)) return leave(state, bot);
      return crash(state, bot, at, "the manager stopped while this bot ran");
    default:
      event satisfies never;
  }
}

/** The bot's own last word: it counts whatever its process does next. */
function said(
  state: SwarmState,
  bot: Bot,
  event: Extract<Ending, { type: "completed" | "stopped" | "failed" }>,
): void {
  // Whatever it says last, who asked for another worker gets one: this one's process is still to go.
  if (bot.again !== undefined) return leave(state, bot);
  if (event.type === "completed") end(state, bot, "complete", event.at, undefined);
  else if (event.type === "stopped" || bot.killed !== undefined)
    end(state, bot, "end", event.at, event.type === "failed" ? event.reason : undefined);
  else {
    forgive(bot, event.at);
    end(state, bot, "fail", event.at, event.reason);
  }
}

/** After a good time the next wait is as short as the first. */
function forgive(bot: Bot, at: number): void {
  if (bot.registeredAt !== undefined && at - bot.registeredAt >= goodTimeMs) bot.crashes = 0;
}

/** The process or the connection is gone, and maybe nothing was said. The first cause stays. */
function gone(state: SwarmState, bot: Bot, at: number, reason: string): void {
  if (!hasWorker(bot)) return;
  bot.process = "gone";
  bot.linked = false;
  bot.orders = bot.orders.filter((order) => order.type !== "stop");
  if (bot.again !== undefined) return queue(state, bot, at);
  if (endedStates.has(bot.state)) leave(state, bot);
  else if (bot.killed !== undefined) end(state, bot, "end", at, undefined);
  else crash(state, bot, at, reason);
}

function crash(state: SwarmState, bot: Bot, at: number, reason: string): void {
  if (bot.killed !== undefined) return end(state, bot, "end", at, undefined);
  forgive(bot, at);
  bot.crashed = true;
  bot.crashTimes = [...bot.crashTimes.slice(-crashTimesMax + 1), at];
  end(state, bot, "fail", at, reason);
}

/** Crash times kept of each bot: no limit on crashes is higher. */
export const crashTimesMax = 1000;

function queue(state: SwarmState, bot: Bot, at: number): void {
  if (bot.state === "QUEUED") return;
  leave(state, bot);
  if (!move(bot, "queue")) return;
  bot.notBefore = at;
  bot.endedAt = undefined;
  bot.crashes = 0;
  bot.crashTimes = [];
  fault(bot, undefined, at);
  wait(state, bot);
}

/** For another worker, who is still to be told what this one may have confirmed. */
function wait(state: SwarmState, bot: Bot): void {
  bot.process = "waiting";
  bot.lastOrder = lastWanted(bot);
  state.waiting.add(bot.id);
}

function end(state: SwarmState, bot: Bot, how: Move, at: number, error: string | undefined): void {
  if (!move(bot, how)) return;
  leave(state, bot);
  bot.endedAt ??= at;
  bot.orders = [];
  bot.lastOrder = undefined;
  bot.again = undefined;
  fault(bot, error, at);
}

/** What is wrong with a bot, and since when; undefined when nothing is. */
export function fault(bot: Bot, error: string | undefined, at: number): void {
  if (error !== bot.error) bot.errorAt = error === undefined ? undefined : at;
  bot.error = error;
}

function leave(state: SwarmState, bot: Bot): void {
  state.waiting.delete(bot.id);
  state.starting.delete(bot.id);
  if (bot.process === "waiting") bot.process = "gone";
}

function exitReason(event: { code: number | null; signal: string | null }): string {
  return event.signal
    ? `the worker was ended by ${event.signal}`
    : `the worker ended without a word, exit code ${event.code ?? "unknown"}`;
}
