/** What a trader sees on coming into a sector. */
import { markSeen } from "../../galaxy.ts";
import { player, type Session } from "../../session.ts";
import { sectorDisplay } from "../../text/sector.ts";

/** The sector display below an empty line; from now on the sector counts as explored. */
export function look(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`\n${sectorDisplay(galaxy, trader)}`;
  markSeen(galaxy, trader, trader.sector);
}
