/** What a port is likely to ask or pay, from all that is known of it: for planning, before a word of haggling. */
import type { HaggleWay } from "../../proto/config.ts";
import { signOf } from "./bargain.ts";
import { basePrice, type Product, products, type Side, varianceRange, weekdayMood } from "./rules/ports.ts";
import { dockingTurns } from "./rules/turns.ts";
import { leastLeft, mostLeft } from "./struck.ts";
import type { Good, Port } from "./ports.ts";
import { budget, sideAt, type World } from "./world.ts";

/** How full a port is taken to be before we have docked there. */
const fullnessUnseen = 0.95;
/** The middle of the range in which ports are made. */
const productivityUnseen = 187.5;
/** The mood where the weekday is unknown: bounds. */
const moodUnknown: readonly [number, number] = [5, 5];
/** A unit is never cheaper: below it whole credits are added. */
const unitMin = 4;

/**
 * How much better than the hidden price each way of haggling comes out on average, in multiples of |MCIC|/1000; measured by
 * `bench haggle`. Who takes the first offer gets the price shown.
 */
const gains: Record<HaggleWay, number> = { master: 2.1, quick: 1.1, accept: -1 };
export const haggleGain = ({ haggle }: Readonly<World>): number => gains[haggle];

/**
 * Credits for one unit after haggling; undefined when the port does not deal that way. `stock` is the trading amount to reckon
 * with, in units: what the port holds, or, where it buys, still wants; the last that was seen unless said.
 */
export function priceAt(
  world: Readonly<World>,
  port: Port,
  product: Product,
  side: Side,
  stock?: number,
): number | undefined {
  if (sideAt(port, product) !== side) return undefined;
  const good = port.good(products.indexOf(product));
  const mcic = likelyMcic(product, good);
  const [low, high] = weekdayMood[world.weekday] ?? moodUnknown;
  const hidden = hiddenUnit(world, product, side, mcic, (low + high) / 2, fullnessOf(good, stock));
  return hidden * (1 + (signOf(side) * haggleGain(world) * mcic) / 1000);
}

/** The most that one unit may cost at a port that sells: what an order must be able to pay. */
export function dearestAt(world: Readonly<World>, port: Port, product: Product): number {
  const good = port.good(products.indexOf(product));
  const mcic = leastLeft(product, good?.struck ?? 0);
  const [low] = weekdayMood[world.weekday] ?? moodUnknown;
  const fullness = good ? Math.min(1, good.trading / (10 * good.most)) : fullnessUnseen;
  const hidden = hiddenUnit(world, product, "selling", mcic, low, fullness);
  // The first offer of a port of much character can be dearer than that of one of little.
  return world.haggle === "accept"
    ? hidden * (1 + (mostLeft(product, good?.struck ?? 0) + varianceRange[1]) / 1000)
    : hidden;
}

/** What a unit brings somewhere, when nobody knows where. */
export function usualPrice(world: Readonly<World>, product: Product): number {
  const [low, high] = weekdayMood[world.weekday] ?? moodUnknown;
  const mcic = likelyMcic(product, undefined);
  return hiddenUnit(world, product, "buying", mcic, (low + high) / 2, fullnessUnseen);
}

/** The likeliest |MCIC| of a product at a port, as a real number; of one that nobody has bargained over, the middle of its range. */
export function likelyMcic(product: Product, good: Good | undefined): number {
  const struck = good?.struck ?? 0;
  return (leastLeft(product, struck) + mostLeft(product, struck)) / 2;
}

/** The likeliest productivity of a product at a port, in units a day. */
export const likelyProductivity = (good: Good | undefined): number =>
  good ? (good.least + good.most) / 2 : productivityUnseen;

/** How full a port is, 0 to 1. */
function fullnessOf(good: Good | undefined, stock: number | undefined): number {
  if (!good && stock === undefined) return fullnessUnseen;
  const units = stock ?? good?.trading ?? 0;
  return Math.max(0, Math.min(1, units / (10 * likelyProductivity(good))));
}

/** The price of rules/ports.ts for a share of the greatest stock, without making an object of its terms: plans ask by the million. */
function hiddenUnit(
  { experience }: Readonly<World>,
  product: Product,
  side: Side,
  mcic: number,
  mood: number,
  fullness: number,
): number {
  const base = basePrice[product];
  const penalty = Math.max(0, 1000 - experience) / 100;
  const unit = base + 0.5 + signOf(side) * (mood - penalty + ((mcic * base) / 100) * fullness);
  return unit < unitMin ? unit + Math.ceil(unitMin - unit) : unit;
}

/** Turns taken to be left where neither game nor configuration says. */
const turnsUnknown = 500;
/** Warps between two calls at ports, and points of experience that a call earns, both in the mean. */
const warpsPerCall = 2;
const pointsPerCall = 4;

/** What a point of experience is worth to one who trades on, in credits: below 1,000 each makes every later unit better by 0.01. */
export function pointWorth(world: Readonly<World>): number {
  const { experience, holds, turnsPerWarp } = world;
  if (experience >= 1000) return 0;
  const left = budget(world);
  const turns = left === Number.POSITIVE_INFINITY ? turnsUnknown : left;
  const calls = Math.min(
    turns / (warpsPerCall * turnsPerWarp + dockingTurns),
    (1000 - experience) / pointsPerCall,
  );
  // One cargo is sold, another bought.
  return 0.01 * 2 * holds * calls;
}
