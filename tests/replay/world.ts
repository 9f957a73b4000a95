/** A host whose galaxy is seeded with what a recording reveals, and the player at its door. */
import {
  addCorp,
  createGalaxy,
  enrol,
  type Galaxy,
  addShip,
  addWanderer,
  removeWanderer,
} from "../../src/games/tw2002/host/galaxy.ts";
import { occupants, settle, unsettle } from "../../src/games/tw2002/host/occupants.ts";
import { formPlanet, terra } from "../../src/games/tw2002/host/planet.ts";
import { defaultSettings, type GameSettings } from "../../src/games/tw2002/host/settings.ts";
import {
  type FighterMode,
  noCargo,
  type Owner,
  type Planet,
  type Port,
  type Sector,
  type Trader,
  type Wanderer,
} from "../../src/games/tw2002/host/things.ts";
import { planetClasses, type PlanetClass } from "../../src/games/tw2002/rules/planets.ts";
import { products } from "../../src/games/tw2002/rules/ports.ts";
import { evilTitles, goodTitles } from "../../src/games/tw2002/rules/ranks.ts";
import { shipTypes } from "../../src/games/tw2002/rules/ships.ts";
import type { Oracle } from "./oracle.ts";
import type { Revealed } from "./reveal.ts";
import type { SeenCraft, SeenForce, SeenSector } from "./revealed/sector.ts";
import { type Fact, fields, kindNamed, type Value } from "./standing.ts";
import { buildShip } from "../../src/games/tw2002/host/ships.ts";
import { newTrader } from "../../src/games/tw2002/host/traders.ts";

export const seal = (password: string, salt: string): string => `${salt}/${password}`;
const salt = "1";
/** So many years that no wanderer moves by itself: where they are the recording says. */
const never = 1e13;

export interface World {
  readonly galaxy: Galaxy;
  readonly revealed: Revealed;
  /** The player, once he has a character. */
  player(): Trader | undefined;
}

/** `begin` overrides what the first screens say of the player's beginnings. */
export function createWorld(
  revealed: Revealed,
  oracle: Oracle,
  settings: Partial<GameSettings>,
  begin: Readonly<Record<string, Value>>,
): World {
  const at = revealed.zeros[0] ?? 0;
  const all: GameSettings = {
    ...defaultSettings,
    courseMax: revealed.size > 1000 ? 25 : 20,
    ...revealed.settings,
    ...settings,
    sectors: revealed.size,
    yearsAhead: 0,
    wanderMs: never,
  };
  const seeded = createGalaxy(
    all,
    { sectors: sectorsOf(revealed), ports: portsOf(revealed, at), planets: [], stardock: revealed.stardock },
    { began: revealed.times.began ?? at, dice: 1 },
  );
  seeded.chronicle.maintainedAt = revealed.times.maintained ?? at;
  seeded.chronicle.wanderedAt = at;
  seeded.chronicle.log = revealed.log.map((text) => ({ at, text }));
  const galaxy: Galaxy = { ...seeded, dice: oracle.dice };
  const { login } = revealed;
  const player = () => galaxy.byLogin.get(login.toLowerCase());
  const world = { galaxy, revealed, player };
  if (revealed.corp) {
    addCorp(galaxy, {
      ...revealed.corp,
      password: "",
      ceo: 1,
      members: [1],
      foundedAt: at,
    });
  }
  if (revealed.returning) enrol(galaxy, returning(revealed, at, begin));
  for (const sector of revealed.explored) galaxy.seen.get(1)?.add(sector);
  seedPlanets(world, at);
  for (const seen of revealed.sectors.values()) seedSector(world, seen);
  return world;
}

// ---- the universe

function sectorsOf(revealed: Revealed): Sector[] {
  const { warps, degrees, sectors, size } = revealed;
  const mentioned = new Set([...warps].flatMap(([from, to]) => [from, ...to]));
  let spare = size;
  return Array.from({ length: size }, (_, index): Sector => {
    const number = index + 1;
    const lanes = new Set(warps.get(number));
    // A density scan tells how many warps a sector has: those unknown lead where nothing leads on.
    for (let missing = (degrees.get(number) ?? 0) - lanes.size; missing > 0; missing--) {
      while (spare > 1 && mentioned.has(spare)) spare--;
      lanes.add(spare--);
    }
    // A sector of which nothing is known is no dead end, but leads nowhere that a course could use.
    if (lanes.size === 0) lanes.add(number);
    const seen = sectors.get(number);
    return {
      number,
      nebula: seen?.nebula ?? "",
      beacon: "",
      navHaz: 0,
      fighters: undefined,
      armids: undefined,
      limpets: undefined,
      warps: [...lanes].sort((a, b) => a - b),
    };
  });
}

const unseen = (at: number) => ({ mcic: 50, productivity: 100, amount: 1000, at });

