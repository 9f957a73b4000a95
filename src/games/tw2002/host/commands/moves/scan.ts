/** S: the long range scanners. */
import { densityOf } from "../../../rules/scanners.ts";
import { holoScanTurns } from "../../../rules/turns.ts";
import { type Galaxy, markSeen, sectorAt } from "../../galaxy.ts";
import { occupants, tradersInSpace } from "../../occupants.ts";
import { askKey, player, type Session, type Then } from "../../session.ts";
import { turnDeducted } from "../../text/port.ts";
import { densityTable, type Reading, scanHeading, whichScan } from "../../text/moves/scan.ts";
import { sectorDisplay, sectorView } from "../../text/sector.ts";
import type { Trader } from "../../things.ts";
import { growTurns, spendTurns } from "../../traders.ts";
import { isFriendly } from "../../owners.ts";
import { outOfTurns } from "../../text/info.ts";

export function scan(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  scanHeading(paper);
  switch (trader.ship.gear.scanner) {
    case "none":
      paper.put`~gYou don't have a long range scanner.\n`;
      return then(session);
    case "density":
      return densityScan(session, then);
    case "holo":
      whichScan(paper);
      return askKey(session, "HDQ", (asked, key) => chosen(asked, key, then), { enter: "D" });
    default:
      trader.ship.gear.scanner satisfies never;
  }
}

function chosen(session: Session, key: string, then: Then): void {
  // Another ship, without a scanner, may be under him by now.
  if (key === "Q" || player(session).trader.ship.gear.scanner !== "holo") return then(session);
  if (key === "D") return densityScan(session, then);
  holoScan(session, then);
}

function densityScan(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { warps } = sectorAt(galaxy, trader.sector);
  densityTable(
    galaxy,
    trader,
    warps.map((sector) => reading(galaxy, trader, sector)),
  )(paper);
  then(session);
}

/** Weighs everything in a sector. Limpets that are not his own and cloaked ships betray themselves as anomalies. */
function reading(galaxy: Galaxy, viewer: Trader, number: number): Reading {
  const { beacon, navHaz, fighters, armids, limpets } = sectorAt(galaxy, number);
  const { planets, ships, wanderers } = occupants(galaxy, number);
  const traders = tradersInSpace(galaxy, number);
  const seen = traders.filter(({ ship }) => !ship.cloaked);
  const port = galaxy.ports.get(number);
  const density =
    (beacon === "" ? 0 : densityOf.beacon) +
    densityOf.navHaz * navHaz +
    densityOf.fighter * (fighters?.count ?? 0) +
    densityOf.armid * (armids?.count ?? 0) +
    densityOf.limpet * (limpets?.count ?? 0) +
    densityOf.planet * planets.size +
    densityOf.unmannedShip * ships.size +
    densityOf.mannedShip * (wanderers.size + seen.length) +
    (port ? (port.destroyed ? densityOf.wreck : densityOf.port) : 0);
  const hostile = limpets && limpets.count > 0 && !isFriendly(galaxy, viewer, limpets.owner);
  return { sector: number, density, navHaz, anomaly: hostile === true || seen.length < traders.length };
}

/** Shows all neighbours and then the sector itself; what has been shown counts as explored. */
function holoScan(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  if (!spendTurns(galaxy, trader, holoScanTurns)) {
    outOfTurns(paper);
    return then(session);
  }
  turnDeducted(trader.turnsLeft)(paper);
  for (const sector of sectorAt(galaxy, trader.sector).warps) {
    paper.put`${sectorView(galaxy, trader, sector)}\n`;
    markSeen(galaxy, trader, sector);
  }
  sectorDisplay(galaxy, trader)(paper);
  markSeen(galaxy, trader, trader.sector);
  then(session);
}
