/** U: a Genesis torpedo makes a planet. */
import { genesisReward, planetClasses, type PlanetClass } from "../../../rules/planets.ts";
import { inFedSpace, note } from "../../galaxy.ts";
import { occupants } from "../../occupants.ts";
import { makePlanet } from "../../planet.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import type { Planet } from "../../things.ts";
import { askPlanetName } from "../../text/planet.ts";
import * as say from "../../text/genesis.ts";
import { align, reward } from "../rewards.ts";
import { planetNameMax } from "../../../rules/lengths.ts";

/** How often each class comes about, in lots. Nobody has counted them: that Earth-like ones are common is all that is said. */
const lots: Readonly<Record<PlanetClass, number>> = { M: 6, K: 3, O: 3, L: 3, C: 3, H: 1, U: 1 };
const urn = planetClasses.flatMap((type) => Array.from({ length: lots[type] }, () => type));

export function genesis(session: Session, then: Then): void {
  const { galaxy, trader, paper, settings } = player(session);
  const refusal = cannotLaunch(session);
  if (refusal) {
    refusal(paper);
    return then(session);
  }
  say.offerLaunch(trader.ship.gear.torpedoes)(paper);
  if (occupants(galaxy, trader.sector).planets.size >= settings.planetsPerSector) say.crowded(paper);
  say.askLaunch(paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return then(asked);
    const since = cannotLaunch(asked);
    if (since) {
      since(asked.paper);
      return then(asked);
    }
    launch(asked, then);
  });
}

function cannotLaunch(session: Session) {
  const { galaxy, trader, settings } = player(session);
  if (trader.ship.gear.torpedoes === 0) return say.noTorpedoes;
  if (inFedSpace(galaxy, trader.sector)) return say.notInFedSpace;
  return galaxy.planets.size >= settings.planetsMax ? say.universeFull : undefined;
}

/** A planet more than a sector can hold comes to grief: it strikes another one, and both may be gone. Ours. */
const collision = "planets collide";

function launch(session: Session, then: Then): void {
  const { galaxy, trader, paper, settings } = player(session);
  trader.ship.gear.torpedoes--;
  note(galaxy, "trader", trader);
  say.launched(paper);
  const crowd = occupants(galaxy, trader.sector).planets.size >= settings.planetsPerSector;
  if (crowd && galaxy.dice.chance(0.5, collision)) {
    say.collided(paper);
    return then(session);
  }
  const planet = makePlanet(galaxy, {
    name: "Unnamed",
    type: galaxy.dice.pick(urn, "class of a planet"),
    sector: trader.sector,
    owner: { type: "trader", id: trader.id },
    creator: trader.name,
    at: session.at,
  });
  say.rewarded(genesisReward)(paper);
  reward(session, genesisReward.experience);
  align(session, genesisReward.alignment);
  paper.line();
  askPlanetName("this planet", planet.type)(paper);
  nameIt(session, planet, then);
}

/** Asks for a name until there is one; Enter alone does nothing. Meanwhile the planet has none, but is there. */
function nameIt(session: Session, planet: Planet, then: Then): void {
  let typed = false;
  askLine(session, { max: planetNameMax }, (asked, text) => {
    planet.name = text.trim() === "" ? planet.name : text.trim();
    note(player(asked).galaxy, "planet", planet);
    then(asked);
  });
  const line = session.prompt;
  session.prompt = {
    onKey(asked, key) {
      if (key === "\r" && !typed) return;
      line.onKey(asked, key);
      if (key > " ") typed = true;
    },
  };
}
