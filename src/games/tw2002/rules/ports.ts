/** Ports: what they deal in, their classes, and the exact arithmetic of their prices (docs: the reference on port prices, checked on 421 live deals). */

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
