/** Word of what happened to somebody's fighters, mines or ship: at once to those on line, by mail to the others. */
import { type Galaxy, note } from "../galaxy.ts";
import { type Game, type Session, tell } from "../session.ts";
import type { Paper } from "../text/paper.ts";
import { fighterReport, plainly } from "../text/combat.ts";
import type { Owner, Trader } from "../things.ts";

/** A galaxy and those who are on line in it. */
export type Company = Pick<Game, "galaxy" | "online">;

/** Reports kept for a trader who is away; the oldest go first. */
export const reportsMax = 50;

/** The traders whom an owner stands for. */
export function ownersOf(galaxy: Galaxy, owner: Owner): Trader[] {
  const ids =
    owner.type === "trader"
      ? [owner.id]
      : owner.type === "corp"
        ? (galaxy.corps.get(owner.id)?.members ?? [])
        : [];
  return ids.flatMap((id) => galaxy.traders.get(id) ?? []);
}

/** Tells a trader who is on line; writes to one who is not. `by` is whose key it was, for the time. */
export function inform(
  game: Company,
  trader: Trader,
  at: number,
  word: { readonly from: string; readonly text: string; readonly shown: (paper: Paper) => void },
): void {
  const session = game.online.get(trader.id);
  if (session) return tell(session, word.shown);
  trader.mail.push({ at, from: word.from, text: word.text });
  if (trader.mail.length > reportsMax) trader.mail.splice(0, trader.mail.length - reportsMax);
  note(game.galaxy, "trader", trader);
}

/** `Deployed Fighters Report Sector 70: Wingman's Merchant Cruiser entered sector.` */
export function fightersReport(game: Company, owner: Owner, at: number, sector: number, what: string): void {
  for (const trader of ownersOf(game.galaxy, owner)) {
    inform(game, trader, at, {
      from: "Deployed Fighters",
      text: `Report Sector ${sector}: ${what}`,
      shown: fighterReport(sector, what),
    });
  }
}

/** The same without a heading: `Your mines in 70 did 125 damage to Wingman`. */
export function minesReport(game: Company, owner: Owner, at: number, text: string): void {
  for (const trader of ownersOf(game.galaxy, owner)) {
    inform(game, trader, at, { from: "Mines", text, shown: plainly(text) });
  }
}

/**
 * Takes a player to his command prompt, out of whatever he was about: what he was asked about is gone. One who stands at a
 * prompt that others may cut into keeps it. His keys typed ahead were meant for something else and are dropped.
 */
export function bringHome(session: Session): void {
  if (session.prompt.reprint || !session.home) return;
  session.later = undefined;
  session.nudgeAt = undefined;
  session.typed.length = 0;
  session.paper.put`\n`;
  session.door.touched(session);
  session.home(session);
}
