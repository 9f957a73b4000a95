/**
 * A universe from a seed, by the rules that the game's own BIGBANG follows: random two-way and one-way lanes, the
 * Federation's fixed ones, three special ports with six warps each, a lane for every sector, lost clusters linked in,
 * ports by class shares, nebulae about a centre.
 */
import { fedSectors } from "../../rules/space.ts";
import { mcicRange, portClasses, portShareMax, products, type TradingClass } from "../../rules/ports.ts";
import { createDice, type Dice } from "../dice.ts";
import type { Universe } from "../galaxy.ts";
import type { Planet, Port, Sector, Stock } from "../things.ts";
import { formPlanet, terra, terraNumber } from "../planet.ts";
import { createLanes, type Lanes, laySpaceLanes, reached } from "./lanes.ts";
import { nebulaName, portName } from "./names.ts";

export const sectorsMin = 100;
export const sectorsMax = 20_000;
/** Ports as a share of the number of sectors; 95 of 100 planned ones are built. */
const portShare = portShareMax * 0.95;
/** A real universe has these whatever its size: 60 in one of 5,000, where they covered 295 sectors. */
const nebulae = 60;
/** Of them, the share that reaches a warp further; 8 of those 60 did. */
const wideNebulaShare = 8 / 60;

/** Colonists waiting on a new Terra, in thousands. */
const terraFirst = 1500;
/** What guards the Ferrengi's own planet; no recording shows it. */
const ferrengalFighters = 10_000;
const ferrengalShields = 1000;
const federation = "The Federation";
const fedBeacon = "FedSpace, FedLaw Enforced";

/** Of every twenty ports, how many are of each class. */
const classShares: Record<TradingClass, number> = { 1: 4, 2: 4, 3: 4, 4: 2, 5: 2, 6: 2, 7: 1, 8: 1 };

/** Makes the sectors and ports of a universe. `at` (ms since 1970) is when the ports' stocks begin to count. */
export function bigBang(options: {
  sectors: number;
  seed: number;
  at: number;
  /** Whether the Ferrengi have their home in it. */
  ferrengi?: boolean;
}): Universe {
  const dice = createDice(options.seed);
  const lanes = createLanes(options.sectors);
  const [stardock, rylos, alphaCentauri] = specialSectors(options.sectors, dice);
  laySpaceLanes(lanes, [stardock, rylos, alphaCentauri], dice);
  const sky = paintNebulae(lanes, dice);
  const sectors = Array.from({ length: options.sectors }, (_, index): Sector => {
    const number = index + 1;
    const federal = number <= fedSectors || number === stardock;
    return {
      number,
      warps: lanes.from(number),
      nebula: federal ? federation : (sky.get(number) ?? ""),
      beacon: federal ? fedBeacon : "",
      navHaz: 0,
      fighters: undefined,
      armids: undefined,
      limpets: undefined,
    };
  });
  const ports = buildPorts(options, [stardock, rylos, alphaCentauri], dice);
  const planets = [terra(options.at, terraFirst)];
  if (options.ferrengi) planets.push(ferrengal(lanes, ports, options.at));
  return { sectors, ports, stardock, planets };
}

/** The Ferrengi live at a dead end, as far from Sol as any that has no port. Theirs is the second planet. */
function ferrengal(lanes: Lanes, ports: ReadonlyMap<number, Port>, at: number): Planet {
  const hops = reached(lanes, 1, (sector) => lanes.from(sector));
  const quiet = (sector: number) => sector > fedSectors && !ports.has(sector);
  let home = lanes.sectors;
  for (let sector = lanes.sectors; sector > fedSectors; sector--) {
    if (!quiet(sector) || lanes.count(sector) > 1) continue;
    if (!quiet(home) || lanes.count(home) > 1 || (hops[sector] ?? 0) > (hops[home] ?? 0)) home = sector;
  }
  const planet = formPlanet({
    id: terraNumber + 1,
    name: "Ferrengal",
    type: "H",
    sector: home,
    createdAt: at,
    owner: { type: "ferrengi" },
  });
  planet.fighters = ferrengalFighters;
  planet.shields = ferrengalShields;
  return planet;
}

function specialSectors(sectors: number, dice: Dice): [number, number, number] {
  const chosen = new Set<number>();
  while (chosen.size < 3) chosen.add(dice.between(fedSectors + 1, sectors, "a special port's place"));
  const [stardock = 11, rylos = 12, alphaCentauri = 13] = chosen;
  return [stardock, rylos, alphaCentauri];
}

