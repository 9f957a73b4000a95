/** What must be done in the world because of an event that was just applied. Deeds are values; io and the roots do them. */
import { wordsOf } from "../proto/event-words.ts";
import type { KeptEvent, SwarmEvent } from "../proto/events.ts";
import type { Carried, Order } from "../proto/orders.ts";
import { hasEnded, hasProcess, type Bot, type SwarmState } from "./swarm.ts";
import { wanted } from "./wanted.ts";

/** Time a bot has to log off after it was told to stop, before its process is ended. */
export const stopGraceMs = 5000;
/** Time a worker has to end after its last word. */
export const goodbyeGraceMs = 2500;

export type Effect =
  | { readonly type: "start"; readonly bot: string }
  /** Only when all that happened so far is kept for good. */
  | { readonly type: "welcome"; readonly bot: string; readonly carried: Carried | undefined }
  | { readonly type: "order"; readonly bot: string; readonly order: Order }
  /** Let it end by itself for so long, then end it: politely first, then for good. */
  | { readonly type: "end"; readonly bot: string; readonly graceMs: number }
  /** End it now. */
  | { readonly type: "cut"; readonly bot: string };

/** The deeds that follow from one event. Starting is not among them: see `startable`. */
export function react(state: Readonly<SwarmState>, event: SwarmEvent): Effect[] {
  const bot = state.bots.get(event.bot);
  if (!bot) return [];
  switch (event.type) {
    case "registered":
      // Nobody is welcome for whom another worker may be on its way.
      return hasProcess(bot) ? greeting(bot) : [];
    case "ordered":
      return bot.process === "up" ? [{ type: "order", bot: bot.id, order: event.order }] : [];
    case "killed":
    case "restartAsked":
      return hasProcess(bot) ? [{ type: "end", bot: bot.id, graceMs: stopGraceMs }] : [];
    case "completed":
    case "stopped":
    case "failed":
      return hasProcess(bot) ? [{ type: "end", bot: bot.id, graceMs: goodbyeGraceMs }] : [];
    case "cutOff":
      return hasProcess(bot) ? [{ type: "cut", bot: bot.id }] : [];
    default:
      return [];
  }
}

/** Whoever says hello is told what people want of it, all of it: a new process knows none, and to others it is no news. */
function greeting(bot: Readonly<Bot>): Effect[] {
  return [
    { type: "welcome", bot: bot.id, carried: carriedBy(bot) },
    ...wanted(bot).map((order) => ({ type: "order", bot: bot.id, order }) as const),
  ];
}

function carriedBy({ report, restarts }: Readonly<Bot>): Carried | undefined {
  if (!report || restarts === 0) return undefined;
  return {
    credits_start: report.credits_start,
    turns_executed: report.turns_executed,
    trades_executed: report.trades_executed,
    trade_attempts: report.trade_attempts,
    haggle_deals: report.haggle_deals ?? 0,
    haggle_offers: report.haggle_offers ?? 0,
    haggle_lost: report.haggle_lost ?? 0,
    troubles: report.troubles ?? 0,
  };
}

/**
 * The spawn limiter: which bots may be started at `at`: those first who had a worker before, then the oldest. A start is in flight until its worker says hello or ends;
 * more at once than twice the cores only makes each of them slower.
 */
export function startable(state: Readonly<SwarmState>, at: number): string[] {
  const room = state.spawnParallel - state.starting.size;
  if (room <= 0 || state.waiting.size === 0) return [];
  const again: string[] = [];
  const anew: string[] = [];
  for (const id of state.waiting) {
    const bot = state.bots.get(id);
    if ((bot?.notBefore ?? 0) > at) continue;
    if (bot?.startedAt === undefined) anew.push(id);
    else again.push(id);
    if (again.length === room) break;
  }
  return [...again, ...anew].slice(0, room);
}

/** When the next bot that waits for its time may be started; undefined when none waits. */
export function nextStartAt(state: Readonly<SwarmState>): number | undefined {
  let next: number | undefined;
  for (const id of state.waiting) {
    const at = state.bots.get(id)?.notBefore;
    if (at !== undefined) next = Math.min(next ?? at, at);
  }
  return next;
}

/** True when nothing of the swarm is left to wait for: no process, no connection. */
export function isQuiet(state: Readonly<SwarmState>): boolean {
  for (const bot of state.bots.values()) if (!hasEnded(bot) || hasProcess(bot)) return false;
  return true;
}

/** One event as a line for people. */
export const sentence = (event: KeptEvent): string => `${event.bot} ${wordsOf(event)}`;
