/** What traders are told: at once when they are on line, by mail when they are not. */
import { type Galaxy, note } from "./galaxy.ts";
import { type Game, tell } from "./session.ts";
import type { Paper } from "./text/paper.ts";
import type { Mail, Trader } from "./things.ts";

/** A galaxy and those who are on line in it. */
export type Company = Pick<Game, "galaxy" | "online">;

/** Messages that a box holds; the oldest make room. */
export const mailMax = 100;

/** Puts a message into a trader's box, whether he is on line or not; nothing for one who has been struck off. */
export function leaveMail(galaxy: Galaxy, to: Trader, mail: Mail): void {
  if (galaxy.traders.get(to.id) !== to) return;
  to.mail.push(mail);
  if (to.mail.length > mailMax) to.mail.splice(0, to.mail.length - mailMax);
  note(galaxy, "trader", to);
}

/** Tells a trader who is on line; writes to one who is not. `at` is now, ms since 1970. */
export function inform(
  { galaxy, online }: Company,
  trader: Trader,
  at: number,
  word: { readonly from: string; readonly text: string; readonly shown: (paper: Paper) => void },
): void {
  const session = online.get(trader.id);
  if (session) tell(session, word.shown);
  else leaveMail(galaxy, trader, { at, from: word.from, text: word.text });
}
