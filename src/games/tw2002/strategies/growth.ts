/**
 * Whether a larger ship, or more holds, earn back what they cost in the turns that remain, with the way to where they are sold; and
 * whether it is better to wait until the purse is fuller.
 */
import { hopsTo, type Reach } from "../paths.ts";
import { holdsAffordable, holdsPrice, valueShip } from "../rules/equipment.ts";
import { type ShipKind, shipKinds, type ShipType, shipTypes } from "../rules/ships.ts";
import { dockingTurns } from "../rules/turns.ts";
import { horizon, toSpend, type World } from "../world.ts";
import { earningOf } from "./earning.ts";
import type { Market } from "./market.ts";

/** Something to buy: a ship, or holds for the one we have. */
export interface Growth {
  readonly sector: number;
  readonly hops: number;
  /** undefined: the ship we have is kept. */
  readonly kind: ShipKind | undefined;
  readonly holds: number;
  /** Credits, after what the old ship brings. */
  readonly price: number;
  /** Credits gained over the remaining turns. */
  readonly gain: number;
}

/** What the first hold of an empty hull costs where nobody has asked yet (recorded between 151 and 249). */
const holdUnseen = 200;
/** Credits that a hold must find left to be filled. */
export const filling = 40;
/** Turns that waiting for a fuller purse is weighed for. */
const waits = [25, 60, 140, 280] as const;
/** Turns that the way to a purchase to come is taken to cost. */
const tripTurns = 15;
/** Credits that a unit of cargo is worth, when it is lost with the ship. */
const cargoWorth = 40;
/** A class 0 port that every universe has (Sol). */
const sol = 1;
/** By so much a purchase must be better than none: reckonings are rough. */
const edge = 1.02;

interface Config {
  readonly kind: ShipKind;
  readonly holds: number;
}
/** Holds that a ship moves in a turn between usual neighbours. */
const carries = ({ kind, holds }: Config): number =>
  holds / (neighbourHops * shipTypes[kind].turnsPerWarp + dockingTurns);
const neighbourHops = 1.3;

type Career = (config: Config, turns: number) => number;
interface Option extends Config {
  readonly price: number;
}
interface Shop {
  readonly sector: number;
  readonly hops: number;
  readonly sellsShips: boolean;
}

/**
 * The purchase that is worth most, if any is worth its price and the way now rather than later or never. That none is, holds until
 * purse, ship or knowledge have changed, or some turns have passed. A memo by world, no memory: it can always be made again.
 */
export function growthOf(world: Readonly<World>, here: Reach, market: Market): Growth | undefined {
  const { chart, ports, holds, credits, bank = 0, dockings, stardock } = world;
  const stamp = [
    holds,
    stardock,
    Math.round(Math.log(1 + credits + bank) * purseSteps),
    Math.floor(horizon(world) / turnsStep),
    ports.size >> 3,
    dockings > 0 || world.ports.get(world.sector)?.portClass === 0,
  ].join();
  if (barren.get(chart) === stamp) return undefined;
  const found = weigh(world, here, market);
  if (!found) barren.set(chart, stamp);
  return found;
}

/** How coarsely the purse (twelfths of a factor e, some eight per cent) and the turns are told apart. */
const purseSteps = 12;
const turnsStep = 40;
const barren = new WeakMap<object, string>();

/** The purchase of that sort that is worth most now, whether or not it would be worth more later; undefined where none is better than none. */
export const growthNow = (
  world: Readonly<World>,
  here: Reach,
  market: Market,
  sort: "ship" | "holds",
): Growth | undefined => weigh(world, here, market, sort);

/** Of one sort alone, or of all and then only what is not worth more later. */
function weigh(
  world: Readonly<World>,
  here: Reach,
  market: Market,
  sort?: "ship" | "holds",
): Growth | undefined {
  const kind = world.ship.kind;
  if (!kind) return undefined;
  const turns = horizon(world);
  const now: Config = { kind, holds: world.holds };
  const earning = earningOf(world, market, turns);
  const career: Career = (config, left) => earning(config.holds, shipTypes[config.kind].turnsPerWarp, left);
  const purse = toSpend(world);
  const wealth = purse + (world.bank ?? 0);
  const hold = world.market.outfit?.hold ?? holdUnseen;
  const cargo = cargoWorth * (world.cargo[0] + world.cargo[1] + world.cargo[2]);
  const never = wealth + career(now, turns);
  const shops = shopsOf(world, here);
  const nearest = Math.min(...shops.map(({ hops }) => hops));
  const idle = sort
    ? never
    : valueOf(career, now, wealth, turns, hold, nearest * world.turnsPerWarp + dockingTurns);
  let best: Growth | undefined;
  for (const { sector, hops, sellsShips } of shops) {
    const left = turns - hops * world.turnsPerWarp - dockingTurns;
    if (left <= 0) continue;
    // The bank is where ships are sold.
    for (const option of optionsOf(now, sellsShips, sellsShips ? wealth : purse, hold)) {
      // A ship that carries less is not taken for the credits that ours would bring.
      if (carries(option) <= carries(now)) continue;
      if (sort && (option.kind === kind) !== (sort === "holds")) continue;
      const lost = option.kind === kind ? 0 : cargo;
      const gain = valueOf(career, option, wealth - option.price, left, hold, tripTurns) - lost - idle;
      if (gain <= (best?.gain ?? 0) || gain + idle <= never * edge) continue;
      best = {
        sector,
        hops,
        kind: option.kind === kind ? undefined : option.kind,
        holds: option.holds,
        price: option.price,
        gain,
      };
    }
  }
  return best;
}

