/**
 * One game's state and the ways to look things up in it. The commands write the things themselves; every write that
 * must outlive the process is noted (`note`, `forget`), from which saved.ts makes rows.
 */
import { fedSectors } from "../rules/space.ts";
import { createDice, type Dice } from "./dice.ts";
import { type Occupants, occupants, settle, unsettle } from "./occupants.ts";
import { SectorSet } from "./sector-set.ts";
import type { GameSettings } from "./settings.ts";
import type {
  Chronicle,
  Corporation,
  LogLine,
  Planet,
  Port,
  Sector,
  Ship,
  Trader,
  Wanderer,
} from "./things.ts";

/** Everything that is a row of its own, by the name of its kind. */
interface Kinds {
  readonly sector: Sector;
  readonly port: Port;
  readonly planet: Planet;
  readonly ship: Ship;
  readonly trader: Trader;
  readonly corp: Corporation;
  readonly wanderer: Wanderer;
}
export type Kind = keyof Kinds;

/** What must be written before anyone may see what followed from it. */
export interface Changes {
  readonly sector: Set<Sector>;
  readonly port: Set<Port>;
  readonly planet: Set<Planet>;
  readonly ship: Set<Ship>;
  readonly trader: Set<Trader>;
  readonly corp: Set<Corporation>;
  readonly wanderer: Set<Wanderer>;
  /** Things that are no more. */
  readonly gone: { readonly kind: Kind; readonly id: number }[];
  /** Sectors that a trader has seen for the first time. */
  readonly sightings: { trader: number; sector: number }[];
  chronicle: boolean;
  dice: boolean;
}

export interface Galaxy {
  readonly settings: GameSettings;
  /** Sector n stands at n - 1; numbers start at 1. */
  readonly sectors: readonly Sector[];
  readonly ports: Map<number, Port>;
  readonly planets: Map<number, Planet>;
  readonly ships: Map<number, Ship>;
  readonly corps: Map<number, Corporation>;
  readonly wanderers: Map<number, Wanderer>;
  readonly stardock: number;
  readonly began: number;
  readonly chronicle: Chronicle;
  readonly traders: Map<number, Trader>;
  /** By the login in lower case. */
  readonly byLogin: Map<string, Trader>;
  readonly byName: Map<string, Trader>;
  /** Looked at, and changed, by occupants.ts. */
  readonly inSector: Map<number, Occupants>;
  /** Sectors each trader has visited. */
  readonly seen: Map<number, SectorSet>;
  readonly dice: Dice;
  readonly changed: Changes;
}

export const noChanges = (): Changes => ({
  sector: new Set(),
  port: new Set(),
  planet: new Set(),
  ship: new Set(),
  trader: new Set(),
  corp: new Set(),
  wanderer: new Set(),
  gone: [],
  sightings: [],
  chronicle: false,
  dice: false,
});

/** Whether there is anything to write. */
export const isChanged = (changes: Changes) =>
  changes.chronicle ||
  changes.dice ||
  changes.gone.length + changes.sightings.length > 0 ||
  kinds.some((kind) => changes[kind].size > 0);
const kinds = ["trader", "ship", "port", "sector", "planet", "corp", "wanderer"] as const;

/** What has changed since the last time; from now on nothing has. */
export function takeChanges({ changed }: Galaxy): Changes {
  if (!isChanged(changed)) return nothing;
  const taken = { ...changed };
  Object.assign(changed, noChanges());
  return taken;
}
/** One for all who ask in vain: that is after every key, of every game. */
const nothing: Changes = Object.freeze(noChanges());

/** What a universe is made of, before anyone has come. */
export interface Universe {
  readonly sectors: readonly Sector[];
  readonly ports: ReadonlyMap<number, Port>;
  readonly planets: readonly Planet[];
  readonly stardock: number;
}

