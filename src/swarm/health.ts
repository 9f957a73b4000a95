/** Who is stuck, judged: a worker must say something at least every `bot_timeout`, and get on in its game. */
import type { LifecycleEvent } from "../proto/events.ts";
import { hasEnded, hasProcess, type Bot, type SwarmState } from "./swarm.ts";

/** A stuck bot has so long to come to itself, in milliseconds, before its worker is ended. */
export const stuckGraceMs = 5000;

export interface Patience {
  /** Milliseconds of silence, and of standing still in the game; undefined for no limit. */
  readonly silenceMs: number;
  readonly progressMs: number | undefined;
}

/** What a look at all bots at `at` finds. */
export function looked(state: Readonly<SwarmState>, patience: Patience, at: number): LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  for (const bot of state.bots.values()) {
    if (hasEnded(bot) || !hasProcess(bot)) continue;
    events.push(...(bot.state === "STUCK" ? ofStuck(bot, patience, at) : ofOthers(bot, patience, at)));
  }
  return events;
}

function ofStuck(bot: Readonly<Bot>, { silenceMs }: Patience, at: number): LifecycleEvent[] {
  const stuckAt = bot.stuckAt ?? at;
  if ((bot.lastWord ?? 0) > stuckAt && bot.again === undefined)
    return [{ type: "recovered", bot: bot.id, at }];
  // One that was asked to start anew has been given its own time to end.
  if (at - stuckAt < stuckGraceMs || bot.again !== undefined) return [];
  const seconds = Math.floor((silenceMs + at - stuckAt) / 1000);
  return [{ type: "cutOff", bot: bot.id, reason: `no word from the worker for ${seconds} s`, at }];
}

function ofOthers(bot: Readonly<Bot>, patience: Patience, at: number): LifecycleEvent[] {
  const silence = at - (bot.lastWord ?? at);
  if (silence > patience.silenceMs)
    return [{ type: "timedOut", bot: bot.id, silence_seconds: Math.floor(silence / 1000), at }];
  // One that is on its way out stays so, and how it was asked to begin again stays as it was asked.
  if (bot.killed !== undefined || bot.again !== undefined) return [];
  if (bot.state !== "RUNNING" || bot.report?.waits === true || patience.progressMs === undefined) return [];
  const idle = at - (bot.lastActivity ?? at);
  if (idle <= patience.progressMs) return [];
  const idleSeconds = Math.floor(idle / 1000);
  const reason = `no progress in the game for ${idleSeconds} s`;
  return [
    { type: "stalled", bot: bot.id, idle_seconds: idleSeconds, at },
    // Who came in by hand can only be sent away.
    bot.origin === "joined"
      ? { type: "cutOff", bot: bot.id, reason, at }
      : { type: "restartAsked", bot: bot.id, reason, fresh: false, at },
  ];
}