/**
 * What a ship and a purse are worth with so many turns to go, in credits at the end: trading alone, or trading until one more
 * purchase can be paid and then with that. `trip`: turns that the way to it costs.
 */
function valueOf(
  career: Career,
  now: Config,
  purse: number,
  turns: number,
  hold: number,
  trip: number,
): number {
  const lack = Math.max(0, now.holds * filling - purse);
  const earning = career(now, turns) / turns;
  let best = purse + career(now, turns) - lack;
  for (const wait of waits) {
    const left = turns - wait - trip;
    if (left <= 0) break;
    const credits = purse - lack + earning * wait;
    for (const option of optionsOf(now, true, credits, hold)) {
      const unfilled = Math.max(0, option.holds * filling - (credits - option.price));
      best = Math.max(best, credits - option.price + career(option, left) - unfilled);
    }
  }
  return best;
}

/** Places that sell holds, and the one that sells ships, as far as a way there is known. */
function shopsOf({ ports, stardock }: Readonly<World>, here: Reach): Shop[] {
  const shops: Shop[] = [];
  const add = (sector: number, sellsShips: boolean) => {
    const hops = hopsTo(here, sector);
    if (hops < Number.POSITIVE_INFINITY) shops.push({ sector, hops, sellsShips });
  };
  if (stardock !== undefined) add(stardock, true);
  add(sol, false);
  for (const { sector, portClass } of ports.values())
    if (portClass === 0 && sector !== sol) add(sector, false);
  return shops;
}

/**
 * All that a purse can buy and fill the holds of: holds for the ship we have, and other ships with more or fewer of them. A visit
 * leaves in hand what fills the holds (errands.ts): what only an empty purse could pay would never be bought.
 */
function* optionsOf(now: Config, ships: boolean, credits: number, hold: number): Generator<Option> {
  const type = shipTypes[now.kind];
  const prices = { hold, fighter: 0, shield: 0 };
  const filled = { ...prices, hold: hold + filling };
  yield* withHolds(now.kind, now.holds, 0);
  if (!ships) return;
  const old = valueShip(type, { holds: now.holds, fittings: 0 }, prices).total;
  for (const kind of tradersShips) {
    const next: ShipType = shipTypes[kind];
    const price = next.cost - old;
    // A ship that costs nothing takes nothing out of the purse.
    const beyond = price > 0 && price + next.holdsFirst * filling > credits;
    if (kind === now.kind || beyond || next.holdsMax < type.holdsMax * roomShare) continue;
    yield { kind, holds: next.holdsFirst, price };
    yield* withHolds(kind, next.holdsFirst, price);
  }

  function* withHolds(of: ShipKind, first: number, base: number): Generator<Option> {
    const room = shipTypes[of].holdsMax - first;
    const most = holdsAffordable(filled, first, room, credits - base - first * filling);
    let last = 0;
    for (const share of shares) {
      const count = Math.ceil(most * share);
      if (count === last) continue;
      last = count;
      yield { kind: of, holds: first + count, price: base + holdsPrice(prices, first, count) };
    }
  }
}

/** Of the holds that can be paid, such shares are weighed. */
const shares = [1, 0.6, 0.3] as const;

/** A ship with less room than this share of ours is a step back for whoever flies on, whatever it leaves in the purse. */
const roomShare = 0.8;

/** A ship with a tenth fewer holds carries about as much. */
const aboutAsMuch = 1.1;

/** Ships that anybody may buy, without those than which another carries about as much, as fast, for less. */
const tradersShips: readonly ShipKind[] = shipKinds.filter((kind) => {
  const { ceoOnly, commissionOnly } = shipTypes[kind];
  return !ceoOnly && !commissionOnly && !shipKinds.some((other) => other !== kind && outdoes(other, kind));
});

function outdoes(other: ShipKind, kind: ShipKind): boolean {
  const [a, b]: readonly ShipType[] = [shipTypes[other], shipTypes[kind]];
  const enough = a!.holdsMax * aboutAsMuch >= b!.holdsMax;
  return (
    enough && a!.turnsPerWarp <= b!.turnsPerWarp && a!.cost <= b!.cost && !a!.ceoOnly && !a!.commissionOnly
  );
}
