/**
 * What a galaxy is made of: sectors, ports, planets, ships, traders, corporations and those who wander. Plain values,
 * each a row of its own in the save; references between them are numbers, save a trader's own ship. Times are ms since
 * 1970, money is credits.
 */
import type { PlanetClass } from "../rules/planets.ts";
import type { Product, TradingClass } from "../rules/ports.ts";
import type { ShipKind } from "../rules/ships.ts";

/** Whose fighters, mines or planet: a trader's, a corporation's, or those of somebody who is no player. */
export type Owner =
  | { readonly type: "trader" | "corp"; readonly id: number }
  | { readonly type: "ferrengi" | "mercenaries" | "nobody" };
export const nobody: Owner = { type: "nobody" };

export type FighterMode = "defensive" | "offensive" | "toll";
export interface Garrison {
  owner: Owner;
  count: number;
  mode: FighterMode;
  /** Credits that have been paid to them and not yet fetched; none when left out. */
  tolls?: number;
}
export interface Minefield {
  owner: Owner;
  count: number;
}

export interface Sector {
  readonly number: number;
  /** Ascending. */
  readonly warps: readonly number[];
  /** Name of the nebula; "" for uncharted space. */
  readonly nebula: string;
  /** "" for none. */
  beacon: string;
  /** Debris, in per cent. */
  navHaz: number;
  fighters: Garrison | undefined;
  armids: Minefield | undefined;
  limpets: Minefield | undefined;
  /** A photon wave holds the fighters here until then; missing for never. */
  stilledUntil?: number;
}

/** One product at a port. */
export interface Stock {
  /** |MCIC|: the port's hidden character for the product. */
  readonly mcic: number;
  /** Units regained in a day by the price model's reckoning; the most that is held is ten times that. */
  productivity: number;
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
  /** When its builders are done; 0 for a port that has opened. */
  opensAt: number;
  /** Nothing is left of it but wreckage; its row stays so that the sector remembers. */
  destroyed: boolean;
  /** When it was destroyed; missing or 0 before that, and until the next maintenance has seen the wreck. */
  destroyedAt?: number;
  /** Credits that trade has left in its strongroom; missing for none. */
  credits?: number;
}

export interface Citadel {
  /** 0 for none, to 6. */
  level: number;
  /** When the next level is done; 0 when nothing is being built. */
  doneAt: number;
  treasury: number;
  /** Per cent of the fuel ore that a shot takes, in the atmosphere and into the sector. */
  atmosphere: number;
  quasar: number;
  /** Share of the planet's fighters sent at an intruder, per cent, and what they do. */
  military: number;
  stance: "defensive" | "offensive";
  transporter: number;
  interdictor: boolean;
}

export interface Planet {
  readonly id: number;
  name: string;
  readonly type: PlanetClass;
  sector: number;
  owner: Owner;
  /** Name of whoever made it; "" when nobody knows. */
  readonly creator: string;
  readonly createdAt: number;
  /** Thousands of colonists at work on each product, and units in store of each; fractions are growth under way. */
  readonly colonists: Record<Product, number>;
  readonly store: Record<Product, number>;
  fighters: number;
  shields: number;
  citadel: Citadel;
  /** Production is reckoned up to here. */
  at: number;
}

export type Scanner = "none" | "density" | "holo";
/** What a ship carries besides cargo, fighters and shields. */
export interface Gear {
  photons: number;
  armids: number;
  limpets: number;
  /** Genesis torpedoes. */
  torpedoes: number;
  /** Atomic detonators. */
  detonators: number;
  corbomite: number;
  cloaks: number;
  beacons: number;
  probes: number;
  disruptors: number;
  /** 0 for none, or the type of the TransWarp drive. */
  transwarp: 0 | 1 | 2;
  psychicProbe: boolean;
  planetScanner: boolean;
  scanner: Scanner;
}
export const noGear = (): Gear => ({
  photons: 0,
  armids: 0,
  limpets: 0,
  torpedoes: 0,
  detonators: 0,
  corbomite: 0,
  cloaks: 0,
  beacons: 0,
  probes: 0,
  disruptors: 0,
  transwarp: 0,
  psychicProbe: false,
  planetScanner: false,
  scanner: "none",
});

/** Empty holds or stores. */
export const noCargo = (): Record<Product, number> => ({ "Fuel Ore": 0, Organics: 0, Equipment: 0 });

