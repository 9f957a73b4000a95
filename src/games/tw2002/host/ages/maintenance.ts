/**
 * The daily maintenance: ports are finished or cleared away, the Federation sees to its space and its lanes, debris
 * disperses, busts are forgotten. The steps and their order are those that the real program prints.
 */
import { courseBetween } from "../courses.ts";
import { deleteIdle } from "./deletion.ts";
import { type Galaxy, inFedSpace, note, removePort, removeShip, sectorAt, warp } from "../galaxy.ts";
import { occupants } from "../occupants.ts";
import { logEvent } from "../log.ts";
import type { Game } from "../session.ts";
import type { Port, Trader } from "../things.ts";
import { recoverRaces } from "./wanderers.ts";
import { dayMs } from "../../rules/time.ts";
import { stockMax } from "../stock.ts";
import { leaveMail } from "../mail.ts";

/** Whoever leaves a ship in FedSpace with more fighters than this is towed out. */
const fighterLimit = 50;

/** One night's work. Traders who are on line are left alone; ms since 1970 by the game's calendar. */
export function maintain(game: Game, at: number): void {
  const { galaxy } = game;
  advancePorts(galaxy, at);
  patrolLanes(galaxy, at);
  towArmed(game, at);
  towExcess(game, at);
  disperse(galaxy);
  repossess(galaxy, at);
  for (const trader of galaxy.traders.values()) forgive(galaxy, trader, at);
  // Only races that have been about have anything to recover from.
  if (galaxy.wanderers.size > 0) recoverRaces(galaxy);
  deleteIdle(game, at);
}

/** Ports whose builders are done open; radiation fades, the Federation's own ports are rebuilt, other wrecks vanish. */
function advancePorts(galaxy: Galaxy, at: number): void {
  for (const port of galaxy.ports.values()) {
    if (port.opensAt !== 0 && port.opensAt <= at) {
      port.opensAt = 0;
      note(galaxy, "port", port);
      logEvent(
        galaxy,
        at,
        (paper) => paper.put`~gThe port ~C${port.name} ~ghas opened in sector ~Y${port.sector}~g.`,
      );
    }
    if (port.destroyed) clearWreck(galaxy, port, at);
  }
}

function clearWreck(galaxy: Galaxy, port: Port, at: number): void {
  if (!port.destroyedAt) {
    port.destroyedAt = at;
    note(galaxy, "port", port);
    return;
  }
  if (at < port.destroyedAt + galaxy.settings.radiationDays * dayMs) return;
  if (port.portClass !== 0 && port.portClass !== 9) return removePort(galaxy, port);
  port.destroyed = false;
  port.destroyedAt = 0;
  port.docked = undefined;
  for (const stock of port.stocks) Object.assign(stock, { amount: stockMax(stock), at });
  note(galaxy, "port", port);
  logEvent(galaxy, at, (paper) => paper.put`~gThe Federation has rebuilt ~C${port.name}~g.`);
}

/** The Federation's ships keep the lanes between its ports free of fighters and mines. */
function patrolLanes(galaxy: Galaxy, at: number): void {
  let cleared = 0;
  for (const number of majorLanes(galaxy)) {
    const sector = sectorAt(galaxy, number);
    if (!sector.fighters && !sector.armids && !sector.limpets) continue;
    Object.assign(sector, { fighters: undefined, armids: undefined, limpets: undefined });
    note(galaxy, "sector", sector);
    cleared++;
  }
  if (cleared > 0) {
    logEvent(
      galaxy,
      at,
      (paper) => paper.put`~gFederation starships cleared ~Y${cleared}~g sector(s) of the major space lanes.`,
    );
  }
}

