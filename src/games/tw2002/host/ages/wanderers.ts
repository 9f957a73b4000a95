/**
 * Those who fly about and are no players: aliens, Ferrengi and the Federation's captains. They are made when a game has
 * them, move along the warps one step at a time, and keep out of sectors that are guarded. No recording shows how many
 * there are or how they choose their way; numbers and ways are ours.
 */
import { attackTrader } from "../commands/combat/ambush.ts";
import { commas } from "../text/figures.ts";
import type { Paper } from "../text/paper.ts";
import {
  addWanderer,
  type Galaxy,
  inFedSpace,
  moveWanderer,
  nextNumber,
  note,
  removeWanderer,
  sectorAt,
} from "../galaxy.ts";
import { tradersInSpace } from "../occupants.ts";
import { makerName, strangerName } from "../universe/names.ts";
import type { Game } from "../session.ts";
import { tell } from "../session.ts";
import type { Wanderer } from "../things.ts";

type Race = Wanderer["race"];

/** One for so many sectors. */
const sectorsPer: Record<"alien" | "ferrengi", number> = { alien: 50, ferrengi: 100 };
/** The Federation's three captains, as the game has always had. */
const federals = [
  { name: "Captain Marit Osk", ship: "Steadfast" },
  { name: "Commodore Ilja Brandt", ship: "Vigilant" },
  { name: "Admiral Teresa Quay", ship: "Concord" },
] as const;
/** Of the aliens, how many are up to no good. */
const evilShare = 0.4;

/** Which races a game is to have. */
export function racesOf({ settings }: Galaxy): Race[] {
  const { aliens, ferrengi } = settings;
  if (!aliens && !ferrengi) return [];
  return ["federal", ...(aliens ? (["alien"] as const) : []), ...(ferrengi ? (["ferrengi"] as const) : [])];
}

/** Makes the races that the settings ask for and that are not there, and sends those away that they no longer ask for. */
export function settleRaces(galaxy: Galaxy): void {
  const wanted = racesOf(galaxy);
  const there = new Set<Race>();
  for (const wanderer of galaxy.wanderers.values()) {
    if (wanted.includes(wanderer.race)) there.add(wanderer.race);
    else removeWanderer(galaxy, wanderer);
  }
  for (const race of wanted) {
    if (there.has(race)) continue;
    for (let made = 0; made < strength(galaxy, race); made++) {
      addWanderer(galaxy, stranger(galaxy, race, made));
    }
  }
}

/** How many of a race there are when it has lost none. */
const strength = (galaxy: Galaxy, race: Race) =>
  race === "federal" ? federals.length : Math.ceil(galaxy.sectors.length / sectorsPer[race]);

/** Most fighters of a Ferrengi, and those he regains in a day: the editor's "20% of max of 500". */
const ferrengiFightersMax = 500;
const ferrengiRegained = 100;
/** Of a race, the share that is born in a day when some are missing. */
const bornShare = 0.1;

/** A day's recovery: fighters are built, and some of those who were lost have successors. */
export function recoverRaces(galaxy: Galaxy): void {
  const count: Record<Race, number> = { alien: 0, ferrengi: 0, federal: 0 };
  for (const wanderer of galaxy.wanderers.values()) {
    count[wanderer.race]++;
    if (wanderer.race !== "ferrengi" || wanderer.fighters >= ferrengiFightersMax) continue;
    wanderer.fighters = Math.min(ferrengiFightersMax, wanderer.fighters + ferrengiRegained);
    note(galaxy, "wanderer", wanderer);
  }
  for (const race of racesOf(galaxy)) {
    const full = strength(galaxy, race);
    const born = Math.min(full - count[race], Math.ceil(full * bornShare));
    for (let index = 0; index < born; index++) {
      addWanderer(galaxy, stranger(galaxy, race, count[race] + index));
    }
  }
}

