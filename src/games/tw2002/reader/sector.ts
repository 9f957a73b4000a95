/**
 * The sector display, wherever it appears: after a move, on the autopilot, in a holo scan or a probe's report (both
 * without the warps line). Grammar: the recordings 04, 07, 08 and 11.
 */
import type { Fact, FighterMode, Race } from "../facts.ts";
import { amount } from "../prompts.ts";
import type { PortClass } from "../rules/ports.ts";
import type { DisplayReader } from "./read.ts";

const header = /^Sector {2}: (\d{1,5}) in (.{1,60}?)( \(unexplored\))?\.$/;
const port = /^Ports {3}: (.{1,50}), Class (\d) \((?:[BS]{3}|Special)\)(?: \(StarDock\))?$/;
const planet = /^(?:Planets :| {9}) (?:<<<< )?\(([A-Z])\) (.{1,50}?)(?: >>>> \(Shielded\))?$/;
const stranger = /^(?:Traders :|Alien Tr:|Ferrengi:|Federals:| {9}) (.{1,80}), w\/ ([\d,]{1,12}) ftrs,?/;
const races = new Map<string, Race>([
  ["Traders :", "trader"],
  ["Alien Tr:", "alien"],
  ["Ferrengi:", "ferrengi"],
  ["Federals:", "federal"],
]);
const ship = /^(?:Ships {3}:| {9}) (.{1,40}) \[Owned by\] .{1,60}/;
const fighters = /^Fighters: ([\d,]{1,12}) \((.{1,60})\) \[(Defensive|Offensive|Toll)\]$/;
const navHaz = /^NavHaz {2}: (\d{1,3})% /;
const mines = /^(?:Mines {3}| {8}): ([\d,]{1,9}) \(Type [12] (Armid|Limpet)\) \((.{1,60})\)$/;
const warps = /^Warps to Sector\(s\) : {1,2}([ \d()-]{1,120})$/;
/** What follows shows a sector to which nobody has moved, though a move may have been asked for and declined before. */
const elsewhere = ["<Re-Display>", "Long Range Scan", "Probe entering sector"];
const autopilot = /^Auto Warping to sector \d{1,5}/;

export function createSectorReader(): DisplayReader {
  /** The sector whose display we are inside; 0 outside of any. */
  let sector = 0;
  /** The next display is the one of the sector we are moving to. */
  let moving = false;

  /** Whose ships the list at hand is about; the second and later ones stand under the first without a word of their own. */
  let race: Race = "trader";

  /** Lines between the header and the warps. */
  function inside(line: string): readonly Fact[] | undefined {
    race = races.get(line.slice(0, 9)) ?? race;
    switch (line[0]) {
      case "B":
        if (line.startsWith("Beacon  : ")) return [{ type: "beacon", sector, text: line.slice(10) }];
        break;
      case "P":
        return readPort(line, sector) ?? readPlanet(line, sector);
      case "N":
        return matched(navHaz, line, ([, percent]) => ({ type: "navHaz", sector, percent: Number(percent) }));
      case "T":
      case "A":
        return readStranger(line, sector, race);
      case "S":
        return readShip(line, sector);
      case "F":
        return readFighters(line, sector) ?? readStranger(line, sector, race);
      case "M":
        return readMines(line, sector);
      case "W":
        return readWarps(line);
      case " ":
        return (
          readMines(line, sector) ??
          readPlanet(line, sector) ??
          readShip(line, sector) ??
          readStranger(line, sector, race) ??
          []
        );
    }
    return undefined;
  }

  function readWarps(line: string): readonly Fact[] | undefined {
    const facts = matched(warps, line, ([, list]) => ({
      type: "warps",
      sector,
      to: (list!.match(/\d{1,5}/g) ?? []).map(Number),
    }));
    if (facts) sector = 0;
    return facts;
  }

  return (line) => {
    const head = line.startsWith("Sector  : ") ? header.exec(line) : null;
    if (head) {
      sector = Number(head[1]);
      const arrived = moving;
      moving = false;
      const seen: Fact = { type: "sector", sector, region: head[2]!, unexplored: head[3] !== undefined };
      return arrived ? [{ type: "arrived", sector }, seen] : [seen];
    }
    if (sector !== 0) {
      const facts = inside(line);
      if (facts) return facts;
      sector = 0;
    }
    if (line === "<Move>" || line === "<Retreat>" || autopilot.test(line)) moving = true;
    else if (elsewhere.some((words) => line.startsWith(words))) moving = false;
    // The listing under "<Move>" repeats the current sector's warps and names no sector.
    return line.startsWith("Warps to Sector(s) :") ? [] : undefined;
  };
}

const readPort = (line: string, sector: number) =>
  matched(port, line, ([, name, portClass]) => ({
    type: "port",
    sector,
    name: name!,
    portClass: Number(portClass) as PortClass,
  }));

const readPlanet = (line: string, sector: number) =>
  matched(planet, line, ([, , name]) => ({ type: "planet", sector, name: name! }));

const readShip = (line: string, sector: number) =>
  matched(ship, line, ([, name]) => ({ type: "ship", sector, name: name! }));

const readStranger = (line: string, sector: number, race: Race) =>
  matched(stranger, line, ([, name, count]) => ({
    type: "stranger",
    sector,
    name: name!,
    fighters: amount(count!),
    race,
  }));

const readFighters = (line: string, sector: number) =>
  matched(fighters, line, ([, count, owner, mode]) => ({
    type: "fighters",
    sector,
    count: amount(count!),
    owner: owner!,
    mode: mode as FighterMode,
  }));

const readMines = (line: string, sector: number) =>
  matched(mines, line, ([, count, kind, owner]) => ({
    type: "mines",
    sector,
    count: amount(count!),
    kind: kind as "Armid" | "Limpet",
    owner: owner!,
  }));

/** One fact if the line has this form. */
export function matched(
  pattern: RegExp,
  line: string,
  fact: (found: RegExpExecArray) => Fact,
): readonly Fact[] | undefined {
  const found = pattern.exec(line);
  return found ? [fact(found)] : undefined;
}