/** The pairs of ports between which lanes are kept, both ways; the real maintenance prints just these. */
function majorLanes(galaxy: Galaxy): Set<number> {
  const named = (name: string) =>
    [...galaxy.ports.values()].find((port) => port.portClass === 0 && port.name === name);
  const dock = galaxy.stardock;
  const rylos = named("Rylos")?.sector;
  const alpha = named("Alpha Centauri")?.sector;
  const lanes = new Set<number>();
  const pairs = [
    [1, dock],
    [dock, rylos],
    [dock, alpha],
    [alpha, rylos],
  ] as const;
  for (const [from = 0, to = 0] of pairs) {
    if (from === 0 || to === 0) continue;
    for (const course of [courseBetween(galaxy, from, to), courseBetween(galaxy, to, from)]) {
      for (const sector of course ?? []) lanes.add(sector);
    }
  }
  return lanes;
}

/** FedSpace: sectors 1 to 10 and the StarDock's. */
const federalSectors = (galaxy: Galaxy) => galaxy.sectors.filter(({ number }) => inFedSpace(galaxy, number));

/** Traders who have left a ship in space there and are not on line. */
const asleep = (game: Game, sector: number) =>
  [...occupants(game.galaxy, sector).traders].filter(
    ({ id, place }) => place.type === "space" && !game.online.has(id),
  );

function towArmed(game: Game, at: number): void {
  const { galaxy } = game;
  for (const { number } of federalSectors(galaxy)) {
    for (const trader of asleep(game, number)) {
      if (trader.ship.fighters > fighterLimit) {
        tow(galaxy, trader, at, `You may not carry more than ${fighterLimit} fighters in FedSpace.`);
      }
    }
  }
}

function towExcess(game: Game, at: number): void {
  const { galaxy } = game;
  for (const { number } of federalSectors(galaxy)) {
    const parked = asleep(game, number);
    // Whoever came last has to go.
    for (const trader of parked.slice(galaxy.settings.shipsPerFedSector)) {
      tow(galaxy, trader, at, "There were too many ships in your sector of FedSpace.");
    }
  }
}

/** Leaves a trader's ship somewhere outside of FedSpace and tells him why. */
function tow(galaxy: Galaxy, trader: Trader, at: number, why: string): void {
  const outside = Math.min(11, galaxy.sectors.length);
  let to = galaxy.dice.between(outside, galaxy.sectors.length, "where a ship is towed");
  if (to === galaxy.stardock) to = to > outside ? to - 1 : to + 1;
  if (to > galaxy.sectors.length || inFedSpace(galaxy, to)) return;
  warp(galaxy, trader, to);
  leaveMail(galaxy, trader, {
    at,
    from: "The Federation",
    text: `${why} Your ship was towed to sector ${to}.`,
  });
  logEvent(galaxy, at, (paper) => paper.put`~gThe Federation towed ~C${trader.name} ~gout of FedSpace.`);
}

/** Debris drifts apart, and out of FedSpace at once. */
function disperse(galaxy: Galaxy): void {
  const points = Math.round(100 * galaxy.settings.navHazDispersion);
  for (const sector of galaxy.sectors) {
    if (sector.navHaz <= 0) continue;
    sector.navHaz = inFedSpace(galaxy, sector.number) ? 0 : Math.max(0, sector.navHaz - points);
    note(galaxy, "sector", sector);
  }
}

/** Ships that stand about in FedSpace with nobody aboard go to the Federation. */
function repossess(galaxy: Galaxy, at: number): void {
  for (const { number } of federalSectors(galaxy)) {
    for (const ship of occupants(galaxy, number).ships) {
      logEvent(galaxy, at, (paper) => paper.put`~gThe Federation repossessed the ~C${ship.name}~g.`);
      removeShip(galaxy, ship);
    }
  }
}

/** Old busts are forgotten, and the day's losses. */
function forgive(galaxy: Galaxy, trader: Trader, at: number): void {
  const since = at - galaxy.settings.bustClearDays * dayMs;
  const busts = trader.busts.filter((bust) => bust.at > since);
  if (busts.length === trader.busts.length && trader.losses === 0) return;
  trader.busts = busts;
  trader.losses = 0;
  note(galaxy, "trader", trader);
}
