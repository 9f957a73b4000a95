/** B, E and P: out of the citadel by transporter, in another ship, or with the whole planet. */
import {
  citadelLevels,
  planetWarpOre,
  transporterOre,
  transporterPrice,
  transporterUpgrade,
} from "../../../rules/planets.ts";
import { courseBetween } from "../../courses.ts";
import { changeShip, inFedSpace, isSector, movePlanet, note, sectorAt } from "../../galaxy.ts";
import { occupants } from "../../occupants.ts";
import { inStore, takeFromStore } from "../../planet.ts";
import { askLine, askNumber, askYesNo, player, type Session } from "../../session.ts";
import { inSpace, type Planet, type Ship } from "../../things.ts";
import * as say from "../../text/citadel.ts";
import { commas } from "../../text/figures.ts";
import { arrive } from "../moves/arrival.ts";
import { type Ground, still } from "../planet/ground.ts";
import { isOwn } from "../../owners.ts";

/** Hops to a sector, avoiding nothing; undefined when there is no way. */
function hopsTo(session: Session, from: number, to: number): number | undefined {
  const course = courseBetween(player(session).galaxy, from, to, []);
  return course && course.length - 1;
}

// ---- the transporter

export function beam(session: Session, ground: Ground): void {
  const { paper } = player(session);
  const { planet, back } = ground;
  const range = planet.citadel.transporter;
  if (range === 0) {
    return buy(session, ground, transporterPrice, "There is no Transporter here; one with a range of 1 hop");
  }
  say.beamWhere(range)(paper);
  askLine(session, { max: 6 }, (asked, text) => {
    if (!still(asked, ground)) return;
    const answer = text.trim().toUpperCase();
    if (answer === "U") return buy(asked, ground, transporterUpgrade, "Another hop of range");
    if (/^\d+$/.test(answer)) return beamTo(asked, ground, Number(answer));
    back(asked);
  });
}

function buy(session: Session, ground: Ground, price: number, what: string): void {
  const { galaxy, trader, paper } = player(session);
  const { planet, back } = ground;
  paper.put`\n~g${what} costs ~Y${commas(price)}~g credits.\n~mDo you want to buy it? (Y/N) `;
  askYesNo(session, false, (asked, yes) => {
    if (!still(asked, ground)) return;
    if (yes && trader.credits >= price) {
      trader.credits -= price;
      planet.citadel.transporter++;
      note(galaxy, "trader", trader);
      note(galaxy, "planet", planet);
      asked.paper.put`~gThe Transporter now reaches ~Y${planet.citadel.transporter}~g hop(s).\n`;
    } else if (yes) asked.paper.put`~RYou can't afford that.\n`;
    back(asked);
  });
}

/** The trader goes with his ship; it is an arrival like any other. */
function beamTo(session: Session, { planet, back, off }: Ground, to: number): void {
  const { galaxy, trader, paper } = player(session);
  const hops = isSector(galaxy, to) ? hopsTo(session, planet.sector, to) : undefined;
  if (hops === undefined || hops === 0 || hops > planet.citadel.transporter) {
    paper.put`~RThe Transporter does not reach that sector.\n`;
    return back(session);
  }
  if (!takeFromStore(galaxy, planet, "Fuel Ore", hops * transporterOre, session.at)) {
    paper.put`~RThere is not enough Fuel Ore on the planet; ~Y${hops * transporterOre}~R units are needed.\n`;
    return back(session);
  }
  trader.place = inSpace;
  note(galaxy, "trader", trader);
  arrive(session, to, { stayed: off, away: off });
}

// ---- ships

/** Unmanned ships of one's own, or the corporation's, in the planet's sector. */
const spareShips = (session: Session, planet: Planet): Ship[] => {
  const { galaxy, trader } = player(session);
  return [...occupants(galaxy, planet.sector).ships].filter(({ owner }) => isOwn(trader, owner));
};

export function exchangeShips(session: Session, ground: Ground): void {
  const { galaxy, trader, paper } = player(session);
  const { planet, back } = ground;
  const ships = spareShips(session, planet);
  if (ships.length === 0) {
    paper.put`\n~gThere is no other ship of yours here.\n`;
    return back(session);
  }
  paper.line();
  for (const { id, name } of ships) paper.put`~Y${String(id).padStart(5)} ~C${name}\n`;
  paper.put`~mWhich ship do you want ~Y(0 for none)~m ? `;
  askNumber(session, { largest: 999_999, enter: 0 }, (asked, number) => {
    if (!still(asked, ground)) return;
    const ship = spareShips(asked, planet).find(({ id }) => id === number);
    if (ship && (ship.password === "" || ship.owner.type === "trader")) {
      ship.towing = 0;
      changeShip(galaxy, trader, ship);
      asked.paper.put`~gYou are now aboard ~C${ship.name}~g.\n`;
    } else if (number !== 0) asked.paper.put`~RThat ship is not for you.\n`;
    back(asked);
  });
}

// ---- the planet

/** The planet goes only where fighters of its owner guide it, out of FedSpace, and never into it. */
export function warpPlanet(session: Session, ground: Ground): void {
  const { paper } = player(session);
  const { planet, back } = ground;
  if (planet.citadel.level < citadelLevels.transWarp) {
    say.tooLow("TransWarp drive", citadelLevels.transWarp)(paper);
    return back(session);
  }
  say.warpState(Math.floor(inStore(planet, "Fuel Ore") / planetWarpOre))(paper);
  askLine(session, { max: 6 }, (asked, text) => {
    if (!still(asked, ground)) return;
    if (!/^\d+$/.test(text)) return back(asked);
    const { galaxy, trader } = player(asked);
    const to = Number(text);
    const refusal = cannotWarp(asked, planet, to);
    if (refusal !== "") {
      asked.paper.put`~R${refusal}\n`;
      return back(asked);
    }
    asked.paper.put`~CLocating beam pinpointed, TransWarp Locked.\n~mAll Systems Ready, shall we engage? `;
    askYesNo(asked, false, (decided, yes) => {
      if (!still(decided, ground)) return;
      const hops = hopsTo(decided, planet.sector, to) ?? 0;
      const ready = cannotWarp(decided, planet, to) === "";
      if (yes && ready && takeFromStore(galaxy, planet, "Fuel Ore", hops * planetWarpOre, decided.at)) {
        movePlanet(galaxy, planet, to);
        say.warpEngaged(decided.paper);
        trader.cameFrom = 0;
        note(galaxy, "trader", trader);
      }
      ground.back(decided);
    });
  });
}

/** Why the planet cannot go there; "" when it can. */
function cannotWarp(session: Session, planet: Planet, to: number): string {
  const { galaxy, trader } = player(session);
  if (!isSector(galaxy, to) || to === planet.sector) return "The planet cannot be sent there.";
  if (inFedSpace(galaxy, to)) return "The Federation does not allow planets to be moved into FedSpace.";
  const { fighters } = sectorAt(galaxy, to);
  if (!fighters || !isOwn(trader, fighters.owner)) {
    return "You do not have any fighters in that sector to guide the planet.";
  }
  const hops = hopsTo(session, planet.sector, to);
  if (hops === undefined) return "There is no way for the planet to get there.";
  if (inStore(planet, "Fuel Ore") < hops * planetWarpOre) {
    return `There is not enough Fuel Ore on the planet: ${hops} hops take ${hops * planetWarpOre} units.`;
  }
  return "";
}
