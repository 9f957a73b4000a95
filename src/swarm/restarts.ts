/** What follows a crash: another start after a while that grows, or none when it happens too often. OTP's idea, in a few lines. */
import type { LifecycleEvent, SwarmEvent } from "../proto/events.ts";
import { ordered } from "./requests.ts";
import { hasProcess, type Bot, type SwarmState } from "./swarm.ts";

export interface RestartPolicy {
  readonly policy: "never" | "on_crash" | "always";
  /** So many crashes within `window` seconds, and it is given up. */
  readonly crashes: number;
  readonly window: number;
}

/** Waits before the first, second, third ... restart in a row, in milliseconds; doubled from the second on. */
export const firstWaitMs = 100;
export const secondWaitMs = 1000;
export const longestWaitMs = 60_000;
/** How far a wait may be off, so that bots that crashed together do not come back together. */
export const jitter = 0.2;

/** The wait before the `crashes`th restart in a row (from 1), in milliseconds. `dice` is from 0 up to 1. */
export function waitMs(crashes: number, dice: number): number {
  const plain =
    crashes <= 1 ? firstWaitMs : Math.min(longestWaitMs, secondWaitMs * 2 ** Math.min(crashes - 2, 30));
  return Math.round(plain * (1 - jitter + 2 * jitter * dice));
}

/** What follows from an event that was just applied: one that is to begin anew has to log off; and the judgement over a worker that is gone. */
export function judge(
  state: Readonly<SwarmState>,
  event: SwarmEvent,
  policy: RestartPolicy,
  dice: () => number,
): LifecycleEvent[] {
  const bot = state.bots.get(event.bot);
  if (event.type === "restartAsked")
    return bot && hasProcess(bot) ? [ordered(bot, { type: "stop" }, event.at)] : [];
  if (event.type !== "exited" && event.type !== "startFailed") return [];
  if (!bot || bot.state !== "ERROR" || bot.origin !== "spawned") return [];
  if (policy.policy === "never" || (!bot.crashed && policy.policy !== "always")) return [];
  const reason = bot.error ?? "it ended";
  const { at } = event;
  const recent = bot.crashTimes.filter((time) => time > at - policy.window * 1000).length;
  if (recent >= policy.crashes)
    return [{ type: "gaveUp", bot: bot.id, reason: gaveUpReason(bot, event, recent, policy), at }];
  const crashes = bot.crashes + 1;
  return [{ type: "backedOff", bot: bot.id, crashes, until: at + waitMs(crashes, dice()), reason, at }];
}

function gaveUpReason(
  bot: Readonly<Bot>,
  event: Extract<SwarmEvent, { type: "exited" | "startFailed" }>,
  recent: number,
  policy: RestartPolicy,
): string {
  const said = `crashed ${recent} times within ${policy.window} s, last: ${bot.error ?? "unknown"}`;
  const log = event.type === "exited" ? event.log : undefined;
  return log ? `${said}\n${log}` : said;
}
