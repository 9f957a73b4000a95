/** The citadel: the way in, its prompt, the way out. */
import { note } from "../../galaxy.ts";
import { throwOff, tradersOn } from "../../planet.ts";
import { askYesNo, player, type Session } from "../../session.ts";
import type { Trader } from "../../things.ts";
import * as say from "../../text/citadel.ts";
import { infoLines } from "../../text/info.ts";
import { sectorDisplay } from "../../text/sector.ts";
import { computer } from "../computer/menu.ts";
import { corporateMenu } from "../corp/menu.ts";
import { type Ground, still } from "../planet/ground.ts";
import { build, upgrade } from "./build.ts";
import { cannon, interdictor, reaction } from "./controls.ts";
import { shields, treasury } from "./funds.ts";
import { beam, exchangeShips, warpPlanet } from "./travel.ts";
import { isFriendly } from "../../owners.ts";
import { inform } from "../../mail.ts";
import { stand } from "../stand.ts";

/** C at the planet prompt: inside, or the question whether one is to be built. */
export function enterCitadel(session: Session, ground: Ground): void {
  const { galaxy, trader, paper } = player(session);
  const { planet, back } = ground;
  if (planet.citadel.level === 0) return build(session, ground);
  // Whoever has landed can claim the planet first; the words are ours.
  if (!isFriendly(galaxy, trader, planet.owner)) {
    paper.put`~RThe gates stay shut: this Citadel is not yours.\n`;
    return back(session);
  }
  trader.place = { type: "citadel", planet: planet.id };
  note(galaxy, "trader", trader);
  say.enterCitadel(paper);
  say.tradersHere(guests(session, ground))(paper);
  paper.line();
  prompt(session, ground);
}

/** For one who has stayed overnight. */
export function resumeInCitadel(session: Session, ground: Ground): void {
  if (still(session, ground)) prompt(session, ground);
}

const guests = (session: Session, { planet }: Ground): Trader[] => {
  const { galaxy, trader } = player(session);
  return tradersOn(galaxy, planet).filter((other) => other !== trader && other.place.type === "citadel");
};

function prompt(session: Session, outside: Ground): void {
  const ground: Ground = {
    ...outside,
    back: (asked) => prompt(asked, outside),
    out: (asked) => leave(asked, outside),
  };
  stand(session, {
    prompt: (paper) => paper.put`\n${say.citadelPrompt(outside.planet)}`,
    reprint: (paper) => paper.put`\n${say.citadelCommand}`,
    keys: "BCDEGILMNPRSTUVX!?Q",
    chosen: (asked, key) => still(asked, ground) && command(asked, key, ground, outside),
    again: ground.back,
  });
}

function command(session: Session, key: string, ground: Ground, outside: Ground): void {
  const { galaxy, trader, paper } = player(session);
  const { back } = ground;
  switch (key) {
    case "B":
      return beam(session, ground);
    case "C":
      return computer(session, back);
    case "D":
      say.tradersHere(guests(session, ground))(paper);
      return back(session);
    case "E":
      return exchangeShips(session, ground);
    case "G":
      return shields(session, ground);
    case "I":
      paper.put`~=<Info>\n${infoLines(trader, galaxy)}`;
      return back(session);
    case "L":
      return cannon(session, ground);
    case "M":
      return reaction(session, ground);
    case "N":
      return interdictor(session, ground);
    case "P":
      return warpPlanet(session, ground);
    case "R":
      return remain(session, ground);
    case "S":
      paper.put`\n${sectorDisplay(galaxy, trader)}`;
      return back(session);
    case "T":
      return treasury(session, ground);
    case "U":
      return upgrade(session, ground);
    case "V":
      return evict(session, ground);
    case "X":
      return corporateMenu(session, back);
    case "?":
      say.citadelHelp(paper);
      return back(session);
    case "!":
      say.citadelGuide(paper);
      return back(session);
    default:
      return leave(session, outside);
  }
}

function leave(session: Session, { planet, back }: Ground): void {
  const { galaxy, trader, paper } = player(session);
  trader.place = { type: "planet", planet: planet.id };
  note(galaxy, "trader", trader);
  say.leaveCitadel(paper);
  back(session);
}

/** R: out of the game, and back in the citadel the next time. The words are ours. */
function remain(session: Session, ground: Ground): void {
  session.paper.put`\n~mDo you wish to remain here overnight and leave the game? (Y/N) `;
  askYesNo(session, false, (asked, yes) => {
    if (!still(asked, ground)) return;
    if (yes) asked.leave(asked);
    else ground.back(asked);
  });
}

/** V: all others on the planet, whoever they are, are put into their ships and sent off. */
function evict(session: Session, ground: Ground): void {
  const { galaxy, trader, game, paper } = player(session);
  const { planet, back } = ground;
  const others = tradersOn(galaxy, planet).filter((other) => other !== trader);
  throwOff(galaxy, others);
  if (others.length === 0) paper.put`\n~gThere is nobody here but you.\n`;
  for (const other of others) {
    paper.put`\n~C${other.name} ~gis shown the door.\n`;
    inform(game, other, session.at, {
      from: planet.name,
      text: `${trader.name} has had you put off ${planet.name}!`,
      shown: (sheet) => sheet.put`~C${trader.name} ~Rhas had you put off ~C${planet.name}~R!\n`,
    });
  }
  back(session);
}
