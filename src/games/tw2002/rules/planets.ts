/**
 * The classes of planets as version 3.34's own editor lists them: what colonists yield, how much is stored, and what a
 * citadel takes to build. Numbers of colonists are in thousands, as everywhere in the game.
 */
import type { Product } from "./ports.ts";

/** In the order of the computer's list. */
export const planetClasses = ["M", "K", "O", "L", "C", "H", "U"] as const;
export type PlanetClass = (typeof planetClasses)[number];

/** What must be on a planet before a level of its citadel is begun. Colonists stay; the products are used up. */
export interface CitadelNeeds {
  readonly colonists: number;
  readonly products: Readonly<Record<Product, number>>;
  /** Days until it is done. */
  readonly days: number;
}

interface PlanetType {
  readonly title: string;
  /** "BE" in "Class K-BE"; "" for none. */
  readonly subclass: string;
  /** Thousands of colonists that make one unit a day; 0 where nothing can be made. */
  readonly perUnit: Readonly<Record<Product, number>>;
  /** Units made a day that make one fighter beside them; 0 for none. */
  readonly perFighter: number;
  /** Thousands of colonists that can work on one product. */
  readonly colonistsMax: number;
  readonly storeMax: Readonly<Record<Product, number>>;
  /** How dangerous it is, 1 to 8. */
  readonly hazard: number;
  /** How pleasant it is, of 100. */
  readonly habitability: number;
  /** Levels 1 to 6. */
  readonly citadel: readonly CitadelNeeds[];
}

type Three = readonly [ore: number, organics: number, equipment: number];
const each = ([ore, organics, equipment]: Three): Record<Product, number> => ({
  "Fuel Ore": ore,
  Organics: organics,
  Equipment: equipment,
});
const level = (colonists: number, products: Three, days: number): CitadelNeeds => ({
  colonists,
  products: each(products),
  days,
});

export const planetFightersMax = 1_000_000;
export const planetShieldsMax = 50_000;
/** Share of its treasury that a citadel gains in a day. */
export const treasuryInterest = 0.02;
/** Highest level of a citadel. */
export const citadelLevelMax = 6;
/** From which level on a citadel has what. */
export const citadelLevels = {
  combatComputer: 2,
  quasarCannon: 3,
  transWarp: 4,
  shields: 5,
  interdictor: 6,
} as const;

