/**
 * What a ship is fitted with, and a visit to the places that sell it: class 0 ports and the StarDock. Here are the words
 * that reader, world and skills share; which of it a bot wants is the strategies' business.
 * Wording and amounts: the recordings 06 and 12.
 */
import type { ShipKind } from "./rules/ships.ts";
import type { Stand, Vain } from "./vain.ts";
import type { World } from "./world.ts";

/** Places with a menu of their own; class 0 ports and the yards share the last. */
export type Place = "stardock" | "emporium" | "yards" | "tavern" | "bank" | "police" | "library" | "class0";

/** Sold to every ship at class 0 ports and the yards, in the order of their menu: A, B, C. */
export const outfitItems = ["holds", "fighters", "shields"] as const;
export type OutfitItem = (typeof outfitItems)[number];
/** So many in all, aboard when the visit ends: a visit that is broken off can be begun again. */
export type Outfit = { readonly [I in OutfitItem]?: number };

/** Sold by the piece at the Hardware Emporium, by the key of its menu. */
export const pieceKeys = {
  detonators: "A",
  beacons: "B",
  corbomite: "C",
  cloaks: "D",
  probes: "E",
  limpets: "L",
  armids: "M",
  photons: "P",
  disruptors: "S",
  torpedoes: "T",
} as const;
export type Piece = keyof typeof pieceKeys;
export const pieces = Object.keys(pieceKeys) as readonly Piece[];

/** Of these a ship has one: the figure is how good a one. Scanner: 1 density, 2 holographic; drive: its type. */
export const fittingKeys = { planetScanner: "F", scanner: "R", transwarp: "W", psychicProbe: "Y" } as const;
export type Fitting = keyof typeof fittingKeys;
export const fittings = Object.keys(fittingKeys) as readonly Fitting[];

export type GearItem = Piece | Fitting;
/** Pieces in all, fittings of at least that grade. */
export type Gear = { readonly [G in GearItem]?: number };

/** What to do on one visit to the StarDock: landing costs a turn, whatever is done there. Carried out in this order. */
export interface Errands {
  /** Credits to take out of the bank. */
  readonly withdraw?: number | undefined;
  /** A ship of this kind for ours, if it costs no more than `most` credits after what ours brings. Cargo goes with the old ship. */
  readonly ship?: { readonly kind: ShipKind; readonly most: number } | undefined;
  readonly outfit?: Outfit | undefined;
  readonly gear?: Gear | undefined;
  /** Credits to put into the bank, if so many are left. */
  readonly deposit?: number | undefined;
}

/** The ship we fly, as Info and the shops tell; holds, cargo, fighters and shields stand in the world itself. */
export interface OwnShip {
  /** undefined: not told, or of a kind that the catalogue does not have. */
  kind: ShipKind | undefined;
  readonly gear: Map<GearItem, number>;
}

/** What shops asked when we were there last, and what came of it. */
export interface Market {
  /** Class 0 items; `hold` is what the first hold of an empty hull would cost, each one that is there adds 20. */
  outfit?: {
    readonly sector: number;
    /** ms since 1970. */
    readonly at: number;
    readonly hold: number;
    readonly fighter: number;
    readonly shield: number;
  };
  /** Credits for one, by what it is; of scanners and drives by grade: "scanner 2". */
  readonly gear: Map<string, number>;
  /** New ships, by name. */
  readonly ships: Map<string, { readonly letter: string; readonly price: number }>;
  /** What the yards would give for the ship that we flew then. */
  tradeIn?: { readonly kind: ShipKind | undefined; readonly credits: number; readonly at: number };
  readonly vain: Vain;
}

