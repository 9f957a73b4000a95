/** L, M and N: how a citadel meets those who come too near. */
import { note } from "../../galaxy.ts";
import { askKey, askNumber, askYesNo, player, type Session } from "../../session.ts";
import * as say from "../../text/citadel.ts";
import { type Ground, still } from "../planet/ground.ts";
import { citadelLevels } from "../../../rules/planets.ts";

export function cannon(session: Session, ground: Ground): void {
  const { galaxy, paper } = player(session);
  const { planet, back } = ground;
  if (planet.citadel.level < citadelLevels.quasarCannon) {
    say.tooLow("Quasar Cannon", citadelLevels.quasarCannon)(paper);
    return back(session);
  }
  say.cannonState(planet)(paper);
  askKey(
    session,
    "SAQ",
    (asked, type) => {
      if (!still(asked, ground)) return;
      if (type === "Q") return back(asked);
      const now = type === "S" ? planet.citadel.quasar : planet.citadel.atmosphere;
      say.whatLevel(asked.paper);
      askNumber(asked, { largest: 100, enter: now }, (entered, percent) => {
        if (!still(entered, ground)) return;
        if (type === "S") planet.citadel.quasar = percent;
        else planet.citadel.atmosphere = percent;
        note(galaxy, "planet", planet);
        back(entered);
      });
    },
    { enter: "Q" },
  );
}

export function reaction(session: Session, ground: Ground): void {
  const { galaxy, paper } = player(session);
  const { planet, back } = ground;
  if (planet.citadel.level < citadelLevels.combatComputer) {
    say.tooLow("combat computer", citadelLevels.combatComputer)(paper);
    return back(session);
  }
  say.reactionState(planet)(paper);
  askYesNo(session, false, (asked, yes) => {
    if (!still(asked, ground)) return;
    if (!yes) return back(asked);
    say.whatLevel(asked.paper);
    askNumber(asked, { largest: 100, enter: planet.citadel.military }, (entered, percent) => {
      if (!still(entered, ground)) return;
      say.stanceWhich(entered.paper);
      askKey(
        entered,
        "DO",
        (decided, key) => {
          if (!still(decided, ground)) return;
          planet.citadel.military = percent;
          planet.citadel.stance = key === "O" ? "offensive" : "defensive";
          note(galaxy, "planet", planet);
          back(decided);
        },
        { enter: "D" },
      );
    });
  });
}

export function interdictor(session: Session, ground: Ground): void {
  const { galaxy, paper } = player(session);
  const { planet, back } = ground;
  const { citadel } = planet;
  if (citadel.level < citadelLevels.interdictor) {
    say.tooLow("Interdictor", citadelLevels.interdictor)(paper);
    return back(session);
  }
  say.interdictorState(citadel.interdictor)(paper);
  askYesNo(session, false, (asked, yes) => {
    if (!still(asked, ground)) return;
    if (yes) {
      citadel.interdictor = !citadel.interdictor;
      note(galaxy, "planet", planet);
      say.interdictorNow(citadel.interdictor)(asked.paper);
    }
    back(asked);
  });
}
