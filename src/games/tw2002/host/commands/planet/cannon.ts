/** The quasar cannon of a level 3 citadel: into the sector at strangers who come in, in the atmosphere at those who land. */
import { citadelLevels, quasarOre } from "../../../rules/planets.ts";
import { occupants } from "../../occupants.ts";
import { growPlanet, inStore, takeFromStore } from "../../planet.ts";
import { player, type Session, type Then } from "../../session.ts";
import { quasarBlast } from "../../text/planet.ts";
import type { Planet } from "../../things.ts";
import { takeHit } from "../combat/damage.ts";
import { isStrangers } from "../../owners.ts";

/** Whether a planet has an owner to whom this trader is a stranger. */
export function isHostile(session: Session, { owner }: Planet): boolean {
  const { galaxy, trader } = player(session);
  return isStrangers(galaxy, trader, owner);
}

/** One shot: the share of the fuel ore that the citadel is set to, in battle points. False when the ship is lost. */
export function fireCannon(
  session: Session,
  planet: Planet,
  where: "atmosphere" | "sector",
  away: Then,
): boolean {
  const { galaxy } = player(session);
  const { level, atmosphere, quasar } = planet.citadel;
  const percent = where === "atmosphere" ? atmosphere : quasar;
  const ore = Math.floor((inStore(planet, "Fuel Ore") * percent) / 100);
  const damage = Math.floor(ore / quasarOre[where]);
  if (level < citadelLevels.quasarCannon || damage === 0) return true;
  takeFromStore(galaxy, planet, "Fuel Ore", ore, session.at);
  return takeHit(session, damage, quasarBlast(planet), "blast", planet.owner, away);
}

/** Every cannon in the sector fires at a stranger who has come in. False when one was the end of his ship. */
export function passCannons(session: Session, away: Then): boolean {
  const { galaxy, trader } = player(session);
  for (const planet of occupants(galaxy, trader.sector).planets) {
    if (planet.citadel.level < citadelLevels.quasarCannon || !isHostile(session, planet)) continue;
    growPlanet(galaxy, planet, session.at);
    if (!fireCannon(session, planet, "sector", away)) return false;
  }
  return true;
}
