/** Planets: how they come into being, and what time makes of them. Production is reckoned when somebody looks. */
import {
  type CitadelNeeds,
  citadelLevelMax,
  colonistGrowth,
  dailyFighters,
  dailyUnits,
  type PlanetClass,
  planetFightersMax,
  planetTypes,
  treasuryInterest,
} from "../rules/planets.ts";
import { type Product, products } from "../rules/ports.ts";
import { addPlanet, type Galaxy, nextNumber, note } from "./galaxy.ts";
import { occupants } from "./occupants.ts";
import { type Citadel, inSpace, nobody, noCargo, type Owner, type Planet, type Trader } from "./things.ts";
import { dayMs, midnightAfter } from "../rules/time.ts";

const noCitadel = (): Citadel => ({
  level: 0,
  doneAt: 0,
  treasury: 0,
  atmosphere: 0,
  quasar: 0,
  military: 0,
  stance: "defensive",
  transporter: 0,
  interdictor: false,
});

/** A planet without colonists or stores, not yet in any list. */
export function formPlanet(
  known: Pick<Planet, "id" | "name" | "type" | "sector" | "createdAt"> & Partial<Planet>,
): Planet {
  return {
    owner: nobody,
    creator: "",
    colonists: noCargo(),
    store: noCargo(),
    fighters: 0,
    shields: 0,
    citadel: noCitadel(),
    at: known.createdAt,
    ...known,
  };
}

const earth: PlanetClass = "M";
/** Terra's number among the planets, the same in every game. */
export const terraNumber = 1;

/** Terra, in sector 1, nobody's, with people who want to leave. Thousands of colonists. */
export const terra = (at: number, colonists: number): Planet =>
  formPlanet({
    id: terraNumber,
    name: "Terra",
    type: earth,
    sector: 1,
    createdAt: at,
    colonists: { ...noCargo(), "Fuel Ore": colonists },
  });

/** A new planet with its number, in the lists; whoever makes it owns it. */
export function makePlanet(
  galaxy: Galaxy,
  known: { name: string; type: PlanetClass; sector: number; owner: Owner; creator: string; at: number },
): Planet {
  const { at, ...rest } = known;
  const planet = formPlanet({ id: nextNumber(galaxy, "planet"), createdAt: at, ...rest });
  addPlanet(galaxy, planet);
  return planet;
}

// ---- what it makes

/** Whole thousands of colonists at work on a product. */
export const colonistsOn = (planet: Planet, product: Product) => whole(planet.colonists[product]);

/** Whole units in store. */
export const inStore = (planet: Planet, product: Product) => whole(planet.store[product]);

export const fightersOn = (planet: Planet) => whole(planet.fighters);

/** All colonists, in whole thousands. */
export const population = (planet: Planet) =>
  products.reduce((sum, product) => sum + colonistsOn(planet, product), 0);

/** What has grown may lack a breath of being whole. */
const whole = (amount: number) => Math.floor(amount + 1e-9);

/** Units of each product, and fighters, that a day brings. */
export function production(planet: Planet): { units: Record<Product, number>; fighters: number } {
  const units = noCargo();
  for (const product of products) {
    units[product] = dailyUnits(planet.type, product, colonistsOn(planet, product));
  }
  const sum = products.reduce((total, product) => total + units[product], 0);
  return { units, fighters: dailyFighters(planet.type, sum) };
}

/** Days that are reckoned one by one; a planet that nobody has looked at for longer has long been full. */
const daysMax = 1000;

/** Brings a planet up to a moment: what was made, who was born or died, interest, a citadel's next level. */
export function growPlanet(galaxy: Galaxy, planet: Planet, at: number): void {
  if (at <= planet.at) return;
  note(galaxy, "planet", planet);
  if (planet.id === terraNumber) return growTerra(galaxy, planet, at);
  if (at - planet.at > daysMax * dayMs) planet.at = at - daysMax * dayMs;
  while (planet.at < at) {
    // Midnights are stops: the treasury's interest falls due at them.
    const midnight = midnightAfter(planet.at);
    const until = Math.min(at, midnight);
    produce(planet, (until - planet.at) / dayMs);
    planet.at = until;
    if (until === midnight) payInterest(planet.citadel);
  }
  const { citadel } = planet;
  if (citadel.doneAt === 0 || at < citadel.doneAt) return;
  citadel.doneAt = 0;
  citadel.level = Math.min(citadelLevelMax, citadel.level + 1);
}

/** A part of a day's work. A store that is full takes no more; one that holds more than it should keeps it. */
function produce(planet: Planet, days: number): void {
  const { storeMax, colonistsMax } = planetTypes[planet.type];
  const { units, fighters } = production(planet);
  const growth = (1 + colonistGrowth(planet.type)) ** days;
  for (const product of products) {
    planet.store[product] = filled(planet.store[product], units[product] * days, storeMax[product]);
    const people = planet.colonists[product];
    planet.colonists[product] = filled(people, people * (growth - 1), colonistsMax);
  }
  planet.fighters = filled(planet.fighters, fighters * days, planetFightersMax);
}

