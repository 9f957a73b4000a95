/** E: an ether probe. */
import { courseBetween } from "../../courses.ts";
import { isSector, markSeen, note, sectorAt } from "../../galaxy.ts";
import { askLine, player, type Session, type Then } from "../../session.ts";
import { probeEntering, probeLoaded, probeLost } from "../../text/moves/scan.ts";
import { isFriendly } from "../../owners.ts";
import { noRoute } from "../computer/avoids.ts";
import { sectorDigits } from "../../../rules/space.ts";

export function etherProbe(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { gear } = trader.ship;
  if (gear.probes === 0) {
    paper.put`~gYou do not have any Ether Probes.\n`;
    return then(session);
  }
  // The one in the tube still counts: with 25 aboard a recording says 25.
  probeLoaded(gear.probes)(paper);
  askLine(session, { max: sectorDigits, largest: galaxy.sectors.length }, (asked, text) => {
    const to = Number(text);
    // A probe that is sent nowhere stays aboard; no recording shows it.
    if (text === "" || !isSector(galaxy, to)) return then(asked);
    launch(asked, to, then);
  });
}

/** Flies a probe along its course until it is there or somebody's fighters shoot it down. */
function launch(session: Session, to: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { gear } = trader.ship;
  if (to === trader.sector) {
    paper.put`\n~gYou are already in that sector!\n`;
    return then(session);
  }
  const course = courseBetween(galaxy, trader.sector, to, trader.avoids);
  if (!course) {
    paper.line();
    return noRoute(session, trader.sector, to, then);
  }
  // He may sit in another ship by now.
  if (gear.probes === 0) return then(session);
  gear.probes--;
  note(galaxy, "trader", trader);
  for (const sector of course.slice(1)) {
    const { fighters } = sectorAt(galaxy, sector);
    if (fighters && fighters.count > 0 && !isFriendly(galaxy, trader, fighters.owner)) {
      probeLost(sector)(paper);
      return then(session);
    }
    probeEntering(galaxy, trader, sector)(paper);
    markSeen(galaxy, trader, sector);
  }
  paper.put`\n~CProbe Self Destructs\n`;
  then(session);
}
