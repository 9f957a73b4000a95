/**
 * A galaxy made again what it was when it was last kept, after an event failed halfway. Everything keeps its identity:
 * those who play on hold on to the same traders, ports and stocks as before.
 */
import { type Galaxy, reseed, takeChanges } from "./galaxy.ts";
import { settle } from "./occupants.ts";
import type { Port } from "./things.ts";

/** Undoes all that has happened to `galaxy` since it was like `kept`, which is used up by it. */
export function restore(galaxy: Galaxy, kept: Galaxy): void {
  for (const [index, sector] of kept.sectors.entries()) refill(galaxy.sectors[index] ?? sector, sector);
  restoreAll(
    galaxy.ports,
    new Map([...kept.ports].map(([sector, was]) => [sector, withStocks(galaxy.ports.get(sector), was)])),
  );
  restoreAll(galaxy.planets, kept.planets);
  restoreAll(galaxy.ships, kept.ships);
  restoreAll(galaxy.corps, kept.corps);
  restoreAll(galaxy.wanderers, kept.wanderers);
  restoreAll(galaxy.traders, kept.traders);
  for (const [id, { ship }] of kept.traders) {
    const trader = galaxy.traders.get(id);
    if (trader) trader.ship = known(galaxy.ships, ship);
  }
  for (const names of ["byLogin", "byName"] as const) {
    galaxy[names].clear();
    for (const [name, trader] of kept[names]) galaxy[names].set(name, known(galaxy.traders, trader));
  }
  galaxy.seen.clear();
  for (const [trader, sectors] of kept.seen) galaxy.seen.set(trader, sectors);
  restoreOccupants(galaxy, kept);
  refill(galaxy.chronicle, kept.chronicle);
  reseed(galaxy, kept.dice.state());
  takeChanges(galaxy);
}

function restoreOccupants(galaxy: Galaxy, kept: Galaxy): void {
  galaxy.inSector.clear();
  for (const [sector, was] of kept.inSector) {
    for (const trader of was.traders) settle(galaxy, sector, "traders", known(galaxy.traders, trader));
    for (const ship of was.ships) settle(galaxy, sector, "ships", known(galaxy.ships, ship));
    for (const planet of was.planets) settle(galaxy, sector, "planets", known(galaxy.planets, planet));
    for (const wanderer of was.wanderers)
      settle(galaxy, sector, "wanderers", known(galaxy.wanderers, wanderer));
  }
}

/** The galaxy's own object for one that was read again. */
const known = <T extends { readonly id: number }>(things: ReadonlyMap<number, T>, thing: T): T =>
  things.get(thing.id) ?? thing;

function restoreAll<T extends object>(things: Map<number, T>, kept: ReadonlyMap<number, T>): void {
  const before = new Map(things);
  things.clear();
  for (const [number, was] of kept) {
    const thing = before.get(number);
    if (thing) refill(thing, was);
    things.set(number, thing ?? was);
  }
}

/** A port's values with the stocks that it has: whoever haggles holds on to one of them. */
function withStocks(port: Port | undefined, was: Port): Port {
  if (port?.stocks.length !== was.stocks.length) return was;
  return { ...was, stocks: port.stocks.map((stock, index) => Object.assign(stock, was.stocks[index])) };
}

/** Gives a thing that has changed the values of another; one that has not keeps all that is in it. */
function refill(thing: object, was: object): void {
  if (JSON.stringify(thing, plainly) === JSON.stringify(was, plainly)) return;
  const values = thing as Record<string, unknown>;
  for (const key of Object.keys(values)) if (!(key in was)) delete values[key];
  Object.assign(values, was);
}

/** A ship is no part of its trader here. */
const plainly = (key: string, value: unknown) => (key === "ship" && isRecord(value) ? undefined : value);
const isRecord = (value: unknown) => typeof value === "object" && value !== null;
