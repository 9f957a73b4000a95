/** Silence, judged. A worker must say something at least every `bot_timeout`, whatever it is doing. */
import type { LifecycleEvent } from "../proto/events.ts";
import { hasEnded, type SwarmState } from "./swarm.ts";

/** The live bots with a process or connection from which nothing came for longer than `timeoutMs`. */
export function silent(state: Readonly<SwarmState>, timeoutMs: number, at: number): LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  for (const bot of state.bots.values()) {
    if (hasEnded(bot) || bot.process === "waiting" || bot.process === "gone") continue;
    const silence = at - (bot.lastWord ?? at);
    if (silence > timeoutMs)
      events.push({ type: "timedOut", bot: bot.id, silence_seconds: Math.floor(silence / 1000), at });
  }
  return events;
}
