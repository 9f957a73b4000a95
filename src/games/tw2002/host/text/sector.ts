/** The sector display, the lists of warps, and courses. */
import { sideOf, products } from "../../rules/ports.ts";
import { titleOf } from "../../rules/ranks.ts";
import { shipTypes } from "../../rules/ships.ts";
import { type Galaxy, hasSeen, sectorAt, occupants, tradersInSpace } from "../galaxy.ts";
import type { Port, Trader } from "../things.ts";
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";

/** All that can be seen of the sector a trader is in; "(unexplored)" when it is his first sight of it. */
export function sectorDisplay(galaxy: Galaxy, viewer: Trader) {
  return (paper: Paper) => {
    const sector = sectorAt(galaxy, viewer.sector);
    paper.put`~GSector  ~Y: ~C${sector.number} ~gin `;
    const explored = hasSeen(galaxy, viewer, sector.number);
    if (sector.nebula === "") paper.put`~buncharted space`;
    else paper.put`~G${sector.nebula}`;
    if (explored) paper.put`.\n`;
    else paper.put` ~K(unexplored).\n`;
    if (sector.beacon !== "") paper.put`~mBeacon  ~Y: ~r${sector.beacon}\n`;
    const port = galaxy.ports.get(sector.number);
    if (port) paper.put`~mPorts   ~Y: ${portInSector(port)}\n`;
    for (const [index, { type, name }] of [...occupants(galaxy, sector.number).planets].entries()) {
      if (index === 0) paper.put`~mPlanets ~Y: `;
      else paper.put`          `;
      paper.put`~C~g(~Y${type}~g) ${name}\n`;
    }
    tradersHere(galaxy, viewer)(paper);
    warpList(galaxy, viewer)(paper);
  };
}

/** Whether the autopilot offers to stop here: a port, a planet or another trader. */
export function worthAStop(galaxy: Galaxy, viewer: Trader): boolean {
  return (
    galaxy.ports.has(viewer.sector) ||
    occupants(galaxy, viewer.sector).planets.size > 0 ||
    tradersInSpace(galaxy, viewer.sector).length > 1
  );
}

function portInSector(port: Port) {
  return (paper: Paper) => {
    paper.put`~C${port.name}~Y, ~mClass ~C${port.portClass} ~m(${portKind(port)}~m)`;
    if (port.portClass === 9) paper.put` ~y(StarDock)`;
  };
}

/** `SBS` with its colours, or `Special`. */
function portKind(port: Port) {
  return (paper: Paper) => {
    if (port.portClass === 0 || port.portClass === 9) return paper.put`~CSpecial`;
    for (const product of products) {
      if (sideOf(port.portClass, product) === "buying") paper.put`~gB`;
      else paper.put`~CS`;
    }
  };
}

function tradersHere(galaxy: Galaxy, viewer: Trader) {
  return (paper: Paper) => {
    let first = true;
    for (const trader of tradersInSpace(galaxy, viewer.sector)) {
      if (trader === viewer) continue;
      if (first) paper.put`~yTraders ~Y: `;
      else paper.put`          `;
      first = false;
      const name = `${titleOf(trader.experience, trader.alignment)} ${trader.name}`;
      paper.put`~C${name}~b~Y,~g w/ ~Y${commas(trader.ship.fighters)}~g ftrs~Y,\n`;
      const { name: type } = shipTypes[trader.ship.kind];
      paper.put`      ~g     in ~c${trader.ship.name} ~g(${trader.ship.maker} ~0~g${type})\n`;
    }
  };
}

/** `Warps to Sector(s) :  (255) - 744`: sectors not yet visited in parentheses. */
export function warpList(galaxy: Galaxy, viewer: Trader) {
  return (paper: Paper) => {
    paper.put`~GWarps to Sector(s) ~Y: `;
    for (const [index, warp] of sectorAt(galaxy, viewer.sector).warps.entries()) {
      const explored = hasSeen(galaxy, viewer, warp);
      if (index > 0) paper.put`~g - `;
      if (!explored) paper.put`${index === 0 ? " " : ""}~m(~R${warp}~m)`;
      else paper.put`~C${index === 0 ? " " : ""}${warp}`;
    }
    paper.put`\n`;
  };
}

/** The computer's answer to a course: how far, and every sector on the way. */
export function courseLines(galaxy: Galaxy, viewer: Trader, course: readonly number[], turnsPerWarp: number) {
  return (paper: Paper) => {
    const hops = course.length - 1;
    const from = course[0] ?? 0;
    paper.put`~gThe shortest path ~m(${hops} hops, ${hops * turnsPerWarp} turns)~g from sector ~Y${from}~g to sector ~Y${course.at(-1) ?? 0}~g is~Y:\n~y${from}`;
    for (const sector of course.slice(1)) {
      if (hasSeen(galaxy, viewer, sector)) paper.put`~Y >~g ${sector}`;
      else paper.put`~Y >~R (${sector})`;
    }
    paper.put`\n`;
  };
}

/** The computer thinks for a moment; the words are wiped and written over. */
export const computing = (paper: Paper) =>
  paper.put`~*Computing shortest path...${"\b".repeat(26)}~0~BComputed.                      \n\n`;

/** A list of sectors in columns of seven, eleven to a line. */
export function sectorColumns(paper: Paper, sectors: readonly number[]): void {
  for (let start = 0; start < sectors.length; start += 11) {
    const [first = 0, ...rest] = sectors.slice(start, start + 11);
    paper.put`${"".padEnd(7 - String(first).length)}~G${first}${rest.map((sector) => String(sector).padStart(7)).join("")}\n`;
  }
}
