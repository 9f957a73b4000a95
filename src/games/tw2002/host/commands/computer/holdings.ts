/** The computer's Y and Z: what a trader owns elsewhere. */
import { courseBetween } from "../../courses.ts";
import type { Galaxy } from "../../galaxy.ts";
import { growPlanet } from "../../planet.ts";
import { player, type Session, type Then } from "../../session.ts";
import {
  noPlanets,
  planetScanHeading,
  planetScanRow,
  planetScanSums,
  shipScanHeading,
  shipScanRow,
} from "../../text/computer/holdings.ts";
import type { Owner, Planet, Ship } from "../../things.ts";
import { unroll } from "../unroll.ts";
import { sameOwner } from "../../owners.ts";

/** Y */
export function personalPlanets(session: Session, then: Then): void {
  scanPlanets(session, { type: "trader", id: player(session).trader.id }, then);
}

/** All planets of a trader or a corporation, grown up to now, and their sums. */
export function scanPlanets(session: Session, owner: Owner, then: Then): void {
  const { galaxy, paper } = player(session);
  planetScanHeading(owner.type === "corp" ? "Corporate" : "Personal")(paper);
  const planets = planetsOf(galaxy, owner);
  if (planets.length === 0) {
    noPlanets(paper);
    return then(session);
  }
  for (const planet of planets) growPlanet(galaxy, planet, session.at);
  unroll(session, [...planets.map(planetScanRow), planetScanSums(planets)], then);
}

/** By sector, then by number. */
const planetsOf = (galaxy: Galaxy, owner: Owner): Planet[] =>
  [...galaxy.planets.values()]
    .filter((planet) => sameOwner(planet.owner, owner))
    .sort((a, b) => a.sector - b.sector || a.id - b.id);

/** Z: every ship that answers to him, the one he flies with a mark. */
export function activeShips(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  paper.put`~=<Active Ship Scan>\n`;
  shipScanHeading(paper);
  const rows = shipsOf(galaxy, { type: "trader", id: trader.id }).map((ship) => {
    const course = courseBetween(galaxy, trader.sector, ship.sector);
    return shipScanRow(ship, ship === trader.ship, course && course.length - 1);
  });
  unroll(session, rows, (asked) => {
    asked.paper.line();
    then(asked);
  });
}

const shipsOf = (galaxy: Galaxy, owner: Owner): Ship[] =>
  [...galaxy.ships.values()].filter((ship) => sameOwner(ship.owner, owner)).sort((a, b) => a.id - b.id);
