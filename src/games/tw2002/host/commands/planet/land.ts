/** L: landing on a planet. The list, the choice, and the way down. */
import { occupants, tradersInSpace } from "../../occupants.ts";
import { growPlanet, terraNumber } from "../../planet.ts";
import { askLine, player, type Session, tell, type Then } from "../../session.ts";
import type { Planet } from "../../things.ts";
import * as say from "../../text/planet.ts";
import { approach } from "./invasion.ts";
import { landedOn } from "./menu.ts";
import { visitTerra } from "./people.ts";
import { isFriendly } from "../../owners.ts";

/** Digits of a planet's number. */
const numberDigits = 5;

export function land(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  say.landingHeading(paper);
  const planets = [...occupants(galaxy, trader.sector).planets].sort((a, b) => a.id - b.id);
  const [only] = planets;
  if (!only) {
    say.noPlanetHere(paper);
    return then(session);
  }
  if (trader.ship.kind === "interdictorCruiser") {
    paper.put`~RYour ship stays in space, since it couldn't possibly stand the stress of landing.\n`;
    return then(session);
  }
  const scans = trader.ship.gear.planetScanner;
  // Without a planet scanner the only planet there is landed on at once, as scripts expect.
  if (!scans && planets.length === 1) return descend(session, only, then);
  for (const planet of planets) growPlanet(galaxy, planet, session.at);
  const rows = planets.map((planet) => ({
    planet,
    open: scans || isFriendly(galaxy, trader, planet.owner),
  }));
  say.landingList(galaxy, rows)(paper);
  choose(session, then);
}

/** A number and Enter, or Q, which is not waited for. */
function choose(session: Session, then: Then): void {
  askLine(session, { max: numberDigits, largest: 10 ** numberDigits }, (asked, text) => {
    const { galaxy, trader, paper } = player(asked);
    const planet = galaxy.planets.get(Number(text));
    if (text !== "" && planet?.sector === trader.sector) return descend(asked, planet, then);
    if (text !== "" && planet) paper.put`~RThat planet is not in this sector.\n`;
    else if (text !== "") paper.put`~RInvalid registry number, landing aborted.\n`;
    then(asked);
  });
  const digits = session.prompt;
  session.prompt = {
    onKey(asked, key) {
      if (key.toUpperCase() !== "Q") return digits.onKey(asked, key);
      asked.paper.raw("Q");
      asked.paper.line();
      then(asked);
    },
  };
}

function descend(session: Session, planet: Planet, then: Then): void {
  const { galaxy, paper } = player(session);
  say.landingBegun(paper);
  if (planet.id === terraNumber) return visitTerra(session, planet, then);
  growPlanet(galaxy, planet, session.at);
  say.landingScan(paper);
  approach(session, planet, {
    away: then,
    down(asked) {
      say.cleared(planet)(asked.paper);
      const { game, trader } = player(asked);
      for (const other of tradersInSpace(galaxy, trader.sector)) {
        const watcher = other === trader ? undefined : game.online.get(other.id);
        if (watcher) tell(watcher, say.landed(trader.name, planet.name));
      }
      landedOn(asked, planet, then);
    },
  });
}
