/** The sector display, the lists of warps, and courses. */
import { sideOf, products } from "../../rules/ports.ts";
import { type Galaxy, hasSeen, sectorAt } from "../galaxy.ts";
import { occupants, tradersInSpace } from "../occupants.ts";
import type { Garrison, Owner, Port, Sector, Trader } from "../things.ts";
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";
import { shipsThere, strangers, tradersThere } from "./strangers.ts";
import { dayMs } from "../../rules/time.ts";
import { isFriendly, isOwn, ownerName } from "../owners.ts";

/** All that can be seen of the sector a trader is in; "(unexplored)" when it is his first sight of it. */
export function sectorDisplay(galaxy: Galaxy, viewer: Trader) {
  return (paper: Paper) => {
    paper.put`${sectorView(galaxy, viewer, viewer.sector)}${warpList(galaxy, viewer)}`;
  };
}

/** The same of any sector, as a holo scan or a probe shows it: without its warps. */
export function sectorView(galaxy: Galaxy, viewer: Trader, number: number) {
  return (paper: Paper) => {
    const sector = sectorAt(galaxy, number);
    sectorLine(sector, hasSeen(galaxy, viewer, number))(paper);
    if (sector.beacon !== "") paper.put`~mBeacon  ~Y: ~r${sector.beacon}\n`;
    const port = galaxy.ports.get(number);
    if (port) portLine(galaxy, port)(paper);
    planetLines(galaxy, number)(paper);
    strangers(galaxy, "federal", number)(paper);
    tradersThere(galaxy, viewer, number)(paper);
    strangers(galaxy, "alien", number)(paper);
    strangers(galaxy, "ferrengi", number)(paper);
    shipsThere(galaxy, number)(paper);
    const { fighters, navHaz } = sector;
    if (fighters && fighters.count > 0) garrisonLine(galaxy, viewer, fighters)(paper);
    if (navHaz > 0) paper.put`~mNavHaz  ~Y: ~!${navHaz}~0~m% ~b(~cSpace Debris/Asteroids~b)~g\n`;
    mineLines(galaxy, viewer, sector)(paper);
  };
}

/** The heading alone. */
export function sectorLine({ number, nebula }: Sector, explored: boolean) {
  return (paper: Paper) => {
    paper.put`~GSector  ~Y: ~C${number} ~gin `;
    if (nebula === "") paper.put`~buncharted space`;
    else paper.put`~G${nebula}`;
    if (explored) paper.put`.\n`;
    else paper.put` ~K(unexplored).\n`;
  };
}

/** Whether the autopilot offers to stop here: a port, a planet, a ship or another trader. */
export function worthAStop(galaxy: Galaxy, viewer: Trader): boolean {
  const { planets, ships, wanderers } = occupants(galaxy, viewer.sector);
  return (
    galaxy.ports.has(viewer.sector) ||
    planets.size + ships.size + wanderers.size > 0 ||
    tradersInSpace(galaxy, viewer.sector).some((other) => other !== viewer && !other.ship.cloaked)
  );
}

/** The port of a sector: `Guatama, Class 5 (SBS)`. */
function portLine(galaxy: Galaxy, port: Port) {
  return (paper: Paper) => {
    if (port.destroyed) {
      // Not recorded; helper programs look for the arrow and for the debris.
      paper.put`~mPorts   ~Y: ~!<=-DANGER-=>~0  ~RScanners indicate massive debris and heavy radiation!\n`;
      return;
    }
    paper.put`~mPorts   ~Y: ${portInSector(port)}\n`;
    if (port.opensAt === 0) return;
    // Builders finish in the daily maintenance, so the days are counted from the last one. Not recorded.
    const days = Math.max(1, Math.ceil((port.opensAt - galaxy.chronicle.maintainedAt) / dayMs));
    paper.put`           ~R(Under Construction - ~Y${days}~R days left)\n`;
  };
}

export function portInSector(port: Port) {
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

/** Level of a citadel that has planetary shields. */
const shieldedFrom = 5;

/** Each planet on a line; one with shields is between arrows. */
export function planetLines(galaxy: Galaxy, number: number, indent = "") {
  return (paper: Paper) => {
    for (const [index, { type, name, shields, citadel }] of [
      ...occupants(galaxy, number).planets,
    ].entries()) {
      if (index === 0) paper.put`${indent}~mPlanets ~Y: ~C`;
      else paper.put`${indent}          `;
      // A citadel that can have shields shows it even with none up: recorded with 0 of them.
      if (shields > 0 || citadel.level >= shieldedFrom)
        paper.put`~R<<<< ~g(~Y${type}~g) ~b${name} ~R>>>> ~g(Shielded)\n`;
      else paper.put`~g(~Y${type}~g) ${name}\n`;
    }
  };
}

const modes = { defensive: "Defensive", offensive: "Offensive", toll: "Toll" } as const;

function garrisonLine(galaxy: Galaxy, viewer: Trader, { owner, count, mode }: Garrison) {
  return (paper: Paper) =>
    paper.put`~mFighters~Y: ~C${commas(count)} ${whose(galaxy, viewer, owner)} ~y[${modes[mode]}]\n`;
}

/** `(yours)`, `(belong to your Corp)` or the owner's name. */
function whose(galaxy: Galaxy, viewer: Trader, owner: Owner) {
  return (paper: Paper) => {
    if (!isOwn(viewer, owner)) paper.put`~Y(${strangersName(galaxy, owner)})`;
    else if (owner.type === "corp") paper.put`~m(belong to your Corp)`;
    else paper.put`~m(yours)`;
  };
}

/** Scripts of helper programs know another corporation's by `belong to Corp#`; not recorded. */
function strangersName(galaxy: Galaxy, owner: Owner): string {
  if (owner.type === "corp") return `belong to Corp#${owner.id}, ${ownerName(galaxy, owner)}`;
  // Fighters that nobody claims: the log calls the same ones "Abandoned".
  return owner.type === "nobody" ? "Rogue Mercenaries" : ownerName(galaxy, owner);
}

/** Limpets show themselves to their owners only. */
function mineLines(galaxy: Galaxy, viewer: Trader, { armids, limpets }: Sector) {
  return (paper: Paper) => {
    const seen = [
      { field: armids, type: 1, name: "Armid" },
      {
        field: limpets && isFriendly(galaxy, viewer, limpets.owner) ? limpets : undefined,
        type: 2,
        name: "Limpet",
      },
    ];
    let first = true;
    for (const { field, type, name } of seen) {
      if (!field || field.count === 0) continue;
      if (first) paper.put`~mMines   ~Y: `;
      else paper.put`        ~Y: `;
      first = false;
      paper.put`~!${commas(field.count)} ~0~m(~gType ~Y${type} ~g${name}~m) ${whose(galaxy, viewer, field.owner)}\n`;
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

/** There is no way, or avoided sectors bar it. */
export const noRouteLine = (most: number, from: number, to: number) => (paper: Paper) =>
  paper.put`~!*** Error - No route within ${most} warps from sector ${from} to sector ${to}\n`;

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