/** Those who live in it, and what has happened. */
interface Inhabitants {
  readonly began: number;
  /** The state of the dice to go on from. */
  readonly dice: number;
  readonly ships?: readonly Ship[];
  readonly traders?: readonly Trader[];
  readonly corps?: readonly Corporation[];
  readonly wanderers?: readonly Wanderer[];
  readonly sightings?: Iterable<{ trader: number; sector: number }>;
  readonly chronicle?: Chronicle;
}

/** Puts a galaxy together from its universe and those who live in it. */
export function createGalaxy(settings: GameSettings, universe: Universe, life: Inhabitants): Galaxy {
  const dice = createDice(life.dice);
  const changed = noChanges();
  const galaxy: Galaxy = {
    settings,
    sectors: universe.sectors,
    ports: new Map(universe.ports),
    planets: new Map(),
    ships: new Map(),
    corps: new Map((life.corps ?? []).map((corp) => [corp.id, corp])),
    wanderers: new Map(),
    stardock: universe.stardock,
    began: life.began,
    chronicle: life.chronicle ?? {
      log: [],
      maintainedAt: life.began,
      wanderedAt: life.began,
      announcements: [],
      next: { ship: 1, planet: 1, corp: 1, trader: 1, wanderer: 1 },
    },
    traders: new Map(),
    byLogin: new Map(),
    byName: new Map(),
    inSector: new Map(),
    seen: new Map(),
    dice: noted(dice, changed),
    changed,
  };
  for (const planet of universe.planets) addPlanet(galaxy, planet);
  for (const trader of life.traders ?? []) enrol(galaxy, trader);
  for (const ship of life.ships ?? []) if (!galaxy.ships.has(ship.id)) addShip(galaxy, ship);
  for (const wanderer of life.wanderers ?? []) addWanderer(galaxy, wanderer);
  for (const { trader, sector } of life.sightings ?? []) galaxy.seen.get(trader)?.add(sector);
  Object.assign(changed, noChanges());
  return galaxy;
}

/** Lets the dice go on from another state. */
export function reseed({ dice, changed }: Galaxy, state: number): void {
  Object.assign(dice, noted(createDice(state), changed));
}

/** Dice that note that they were rolled, so that a restart goes on with the next number. */
function noted(dice: Dice, changed: Changes): Dice {
  const note =
    <A extends unknown[], R>(roll: (...args: A) => R) =>
    (...args: A) => {
      changed.dice = true;
      return roll(...args);
    };
  return {
    roll: note(dice.roll),
    between: note(dice.between),
    chance: note(dice.chance),
    pick<T>(from: readonly T[], what: string) {
      changed.dice = true;
      return dice.pick(from, what);
    },
    state: dice.state,
  };
}

// ---- what has changed

/** Notes that a thing was changed and has to be written. */
export function note<K extends Kind>(galaxy: Galaxy, kind: K, thing: Kinds[K]): void {
  (galaxy.changed[kind] as Set<Kinds[K]>).add(thing);
}

/** Notes that a thing is no more; taking it out of the lists is the caller's business. */
function forget(galaxy: Galaxy, kind: Kind, id: number): void {
  galaxy.changed.gone.push({ kind, id });
}

/** The next free number for a thing of this kind. */
export function nextNumber(galaxy: Galaxy, kind: keyof Chronicle["next"]): number {
  const { chronicle, changed } = galaxy;
  const used = {
    ship: "ships",
    planet: "planets",
    corp: "corps",
    trader: "traders",
    wanderer: "wanderers",
  } as const;
  let number = chronicle.next[kind];
  while (galaxy[used[kind]].has(number)) number++;
  chronicle.next[kind] = number + 1;
  changed.chronicle = true;
  return number;
}

/** Lines that the log keeps. */
export const logMax = 500;

/** Writes into the game's log, which everybody can read. */
export function writeLog(galaxy: Galaxy, line: LogLine): void {
  const { log } = galaxy.chronicle;
  log.push(line);
  if (log.length > logMax) log.splice(0, log.length - logMax);
  galaxy.changed.chronicle = true;
}

