/** Coming into a sector: the move itself, its display, and whatever waits there. */
import { markSeen, tradersInSpace, warp } from "../galaxy.ts";
import { player, type Session, tell } from "../session.ts";
import { sectorDisplay } from "../text/sector.ts";

type Then = (session: Session) => void;

/** How an arrival can end. */
export interface Arrival {
  /** He is in the sector and free to go on. */
  readonly stayed: Then;
  /** He retreated, lost his ship or was carried off: whatever he was about is over. */
  readonly away: Then;
}

/** Enters a sector that has been paid for: those who are there see it, the sector is shown, hostile things are met. */
export function arrive(session: Session, to: number, { stayed }: Arrival): void {
  const { galaxy, trader, game } = player(session);
  warp(galaxy, trader, to);
  for (const other of tradersInSpace(galaxy, to)) {
    if (other === trader) continue;
    const watcher = game.online.get(other.id);
    if (watcher) tell(watcher, (paper) => paper.put`~C${trader.name} ~gwarps into the sector.\n`);
  }
  look(session);
  stayed(session);
}

/** The sector display below an empty line; from now on the sector counts as explored. */
export function look(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`\n${sectorDisplay(galaxy, trader)}`;
  markSeen(galaxy, trader, trader.sector);
}
