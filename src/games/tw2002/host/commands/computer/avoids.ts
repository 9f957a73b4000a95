/** Sectors that courses go round: the computer's V and X, and CIM's S and C. */
import { note } from "../../galaxy.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import { noRouteLine, sectorColumns } from "../../text/sector.ts";
import type { Trader } from "../../things.ts";

/** V */
export function avoid(session: Session, again: Then): void {
  const { galaxy } = player(session);
  session.paper.put`~CWhich sector do you want to avoid? ~Y[0 clears voids] `;
  askLine(session, { max: 6, largest: galaxy.sectors.length }, (asked, text) => {
    if (text === "") return again(asked);
    if (Number(text) === 0) return clearAvoids(asked, again);
    setAvoid(asked, Number(text));
    asked.paper.put`~gSector ~Y${Number(text)}~g will now be avoided in future navigation calculations.\n`;
    again(asked);
  });
}

/** Adds a sector to those that courses go round. */
export function setAvoid(session: Session, sector: number): void {
  const { galaxy, trader } = player(session);
  if (trader.avoids.includes(sector)) return;
  trader.avoids = [...trader.avoids, sector].sort((a, b) => a - b);
  note(galaxy, "trader", trader);
}

/** Takes one sector, or all, off the list. */
export function dropAvoid(session: Session, sector: number | "all"): void {
  const { galaxy, trader } = player(session);
  trader.avoids = sector === "all" ? [] : trader.avoids.filter((avoided) => avoided !== sector);
  note(galaxy, "trader", trader);
}

/** `Do you wish to clear ALL avoids?` as at the door; a single one is taken off through CIM. */
export function clearAvoids(session: Session, again: Then): void {
  session.paper.put`~mDo you wish to clear ALL avoids? (Y/N) [~YN~m] `;
  askYesNo(session, false, (asked, yes) => {
    if (yes) clearAll(asked);
    again(asked);
  });
}

function clearAll(session: Session): void {
  dropAvoid(session, "all");
  session.paper.put`~gAvoided sectors Cleared.\n`;
}

/** There is no course from one sector to another: perhaps the avoided sectors bar it. */
export function noRoute(session: Session, from: number, to: number, again: Then): void {
  const { settings, paper } = player(session);
  paper.put`${noRouteLine(settings.courseMax, from, to)}~mClear Avoids? `;
  askYesNo(session, false, (asked, yes) => {
    if (yes) clearAll(asked);
    again(asked);
  });
}

/** The avoided sectors in columns, or that there are none. */
export function listAvoids(trader: Trader, session: Session): void {
  if (trader.avoids.length === 0) session.paper.put`~RNo Sectors are currently being avoided.\n`;
  else sectorColumns(session.paper, trader.avoids);
}
