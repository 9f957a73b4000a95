/** M: fighters between a planet and the ship. */
import { planetFightersMax } from "../../../rules/planets.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { note } from "../../galaxy.ts";
import { fightersOn } from "../../planet.ts";
import { askKey, askNumber, player, type Session } from "../../session.ts";
import type { Planet, Ship } from "../../things.ts";
import * as say from "../../text/planet.ts";
import { done, type Ground, still } from "./ground.ts";
import { offerDisplay } from "./stores.ts";

export function changeMilitary(session: Session, ground: Ground): void {
  say.militaryHeading(session.paper);
  offerDisplay(session, ground, (shown) => {
    say.fightersHere(fightersOn(ground.planet))(shown.paper);
    askKey(
      shown,
      "LTQ",
      (asked, key) => {
        if (!still(asked, ground)) return;
        if (key === "Q") return done(asked, ground);
        move(asked, ground, key === "L" ? "leave" : "take");
      },
      { enter: "T" },
    );
  });
}

/** How many can go that way: what is there, and what there is room for. */
function most(planet: Planet, ship: Ship, deed: "take" | "leave"): number {
  return deed === "take"
    ? Math.max(0, Math.min(fightersOn(planet), shipTypes[ship.kind].fightersMax - ship.fighters))
    : Math.max(0, Math.min(ship.fighters, Math.floor(planetFightersMax - planet.fighters)));
}

function move(session: Session, ground: Ground, deed: "take" | "leave"): void {
  const { galaxy, trader, paper } = player(session);
  const { planet } = ground;
  const limit = most(planet, trader.ship, deed);
  say.howManyFighters(deed, limit)(paper);
  askNumber(session, { largest: limit, enter: limit }, (asked, count) => {
    if (!still(asked, ground)) return;
    if (count > 0 && count <= most(planet, trader.ship, deed)) {
      const sign = deed === "take" ? 1 : -1;
      trader.ship.fighters += sign * count;
      planet.fighters -= sign * count;
      note(galaxy, "trader", trader);
      note(galaxy, "planet", planet);
      asked.paper.put`~gDone!\n`;
    }
    done(asked, ground);
  });
}
