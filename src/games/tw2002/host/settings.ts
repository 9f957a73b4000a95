/** What the sysop may choose for a game. Times in ms, money in credits, shares from 0 to 1. */
import { type Prices, standardPrices } from "../rules/equipment.ts";
import type { ShipKind } from "../rules/ships.ts";
import { newGameYearsAhead } from "./text/figures.ts";

export interface GameSettings {
  readonly sectors: number;
  readonly playersMax: number;
  readonly shipsMax: number;
  readonly planetsMax: number;
  readonly planetsPerSector: number;
  readonly shipsPerFedSector: number;
  readonly corpMembersMax: number;
  readonly turnsPerDay: number;
  readonly startCredits: number;
  readonly startFighters: number;
  readonly startHolds: number;
  readonly startShip: ShipKind;
  /** Newcomers begin on a planet of their own in a sector without one; else in sector 1. */
  readonly homePlanets: boolean;
  /** Longest course that the computer works out, in warps; 0 has it worked out from the universe. */
  readonly courseMax: number;
  /** Share of its maximum that a port regains in a day. */
  readonly regrowth: number;
  /** Years that the game's calendar is ahead. */
  readonly yearsAhead: number;
  /** Without a key for so long a player is logged off; warnings come 60, 30 and 10 seconds before. */
  readonly inactivityMs: number;
  /** Minutes a day that a player may be on line; 0 for no limit. */
  readonly minutesPerDay: number;
  /** "3.34b" or "3.34b Gold". */
  readonly version: string;
  readonly aliens: boolean;
  readonly ferrengi: boolean;
  /** How often wanderers move. */
  readonly wanderMs: number;
  /** Time that a warp takes for each turn that it costs; 0 for none. */
  readonly shipDelayMs: number;
  /** Pause before a port's answer in a haggle; 0 for none. */
  readonly haggleDelayMs: number;
  /** Pause while a crime is decided; 0 for none. */
  readonly crimeDelayMs: number;
  /** Whoever dies in a pod waits a day. */
  readonly deathDelay: boolean;
  /** Share of a port's price that it pays to a planet: the editor's "Planetary Trade Offers". */
  readonly planetaryTrade: number;
  /** The editor's rob and steal factors, 1 for the standard: what experience a crime takes. */
  readonly robFactor: number;
  readonly stealFactor: number;
  /** Most that a product's stock at a port can be built up to, in units. */
  readonly portStockMax: number;
  /** Days until a destroyed port's radiation is gone and it can be built anew. */
  readonly radiationDays: number;
  /** Share of a sector's debris that disperses in a day. */
  readonly navHazDispersion: number;
  /** Ports that buy a product can be stolen from, too. */
  readonly stealFromBuying: boolean;
  readonly bustClearDays: number;
  readonly bankMax: number;
  /** Share taken once a day from those who have much; 0 for none. */
  readonly taxRate: number;
  /** Sealed password of a private game; "" for an open one. Salted by the game's letter. */
  readonly password: string;
  /** Nobody may start a new character; those who have one play on. */
  readonly closed: boolean;
  /** Who is thanked at the door; "" for nobody. */
  readonly sysop: string;
  /** Idle days after which a trader makes room. */
  readonly deletionDays: number;
  /** Terra's colonists, thousands: most, and those who come each day. */
  readonly terraColonists: number;
  readonly terraRegrowth: number;
  /** What the StarDock asks for its wares and services. */
  readonly prices: Prices;
}

/** What a game keeps for life: its universe was made by it. */
export const fixedSettings: readonly (keyof GameSettings)[] = ["sectors", "courseMax"];

/** What a new game has on a real server, but for the delays, which are off. */
export const defaultSettings: GameSettings = {
  sectors: 1000,
  playersMax: 1000,
  shipsMax: 5000,
  planetsMax: 2000,
  planetsPerSector: 5,
  shipsPerFedSector: 5,
  corpMembersMax: 5,
  turnsPerDay: 250,
  startCredits: 300,
  startFighters: 30,
  startHolds: 20,
  startShip: "merchantCruiser",
  homePlanets: true,
  courseMax: 0,
  regrowth: 0.05,
  yearsAhead: newGameYearsAhead,
  inactivityMs: 300_000,
  minutesPerDay: 0,
  version: "3.34b",
  aliens: false,
  ferrengi: false,
  wanderMs: 60_000,
  shipDelayMs: 0,
  haggleDelayMs: 0,
  crimeDelayMs: 0,
  deathDelay: true,
  planetaryTrade: 0.6,
  robFactor: 1,
  stealFactor: 1,
  portStockMax: 65_530,
  radiationDays: 14,
  navHazDispersion: 0.03,
  stealFromBuying: true,
  bustClearDays: 7,
  bankMax: 500_000,
  taxRate: 0,
  password: "",
  closed: false,
  sysop: "",
  deletionDays: 30,
  terraColonists: 100_000,
  terraRegrowth: 750,
  prices: standardPrices,
};

/** Some settings; of the prices, too, some may be left out. */
export type SomeSettings = Partial<Omit<GameSettings, "prices">> & { readonly prices?: Partial<Prices> };

/** All settings: what is left out is as in `others`. A save may be older than a setting. */
export const completed = (some: SomeSettings, others = defaultSettings): GameSettings => ({
  ...others,
  ...some,
  prices: { ...others.prices, ...some.prices },
});