// ---- who is where

/** Adds a trader, and the ship he flies, to all the lists he is looked up in. */
export function enrol(galaxy: Galaxy, trader: Trader): void {
  galaxy.traders.set(trader.id, trader);
  galaxy.byLogin.set(trader.login.toLowerCase(), trader);
  galaxy.byName.set(trader.name.toLowerCase(), trader);
  if (!galaxy.seen.has(trader.id)) galaxy.seen.set(trader.id, new SectorSet());
  if (trader.diedAt === 0) settle(galaxy, trader.sector, "traders", trader);
  note(galaxy, "trader", trader);
  addShip(galaxy, trader.ship);
}

/** Takes a trader out of the game for good; his ship goes with him. */
export function strikeOff(galaxy: Galaxy, trader: Trader): void {
  galaxy.traders.delete(trader.id);
  galaxy.byLogin.delete(trader.login.toLowerCase());
  galaxy.byName.delete(trader.name.toLowerCase());
  galaxy.seen.delete(trader.id);
  unsettle(galaxy, trader.sector, "traders", trader);
  forget(galaxy, "trader", trader.id);
  removeShip(galaxy, trader.ship);
}

export function addShip(galaxy: Galaxy, ship: Ship): void {
  galaxy.ships.set(ship.id, ship);
  if (ship.pilot === 0) settle(galaxy, ship.sector, "ships", ship);
  note(galaxy, "ship", ship);
}

/** Moves a ship that nobody flies. */
export function moveShip(galaxy: Galaxy, ship: Ship, to: number): void {
  unsettle(galaxy, ship.sector, "ships", ship);
  ship.sector = to;
  settle(galaxy, to, "ships", ship);
  note(galaxy, "ship", ship);
}

export function removeShip(galaxy: Galaxy, ship: Ship): void {
  galaxy.ships.delete(ship.id);
  unsettle(galaxy, ship.sector, "ships", ship);
  forget(galaxy, "ship", ship.id);
}

/**
 * Puts a trader at the helm of another ship, which must be where he is to be; the one he leaves, if it still exists,
 * stays behind with nobody aboard.
 */
export function changeShip(galaxy: Galaxy, trader: Trader, to: Ship): void {
  const from = trader.ship;
  if (galaxy.ships.has(from.id)) {
    from.pilot = 0;
    settle(galaxy, from.sector, "ships", from);
    note(galaxy, "ship", from);
  }
  unsettle(galaxy, trader.sector, "traders", trader);
  if (!galaxy.ships.has(to.id)) addShip(galaxy, to);
  unsettle(galaxy, to.sector, "ships", to);
  to.pilot = trader.id;
  trader.ship = to;
  trader.sector = to.sector;
  settle(galaxy, to.sector, "traders", trader);
  note(galaxy, "ship", to);
  note(galaxy, "trader", trader);
}

export function addPlanet(galaxy: Galaxy, planet: Planet): void {
  galaxy.planets.set(planet.id, planet);
  settle(galaxy, planet.sector, "planets", planet);
  note(galaxy, "planet", planet);
}

export function removePlanet(galaxy: Galaxy, planet: Planet): void {
  galaxy.planets.delete(planet.id);
  unsettle(galaxy, planet.sector, "planets", planet);
  forget(galaxy, "planet", planet.id);
}

/** Moves a planet to another sector, with everybody who stands on it and the ships they came in. */
export function movePlanet(galaxy: Galaxy, planet: Planet, to: number): void {
  const from = planet.sector;
  unsettle(galaxy, from, "planets", planet);
  for (const trader of occupants(galaxy, from).traders) {
    if (!("planet" in trader.place) || trader.place.planet !== planet.id) continue;
    unsettle(galaxy, from, "traders", trader);
    trader.sector = to;
    trader.ship.sector = to;
    settle(galaxy, to, "traders", trader);
    note(galaxy, "trader", trader);
  }
  planet.sector = to;
  settle(galaxy, to, "planets", planet);
  note(galaxy, "planet", planet);
}