/**
 * Each nebula takes a centre and its neighbours, a few their neighbours, too. Centres with a single warp are rare among
 * the real ones (3 of 60, where 19 of 100 sectors have but one): the richer of two sectors is taken.
 */
function paintNebulae(lanes: Lanes, dice: Dice): Map<number, string> {
  const sky = new Map<number, string>();
  const paint = (sector: number, name: string) => void (sky.has(sector) || sky.set(sector, name));
  const count = Math.min(nebulae, Math.ceil(lanes.sectors / 15));
  for (let nebula = 0; nebula < count; nebula++) {
    const name = nebulaName(dice);
    const [one, other] = [nebulaCentre(lanes, dice), nebulaCentre(lanes, dice)];
    const centre = lanes.count(one) >= lanes.count(other) ? one : other;
    const wide = dice.chance(wideNebulaShare, "a nebula's reach");
    for (const near of [centre, ...lanes.from(centre)]) {
      paint(near, name);
      if (wide) for (const sector of lanes.from(near)) paint(sector, name);
    }
  }
  return sky;
}

const nebulaCentre = (lanes: Lanes, dice: Dice) =>
  dice.between(fedSectors + 1, lanes.sectors, "a nebula's centre");

function buildPorts(
  options: { sectors: number; at: number },
  [stardock, rylos, alphaCentauri]: readonly [number, number, number],
  dice: Dice,
): Map<number, Port> {
  const ports = new Map<number, Port>();
  const named = uniqueNames();
  const special = (sector: number, name: string, portClass: 0 | 9, stocks: readonly Stock[]) =>
    ports.set(sector, { sector, name, portClass, stocks, docked: undefined, opensAt: 0, destroyed: false });
  special(1, "Sol", 0, []);
  special(rylos, "Rylos", 0, []);
  special(alphaCentauri, "Alpha Centauri", 0, []);
  special(stardock, named(`${portName(dice)} Dock`), 9, stardockStocks(options.at));
  const classes = classDeck(Math.round(options.sectors * portShare), dice);
  const free = Array.from({ length: options.sectors - 1 }, (_, index) => index + 2);
  shuffle(free, dice);
  for (const sector of free) {
    if (ports.has(sector)) continue;
    const portClass = classes.pop();
    if (portClass === undefined) break;
    const stocks = products.map((product): Stock => {
      const productivity = dice.between(75, 300, "a productivity");
      const [min, max] = mcicRange[product];
      return {
        mcic: dice.between(min, max, "an MCIC"),
        productivity,
        amount: 10 * productivity,
        at: options.at,
      };
    });
    ports.set(sector, {
      sector,
      name: named(portName(dice)),
      portClass,
      stocks,
      docked: undefined,
      opensAt: 0,
      destroyed: false,
    });
  }
  return new Map([...ports].sort(([a], [b]) => a - b));
}

/** Reports name a port but not its sector, so no two may be called the same; the second is given a numeral. */
function uniqueNames(): (name: string) => string {
  const numerals = ["", " II", " III", " IV", " V", " VI", " VII", " VIII", " IX", " X"];
  const taken = new Set<string>();
  return (name) => {
    let unique = numerals.map((numeral) => name + numeral).find((candidate) => !taken.has(candidate));
    for (let more = 11; unique === undefined; more++) {
      if (!taken.has(`${name} ${more}`)) unique = `${name} ${more}`;
    }
    taken.add(unique);
    return unique;
  };
}

/** Measured on a real StarDock: 300 of each a day, MCIC -80, -50 and -35. */
const stardockStocks = (at: number): Stock[] =>
  [80, 50, 35].map((mcic) => ({ mcic, productivity: 300, amount: 3000, at }));

/** As many classes as there are ports, in exact shares, shuffled. */
function classDeck(count: number, dice: Dice): TradingClass[] {
  const order = (Object.keys(portClasses) as unknown as TradingClass[]).map(Number) as TradingClass[];
  const hand = order.flatMap((portClass) => Array.from({ length: classShares[portClass] }, () => portClass));
  const deck = Array.from({ length: count }, (_, index) => hand[index % hand.length] ?? 1);
  shuffle(deck, dice);
  return deck;
}

function shuffle<T>(list: T[], dice: Dice): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = dice.between(0, last, "a shuffle");
    const held = list[last] as T;
    list[last] = list[other] as T;
    list[other] = held;
  }
}