function portsOf({ ports }: Revealed, at: number): Map<number, Port> {
  return new Map(
    [...ports.values()].map((port) => [
      port.sector,
      {
        sector: port.sector,
        name: port.name,
        portClass: port.portClass,
        stocks:
          port.portClass === 0 ? [] : products.map((_, index) => ({ ...(port.stocks[index] ?? unseen(at)) })),
        docked: port.docked?.ship ? { ship: port.docked.ship, trader: 0, at: port.docked.at } : undefined,
        opensAt: 0,
        destroyed: false,
      },
    ]),
  );
}

const planetClass = (letter: string): PlanetClass => planetClasses.find((known) => known === letter) ?? "M";

function seedPlanets(world: World, at: number): void {
  const { galaxy, revealed } = world;
  const used = new Set(revealed.planets.flatMap(({ id }) => id ?? []));
  let next = 3;
  const add = (planet: Planet) => {
    galaxy.planets.set(planet.id, planet);
    settle(galaxy, planet.sector, "planets", planet);
  };
  add(terra(at, 1000));
  // The second planet of every game is the Ferrengi's own, which nobody has seen.
  if (!used.has(2)) {
    add(
      formPlanet({
        id: 2,
        name: "Ferrengal",
        type: "M",
        sector: galaxy.sectors.length,
        createdAt: at,
        owner: { type: "ferrengi" },
      }),
    );
    const ferrengal = galaxy.planets.get(2);
    if (ferrengal) ferrengal.citadel.level = 1;
  }
  for (const seen of revealed.planets) {
    if (seen.sector === 1 && seen.name === "Terra") continue;
    while (used.has(next) || galaxy.planets.has(next)) next++;
    const cargo = (amounts: readonly number[]) =>
      Object.assign(
        noCargo(),
        Object.fromEntries(products.map((product, index) => [product, amounts[index] ?? 0])),
      );
    const planet = formPlanet({
      id: seen.id ?? next,
      name: seen.name,
      type: planetClass(seen.type),
      sector: seen.sector,
      createdAt: at,
      owner: ownerNamed(world, seen.owner || revealed.traderName || revealed.login),
      creator: seen.creator === "<UNKNOWN>" ? "" : seen.creator,
      colonists: cargo(seen.colonists),
      store: cargo(seen.store),
      fighters: seen.fighters,
      shields: seen.shields,
      at: seen.at ?? at,
    });
    planet.citadel.level = seen.citadel;
    planet.citadel.treasury = seen.treasury;
    add(planet);
  }
  galaxy.chronicle.next.planet = Math.max(next, ...galaxy.planets.keys()) + (revealed.returning ? 1 : 0);
  if (!revealed.returning) galaxy.chronicle.next.planet = revealed.nextPlanet ?? 3;
}

/** Makes a sector as a display shows it: what is in space there. */
export function seedSector(world: World, seen: SeenSector): void {
  const { galaxy } = world;
  const sector = galaxy.sectors[seen.number - 1];
  if (!sector) return;
  sector.beacon = seen.beacon;
  sector.navHaz = seen.navHaz;
  const force = (shown: SeenForce | undefined) =>
    shown && { owner: ownerNamed(world, shown.owner), count: shown.count };
  const fighters = force(seen.fighters);
  sector.fighters = fighters && { ...fighters, mode: (seen.fighters?.mode || "defensive") as FighterMode };
  sector.armids = force(seen.armids);
  sector.limpets = force(seen.limpets);
  seedShips(world, seen);
  seedTraders(world, seen);
  seedWanderers(world, seen);
}

function ownerNamed(world: World, name: string): Owner {
  const { galaxy, revealed } = world;
  if (name === "yours") return { type: "trader", id: 1 };
  if (name === "corp") return { type: "corp", id: revealed.corp?.id ?? 1 };
  if (name === "Rogue Mercenaries") return { type: "mercenaries" };
  if (/Ferrengi/.test(name)) return { type: "ferrengi" };
  return { type: "trader", id: traderNamed(galaxy, name).id };
}

/** Another player, made where a screen first names him. */
export function traderNamed(galaxy: Galaxy, name: string): Trader {
  const known = galaxy.byName.get(name.toLowerCase());
  if (known) return known;
  const id = Math.max(1, ...galaxy.traders.keys()) + 1;
  const ship = buildShip({
    id: 1000 + id,
    kind: "merchantCruiser",
    name: "Elsewhere",
    maker: "",
    builtAt: galaxy.began,
    sector: galaxy.sectors.length,
    pilot: id,
    owner: { type: "trader", id },
  });
  const trader = newTrader({ id, login: name, name, password: "", salt, ship, place: { type: "stardock" } });
  enrol(galaxy, trader);
  return trader;
}

