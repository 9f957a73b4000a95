/** Ports: what they deal in, their classes, and the exact arithmetic of their prices (docs: the reference on port prices, checked on 421 live deals; ours: docs/port-prices.md). */

/** In the order in which every screen of the game lists them. */
export const products = ["Fuel Ore", "Organics", "Equipment"] as const;
export type Product = (typeof products)[number];

/** What a port of each class does with Fuel Ore, Organics and Equipment: B buys from the trader, S sells to him. */
export const portClasses = {
  1: "BBS",
  2: "BSB",
  3: "SBB",
  4: "SSB",
  5: "SBS",
  6: "BSS",
  7: "SSS",
  8: "BBB",
} as const;
export type TradingClass = keyof typeof portClasses;
/** 0 is Special (Sol, Alpha Centauri, Rylos); 9 the StarDock, which buys all three. */
export type PortClass = 0 | TradingClass | 9;

export type Side = "buying" | "selling";

/** What the port does with a product: "buying" means that the port buys from the trader. Class 0 deals in none. */
export function sideOf(portClass: PortClass, product: Product): Side | undefined {
  if (portClass === 0) return undefined;
  if (portClass === 9) return "buying";
  return portClasses[portClass][products.indexOf(product)] === "B" ? "buying" : "selling";
}

/** Credits per unit before anything else. */
export const basePrice: Record<Product, number> = { "Fuel Ore": 25, Organics: 50, Equipment: 90 };
/** Bounds of |MCIC|, the port's hidden character for one product. */
export const mcicRange: Record<Product, readonly [min: number, max: number]> = {
  "Fuel Ore": [40, 90],
  Organics: [30, 75],
  Equipment: [20, 65],
};
/** The port's daily mood in credits per unit: bounds for Sunday (0) to Saturday (6). Monday measured; the others from the community's table. */
export const weekdayMood: readonly (readonly [min: number, max: number])[] = [
  [10, 12],
  [0, 5],
  [7, 7],
  [10, 15],
  [9, 9],
  [11, 12],
  [11, 18],
];
/** Bounds of a deal's jitter, in thousandths: a whole number, drawn evenly, once a deal. */
export const varianceRange = [-3, 3] as const;

/** Everything that decides a price; the first four are hidden from the trader. */
export interface PriceTerms {
  readonly product: Product;
  readonly side: Side;
  /** |MCIC| of the port for this product; positive. */
  readonly mcic: number;
  /** Units the port regains a day; the most it holds is ten times that. */
  readonly productivity: number;
  /** Whole credits per unit. */
  readonly mood: number;
  /** The trading amount in the commerce report. */
  readonly stock: number;
  /** The trader's experience; counts below 1,000 only. */
  readonly experience: number;
}

/** The port's hidden best price for one unit, before rounding; never below 4. */
export function unitPrice(terms: PriceTerms): number {
  const { product, mcic, productivity, mood, stock, experience } = terms;
  const side = terms.side === "buying" ? 1 : -1;
  const signedMcic = terms.side === "buying" ? -mcic : mcic;
  const penalty = Math.max(0, 1000 - experience) / 100;
  const fullness = stock / (10 * productivity);
  let unit =
    basePrice[product] +
    0.5 +
    side * mood -
    side * penalty -
    ((signedMcic * basePrice[product]) / 100) * fullness;
  while (unit < 4) unit += 1;
  return unit;
}

/** The factor between the hidden price and the price shown. Variance in thousandths. */
export function shownFactor(side: Side, mcic: number, variance: number): number {
  return 1 + ((side === "buying" ? -mcic : mcic) + variance) / 1000;
}

/** A counter moves the hidden price towards it. */
export const afterCounter = (hidden: number, counter: number) => 0.7 * hidden + 0.3 * counter;

/**
 * A stock as the per cent of its maximum that reports show, cut to an integer. Multiplied first: 1740 of 3000 is 58 on a
 * real port, and 57 by floating division.
 */
export const percentOf = (amount: number, max: number) => (max > 0 ? Math.floor((amount * 100) / max) : 0);

// ---- building ports and building them up

/** Credits for one more unit of productivity, which is ten more in stock at most. */
export const upgradePrice: Record<Product, number> = { "Fuel Ore": 250, Organics: 500, Equipment: 900 };
/** Units of stock that one unit of productivity is worth. */
export const stockPerProductivity = 10;

/**
 * What a new port takes: a licence in credits, materials from a planet in the sector, and days. No recording shows the
 * real figures; ours follow the upgrade prices, so that a port that deals in dear products costs more to set up.
 */
interface PortPlan {
  readonly licence: number;
  readonly materials: Record<Product, number>;
  readonly days: number;
}
export function portPlan(portClass: TradingClass): PortPlan {
  const selling = products.filter((product) => sideOf(portClass, product) === "selling");
  return {
    licence: 50_000 + selling.reduce((sum, product) => sum + 100 * upgradePrice[product], 0),
    materials: { "Fuel Ore": 500, Organics: 250, Equipment: 500 },
    days: 3 + selling.length,
  };
}
/** Ports that a galaxy can have, as a share of its sectors; its creator builds 95 of 100 of them. */
export const portShareMax = 0.4;
/** Productivity of each product at a newly built port. */
export const newPortProductivity = 100;

// ---- crime

/** Only traders as evil as this find the thieves' way into a port. */
export const evilEnough = -100;
/** Experience that one hold of safe theft takes, at a steal factor of 1. */
const experiencePerHold = 30;
/** Credits of safe robbery for each point of experience, at a rob factor of 1. */
const creditsPerExperience = 3;
/** The lore's "one in fifty" for whoever stays within what his experience allows. */
const bustChance = 0.02;
/** How much each hold, or each thousand credits, beyond the safe amount adds to it: our reckoning of "rises sharply". */
const bustChancePerExcess = 0.05;

/** Most holds that a thief can count on getting away with. `factor` is the game's steal factor, 1 for the standard. */
export const safeHolds = (experience: number, factor: number) =>
  Math.floor(experience / (experiencePerHold * factor));
/** Most credits that a robber can count on getting away with. */
export const safeCredits = (experience: number, factor: number) =>
  Math.floor((creditsPerExperience * experience) / factor);
/** How likely the guards come; `excess` in holds or thousands of credits beyond what is safe. */
export const bustLikelihood = (excess: number) =>
  Math.min(1, bustChance + bustChancePerExcess * Math.max(0, excess));

/** What a theft earns: seen once, 30 holds for 3 points of alignment and 1 of experience. */
export const theftPay = (holds: number) => ({
  alignment: Math.ceil(holds / 10),
  experience: Math.floor(holds / 30),
});
/** What a robbery earns; no recording shows one: a hold's worth of crime is reckoned as a thousand credits. */
export const robberyPay = (credits: number) => theftPay(Math.floor(credits / 1000));
/** Of a port's credits, the share that the trade journals own up to: the community's "add 11 per cent". */
export const journalShare = 0.9;

/** Being caught: a tenth of the experience is lost, seen as 200 of 2,001, and 5 points of alignment. */
export const bustExperience = (experience: number) => Math.floor(experience / 10);
export const bustAlignment = 5;
/** Holds that guards take who knew the face: seen once, 5 of 75. */
export const knownFaceFine = (holds: number) => Math.min(holds - 1, Math.ceil(holds / 15));
/** Holds that guards take who catch a thief in the act: an eleventh of those he was after, as scripts have it. */
export const caughtFine = (holds: number, attempted: number) =>
  Math.min(holds - 1, Math.max(1, Math.floor((attempted - 1) / 11)));