/** What happened since we left the command prompt. */
export interface Visit {
  /** How we stood before the first key; undefined until it is pressed. */
  begun: Stand | undefined;
  /** Keys pressed at menus, as place and key: each does its work once a visit, whatever comes of it. */
  readonly tried: Set<string>;
  /** The one that was pressed last. */
  last: string;
  /** Quotes of the list that is being read, and how many more of each may be bought. */
  readonly quotes: Map<OutfitItem, { readonly price: number; readonly most: number }>;
  /** The order that was given last; the next line about our credits tells whether it was carried out. */
  order: { readonly item: OutfitItem | GearItem; readonly count: number } | undefined;
  /** What the holds asked for last would cost. */
  cost: number | undefined;
  tradeIn: number | undefined;
  /** Times that we stood before the list of new ships. */
  listings: number;
  /** The ship that is being offered. */
  offered: { readonly name: string; price: number | undefined } | undefined;
  /** Questions put to the computer's interrogation mode, and courses among them. */
  cimTurns: number;
  courses: number;
}

export type DockFact =
  | { readonly type: "menuKey"; readonly place: Place; readonly key: string }
  | {
      readonly type: "outfitQuote";
      readonly item: OutfitItem;
      readonly price: number;
      readonly most: number;
    }
  | { readonly type: "aboard"; readonly item: OutfitItem; readonly count: number }
  | { readonly type: "ordered"; readonly item: OutfitItem | GearItem; readonly count: number }
  | { readonly type: "holdsCost"; readonly credits: number }
  | { readonly type: "gearPrice"; readonly item: string; readonly credits: number }
  | { readonly type: "gear"; readonly item: GearItem; readonly count: number }
  | { readonly type: "shipKind"; readonly kind: ShipKind | undefined }
  | { readonly type: "tradeInValue"; readonly credits: number }
  | { readonly type: "shipsListed" }
  | {
      readonly type: "shipListed";
      readonly letter: string;
      readonly name: string;
      readonly price: number;
    }
  | { readonly type: "shipOffered"; readonly name: string }
  | { readonly type: "shipPriced"; readonly price: number }
  | { readonly type: "shipTraded" }
  | { readonly type: "account"; readonly credits: number }
  | { readonly type: "banked"; readonly credits: number };

export type DockPrompt =
  | { readonly type: "shop"; readonly place: Exclude<Place, "stardock" | "class0"> }
  | { readonly type: "howMany"; readonly item: OutfitItem | "pieces"; readonly most: number | undefined }
  | { readonly type: "holdsConfirm" }
  | { readonly type: "oneOff"; readonly price: number }
  | { readonly type: "whichScanner" }
  | { readonly type: "whichDrive" }
  | { readonly type: "tradeIn" }
  | { readonly type: "readyToDeal" }
  | { readonly type: "stillInterested" }
  | { readonly type: "whichShip" }
  | { readonly type: "buyIt" }
  | { readonly type: "whoseShip" }
  | { readonly type: "newShipName" }
  | { readonly type: "shipLock" }
  | { readonly type: "shipPassword" }
  | { readonly type: "howManyCredits"; readonly what: "deposit" | "withdraw"; readonly most: number };

export const newShip = (): OwnShip => ({ kind: undefined, gear: new Map() });
export const newMarket = (): Market => ({ gear: new Map(), ships: new Map(), vain: {} });
export const newVisit = (): Visit => ({
  begun: undefined,
  tried: new Set(),
  last: "",
  quotes: new Map(),
  order: undefined,
  cost: undefined,
  tradeIn: undefined,
  listings: 0,
  offered: undefined,
  cimTurns: 0,
  courses: 0,
});

/** Whether the StarDock is in this sector, as far as we know. */
export const atStarDock = ({ ports, sector, stardock }: Readonly<World>): boolean =>
  stardock === sector || ports.get(sector)?.portClass === 9;

/** How many of something are aboard; of fittings, how good a one. */
export const aboard = (world: Readonly<World>, item: OutfitItem | GearItem): number => {
  if (item === "holds" || item === "fighters" || item === "shields") return world[item];
  return world.ship.gear.get(item) ?? 0;
};