function seedShips(world: World, seen: SeenSector): void {
  const { galaxy } = world;
  const there = occupants(galaxy, seen.number).ships;
  for (const craft of seen.ships) {
    const kind = kindIn(craft.type);
    const known = [...there].find(({ name }) => name === craft.name);
    if (known) {
      known.fighters = craft.fighters;
      continue;
    }
    const taken = new Set(galaxy.ships.keys());
    let id = 1;
    while (taken.has(id) || id === world.revealed.shipId) id++;
    const owner = ownerNamed(
      world,
      craft.owner === (world.revealed.traderName || world.revealed.login) ? "yours" : craft.owner,
    );
    addShip(
      galaxy,
      buildShip({
        id,
        kind: kind ?? "merchantCruiser",
        name: craft.name,
        maker: craft.type.slice(0, craft.type.length - (kind ? shipTypes[kind].name.length : 0)).trim(),
        builtAt: galaxy.began,
        sector: seen.number,
        pilot: 0,
        owner,
        fighters: craft.fighters,
      }),
    );
  }
}

const kindIn = (type: string) => {
  const name = Object.values(shipTypes).find((known) => type.endsWith(known.name))?.name;
  return name === undefined ? undefined : kindNamed(name);
};

function seedTraders(world: World, seen: SeenSector): void {
  for (const craft of seen.traders) {
    const { name } = ranked(craft.name);
    const trader = traderNamed(world.galaxy, name);
    if (world.galaxy.traders.get(trader.id)?.place.type === "space") continue;
    unsettle(world.galaxy, trader.sector, "traders", trader);
    trader.sector = seen.number;
    trader.place = { type: "space" };
    trader.ship.fighters = craft.fighters;
    trader.ship.name = craft.ship;
    settle(world.galaxy, seen.number, "traders", trader);
  }
}

/** Puts the wanderers where a display shows them, and takes away those it does not. Chance moves them. */
export function seedWanderers(world: World, seen: SeenSector): void {
  const { galaxy } = world;
  const there = occupants(galaxy, seen.number).wanderers;
  for (const wanderer of there) {
    if (!seen.aliens.some((craft) => ranked(craft.name).name === wanderer.name))
      removeWanderer(galaxy, wanderer);
  }
  for (const craft of seen.aliens) {
    const { name, experience, alignment } = ranked(craft.name);
    if ([...there].some((wanderer) => wanderer.name === name)) continue;
    addWanderer(galaxy, alienOf(galaxy, craft, { name, experience, alignment, sector: seen.number }));
  }
}

const alienOf = (
  galaxy: Galaxy,
  craft: SeenCraft,
  known: Pick<Wanderer, "name" | "experience" | "alignment" | "sector">,
): Wanderer => ({
  id: Math.max(0, ...galaxy.wanderers.keys()) + 1,
  race: "alien",
  ...known,
  shipName: craft.ship,
  shipType: craft.type,
  fighters: craft.fighters,
  shields: 0,
  credits: 0,
});

/** A rank and a name told apart, with the points that the rank stands for. */
function ranked(words: string): { name: string; experience: number; alignment: number } {
  for (const [titles, alignment] of [
    [goodTitles, 1],
    [evilTitles, -1],
  ] as const) {
    const steps = titles.map((title, step) => ({ title, experience: 2 ** (step + 1) }));
    steps.sort((a, b) => b.title.length - a.title.length);
    const rank = steps.find(({ title }) => words.startsWith(`${title} `));
    if (rank) return { name: words.slice(rank.title.length + 1), experience: rank.experience, alignment };
  }
  return { name: words.replace(/^Civilian /, ""), experience: 0, alignment: 0 };
}

// ---- the player

function returning(revealed: Revealed, at: number, begin: Readonly<Record<string, Value>>): Trader {
  const name = revealed.traderName || revealed.login;
  const day = 86_400_000;
  const first = firstFacts(revealed.facts);
  const sector = Number(begin["sector"] ?? first["sector"] ?? 1);
  const ship = buildShip({
    id: revealed.shipId ?? 1,
    kind: "merchantCruiser",
    name: "",
    maker: "",
    builtAt: revealed.builtAt ?? at,
    sector,
    pilot: 1,
    owner: { type: "trader", id: 1 },
  });
  const trader = newTrader({
    id: 1,
    login: revealed.login,
    name,
    password: seal(revealed.password ?? "", salt),
    salt,
    ship,
    sector,
    turnsLeft: 0,
    turnsSince: at,
    lastOn: revealed.onToday ? at : at - day,
    corp: revealed.corp?.id ?? 0,
    avoids: [...revealed.avoids],
    // Those whose tax a recording shows pay it in it; nobody pays twice a day.
    taxedOn: revealed.settings.taxRate === undefined ? at : 0,
  });
  trader.preferences.ansi = revealed.ansi;
  for (const [field, value] of Object.entries({ ...first, ...begin })) fields[field]?.set(trader, value);
  return trader;
}

/** What is said first of each field. */
export function firstFacts(facts: readonly Fact[]): Record<string, Value> {
  const first: Record<string, Value> = {};
  for (const { field, value } of facts) first[field] ??= value;
  return first;
}