export const planetTypes: Readonly<Record<PlanetClass, PlanetType>> = {
  M: {
    title: "Earth Type",
    subclass: "",
    perUnit: each([3, 7, 13]),
    perFighter: 10,
    colonistsMax: 30_000,
    storeMax: each([100_000, 100_000, 100_000]),
    hazard: 1,
    habitability: 100,
    citadel: [
      level(1000, [300, 200, 250], 4),
      level(2000, [200, 50, 250], 4),
      level(4000, [500, 250, 500], 5),
      level(6000, [1000, 1200, 1000], 10),
      level(6000, [300, 400, 1000], 5),
      level(6000, [1000, 1200, 2000], 15),
    ],
  },
  K: {
    title: "Desert wasteland",
    subclass: "BE",
    perUnit: each([2, 100, 500]),
    perFighter: 15,
    colonistsMax: 40_000,
    storeMax: each([200_000, 50_000, 10_000]),
    hazard: 2,
    habitability: 98,
    citadel: [
      level(1000, [400, 300, 600], 6),
      level(2400, [300, 80, 400], 5),
      level(4400, [600, 400, 650], 8),
      level(7000, [700, 900, 800], 5),
      level(8000, [300, 400, 1000], 4),
      level(7000, [700, 900, 1600], 8),
    ],
  },
  O: {
    title: "Oceanic",
    subclass: "J",
    perUnit: each([20, 2, 100]),
    perFighter: 15,
    colonistsMax: 200_000,
    storeMax: each([100_000, 1_000_000, 50_000]),
    hazard: 2,
    habitability: 98,
    citadel: [
      level(1400, [500, 200, 400], 6),
      level(2400, [200, 50, 300], 5),
      level(4400, [600, 400, 650], 8),
      level(7000, [700, 900, 800], 5),
      level(8000, [300, 400, 1000], 4),
      level(7000, [700, 900, 1600], 8),
    ],
  },
  L: {
    title: "Mountainous",
    subclass: "E",
    perUnit: each([2, 5, 20]),
    perFighter: 12,
    colonistsMax: 40_000,
    storeMax: each([200_000, 200_000, 100_000]),
    hazard: 3,
    habitability: 98,
    citadel: [
      level(400, [150, 100, 150], 2),
      level(1400, [200, 50, 250], 5),
      level(3600, [600, 250, 700], 5),
      level(5600, [1000, 1200, 1000], 8),
      level(7000, [300, 400, 1000], 5),
      level(5600, [1000, 1200, 2000], 12),
    ],
  },
  C: {
    title: "Glacial",
    subclass: "EJ",
    perUnit: each([50, 100, 500]),
    perFighter: 25,
    colonistsMax: 100_000,
    storeMax: each([20_000, 50_000, 10_000]),
    hazard: 5,
    habitability: 92,
    citadel: [
      level(1000, [400, 300, 600], 5),
      level(2400, [300, 80, 400], 5),
      level(4400, [600, 400, 650], 7),
      level(6600, [700, 900, 700], 5),
      level(9000, [300, 400, 1000], 4),
      level(6600, [700, 900, 1400], 8),
    ],
  },
  H: {
    title: "Volcanic",
    subclass: "KEJ",
    perUnit: each([1, 0, 500]),
    perFighter: 50,
    colonistsMax: 100_000,
    storeMax: each([1_000_000, 10_000, 100_000]),
    hazard: 7,
    habitability: 90,
    citadel: [
      level(800, [500, 300, 600], 4),
      level(1600, [300, 100, 400], 5),
      level(4400, [1200, 400, 1500], 8),
      level(7000, [2000, 2000, 2500], 12),
      level(10_000, [3000, 1200, 2000], 5),
      level(7000, [2000, 2000, 5000], 18),
    ],
  },
  U: {
    title: "Vaporous/Gaseous",
    subclass: "GJ",
    perUnit: each([0, 0, 0]),
    perFighter: 0,
    colonistsMax: 3000,
    storeMax: each([10_000, 10_000, 10_000]),
    hazard: 8,
    habitability: 88,
    citadel: [
      level(3000, [1200, 400, 2500], 8),
      level(3000, [300, 100, 400], 4),
      level(5000, [500, 500, 2000], 5),
      level(6000, [500, 200, 600], 5),
      level(8000, [200, 200, 600], 4),
      level(6000, [500, 200, 1200], 8),
    ],
  },
};

/** Units of a product made in a day by so many thousand colonists. */
export function dailyUnits(type: PlanetClass, product: Product, colonists: number): number {
  const per = planetTypes[type].perUnit[product];
  return per === 0 ? 0 : Math.floor(colonists / per);
}

/** Fighters made in a day beside so many units: seen at 2,764 units and 276 fighters, 19 and 1, 23 and 2 (class M). */
export function dailyFighters(type: PlanetClass, units: number): number {
  const per = planetTypes[type].perFighter;
  return per === 0 ? 0 : Math.floor(units / per);
}

/**
 * Share by which colonists become more in a day. The recordings are too short to show any growth; ours makes Earth-like
 * planets gain 1.3 % and lets people die out on the worst of them.
 */
export const colonistGrowth = (type: PlanetClass): number => {
  const { habitability, hazard } = planetTypes[type];
  return (habitability - 85 - 2 * hazard) / 1000;
};

/** Fuel ore that a planet burns for each hop of its TransWarp: 50,004 units were shown as 125 hops. */
export const planetWarpOre = 400;
/** Points of a ship's shields in one of a planet's [D]. */
export const shieldsPerPlanetShield = 10;
/** Fighters that one shield of a planet stands up to [D]. */
export const fightersPerPlanetShield = 20;
/** Fuel ore for a point of damage done by the quasar cannon, in the atmosphere and into the sector [D]. */
export const quasarOre = { atmosphere: 2, sector: 3 } as const;
/** Credits for a planet's transporter, and for each hop more that it reaches. */
export const transporterPrice = 50_000;
export const transporterUpgrade = 25_000;
/** Fuel ore that the planet's transporter takes for each hop [D]. */
export const transporterOre = 10;
/** Points for a new planet, as seen. */
export const genesisReward = { experience: 25, alignment: 10 } as const;
/** Points for a planet destroyed; what a real one gives is not recorded. */
export const destroyReward = 25;
