/** The computer's photon missile: for a while the fighters of a neighbouring sector stand still and ships lie open. */
import { photonMs } from "../../../rules/combat.ts";
import { inFedSpace, note, sectorAt } from "../../galaxy.ts";
import { tradersInSpace } from "../../occupants.ts";
import { player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/photon.ts";
import { fightersReport } from "./alarm.ts";
import { isFriendly } from "../../owners.ts";
import { inform } from "../../mail.ts";
import { aim } from "./aim.ts";

/** No recording shows one. What it does is what players expect of it; the words are ours. */
export function firePhoton(session: Session, then: Then): void {
  aim(session, "photons", blast, then);
}

function blast(session: Session, to: number): void {
  const { galaxy, trader, game, paper } = player(session);
  if (inFedSpace(galaxy, to) || inFedSpace(galaxy, trader.sector)) return say.federationForbids(paper);
  const sector = sectorAt(galaxy, to);
  trader.ship.gear.photons--;
  note(galaxy, "ship", trader.ship);
  say.launched(to)(paper);
  if (sector.fighters && !isFriendly(galaxy, trader, sector.fighters.owner)) {
    sector.stilledUntil = session.at + photonMs;
    note(galaxy, "sector", sector);
    const report = `${trader.name} fired a photon missile into the sector.`;
    fightersReport(game, sector.fighters.owner, session.at, to, report);
  }
  for (const victim of tradersInSpace(galaxy, to)) {
    if (isFriendly(galaxy, trader, { type: "trader", id: victim.id })) continue;
    victim.ship.shields = 0;
    note(galaxy, "ship", victim.ship);
    inform(game, victim, session.at, {
      from: "Shipboard Computers",
      text: `A photon wave from ${trader.name} swept sector ${to}. Your shields are down.`,
      shown: say.waveSeen(trader.name),
    });
  }
}
