/** T and G: credits in the treasury, and shields from the ship to the planet. */
import { citadelLevels, planetShieldsMax, shieldsPerPlanetShield } from "../../../rules/planets.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { note } from "../../galaxy.ts";
import { treasuryMax } from "../../planet.ts";
import { askKey, askNumber, player, type Session } from "../../session.ts";
import * as say from "../../text/citadel.ts";
import { type Ground, still } from "../planet/ground.ts";

export function treasury(session: Session, ground: Ground): void {
  const { galaxy, trader } = player(session);
  const { planet, back } = ground;
  say.transferWhich(session.paper);
  askKey(
    session,
    "TF",
    (asked, way) => {
      if (!still(asked, ground)) return;
      const state = () => say.treasuryState(trader.credits, planet.citadel.treasury)(asked.paper);
      const most = () =>
        Math.max(
          0,
          way === "T"
            ? Math.min(trader.credits, treasuryMax - planet.citadel.treasury)
            : planet.citadel.treasury,
        );
      state();
      say.transferHowMuch(asked.paper);
      askNumber(asked, { largest: most(), enter: 0 }, (entered, credits) => {
        if (!still(entered, ground)) return;
        // A partner may have been at the same treasury meanwhile.
        if (credits <= most()) {
          const sign = way === "T" ? 1 : -1;
          planet.citadel.treasury += sign * credits;
          trader.credits -= sign * credits;
          note(galaxy, "planet", planet);
          note(galaxy, "trader", trader);
        }
        state();
        back(entered);
      });
    },
    { enter: "F" },
  );
}

/** Ten points of a ship's shields make one of the planet's, and come back as ten. */
export function shields(session: Session, ground: Ground): void {
  const { galaxy, trader, paper } = player(session);
  const { planet, back } = ground;
  if (planet.citadel.level < citadelLevels.shields) {
    say.tooLow("shield generators", citadelLevels.shields)(paper);
    return back(session);
  }
  say.shieldsWhich(paper);
  askKey(
    session,
    "TF",
    (asked, way) => {
      if (!still(asked, ground)) return;
      const { ship } = trader;
      const per = shieldsPerPlanetShield;
      const most = () =>
        Math.max(
          0,
          way === "T"
            ? Math.min(Math.floor(ship.shields / per), planetShieldsMax - planet.shields)
            : Math.min(planet.shields, Math.floor((shipTypes[ship.kind].shieldsMax - ship.shields) / per)),
        );
      say.shieldsState(ship.shields, planet.shields)(asked.paper);
      askNumber(asked, { largest: most(), enter: 0 }, (entered, count) => {
        if (!still(entered, ground)) return;
        if (count <= most()) {
          const sign = way === "T" ? 1 : -1;
          planet.shields += sign * count;
          ship.shields -= sign * per * count;
          note(galaxy, "planet", planet);
          note(galaxy, "trader", trader);
        }
        back(entered);
      });
    },
    { enter: "T" },
  );
}