function stranger(galaxy: Galaxy, race: Race, index: number): Wanderer {
  const { dice } = galaxy;
  const id = nextNumber(galaxy, "wanderer");
  const base = { id, race, sector: firstSector(galaxy, race), credits: 0 };
  const federal = federals[index % federals.length] ?? federals[0];
  switch (race) {
    case "federal":
      return {
        ...base,
        name: federal.name,
        experience: 100_000,
        alignment: 100_000,
        shipName: federal.ship,
        shipType: "Federation Starship",
        fighters: 5000,
        shields: 5000,
      };
    case "ferrengi": {
      return {
        ...base,
        name: strangerName(dice),
        experience: dice.between(16, 4096, "a wanderer's experience"),
        alignment: -dice.between(100, 1000, "a wanderer's alignment"),
        shipName: strangerName(dice),
        shipType: "Ferrengi Assault Trader",
        fighters: dice.between(50, 500, "a wanderer's fighters"),
        shields: dice.between(0, 200, "a wanderer's shields"),
      };
    }
    case "alien": {
      const evil = dice.chance(evilShare, "an evil alien");
      return {
        ...base,
        name: strangerName(dice),
        experience: dice.between(2, 1024, "a wanderer's experience"),
        alignment: (evil ? -1 : 1) * dice.between(1, 500, "a wanderer's alignment"),
        shipName: strangerName(dice),
        shipType: `${makerName(dice)} Scout Marauder`,
        fighters: dice.between(20, 250, "a wanderer's fighters"),
        shields: dice.between(0, 100, "a wanderer's shields"),
      };
    }
    default:
      return race satisfies never;
  }
}

/** Captains begin in FedSpace, Ferrengi at their home, aliens anywhere else. */
function firstSector(galaxy: Galaxy, race: Race): number {
  const { dice, sectors } = galaxy;
  if (race === "federal") return dice.pick([1, galaxy.stardock || 1], "a wanderer's first sector");
  const home = race === "ferrengi" ? ferrengiHome(galaxy) : undefined;
  if (home !== undefined) return home;
  const first = Math.min(11, sectors.length);
  const found = dice.between(first, sectors.length, "a wanderer's first sector");
  return found === galaxy.stardock ? first : found;
}

/** The sector of the Ferrengi's own planet. */
export function ferrengiHome({ planets }: Galaxy): number | undefined {
  for (const { owner, sector } of planets.values()) if (owner.type === "ferrengi") return sector;
  return undefined;
}

/** How likely a Ferrengi who meets a trader attacks him. */
const attackChance = 0.25;

/** Every wanderer takes one warp, or stays where it can go nowhere; Ferrengi may fall upon whoever they meet. */
export function wander(game: Game, at: number): void {
  const { galaxy } = game;
  for (const wanderer of galaxy.wanderers.values()) {
    const ways = sectorAt(galaxy, wanderer.sector).warps.filter((to) => mayGo(galaxy, wanderer, to));
    if (ways.length === 0) continue;
    const to = galaxy.dice.pick(ways, "a wanderer's way");
    moveWanderer(galaxy, wanderer, to);
    announce(game, wanderer);
    if (wanderer.race === "ferrengi") prey(game, wanderer, at);
  }
}

/** A Ferrengi picks one of those in the sector, or leaves them in peace. */
function prey(game: Game, wanderer: Wanderer, at: number): void {
  const { galaxy } = game;
  const victims = tradersInSpace(galaxy, wanderer.sector);
  if (victims.length === 0 || !galaxy.dice.chance(attackChance, "a Ferrengi attacks")) return;
  attackTrader(game, wanderer, galaxy.dice.pick(victims, "a Ferrengi's victim"), at);
}

/** Captains stay in FedSpace and on the lanes beside it, Ferrengi keep out of it; none flies into anybody's fighters. */
function mayGo(galaxy: Galaxy, { race }: Wanderer, to: number): boolean {
  const federal = inFedSpace(galaxy, to);
  if (race === "federal") return federal;
  if (race === "ferrengi" && federal) return false;
  return sectorAt(galaxy, to).fighters === undefined;
}

/** Whoever is there sees it come. */
function announce(game: Game, wanderer: Wanderer): void {
  const arrival = (paper: Paper) =>
    paper.put`~C${wanderer.name} ~gwarps into the sector with ${commas(wanderer.fighters)} fighters.\n`;
  for (const trader of tradersInSpace(game.galaxy, wanderer.sector)) {
    const watcher = game.online.get(trader.id);
    if (watcher) tell(watcher, arrival);
  }
}
