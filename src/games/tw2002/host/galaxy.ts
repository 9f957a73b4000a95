/**
 * One game's state: sectors, ports and traders. The commands write it; every write that must outlive the process is
 * noted in `changed`, from which saved.ts makes rows.
 */
import { type Product, type TradingClass, products } from "../rules/ports.ts";
import { shipTypes, type ShipKind } from "../rules/ships.ts";
import { turnsAfter } from "../rules/turns.ts";
import { createDice, type Dice } from "./dice.ts";

/** What the sysop may choose for a game. Times in ms, money in credits. */
export interface GameSettings {
  readonly sectors: number;
  readonly turnsPerDay: number;
  readonly startCredits: number;
  readonly startFighters: number;
  readonly startHolds: number;
  /** Longest course that the computer works out, in warps. */
  readonly courseMax: number;
  /** Share of its maximum that a port regains in a day. */
  readonly regrowth: number;
  /** Years that the game's calendar is ahead. */
  readonly yearsAhead: number;
  /** Ms without a key after which a player is logged off; warnings come 60, 30 and 10 seconds before. */
  readonly inactivityMs: number;
  /** "3.34b" or "3.34b Gold". */
  readonly version: string;
  /** Whether the door tells of alien traders and Ferrengi. There are none yet. */
  readonly aliens: boolean;
}

export interface Sector {
  readonly number: number;
  /** Ascending. */
  readonly warps: readonly number[];
  /** Name of the nebula; "" for uncharted space. */
  readonly nebula: string;
  readonly beacon: string;
  readonly planets: readonly Planet[];
}

/** A planet as far as it can be seen from space. */
export interface Planet {
  /** Its class: "M" for an Earth. */
  readonly type: string;
  readonly name: string;
}

/** One product at a port. */
export interface Stock {
  /** |MCIC|: the port's hidden character for the product. */
  readonly mcic: number;
  /** Units regained in a day by the price model's reckoning; the most that is held is ten times that. */
  readonly productivity: number;
  /** Units held (or still wanted) at `at`; grows with time, so read it through stockAt. */
  amount: number;
  at: number;
}

export interface Port {
  readonly sector: number;
  readonly name: string;
  readonly portClass: 0 | TradingClass | 9;
  /** In the order of `products`; empty for class 0. */
  readonly stocks: readonly Stock[];
  /** The last ship to dock: its name, its trader's id and when. */
  docked: { ship: string; trader: number; at: number } | undefined;
}

export interface Trader {
  readonly id: number;
  /** The name given at the door, by which he is known on coming back. */
  readonly login: string;
  name: string;
  /** Sealed; only ever compared. */
  password: string;
  readonly salt: string;
  credits: number;
  experience: number;
  alignment: number;
  sector: number;
  ship: ShipKind;
  shipName: string;
  shipMaker: string;
  shipBuilt: number;
  holds: number;
  cargo: Record<Product, number>;
  fighters: number;
  shields: number;
  portsVisited: number;
  kills: number;
  turnsLeft: number;
  turnsCredit: number;
  turnsSince: number;
  /** Turns spent over the trader's whole life. */
  turnsUsed: number;
  avoids: number[];
  /** Sector before the last warp, for `<`; 0 for none. */
  cameFrom: number;
  lastOn: number;
}

/** What must be written before anyone may see what followed from it. */
export interface Changes {
  readonly traders: Set<Trader>;
  readonly ports: Set<Port>;
  /** Sectors that a trader has seen for the first time. */
  readonly sightings: { trader: number; sector: number }[];
  dice: boolean;
}

export interface Galaxy {
  readonly settings: GameSettings;
  /** Sector n stands at n - 1; numbers start at 1. */
  readonly sectors: readonly Sector[];
  readonly ports: ReadonlyMap<number, Port>;
  readonly stardock: number;
  readonly began: number;
  readonly traders: Map<number, Trader>;
  /** By the login in lower case. */
  readonly byLogin: Map<string, Trader>;
  readonly byName: Map<string, Trader>;
  /** Traders by the sector they are in, whether on line or not. */
  readonly inSector: Map<number, Set<Trader>>;
  /** Sectors each trader has visited. */
  readonly seen: Map<number, Set<number>>;
  readonly dice: Dice;
  readonly changed: Changes;
}

export const noChanges = (): Changes => ({
  traders: new Set(),
  ports: new Set(),
  sightings: [],
  dice: false,
});

/** What a universe is made of, before anyone has come. */
export interface Universe {
  readonly sectors: readonly Sector[];
  readonly ports: ReadonlyMap<number, Port>;
  readonly stardock: number;
}

