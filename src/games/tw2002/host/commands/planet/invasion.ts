/**
 * Landing where one is not welcome: the cannon, the fighters sent up, and the shields and fighters that bar the way. The
 * recordings land only among friends; the two lines that name what must be destroyed are known from scripts, the rest is ours.
 */
import { attackPower, clash } from "../../../rules/combat.ts";
import { citadelLevels, fightersPerPlanetShield } from "../../../rules/planets.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { note } from "../../galaxy.ts";
import { fightersOn, growPlanet } from "../../planet.ts";
import { askKey, askNumber, player, type Session, type Then } from "../../session.ts";
import type { Planet } from "../../things.ts";
import { askWave, fighterAttack, waveResult } from "../../text/combat/fights.ts";
import { commas } from "../../text/figures.ts";
import { infoLines } from "../../text/info.ts";
import * as say from "../../text/planet.ts";
import { takeHit } from "../combat/damage.ts";
import { fireCannon, isHostile } from "./cannon.ts";
import { inform } from "../../mail.ts";
import { ownersOf } from "../../owners.ts";
import { waveMax } from "../../ships.ts";

interface Descent {
  readonly down: Then;
  readonly away: Then;
}

/** Whether something on the planet will not let him land. */
function barred(session: Session, planet: Planet): "shields" | "fighters" | undefined {
  if (!isHostile(session, planet)) return undefined;
  if (planet.shields > 0) return "shields";
  return fightersOn(planet) > 0 ? "fighters" : undefined;
}

/** The planet has been neither blown up nor moved. */
function isHere(session: Session, planet: Planet): boolean {
  const { galaxy, trader } = player(session);
  return galaxy.planets.get(planet.id) === planet && planet.sector === trader.sector;
}

/** Comes down to a planet: at once where nothing bars the way, else through its defences. */
export function approach(session: Session, planet: Planet, descent: Descent): void {
  const { galaxy, trader, game } = player(session);
  if (!isHostile(session, planet)) return descent.down(session);
  for (const owner of ownersOf(galaxy, planet.owner)) {
    inform(game, owner, session.at, {
      from: planet.name,
      text: `${trader.name} is landing on ${planet.name}!`,
      shown: (paper) => paper.put`~C${trader.name} ~Ris landing on ~C${planet.name}~R!\n`,
    });
  }
  if (
    fireCannon(session, planet, "atmosphere", descent.away) &&
    sendFighters(session, planet, descent.away)
  ) {
    bar(session, planet, descent);
  }
}

/** The share of the fighters that the combat computer sends up at once. They are spent. */
function sendFighters(session: Session, planet: Planet, away: Then): boolean {
  const { galaxy, trader } = player(session);
  const { level, military, stance } = planet.citadel;
  const sent = Math.floor((fightersOn(planet) * military) / 100);
  if (level < citadelLevels.combatComputer || sent === 0 || stance !== "offensive") return true;
  planet.fighters -= sent;
  note(galaxy, "planet", planet);
  const damage = attackPower(sent, shipTypes[trader.ship.kind].odds, galaxy.dice);
  return takeHit(session, damage, fighterAttack, "attack", planet.owner, away);
}

/** Defensive fighters of a citadel with a combat computer count for more. Ours. */
const groundOdds = (planet: Planet) => (planet.citadel.level >= citadelLevels.combatComputer ? 2 : 1);

function bar(session: Session, planet: Planet, descent: Descent): void {
  const { galaxy, trader, paper } = player(session);
  if (!isHere(session, planet)) return descent.away(session);
  growPlanet(galaxy, planet, session.at);
  const what = barred(session, planet);
  if (!what) return descent.down(session);
  const theirs = what === "shields" ? planet.shields : fightersOn(planet);
  say.barred(what)(paper);
  paper.put`~gYour fighters: ~Y${commas(trader.ship.fighters)}~g vs. theirs: ~Y${commas(theirs)}\n~mOption? ~Y(A,D,I,R,?)~m:? `;
  askKey(session, "ADIR?", (asked, key) => {
    switch (key) {
      case "A":
        return attack(asked, planet, descent);
      case "R":
        asked.paper.put`~=<Retreat>\n`;
        return descent.away(asked);
      case "I":
        asked.paper.put`~=<Info>\n${infoLines(trader, galaxy)}`;
        break;
      case "D":
        say.planetDisplay(galaxy, planet, trader.ship, asked.at)(asked.paper);
        break;
      default:
        asked.paper.put`~gAttack, Display the planet, Information on your ship, Retreat\n`;
    }
    bar(asked, planet, descent);
  });
}

function attack(session: Session, planet: Planet, descent: Descent): void {
  const { galaxy, trader, paper } = player(session);
  const { odds } = shipTypes[trader.ship.kind];
  const most = waveMax(trader.ship);
  paper.put`~=<Attack>\n${askWave(most)}`;
  askNumber(session, { largest: most, enter: 0 }, (asked, wanted) => {
    const sent = Math.min(wanted, trader.ship.fighters);
    const what = isHere(asked, planet) ? barred(asked, planet) : undefined;
    if (sent === 0 || !what) return bar(asked, planet, descent);
    const per = what === "shields" ? fightersPerPlanetShield : groundOdds(planet);
    const strength = per * (what === "shields" ? planet.shields : fightersOn(planet));
    const result = clash(sent, odds, strength, galaxy.dice, `battle points destroyed of a planet's ${what}`);
    trader.ship.fighters -= result.lost;
    const destroyed = Math.floor(result.destroyed / per);
    if (what === "shields") planet.shields -= destroyed;
    else planet.fighters = Math.max(0, planet.fighters - destroyed);
    note(galaxy, "trader", trader);
    note(galaxy, "planet", planet);
    if (what === "fighters") waveResult(result.lost, destroyed)(asked.paper);
    else
      asked.paper
        .put`~gYou lost ~Y${result.lost}~g fighter(s)\n~gYou destroyed ~Y${destroyed}~g planetary shields.\n`;
    bar(asked, planet, descent);
  });
}
