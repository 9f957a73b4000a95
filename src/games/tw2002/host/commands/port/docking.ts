/** What every visit to a port has in common, and its report. */
import { dockingTurns } from "../../../rules/turns.ts";
import { type Galaxy, hasSeen, note } from "../../galaxy.ts";
import { player, type Session } from "../../session.ts";
import type { Port } from "../../things.ts";
import * as say from "../../text/port.ts";
import { reward } from "../rewards.ts";
import { growTurns, spendTurns } from "../../traders.ts";

/** Takes the turn that docking costs; says so when there is none. */
export function payForDocking(session: Session): boolean {
  const { galaxy, trader, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  if (spendTurns(galaxy, trader, dockingTurns)) return true;
  paper.put`~!You don't have any turns left.\n`;
  return false;
}

/** The docking log, and the reward for being the first. */
export function signIn(session: Session, port: Port): void {
  const { galaxy, trader, paper } = player(session);
  const { docked } = port;
  const minutes = docked ? Math.floor((session.at - docked.at) / 60_000) : 0;
  say.dockingLog(docked?.ship, minutes)(paper);
  if (!docked) {
    say.foundPort(1)(paper);
    reward(session, 1);
  }
  port.docked = { ship: trader.ship.name, trader: trader.id, at: session.at };
  note(galaxy, "port", port);
}

/** What is traded at a port fills its strongroom, whoever pays: the editor's "accumulated trading credits". */
export function bank(port: Port, price: number): void {
  port.credits = (port.credits ?? 0) + price;
}

/** R: what the ship's computer knows of a port; an empty line follows. */
export function portReport(session: Session, port: Port, galaxy: Galaxy): void {
  const { trader, paper } = player(session);
  paper.line();
  say.reportHeading(port, galaxy, session.at)(paper);
  say.stockTable(port, galaxy, trader, session.at)(paper);
}

/** The report of any port, for the computer; says so when the trader has never been there. */
export function reportOf(session: Session, sector: number): void {
  const { galaxy, trader, paper } = player(session);
  const port = galaxy.ports.get(sector);
  if (!hasSeen(galaxy, trader, sector)) say.neverVisited(sector)(paper);
  else if (!port || port.stocks.length === 0 || port.destroyed) say.noReport(paper);
  else portReport(session, port, galaxy);
}
