/** Small worlds for strategies to choose in: ways, ports, a ship and a purse, with nothing left to be asked. */
import { chartLane, chartWays, see, sizeUp } from "../../../../src/games/tw2002/chart.ts";
import { reach, type Reach } from "../../../../src/games/tw2002/paths.ts";
import { type Good, type Port, Ports } from "../../../../src/games/tw2002/ports.ts";
import { type PortClass, products, sideOf } from "../../../../src/games/tw2002/rules/ports.ts";
import { newWorld, type World } from "../../../../src/games/tw2002/world.ts";
import type { Self } from "../../../../src/player/game.ts";

export const self: Self = {
  name: "Testpilot",
  password: "p",
  gameLetter: "A",
  shipName: "s",
  planetName: "p",
  turnsMax: 0,
  reserveCredits: 0,
  maxHops: 6,
};

/** A port that has been reported on: units in its three stocks, and what it regains a day. */
export interface PortPlan {
  readonly portClass: PortClass;
  readonly stocks?: readonly [number, number, number];
  readonly productivity?: number;
}

/** Stocks of a port that nobody has traded at. */
const fullStock = 2000;

export function addPort(
  ports: Ports,
  sector: number,
  { portClass, stocks, productivity = 200 }: PortPlan,
): Port {
  const port = ports.add(sector, portClass);
  for (const [index, product] of products.entries()) {
    const side = sideOf(portClass, product);
    const trading = stocks?.[index] ?? fullStock;
    const percent = Math.floor((trading * 100) / (10 * productivity));
    const [least, most] = [productivity, productivity];
    if (side) port.learn(index, { side, trading, percent, least, most, struck: 0, redone: 0 });
  }
  return port;
}

/** By product order. */
export const goodsOf = (port: Port): (Good | undefined)[] => products.map((_, index) => port.good(index));

/** As values that can be compared. */
export const goodsTold = (port: Port) =>
  goodsOf(port).map((good) => {
    if (!good) return undefined;
    const { side, trading, percent, least, most, struck, redone } = good;
    return { side, trading, percent, least, most, struck, redone };
  });

/** All that is known of all ports, as values. */
export const portsTold = (ports: Ports) =>
  Array.from(ports.values(), (port) => {
    const { sector, portClass, dockedAt, stockAt } = port;
    return { sector, portClass, dockedAt, stockAt, goods: goodsTold(port) };
  });

/** All that is written in a world, as values. */
export const worldTold = (world: World) => structuredClone({ ...world, ports: portsTold(world.ports) });

/** A world of which all that is written is the same. */
export function copyOf(world: World): World {
  const ports = new Ports();
  for (const { sector, portClass, dockedAt, stockAt, goods } of portsTold(world.ports)) {
    const port = Object.assign(ports.add(sector, portClass), { dockedAt, stockAt });
    for (const [index, good] of goods.entries()) if (good) port.learn(index, good);
  }
  return { ...structuredClone({ ...world, ports: undefined }), ports };
}

export interface WorldPlan extends Partial<World> {
  /** Ways that go both ways. */
  readonly ways: readonly (readonly [number, number])[];
  /** By sector: what the port there is, or its class alone where all its stocks are full. */
  readonly trading?: Readonly<Record<number, PortPlan | PortClass>>;
  /** Sectors that nobody has seen; all others have been. */
  readonly unseen?: readonly number[];
}

/** A world on a Monday, in a Merchant Cruiser with 20 empty holds in sector 20, settled in. */
export function worldOf({ ways, trading = {}, unseen = [], ...more }: WorldPlan): World {
  const world = Object.assign(newWorld(self), {
    now: 1e12,
    informed: true,
    sector: 20,
    credits: 10_000,
    creditsStart: 300,
    holds: 20,
    empty: 20,
    fighters: 30,
    turnsLeft: 500,
    weekday: 1,
    surveyed: true,
    courseYield: 0,
    ...more,
  });
  if (!more.ship) world.ship.kind = "merchantCruiser";
  const out = new Map<number, number[]>();
  for (const [a, b] of ways) {
    out.set(a, [...(out.get(a) ?? []), b]);
    out.set(b, [...(out.get(b) ?? []), a]);
  }
  for (const [sector, to] of out) {
    if (unseen.includes(sector)) {
      for (const next of to) chartLane(world.chart, sector, next);
      continue;
    }
    chartWays(world.chart, sector, to);
    see(world.chart, sector, world.now);
  }
  if (!more.chart) sizeUp(world.chart, world.chart.top);
  for (const [sector, plan] of Object.entries(trading)) {
    const number = Number(sector);
    addPort(world.ports, number, typeof plan === "object" ? plan : { portClass: plan });
  }
  world.sightedSince = 0;
  world.mapVersion++;
  return world;
}

/** So many sectors in a row, from one on. */
export const street = (from: number, count: number): [number, number][] =>
  Array.from({ length: count - 1 }, (_, at) => [from + at, from + at + 1]);

/** All that can be reached from where the ship is. */
export const hereOf = (world: World): Reach => reach(world, world.sector, Number.POSITIVE_INFINITY);

/** Dice that always fall the same. */
export const even = () => 0.5;
