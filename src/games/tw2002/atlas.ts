/** What a swarm's lore tells of a universe, made ready for people's questions: sectors, ways, and the routes that earn most. No bot plays by it. */
import type { RouteKnown, SectorKnown } from "../../proto/operations/atlas.ts";
import { type AtlasMap, createMap, type Piecemeal } from "./atlas-map.ts";
import { isCharted, isSector, isSeen, waysOf } from "./chart.ts";
import { fadeDangers } from "./dangers.ts";
import { lore } from "./lore.ts";
import { hopsTo, nth, reach, unreachable, wayTo } from "./paths.ts";
import { priceAt } from "./prices.ts";
import { products, portClasses, type PortClass } from "./rules/ports.ts";
import { fedSectors } from "./rules/space.ts";
import { dockingTurns } from "./rules/turns.ts";
import { bestCargo, type Cargo, type PriceList, deliver, priceList } from "./strategies/market.ts";
import type { Port } from "./ports.ts";
import { newWorld, sideAt, type World } from "./world.ts";

/** Ports that are looked at around each: the nearest. */
export const neighboursMax = 40;
/** Experience above which ports treat everybody alike (rules/ports.ts). */
const seasoned = 1000;
/** A purse that is always full enough. */
const fullPurse = 1e9;

/** The ship that routes are reckoned for. */
export interface Carrier {
  readonly holds: number;
  readonly turnsPerWarp: number;
  readonly maxHops: number;
}

/** Ports in one piece. */
const pieceMax = 400;

export interface Atlas {
  /** Takes in lore (proto/lore.ts), as a bot would. `now`: milliseconds since 1970. */
  recall(text: string, now: number): void;
  /** Sectors and ports of which anything is known. */
  known(): { readonly sectors: number; readonly ports: number };
  /** Forgets dangers that were seen too long ago by now. */
  fade(now: number): void;
  /** The map of it (atlas-map.ts). */
  readonly map: Pick<AtlasMap, "rev" | "knowsSince" | "drawn">;
  sector(sector: number): Omit<SectorKnown, "bots">;
  /**
   * The best pairs of ports first, each pair once. `isClaimed`: whether a bot has set out for that sector. In pieces, between which
   * others may have their turn: eight thousand ports are a quarter of a second's work.
   */
  routes(carrier: Carrier, limit: number, isClaimed: (sector: number) => boolean): Piecemeal<RouteKnown[]>;
  /** The shortest way, its ends included, and the dangerous sectors on it; none that are to be avoided where there is another way. */
  path(from: number, to: number): { readonly sectors: number[]; readonly dangerous: number[] };
}

/** An atlas of which nothing is written yet. */
export function createAtlas(): Atlas {
  const world = newWorld({
    name: "",
    password: "",
    gameLetter: "A",
    shipName: "",
    planetName: "",
    turnsMax: 0,
    reserveCredits: 0,
    haggle: "master",
    maxHops: 20,
  });
  world.experience = seasoned;
  const map = createMap(world);

  function fade(now: number): void {
    const { size } = world.dangers;
    world.now = now;
    fadeDangers(world);
    if (world.dangers.size < size) map.changed();
  }

  return {
    recall(text, now) {
      world.now = now;
      const { age } = world.news;
      lore.recall(world, text);
      map.told(text, world.news.age !== age);
      fade(now);
    },
    fade,
    map,
    known: () => ({ sectors: sectorsKnown(world), ports: world.ports.size }),
    sector: (sector) => sectorOf(world, sector),
    routes: (carrier, limit, isClaimed) => routesOf(world, carrier, limit, isClaimed),
    path: (from, to) => pathOf(world, from, to),
  };
}

function sectorsKnown({ chart }: World): number {
  let count = 0;
  for (let sector = 1; sector <= chart.top; sector++)
    if (chart.degrees[sector]! > 0 || chart.marks[sector]! > 0) count++;
  return count;
}

function sectorOf(world: World, sector: number): Omit<SectorKnown, "bots"> {
  const { chart, stardock } = world;
  const port = world.ports.get(sector);
  const danger = world.dangers.get(sector);
  return {
    sector,
    seen: isSeen(chart, sector),
    warps: [...waysOf(chart, sector)],
    charted: isCharted(chart, sector),
    fed_space: sector <= fedSectors || sector === stardock,
    stardock: sector === stardock,
    ...(port && { port: portOf(world, port) }),
    ...(danger && {
      danger: {
        kind: danger.kind,
        count: danger.count,
        at: danger.at,
        ...(danger.mode && { mode: danger.mode }),
      },
    }),
  };
}

/** How traders write a class; those that have no letters have names. */
const codeOf = (portClass: PortClass): string =>
  portClass === 0 ? "Special" : portClass === 9 ? "StarDock" : portClasses[portClass];