export function addWanderer(galaxy: Galaxy, wanderer: Wanderer): void {
  galaxy.wanderers.set(wanderer.id, wanderer);
  settle(galaxy, wanderer.sector, "wanderers", wanderer);
  note(galaxy, "wanderer", wanderer);
}

export function removeWanderer(galaxy: Galaxy, wanderer: Wanderer): void {
  galaxy.wanderers.delete(wanderer.id);
  unsettle(galaxy, wanderer.sector, "wanderers", wanderer);
  forget(galaxy, "wanderer", wanderer.id);
}

export function moveWanderer(galaxy: Galaxy, wanderer: Wanderer, to: number): void {
  unsettle(galaxy, wanderer.sector, "wanderers", wanderer);
  wanderer.sector = to;
  settle(galaxy, to, "wanderers", wanderer);
  note(galaxy, "wanderer", wanderer);
}

export function addPort(galaxy: Galaxy, port: Port): void {
  galaxy.ports.set(port.sector, port);
  const { gone } = galaxy.changed;
  const before = gone.findIndex(({ kind, id }) => kind === "port" && id === port.sector);
  if (before >= 0) gone.splice(before, 1);
  note(galaxy, "port", port);
}

export function removePort(galaxy: Galaxy, port: Port): void {
  galaxy.ports.delete(port.sector);
  forget(galaxy, "port", port.sector);
}

export function addCorp(galaxy: Galaxy, corp: Corporation): void {
  galaxy.corps.set(corp.id, corp);
  note(galaxy, "corp", corp);
}

export function removeCorp(galaxy: Galaxy, corp: Corporation): void {
  galaxy.corps.delete(corp.id);
  forget(galaxy, "corp", corp.id);
}

/** Moves a trader and his ship to a sector; turns are the caller's business. */
export function warp(galaxy: Galaxy, trader: Trader, to: number): void {
  const { ship } = trader;
  unsettle(galaxy, trader.sector, "traders", trader);
  trader.cameFrom = trader.sector;
  trader.sector = to;
  ship.sector = to;
  settle(galaxy, to, "traders", trader);
  note(galaxy, "trader", trader);
  note(galaxy, "ship", ship);
}

/** Sector `number`; throws for one that does not exist, so ask `isSector` about what a player typed. */
export function sectorAt(galaxy: Galaxy, number: number): Sector {
  const sector = galaxy.sectors[number - 1];
  if (!sector) throw new Error(`There is no sector ${number}`);
  return sector;
}
/** Whether there is a sector of that number. */
export const isSector = (galaxy: Galaxy, number: number) => number >= 1 && number <= galaxy.sectors.length;

/** The port of a sector if it is open for business. */
export function openPort(galaxy: Galaxy, sector: number): Port | undefined {
  const port = galaxy.ports.get(sector);
  return port && !port.destroyed && port.opensAt === 0 ? port : undefined;
}

/** The Federation's own sectors: 1 to 10 and the StarDock's. */
export const inFedSpace = (galaxy: Galaxy, sector: number) =>
  sector <= fedSectors || sector === galaxy.stardock;

/** Whether the trader has been in a sector, or had it shown by a probe or a scan. */
export const hasSeen = (galaxy: Galaxy, trader: Trader, sector: number) =>
  galaxy.seen.get(trader.id)?.has(sector) ?? false;

/** Adds a sector to those he has seen. */
export function markSeen(galaxy: Galaxy, trader: Trader, sector: number): void {
  const seen = galaxy.seen.get(trader.id);
  if (!seen || seen.has(sector)) return;
  seen.add(sector);
  galaxy.changed.sightings.push({ trader: trader.id, sector });
}
