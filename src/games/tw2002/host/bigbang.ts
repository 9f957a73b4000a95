/**
 * A universe from a seed, by the rules that the game's own BIGBANG follows: random two-way and one-way lanes, the
 * Federation's fixed ones, three special ports with six warps each, a lane for every sector, lost clusters linked in,
 * ports by class shares, nebulae about a centre.
 */
import { mcicRange, portClasses, products, type TradingClass } from "../rules/ports.ts";
import { createDice, type Dice } from "./dice.ts";
import { type Universe } from "./galaxy.ts";
import type { Planet, Port, Sector, Stock } from "./things.ts";
import { formPlanet, terra, terraNumber } from "./planet.ts";
import { nebulaName, portName } from "./names.ts";

export const sectorsMin = 100;
export const sectorsMax = 20_000;
const warpsMax = 6;
/** Lanes and ports as shares of the number of sectors; 95 of 100 planned ports are built. */
const twoWayShare = 0.3;
const oneWayShare = 0.03;
const portShare = 0.4 * 0.95;
/** A real universe has these whatever its size: 60 in one of 5,000, where they covered 295 sectors. */
const nebulae = 60;
/** Of them, the share that reaches a warp further; 8 of those 60 did. */
const wideNebulaShare = 8 / 60;

/** FedSpace's own lanes, all two-way: 1 with 2..7, the ring 2..7, and 8, 9 and 10 hanging on. */
const federalLanes: readonly (readonly [number, number])[] = [
  [1, 2],
  [1, 3],
  [1, 4],
  [1, 5],
  [1, 6],
  [1, 7],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 6],
  [6, 7],
  [7, 2],
  [8, 2],
  [8, 7],
  [9, 2],
  [9, 10],
  [10, 2],
];
const fedSpace = 10;
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
  for (const [from, to] of federalLanes) lanes.join(from, to);
  const [stardock, rylos, alphaCentauri] = specialSectors(options.sectors, dice);
  scatterLanes(lanes, dice);
  for (const special of [stardock, rylos, alphaCentauri]) beefUp(lanes, special, dice);
  linkEach(lanes, dice);
  linkLost(lanes, dice);
  const sky = paintNebulae(lanes, dice);
  const sectors = Array.from({ length: options.sectors }, (_, index): Sector => {
    const number = index + 1;
    const federal = number <= fedSpace || number === stardock;
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
  const quiet = (sector: number) => sector > fedSpace && !ports.has(sector);
  let home = lanes.sectors;
  for (let sector = lanes.sectors; sector > fedSpace; sector--) {
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

type Lanes = ReturnType<typeof createLanes>;

function createLanes(sectors: number) {
  const out: number[][] = Array.from({ length: sectors + 1 }, () => []);
  const goes = (from: number, to: number) => out[from]?.includes(to) ?? false;
  const full = (from: number) => (out[from]?.length ?? warpsMax) >= warpsMax;
  const add = (from: number, to: number) => void (goes(from, to) || out[from]?.push(to));
  return {
    sectors,
    full,
    goes,
    add,
    /** Two-way. */
    join(from: number, to: number) {
      add(from, to);
      add(to, from);
    },
    from: (sector: number) => [...(out[sector] ?? [])].sort((a, b) => a - b),
    count: (sector: number) => out[sector]?.length ?? 0,
  };
}

function specialSectors(sectors: number, dice: Dice): [number, number, number] {
  const chosen = new Set<number>();
  while (chosen.size < 3) chosen.add(dice.between(fedSpace + 1, sectors, "a special port's place"));
  const [stardock = 11, rylos = 12, alphaCentauri = 13] = chosen;
  return [stardock, rylos, alphaCentauri];
}

/** Two random sectors with room for another warp, not the same and not yet joined. */
function openPair(lanes: Lanes, dice: Dice): [number, number] | undefined {
  const from = dice.between(3, lanes.sectors, "a lane's end");
  const to = dice.between(3, lanes.sectors, "a lane's end");
  if (from === to || lanes.goes(from, to) || lanes.full(from) || lanes.full(to)) return undefined;
  return [from, to];
}

function scatterLanes(lanes: Lanes, dice: Dice): void {
  for (let lane = 0; lane < lanes.sectors * twoWayShare; lane++) {
    const pair = openPair(lanes, dice);
    if (pair) lanes.join(...pair);
  }
  for (let lane = 0; lane < lanes.sectors * oneWayShare; lane++) {
    const pair = openPair(lanes, dice);
    if (pair && !lanes.goes(pair[1], pair[0])) lanes.add(...pair);
  }
}

/** A sector with room, other than `but`; any at all when the universe is crowded. */
function roomySector(lanes: Lanes, but: number, dice: Dice): number {
  for (let attempt = 0; attempt < 200; attempt++) {
    const sector = dice.between(3, lanes.sectors, "a lane's end");
    if (sector !== but && !lanes.full(sector) && !lanes.goes(but, sector)) return sector;
  }
  return but === fedSpace ? fedSpace - 1 : fedSpace;
}

function beefUp(lanes: Lanes, special: number, dice: Dice): void {
  while (!lanes.full(special)) lanes.join(special, roomySector(lanes, special, dice));
}

/**
 * One two-way lane from every sector to a random other. With the scattered ones this gives each sector 1 + Poisson(1.6)
 * warps, which is what a real universe of 5,000 sectors had: 955, 1606, 1304, 716, 274 and 145 sectors of 1 to 6 warps.
 */
function linkEach(lanes: Lanes, dice: Dice): void {
  for (let sector = fedSpace + 1; sector <= lanes.sectors; sector++) {
    if (!lanes.full(sector)) lanes.join(sector, roomySector(lanes, sector, dice));
  }
}

/** Joins every cluster that cannot be reached from sector 1, or cannot get back to it, to one that can. */
function linkLost(lanes: Lanes, dice: Dice): void {
  for (let round = 0; round < lanes.sectors; round++) {
    const out = reached(lanes, 1, (sector) => lanes.from(sector));
    const back = reached(lanes, 1, backwards(lanes));
    let lost = 0;
    for (let sector = 1; sector <= lanes.sectors && lost === 0; sector++) {
      if (out[sector] === 0 || back[sector] === 0) lost = sector;
    }
    if (lost === 0) return;
    lanes.join(lost, homeFor(lanes, lost, out, back, dice));
  }
}

function homeFor(lanes: Lanes, lost: number, out: Uint16Array, back: Uint16Array, dice: Dice): number {
  for (let attempt = 0; attempt < 10 * lanes.sectors; attempt++) {
    const sector = dice.between(3, lanes.sectors, "a lane's end");
    if (sector !== lost && out[sector] !== 0 && back[sector] !== 0 && !lanes.full(sector)) return sector;
  }
  return fedSpace;
}

function backwards(lanes: Lanes): (sector: number) => readonly number[] {
  const into: number[][] = Array.from({ length: lanes.sectors + 1 }, () => []);
  for (let sector = 1; sector <= lanes.sectors; sector++) {
    for (const warp of lanes.from(sector)) into[warp]?.push(sector);
  }
  return (sector) => into[sector] ?? [];
}

/** For each sector one more than the warps to it from `start`, or 0 where none leads to it. */
function reached(lanes: Lanes, start: number, step: (sector: number) => readonly number[]): Uint16Array {
  const hops = new Uint16Array(lanes.sectors + 1);
  hops[start] = 1;
  const todo = [start];
  for (const sector of todo) {
    for (const warp of step(sector)) {
      if (hops[warp] !== 0) continue;
      hops[warp] = (hops[sector] ?? 0) + 1;
      todo.push(warp);
    }
  }
  return hops;
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
  dice.between(fedSpace + 1, lanes.sectors, "a nebula's centre");

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
