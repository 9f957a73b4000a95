/** The ships in a sector display: traders', those of the wandering races, and those with nobody aboard. */
import { titleOf } from "../../rules/ranks.ts";
import { shipKinds, shipTypes } from "../../rules/ships.ts";
import { type Galaxy } from "../galaxy.ts";
import { occupants, tradersInSpace } from "../occupants.ts";
import type { Trader, Wanderer } from "../things.ts";
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";
import { shipName } from "./ships.ts";
import { ownerName } from "../owners.ts";

/** Cloaked ships are not seen. A trader's corporation stands in brackets behind his name (no recording has one). */
export function tradersThere(galaxy: Galaxy, viewer: Trader, number: number) {
  return (paper: Paper) => {
    let first = true;
    for (const { name, experience, alignment, corp, ship } of tradersInSpace(galaxy, number)) {
      if (ship === viewer.ship || ship.cloaked) continue;
      if (first) paper.put`~yTraders ~Y: `;
      else paper.put`          `;
      first = false;
      paper.put`~C${titleOf(experience, alignment)} ${name}~b`;
      if (corp !== 0) paper.put` [~C${corp}~b]`;
      paper.put`~Y,~g w/ ~Y${commas(ship.fighters)}~g ftrs~Y,\n`;
      paper.put`      ~g     in ~c${ship.name} ~g(${ship.maker} ${shipName(ship.kind)}~g)\n`;
    }
  };
}

/** Nine letters wide, with their colon. */
const strangerHeads = { alien: "Alien Tr", ferrengi: "Ferrengi", federal: "Federals" } as const;

/** Those of one race. Only aliens are recorded; the others are shown in the same way. */
export function strangers(galaxy: Galaxy, race: Wanderer["race"], number: number) {
  return (paper: Paper) => {
    let first = true;
    for (const wanderer of occupants(galaxy, number).wanderers) {
      if (wanderer.race !== race) continue;
      if (first) paper.put`~Y${strangerHeads[race]}: `;
      else paper.put`          `;
      first = false;
      const { experience, alignment, name, fighters, shipName: called, shipType } = wanderer;
      const title = race === "alien" ? `${titleOf(experience, alignment)} ` : "";
      paper.put`~C${title}${name}~Y, ~gw/ ~Y${commas(fighters)}~g ftrs~Y,\n`;
      paper.put`~g           in~c ${called} ~g(${typeInInk(shipType)}~g)\n`;
    }
  };
}

/** A maker's name and a type's: the type in its own ink when it is one that traders can fly. */
function typeInInk(shipType: string) {
  return (paper: Paper) => {
    const kind = shipKinds.find((known) => shipType.endsWith(shipTypes[known].name));
    if (!kind) return paper.raw(shipType);
    paper.put`${shipType.slice(0, -shipTypes[kind].name.length)}${shipName(kind)}`;
  };
}

/** Ships with nobody at the helm. */
export function shipsThere(galaxy: Galaxy, number: number) {
  return (paper: Paper) => {
    for (const [index, ship] of [...occupants(galaxy, number).ships].entries()) {
      if (index === 0) paper.put`~yShips   ~Y: `;
      else paper.put`          `;
      paper.put`~C${ship.name} ~m[~rOwned by~m] ${ownerName(galaxy, ship.owner)}~Y,~g w/ ~Y${commas(ship.fighters)}~g ftrs~Y,\n`;
      paper.put`           ~g(${ship.maker} ${shipName(ship.kind)}~g)\n`;
    }
  };
}
