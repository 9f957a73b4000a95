/** The computer's photon missile: for a while the fighters of a neighbouring sector stand still and ships lie open. */
import { photonMs } from "../../rules/combat.ts";
import { inFedSpace, isFriendly, isSector, note, sectorAt, tradersInSpace } from "../galaxy.ts";
import { askLine, player, type Session } from "../session.ts";
import * as say from "../text/photon.ts";
import { fightersReport, inform } from "./alarm.ts";

type Then = (session: Session) => void;

/** No recording shows one. What it does is what players expect of it; the words are ours. */
export function firePhoton(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { gear } = trader.ship;
  if (gear.photons === 0) {
    say.noneAboard("Photon Missiles")(paper);
    return then(session);
  }
  say.askTarget("missile", gear.photons)(paper);
  askLine(session, { max: 5, largest: 99_999 }, (asked, text) => {
    const to = Number(text);
    if (text === "" || trader.ship.gear.photons === 0) return then(asked);
    if (!isSector(galaxy, to) || !sectorAt(galaxy, trader.sector).warps.includes(to)) say.notAdjacent(paper);
    else if (inFedSpace(galaxy, to) || inFedSpace(galaxy, trader.sector)) say.federationForbids(paper);
    else blast(asked, to);
    then(asked);
  });
}

function blast(session: Session, to: number): void {
  const { galaxy, trader, game, paper } = player(session);
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
