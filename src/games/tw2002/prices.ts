/** What a port is likely to ask or pay, from all that is known of it: for planning, before a word of haggling. */
import { allMcics } from "./bargain.ts";
import { type Product, products, type Side, unitPrice, weekdayMood } from "./rules/ports.ts";
import { type Port, sideAt, type World } from "./world.ts";

/** How full a port is taken to be before we have docked there. */
const fullnessUnseen = 0.95;
/**
 * What haggling moves the price by on average, in multiples of |MCIC|/1000: two bold counters, each with one chance in
 * five of being the last (docs on port prices, rules 3 to 5).
 */
const haggleGain = 1.3;
/** The mood where the weekday is unknown. */
const moodUnknown = 5;

/** Credits for one unit after haggling; undefined when the port does not deal that way. */
export function priceAt(
  world: Readonly<World>,
  port: Port,
  product: Product,
  side: Side,
): number | undefined {
  if (sideAt(port, product) !== side) return undefined;
  const good = port.goods[products.indexOf(product)];
  const mcics = good?.mcics ?? allMcics(product);
  const fullness = good ? fullnessOf(good.trading, good.productivity) : fullnessUnseen;
  const mcic = mean(mcics[0]!, mcics[mcics.length - 1]!);
  const hidden = hiddenUnit(world, product, side, mcic, fullness);
  return hidden * (1 + ((side === "buying" ? 1 : -1) * haggleGain * mcic) / 1000);
}

/** The most that one unit may cost at a port that sells: what an order must be able to pay. */
export function dearestAt(world: Readonly<World>, port: Port, product: Product): number {
  const good = port.goods[products.indexOf(product)];
  const mcics = good?.mcics ?? allMcics(product);
  const fullness = good ? fullnessOf(good.trading, good.productivity) : fullnessUnseen;
  return hiddenUnit(world, product, "selling", mcics[0]!, fullness);
}

/** What a unit brings somewhere, when nobody knows where. */
export const usualPrice = (world: Readonly<World>, product: Product): number => {
  const mcics = allMcics(product);
  return hiddenUnit(world, product, "buying", mean(mcics[0]!, mcics[mcics.length - 1]!), fullnessUnseen);
};

const mean = (a: number, b: number) => (a + b) / 2;
const fullnessOf = (trading: number, [min, max]: readonly [number, number]) =>
  Math.min(1, trading / (10 * mean(min, max)));

function hiddenUnit(
  { experience, weekday }: Readonly<World>,
  product: Product,
  side: Side,
  mcic: number,
  fullness: number,
): number {
  const [low, high] = weekdayMood[weekday] ?? [moodUnknown, moodUnknown];
  // Only the share counts: a productivity of 1 makes stock and share the same number.
  return unitPrice({
    product,
    side,
    mcic,
    productivity: 1,
    mood: mean(low, high),
    stock: 10 * fullness,
    experience,
  });
}
