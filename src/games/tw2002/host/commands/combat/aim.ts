/** Devices that are sent into a neighbouring sector: photon missiles and mine disruptors. No recording shows either. */
import { isSector, sectorAt } from "../../galaxy.ts";
import { askLine, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/photon.ts";
import { sectorDigits } from "../../../rules/space.ts";

/** Asks where one of the devices shall go; `launch` when there still is one aboard, and `then` in any case. */
export function aim(
  session: Session,
  device: "photons" | "disruptors",
  launch: (session: Session, to: number) => void,
  then: Then,
): void {
  const { galaxy, trader, paper } = player(session);
  const aboard = trader.ship.gear[device];
  if (aboard === 0) {
    say.noneAboard(device)(paper);
    return then(session);
  }
  say.askTarget(device, aboard)(paper);
  askLine(session, { max: sectorDigits, largest: 10 ** sectorDigits - 1 }, (asked, text) => {
    const to = Number(text);
    // He may have lost the ship, and what it carried, over the question.
    if (text === "" || trader.ship.gear[device] === 0) return then(asked);
    if (!isSector(galaxy, to) || !sectorAt(galaxy, trader.sector).warps.includes(to))
      say.notAdjacent(asked.paper);
    else launch(asked, to);
    then(asked);
  });
}
