/** Traders coming on line and going off it, and who else is there. */
import { chargeTime, startTime } from "./entry/allowance.ts";
import { note } from "./galaxy.ts";
import type { Trader } from "./things.ts";
import { type Game, pause, type Session } from "./session.ts";
import { whosPlaying } from "./text/info.ts";

/** Where a caller goes who leaves the game. */
export type Out = (session: Session) => void;

/**
 * Puts a trader at his helm. A trader can be on once: whoever comes with the right password has the line, the older
 * one is dropped, so that a player whose line broke without a word can come back at once.
 */
export function board(session: Session, game: Game, trader: Trader): void {
  const older = game.online.get(trader.id);
  if (older && older !== session) {
    older.door.touched(older);
    older.paper.put`\n\n~RYou have logged on from another node.  This session has been terminated.\n`;
    leaveGame(older);
    older.door.hangUp(older);
  }
  session.trader = trader;
  game.online.set(trader.id, session);
  startTime(session);
  trader.lastOn = session.at;
  note(game.galaxy, "trader", trader);
}

/** Takes a caller's trader off line; nothing when he has none. */
export function leaveGame(session: Session): void {
  const { trader, game } = session;
  if (trader && game?.online.get(trader.id) === session) {
    chargeTime(session);
    game.online.delete(trader.id);
    trader.lastOn = session.at;
    note(game.galaxy, "trader", trader);
  }
  session.trader = undefined;
  session.paper.setAnsi(true);
  session.nudgeAt = undefined;
  if (session.later) {
    session.later = undefined;
    session.typed.length = 0;
  }
  session.home = undefined;
  session.waiting.length = 0;
}

/** Who else is on, and a [Pause]; nothing at all when nobody is. */
export function crowd(session: Session, game: Game, then: (session: Session) => void): void {
  const players = [...game.online.values()].flatMap((other) =>
    other !== session && other.trader ? [other.trader] : [],
  );
  const { settings } = game.galaxy;
  if (players.length === 0 && !settings.aliens && !settings.ferrengi) {
    session.paper.line();
    return then(session);
  }
  whosPlaying(players, settings)(session.paper);
  session.paper.line();
  pause(session, then);
}
