/** Where a trader finds himself on coming in: where he left, which may be a planet, a citadel or the StarDock. */
import { wakeUp } from "../commands/moves/arrival.ts";
import { landedOn } from "../commands/planet/menu.ts";
import { resumeStarDock } from "../commands/stardock/menu.ts";
import { note } from "../galaxy.ts";
import { player, type Session } from "../session.ts";
import { inSpace } from "../things.ts";

/** Shows him his place; `then` when he is in his ship at the command prompt. */
export function resume(session: Session, then: (session: Session) => void): void {
  const { trader, galaxy } = player(session);
  const { place, ship } = trader;
  if (ship.cloaked) {
    ship.cloaked = false;
    note(galaxy, "ship", ship);
  }
  const lookAround = (asked: Session) => wakeUp(asked, then);
  if (place.type === "stardock") return resumeStarDock(session, lookAround);
  if ("planet" in place) {
    const planet = galaxy.planets.get(place.planet);
    if (planet?.sector === trader.sector) return landedOn(session, planet, lookAround);
    // It was blown up, or has moved on, while he was away.
    trader.place = inSpace;
    note(galaxy, "trader", trader);
  }
  lookAround(session);
}
