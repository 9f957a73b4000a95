/** What the sysop may choose for a game. Times in ms, money in credits, shares from 0 to 1. */
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
  /** Colonists, in thousands, that such a planet begins with. */
  readonly startColonists: number;
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
  /** Ports that buy a product can be stolen from, too. */
  readonly stealFromBuying: boolean;
  readonly bustClearDays: number;
  readonly bankMax: number;
  /** Share taken once a day from those who have much; 0 for none. */
  readonly taxRate: number;
  /** Sealed password of a private game; "" for an open one. Salted by the game's letter. */
  readonly password: string;
  /** Nobody but the sysop may come in. */
  readonly closed: boolean;
  /** Idle days after which a trader makes room. */
  readonly deletionDays: number;
  /** Terra's colonists, thousands: most, and those who come each day. */
  readonly terraColonists: number;
  readonly terraRegrowth: number;
}

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
  homePlanets: false,
  startColonists: 1500,
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
  stealFromBuying: true,
  bustClearDays: 7,
  bankMax: 500_000,
  taxRate: 0,
  password: "",
  closed: false,
  deletionDays: 30,
  terraColonists: 100_000,
  terraRegrowth: 750,
};
