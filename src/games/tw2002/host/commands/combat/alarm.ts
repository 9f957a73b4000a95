/** Word of what happened to somebody's fighters, mines or ship: at once to those on line, by mail to the others. */
import type { Session } from "../../session.ts";
import { fighterReport, plainly } from "../../text/combat/fights.ts";
import type { Owner } from "../../things.ts";
import { type Company, inform } from "../../mail.ts";
import { ownersOf } from "../../owners.ts";

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
  session.door.touched(session);
  session.later = undefined;
  session.nudgeAt = undefined;
  session.typed.length = 0;
  session.paper.put`\n`;
  session.home(session);
}
