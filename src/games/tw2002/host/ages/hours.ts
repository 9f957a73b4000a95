/** The full hour, at which turns come back: those who are playing are told. */
import { type Game, player, tell } from "../session.ts";
import { hourMs } from "../../rules/time.ts";
import { growTurns } from "../traders.ts";

/** The number of a full hour since 1970. */
export const hourOf = (at: number): number => Math.floor(at / hourMs);
/** When the next full hour strikes, ms since 1970. */
export const hourAfter = (at: number): number => (hourOf(at) + 1) * hourMs;

/** Gives everybody in a game what turns the hour brings. Whoever has all he can have hears nothing. */
export function strikeHour({ online, galaxy }: Game, at: number): void {
  for (const session of online.values()) {
    const { trader } = player(session);
    const had = trader.turnsLeft;
    growTurns(galaxy, trader, at);
    const back = trader.turnsLeft - had;
    if (back > 0) tell(session, (paper) => paper.put`~mYou recover ~C${back}~m of your turns.\n`);
  }
}