function portOf(world: World, port: Port): NonNullable<SectorKnown["port"]> {
  const goods = products.flatMap((product, index) => {
    const side = sideAt(port, product);
    const price = side && priceAt(world, port, product, side);
    if (side === undefined || price === undefined) return [];
    const good = port.good(index);
    return {
      product,
      side: side === "buying" ? ("buys" as const) : ("sells" as const),
      ...(good && { trading: good.trading, percent: good.percent }),
      price: rounded(price),
    };
  });
  return {
    class: port.portClass,
    code: codeOf(port.portClass),
    ...(port.stockAt !== undefined && { seen_at: Math.floor(port.stockAt) }),
    goods,
  };
}

function pathOf(world: World, from: number, to: number): ReturnType<Atlas["path"]> {
  if (!isSector(from) || !isSector(to)) return { sectors: [], dangerous: [] };
  const safe = wayTo(reach(world, from, unreachable - 1), to);
  const all = () => wayTo(reach({ ...world, dangers: new Map() }, from, unreachable - 1), to);
  const way = from === to || safe.length > 0 ? safe : all();
  const sectors = way.length > 0 || from === to ? [from, ...way] : [];
  return { sectors, dangerous: sectors.filter((sector) => world.dangers.has(sector)) };
}

function* routesOf(
  world: World,
  carrier: Carrier,
  limit: number,
  isClaimed: (sector: number) => boolean,
): Piecemeal<RouteKnown[]> {
  const ports = [...world.ports.values()].filter(({ portClass }) => portClass !== 0);
  const prices = priceList(world, ports);
  const places = new Map(ports.map(({ sector }, place) => [sector, place]));
  const near: Map<number, number>[] = [];
  for (const [place, { sector }] of ports.entries()) {
    near.push(neighbours(world, sector, carrier.maxHops, places));
    if (place % pieceMax === pieceMax - 1) yield;
  }
  const found: RouteKnown[] = [];
  for (const [from, around] of near.entries()) {
    if (from % pieceMax === pieceMax - 1) yield;
    for (const [to, hops] of around) {
      const back = near[to]!.get(from);
      // The other end sees the pair, too.
      if (back === undefined || from > to) continue;
      const route = routeOf(prices, carrier, [from, to], [hops, back]);
      if (route) found.push({ ...route, in_work: isClaimed(route.from) || isClaimed(route.to) });
    }
  }
  return found.sort((a, b) => b.credits_per_turn - a.credits_per_turn || a.from - b.from).slice(0, limit);
}

/** The nearest ports around a sector, by place, with their hops. */
function neighbours(
  world: World,
  sector: number,
  hopsMax: number,
  places: ReadonlyMap<number, number>,
): Map<number, number> {
  const around = reach(world, sector, hopsMax);
  const found = new Map<number, number>();
  for (let at = 0; ; at++) {
    const other = nth(around, at);
    if (other === undefined) break;
    const place = places.get(other);
    if (place === undefined || other === sector) continue;
    found.set(place, hopsTo(around, other));
    if (found.size === neighboursMax) break;
  }
  return found;
}

/** The first round of a pair, begun at whichever end earns more; undefined where it earns nothing. */
function routeOf(
  prices: PriceList,
  { holds, turnsPerWarp }: Carrier,
  [from, to]: readonly [number, number],
  [hops, hopsBack]: readonly [number, number],
): Omit<RouteKnown, "in_work"> | undefined {
  const out = cargoOf(prices, from, to, holds);
  // The way back finds what the way out has left; then all is as it was.
  deliver(prices.stock, from, to, out.units, 1);
  const back = cargoOf(prices, to, from, holds);
  deliver(prices.stock, from, to, out.units, -1);
  const [first, second] = [out.revenue - out.cost, back.revenue - back.cost];
  const profit = first + second;
  if (profit <= 0) return undefined;
  const turns = (hops + hopsBack) * turnsPerWarp + 2 * dockingTurns;
  const [start, end, there, home] = first >= second ? [from, to, out, back] : [to, from, back, out];
  const empty = home.revenue === 0;
  return {
    from: prices.ports[start]!.sector,
    to: prices.ports[end]!.sector,
    hops: first >= second ? hops : hopsBack,
    out: namesOf(there),
    ...(!empty && { back: namesOf(home) }),
    credits_per_turn: rounded(profit / turns),
  };
}

const cargoOf = (prices: PriceList, from: number, to: number, holds: number): Cargo =>
  bestCargo(prices, prices.stock, from, to, holds, fullPurse, { units: [0, 0, 0], cost: 0, revenue: 0 });

const namesOf = ({ units }: Cargo): string => products.filter((_, index) => units[index]! > 0).join(", ");

const rounded = (credits: number): number => Math.round(credits * 100) / 100;
