/** The planet prompt. Every path of a command comes back to it, until he takes off. */
import { note } from "../../galaxy.ts";
import { tradersInSpace } from "../../occupants.ts";
import { growPlanet, isOn } from "../../planet.ts";
import { player, type Session, tell, type Then } from "../../session.ts";
import { inSpace, type Planet } from "../../things.ts";
import * as say from "../../text/planet.ts";
import { enterCitadel, resumeInCitadel } from "../citadel/menu.ts";
import { type Ground, still } from "./ground.ts";
import { claim, destroy } from "./claim.ts";
import { changeMilitary } from "./military.ts";
import { changePopulation, loadColonists } from "./people.ts";
import { takeAll, takeOrLeave } from "./stores.ts";
import { stand } from "../stand.ts";

/**
 * Puts a trader on the ground and shows him the planet; `off` goes on when he has left it. One who comes back to a
 * citadel where he stayed overnight is in it at once.
 */
export function landedOn(session: Session, planet: Planet, off: Then): void {
  const { galaxy, trader, paper } = player(session);
  const ground: Ground = { planet, off, back: (asked) => planetPrompt(asked, ground) };
  if (isOn(galaxy, trader, planet) && trader.place.type === "citadel")
    return resumeInCitadel(session, ground);
  trader.place = { type: "planet", planet: planet.id };
  note(galaxy, "trader", trader);
  growPlanet(galaxy, planet, session.at);
  say.planetDisplay(galaxy, planet, trader.ship, session.at)(paper);
  say.freeHolds(trader.ship)(paper);
  planetPrompt(session, ground);
}

function planetPrompt(session: Session, ground: Ground): void {
  stand(session, {
    prompt: say.planetPrompt,
    keys: "ACDMOPSTZ!?Q",
    enter: "D",
    chosen: (asked, key) => still(asked, ground) && command(asked, key, ground),
  });
}

function command(session: Session, key: string, ground: Ground): void {
  const { galaxy, trader, paper } = player(session);
  const { planet, back } = ground;
  switch (key) {
    case "A":
      return takeAll(session, ground);
    case "C":
      return enterCitadel(session, ground);
    case "M":
      return changeMilitary(session, ground);
    case "O":
      return claim(session, ground);
    case "P":
      return changePopulation(session, ground);
    case "S":
      return loadColonists(session, ground);
    case "T":
      return takeOrLeave(session, ground);
    case "Z":
      return destroy(session, ground);
    case "Q":
      return takeOff(session, ground);
    case "?":
      say.planetHelp(paper);
      return back(session);
    case "!":
      say.planetGuide(paper);
      return back(session);
    default:
      say.planetDisplay(galaxy, planet, trader.ship, session.at)(paper);
      return back(session);
  }
}

function takeOff(session: Session, { planet, off }: Ground): void {
  const { galaxy, trader, game, paper } = player(session);
  trader.place = inSpace;
  note(galaxy, "trader", trader);
  say.blastOff(planet)(paper);
  for (const other of tradersInSpace(galaxy, trader.sector)) {
    const watcher = other === trader ? undefined : game.online.get(other.id);
    if (watcher) tell(watcher, say.liftedOff(trader.name, planet.name));
  }
  off(session);
}