const filled = (had: number, more: number, most: number) =>
  more <= 0 ? Math.max(0, had + more) : Math.max(had, Math.min(most, had + more));

/** Most credits that a treasury holds; far beyond it numbers would lose their last digits. */
export const treasuryMax = 1_000_000_000_000;

function payInterest(citadel: Citadel): void {
  const interest = Math.floor(citadel.treasury * treasuryInterest);
  citadel.treasury = Math.max(citadel.treasury, Math.min(treasuryMax, citadel.treasury + interest));
}

function growTerra(galaxy: Galaxy, planet: Planet, at: number): void {
  const { terraColonists, terraRegrowth } = galaxy.settings;
  const born = ((at - planet.at) / dayMs) * terraRegrowth;
  planet.colonists["Fuel Ore"] = filled(planet.colonists["Fuel Ore"], born, terraColonists);
  planet.at = at;
}

// ---- taking and leaving

/** Takes whole units out of a planet's store; false, and nothing is changed, when there are not so many. */
export function takeFromStore(
  galaxy: Galaxy,
  planet: Planet,
  product: Product,
  units: number,
  at: number,
): boolean {
  growPlanet(galaxy, planet, at);
  if (units < 0 || inStore(planet, product) < units) return false;
  planet.store[product] = Math.max(0, planet.store[product] - units);
  note(galaxy, "planet", planet);
  return true;
}

/** Room left for a product, in whole units. */
const roomFor = (planet: Planet, product: Product) =>
  Math.max(0, Math.floor(planetTypes[planet.type].storeMax[product] - planet.store[product]));

/** Puts whole units into a planet's store; false, and nothing is changed, when there is no room. */
export function putInStore(
  galaxy: Galaxy,
  planet: Planet,
  product: Product,
  units: number,
  at: number,
): boolean {
  growPlanet(galaxy, planet, at);
  if (units < 0 || roomFor(planet, product) < units) return false;
  planet.store[product] += units;
  note(galaxy, "planet", planet);
  return true;
}

// ---- citadels

/** What the next level takes; undefined when there is none. */
export const nextLevel = (planet: Planet): CitadelNeeds | undefined =>
  planetTypes[planet.type].citadel[planet.citadel.level];

/** What the planet lacks for its next level, in the order in which it is asked for. */
export function lackingFor(planet: Planet, needs: CitadelNeeds): ("Colonists" | Product)[] {
  const missing: ("Colonists" | Product)[] = population(planet) < needs.colonists ? ["Colonists"] : [];
  return [...missing, ...products.filter((product) => inStore(planet, product) < needs.products[product])];
}

/** Uses the products up and begins the next level; false when it cannot be begun. */
export function beginLevel(galaxy: Galaxy, planet: Planet, at: number): boolean {
  growPlanet(galaxy, planet, at);
  const needs = nextLevel(planet);
  if (!needs || planet.citadel.doneAt !== 0 || lackingFor(planet, needs).length > 0) return false;
  for (const product of products) planet.store[product] -= needs.products[product];
  planet.citadel.doneAt = at + needs.days * dayMs;
  note(galaxy, "planet", planet);
  return true;
}

/** Days, begun ones included, until the level under construction is done. */
export const daysToGo = (planet: Planet, at: number) =>
  Math.max(0, Math.ceil((planet.citadel.doneAt - at) / dayMs));

/** Per cent of its fuel ore that a planet has of all it could hold: the power of its cannon. */
export const cannonPower = (planet: Planet) =>
  Math.floor((100 * inStore(planet, "Fuel Ore")) / planetTypes[planet.type].storeMax["Fuel Ore"]);

// ---- who is there

/** Traders on a planet, in its citadel or outside. */
export const tradersOn = (galaxy: Galaxy, planet: Planet): Trader[] =>
  [...occupants(galaxy, planet.sector).traders].filter(
    ({ place }) => "planet" in place && place.planet === planet.id,
  );

/** Whether a trader stands on that planet, and the planet still exists. */
export const isOn = (galaxy: Galaxy, trader: Trader, planet: Planet) =>
  galaxy.planets.get(planet.id) === planet && "planet" in trader.place && trader.place.planet === planet.id;

/** Everybody on a planet is in space again: it has been blown up, or its owner has sent them away. */
export function throwOff(galaxy: Galaxy, traders: readonly Trader[]): void {
  for (const trader of traders) {
    trader.place = inSpace;
    note(galaxy, "trader", trader);
  }
}
