/** Minutes on line a day, where a game grants only so many. */
import { note } from "../galaxy.ts";
import type { Session } from "../session.ts";
import { unlimited } from "../text/prompts.ts";
import { dayOf } from "../../rules/time.ts";

const minuteMs = 60_000;
/** Before the end of his time a trader is warned once, ms. */
export const timeWarningMs = minuteMs;

/** Ms that the trader of a session may still be on line today; undefined when his game has no limit. */
export function timeLeft(session: Session): number | undefined {
  const { trader, game } = session;
  if (!trader || !game || game.galaxy.settings.minutesPerDay === 0) return undefined;
  const day = dayOf(session.at);
  if (trader.minutesDay !== day) {
    trader.minutesDay = day;
    trader.minutesToday = 0;
    session.boardedAt = session.now;
    session.timeWarned = false;
  }
  const granted = game.galaxy.settings.minutesPerDay * minuteMs;
  return Math.max(0, granted - trader.minutesToday * minuteMs - (session.now - session.boardedAt));
}

/** Starts to count, when a trader comes in. */
export function startTime(session: Session): void {
  session.boardedAt = session.now;
  session.timeWarned = false;
}

/** Puts what he has used down to his account, when he goes. */
export function chargeTime(session: Session): void {
  const { trader, game } = session;
  if (!trader || !game || timeLeft(session) === undefined) return;
  trader.minutesToday += (session.now - session.boardedAt) / minuteMs;
  session.boardedAt = session.now;
  note(game.galaxy, "trader", trader);
}

/** `00:59:07`, or what stands for no limit. */
export function timeLeftClock(session: Session): string {
  const left = timeLeft(session);
  if (left === undefined) return unlimited;
  const seconds = Math.ceil(left / 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
