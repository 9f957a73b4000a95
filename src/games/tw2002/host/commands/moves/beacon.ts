/** R: a marker beacon. */
import { inFedSpace, note, sectorAt } from "../../galaxy.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import { beaconMax } from "../../../rules/lengths.ts";

export function beacon(session: Session, then: Then): void {
  const { paper } = session;
  if (!mayLaunch(session)) return then(session);
  paper.put`~mDo you wish to launch a Marker Beacon here? ~Y(Y/N) ~y[N] `;
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return then(asked);
    asked.paper.put`~gWhat message should be on this beacon? (${beaconMax} chars)\n~g-> `;
    askLine(asked, { max: beaconMax }, (told, text) => {
      if (text.trim() !== "") launch(told, text.trim());
      then(told);
    });
  });
}

/** The refusals are not recorded: their words are ours. */
function mayLaunch(session: Session): boolean {
  const { galaxy, trader, paper } = player(session);
  if (trader.ship.gear.beacons === 0) {
    paper.put`~gYou do not have any Marker Beacons.\n`;
    return false;
  }
  if (!inFedSpace(galaxy, trader.sector)) return true;
  paper.put`~gThe Federation does not allow private beacons in FedSpace!\n`;
  return false;
}

/** Two beacons in one sector jam each other: both are lost. */
function launch(session: Session, text: string): void {
  const { galaxy, trader, paper } = player(session);
  // He may have lost his ship, and the sector with it, while he wrote.
  if (!mayLaunch(session)) return;
  const sector = sectorAt(galaxy, trader.sector);
  trader.ship.gear.beacons--;
  note(galaxy, "trader", trader);
  if (sector.beacon === "") {
    sector.beacon = text;
    paper.put`~gBeacon Launched!\n`;
  } else {
    sector.beacon = "";
    paper.put`~!Your beacon runs into the one that is already here: both are destroyed!\n`;
  }
  note(galaxy, "sector", sector);
}