/** Puts a galaxy together from its universe and those who live in it. `dice` is the state to go on from. */
export function createGalaxy(
  settings: GameSettings,
  universe: Universe,
  life: {
    began: number;
    dice: number;
    traders?: readonly Trader[];
    sightings?: Iterable<{ trader: number; sector: number }>;
  },
): Galaxy {
  const dice = createDice(life.dice);
  const changed = noChanges();
  const galaxy: Galaxy = {
    settings,
    sectors: universe.sectors,
    ports: universe.ports,
    stardock: universe.stardock,
    began: life.began,
    traders: new Map(),
    byLogin: new Map(),
    byName: new Map(),
    inSector: new Map(),
    seen: new Map(),
    dice: noted(dice, changed),
    changed,
  };
  for (const trader of life.traders ?? []) enrol(galaxy, trader);
  for (const { trader, sector } of life.sightings ?? []) galaxy.seen.get(trader)?.add(sector);
  changed.traders.clear();
  return galaxy;
}

/** Dice that note that they were rolled, so that a restart goes on with the next number. */
function noted(dice: Dice, changed: Changes): Dice {
  const note = <A extends unknown[], R>(roll: (...args: A) => R) => {
    return (...args: A) => {
      changed.dice = true;
      return roll(...args);
    };
  };
  return {
    roll: note(dice.roll),
    between: note(dice.between),
    pick<T>(from: readonly T[]) {
      changed.dice = true;
      return dice.pick(from);
    },
    state: dice.state,
  };
}

/** Adds a trader to all the lists he is looked up in. */
export function enrol(galaxy: Galaxy, trader: Trader): void {
  galaxy.traders.set(trader.id, trader);
  galaxy.byLogin.set(trader.login.toLowerCase(), trader);
  galaxy.byName.set(trader.name.toLowerCase(), trader);
  if (!galaxy.seen.has(trader.id)) galaxy.seen.set(trader.id, new Set());
  tradersIn(galaxy, trader.sector).add(trader);
  galaxy.changed.traders.add(trader);
}

/** The set of traders in a sector; live, to be changed by enrol and warp only. */
export function tradersIn(galaxy: Galaxy, sector: number): Set<Trader> {
  let there = galaxy.inSector.get(sector);
  if (!there) galaxy.inSector.set(sector, (there = new Set()));
  return there;
}

/** Sector `number`; throws for one that does not exist, so ask `isSector` about what a player typed. */
export function sectorAt(galaxy: Galaxy, number: number): Sector {
  const sector = galaxy.sectors[number - 1];
  if (!sector) throw new Error(`There is no sector ${number}`);
  return sector;
}
export const isSector = (galaxy: Galaxy, number: number) => number >= 1 && number <= galaxy.sectors.length;

export const hasSeen = (galaxy: Galaxy, trader: Trader, sector: number) =>
  galaxy.seen.get(trader.id)?.has(sector) ?? false;

export function markSeen(galaxy: Galaxy, trader: Trader, sector: number): void {
  const seen = galaxy.seen.get(trader.id);
  if (!seen || seen.has(sector)) return;
  seen.add(sector);
  galaxy.changed.sightings.push({ trader: trader.id, sector });
}

/** Moves a trader to a neighbouring sector; turns are the caller's business. */
export function warp(galaxy: Galaxy, trader: Trader, to: number): void {
  tradersIn(galaxy, trader.sector).delete(trader);
  trader.cameFrom = trader.sector;
  trader.sector = to;
  tradersIn(galaxy, to).add(trader);
  galaxy.changed.traders.add(trader);
}

/** Lets the turns come back that the hours since the last look have brought. */
export function growTurns(galaxy: Galaxy, trader: Trader, at: number): void {
  const had = { left: trader.turnsLeft, credit: trader.turnsCredit, since: trader.turnsSince };
  const now = turnsAfter(had, at, galaxy.settings.turnsPerDay);
  if (now.since === had.since) return;
  trader.turnsLeft = now.left;
  trader.turnsCredit = now.credit;
  trader.turnsSince = now.since;
  galaxy.changed.traders.add(trader);
}

/** Takes turns away if there are enough; says whether. */
export function spendTurns(galaxy: Galaxy, trader: Trader, turns: number): boolean {
  if (trader.turnsLeft < turns) return false;
  trader.turnsLeft -= turns;
  trader.turnsUsed += turns;
  galaxy.changed.traders.add(trader);
  return true;
}

export const turnsPerWarp = (trader: Trader) => shipTypes[trader.ship].turnsPerWarp;

export const emptyHolds = (trader: Trader) =>
  trader.holds - products.reduce((sum, product) => sum + trader.cargo[product], 0);

const dayMs = 86_400_000;
export const stockMax = (stock: Stock) => 10 * stock.productivity;

/** Whole units at a moment, regrowth included. */
export function stockAt(galaxy: Galaxy, stock: Stock, at: number): number {
  const grown = (Math.max(0, at - stock.at) / dayMs) * galaxy.settings.regrowth * stockMax(stock);
  return Math.floor(Math.min(stockMax(stock), stock.amount + grown) + 1e-9);
}

/** Takes units out of a stock, keeping the fraction that regrowth has brought. */
export function takeStock(galaxy: Galaxy, port: Port, stock: Stock, units: number, at: number): void {
  const grown = (Math.max(0, at - stock.at) / dayMs) * galaxy.settings.regrowth * stockMax(stock);
  stock.amount = Math.min(stockMax(stock), stock.amount + grown) - units;
  stock.at = at;
  galaxy.changed.ports.add(port);
}