export interface Ship {
  readonly id: number;
  kind: ShipKind;
  name: string;
  maker: string;
  builtAt: number;
  sector: number;
  /** Trader at the helm; 0 for none. */
  pilot: number;
  owner: Owner;
  /** "" when anyone who owns it may board. */
  password: string;
  holds: number;
  readonly cargo: Record<Product, number>;
  /** In the holds, one a hold. */
  colonists: number;
  fighters: number;
  shields: number;
  ported: number;
  kills: number;
  readonly gear: Gear;
  /** Traders whose limpets ride on the hull. */
  limpeted: number[];
  cloaked: boolean;
  /** The ship that tows this one, or 0. */
  towing: number;
  /** Its interdictor holds everybody else in the sector. */
  interdicting: boolean;
}

/** The thirteen toggles of the computer's settings, in the order of the screen. */
export interface Preferences {
  ansi: boolean;
  animation: boolean;
  page: boolean;
  channel: number;
  fedComm: boolean;
  hails: boolean;
  silence: boolean;
  abort: "SPACE" | "ALL KEYS";
  compact: boolean;
  pauses: boolean;
  /** Kept and shown, but without effect: what the real one does with it is on no recording. */
  autoFlee: boolean;
  autoReturn: boolean;
}
export const standardPreferences = (): Preferences => ({
  ansi: true,
  animation: true,
  page: false,
  channel: 0,
  fedComm: true,
  hails: true,
  silence: false,
  abort: "SPACE",
  compact: true,
  pauses: false,
  autoFlee: true,
  autoReturn: true,
});

/** Something that waits for a trader until he comes back. */
export interface Mail {
  readonly at: number;
  /** How the heading names the sender. */
  readonly from: string;
  readonly text: string;
}

/** Where a trader is within his sector. */
type Place =
  { readonly type: "space" | "stardock" } | { readonly type: "planet" | "citadel"; readonly planet: number };
export const inSpace: Place = { type: "space" };

export interface Trader {
  readonly id: number;
  /** The name given at the door, by which he is known on coming back. */
  readonly login: string;
  name: string;
  /** Sealed; only ever compared. */
  password: string;
  readonly salt: string;
  /** At his helm; saved as its number. */
  ship: Ship;
  credits: number;
  bank: number;
  experience: number;
  alignment: number;
  sector: number;
  place: Place;
  /** 0 for none. */
  corp: number;
  /** Holds the Federation's commission. */
  commissioned: boolean;
  turnsLeft: number;
  turnsCredit: number;
  turnsSince: number;
  /** Turns spent over the trader's whole life. */
  turnsUsed: number;
  avoids: number[];
  /** Navigation points 1 to 4; 0 where none is set. */
  navPoints: number[];
  preferences: Preferences;
  /** He does not want to be asked about his TransWarp drive (the computer's U). */
  transwarpOff: boolean;
  /** Sector before the last warp, for `<`; 0 for none. */
  cameFrom: number;
  /** Sector he has come into whose fighters have not had their turn yet; 0 for none. */
  unmet: number;
  lastOn: number;
  /** Minutes on line today, where the game has a limit, and the day they are of. */
  minutesToday: number;
  minutesDay: number;
  taxedOn: number;
  mail: Mail[];
  /** Ports whose guards know him: sector and when. */
  busts: { sector: number; at: number }[];
  /** The last port robbed or stolen from; 0 for none. */
  lastCrime: number;
  /** When his last ship was lost, in an escape pod or for want of one; 0 while he lives. */
  diedAt: number;
  /** Why he has to wait, as he is told at the door. */
  death: string;
  /** Ships lost since the last maintenance. */
  losses: number;
  /** Rewards that others have put on his head: who, and credits. */
  bounties: { by: number; credits: number }[];
  /** Credits that the police owe him for wanted traders he brought down. */
  rewardDue: number;
}

export interface Corporation {
  readonly id: number;
  readonly name: string;
  password: string;
  /** Trader at its head. */
  ceo: number;
  members: number[];
  readonly foundedAt: number;
}

/** Somebody who is no player and flies about. */
export interface Wanderer {
  readonly id: number;
  readonly race: "alien" | "ferrengi" | "federal";
  readonly name: string;
  experience: number;
  alignment: number;
  sector: number;
  shipName: string;
  /** Maker and type of the ship, as the sector display words them. */
  shipType: string;
  fighters: number;
  shields: number;
  credits: number;
}

/** One line of the game's log. */
export interface LogLine {
  readonly at: number;
  /** As it is read, with the codes of its colours and without its line end: see log.ts. */
  readonly text: string;
}

/** What there is only one of. */
export interface Chronicle {
  /** Newest last. */
  log: LogLine[];
  /** The maintenance has been done up to this moment. */
  maintainedAt: number;
  /** When the wanderers have moved last. */
  wanderedAt: number;
  /** On the tavern's wall, newest last. */
  announcements: Mail[];
  /** Next number of each kind of thing; numbers are not used again. */
  next: { ship: number; planet: number; corp: number; trader: number; wanderer: number };
}
