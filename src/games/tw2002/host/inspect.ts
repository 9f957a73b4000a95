/** A galaxy's truth, hidden numbers and all, as plain values: for a curious sysop and for tests. Changes nothing. */
import { type Product, products, shownFactor, sideOf, unitPrice, weekdayMood } from "../rules/ports.ts";
import { shipTypes } from "../rules/ships.ts";
import { type Galaxy, isSector, sectorAt } from "./galaxy.ts";
import { occupants } from "./occupants.ts";
import { weekday } from "./text/figures.ts";
import type { Port, Stock } from "./things.ts";
import { emptyHolds } from "./ships.ts";
import { ownerName } from "./owners.ts";
import { stockAt, stockMax } from "./stock.ts";

/** How much there is of everything. */
export function summary(galaxy: Galaxy) {
  const { settings, stardock, chronicle } = galaxy;
  return {
    sectors: galaxy.sectors.length,
    stardock,
    ports: galaxy.ports.size,
    planets: galaxy.planets.size,
    ships: galaxy.ships.size,
    traders: galaxy.traders.size,
    corporations: galaxy.corps.size,
    wanderers: galaxy.wanderers.size,
    began: new Date(galaxy.began).toISOString(),
    log_lines: chronicle.log.length,
    settings: { ...settings, password: settings.password === "" ? "" : "***" },
  };
}

/** One product at one port: what it holds, its hidden numbers, and a unit's prices for an experienced trader today. */
function productTruth(galaxy: Galaxy, port: Port, index: number, stock: Stock, at: number) {
  const product = products[index] ?? "Fuel Ore";
  const side = sideOf(port.portClass, product) ?? "buying";
  const amount = stockAt(galaxy, stock, at);
  const [calm, keen] = weekdayMood[weekday(at, galaxy.settings.yearsAhead)] ?? [0, 0];
  const unit = unitPrice({
    product,
    side,
    mcic: stock.mcic,
    productivity: stock.productivity,
    mood: (calm + keen) / 2,
    stock: amount,
    experience: experienced,
  });
  return {
    product,
    side,
    amount,
    max: stockMax(stock),
    mcic: side === "buying" ? -stock.mcic : stock.mcic,
    productivity: stock.productivity,
    best_price: round(unit),
    first_price: round(unit * shownFactor(side, stock.mcic, 0)),
  };
}
/** Points from which on experience does not change a price. */
const experienced = 1000;
const round = (price: number) => Math.round(price * 100) / 100;

/** A port with its hidden numbers; undefined where there is none. Prices are credits a unit at the day's middling mood. */
export function portTruth(galaxy: Galaxy, sector: number, at: number) {
  const port = galaxy.ports.get(sector);
  if (!port) return undefined;
  const { name, portClass, stocks, docked, opensAt, destroyed } = port;
  return {
    sector,
    name,
    class: portClass,
    destroyed,
    opens: opensAt === 0 ? null : new Date(opensAt).toISOString(),
    last_docked: docked ? { ship: docked.ship, at: new Date(docked.at).toISOString() } : null,
    products: stocks.map((stock, index) => productTruth(galaxy, port, index, stock, at)),
  };
}

/** A sector and all that is in it; undefined for one that does not exist. */
export function sectorTruth(galaxy: Galaxy, number: number, at: number) {
  if (!isSector(galaxy, number)) return undefined;
  const { warps, nebula, beacon, navHaz, fighters, armids, limpets } = sectorAt(galaxy, number);
  const there = occupants(galaxy, number);
  const field = (of: typeof armids) => (of ? { owner: ownerName(galaxy, of.owner), count: of.count } : null);
  return {
    sector: number,
    warps,
    warps_in: galaxy.sectors.filter((from) => from.warps.includes(number)).map((from) => from.number),
    nebula,
    beacon,
    nav_haz: navHaz,
    fighters: fighters ? { ...field(fighters), mode: fighters.mode } : null,
    armid_mines: field(armids),
    limpet_mines: field(limpets),
    port: portTruth(galaxy, number, at) ?? null,
    planets: [...there.planets].map((planet) => ({
      id: planet.id,
      name: planet.name,
      class: planet.type,
      owner: ownerName(galaxy, planet.owner),
      colonists: planet.colonists,
      store: planet.store,
      fighters: planet.fighters,
      shields: planet.shields,
      citadel: planet.citadel.level,
      treasury: planet.citadel.treasury,
    })),
    traders: [...there.traders].map(({ name, place }) => ({ name, place: place.type })),
    empty_ships: [...there.ships].map(({ id, name, kind, owner }) => ({
      id,
      name,
      type: shipTypes[kind].name,
      owner: ownerName(galaxy, owner),
    })),
    wanderers: [...there.wanderers].map(({ race, name, fighters: count }) => ({
      race,
      name,
      fighters: count,
    })),
  };
}

/** A trader by name or login, whatever the case; undefined for nobody. Never a password, not even sealed. */
export function playerTruth(galaxy: Galaxy, name: string) {
  const key = name.toLowerCase();
  const trader = galaxy.byName.get(key) ?? galaxy.byLogin.get(key);
  if (!trader) return undefined;
  const { password: _, salt: __, ship, preferences: ___, mail, ...standing } = trader;
  const { password: ____, ...hull } = ship;
  return {
    ...standing,
    corporation: galaxy.corps.get(trader.corp)?.name ?? null,
    explored: galaxy.seen.get(trader.id)?.size ?? 0,
    mail_waiting: mail.length,
    ship: { ...hull, type: shipTypes[ship.kind].name, empty_holds: emptyHolds(ship) },
  };
}

/** One way of a pair: what is carried, and credits gained by each unit of it at the hidden best prices. */
interface Leg {
  readonly product: Product;
  readonly from: number;
  readonly to: number;
  readonly gain: number;
}

/** Two neighbouring ports, and what a hold brings on the round trip. */
interface Pair {
  readonly sectors: readonly [number, number];
  readonly classes: readonly [number, number];
  readonly legs: readonly Leg[];
  /** Credits a hold for going there and back. */
  readonly gain: number;
}

/** The best pairs of neighbouring ports at a moment, most gain first. */
export function bestPairs(galaxy: Galaxy, at: number, top: number): Pair[] {
  const pairs: Pair[] = [];
  for (const here of galaxy.ports.values()) {
    for (const number of sectorAt(galaxy, here.sector).warps) {
      const there = galaxy.ports.get(number);
      if (!there || there.sector <= here.sector) continue;
      if (!sectorAt(galaxy, there.sector).warps.includes(here.sector)) continue;
      const legs = [bestLeg(galaxy, here, there, at), bestLeg(galaxy, there, here, at)].flatMap(
        (leg) => leg ?? [],
      );
      if (legs.length === 0) continue;
      const gain = round(legs.reduce((sum, leg) => sum + leg.gain, 0));
      pairs.push({
        sectors: [here.sector, there.sector],
        classes: [here.portClass, there.portClass],
        legs,
        gain,
      });
    }
  }
  return pairs.sort((a, b) => b.gain - a.gain).slice(0, top);
}

function bestLeg(galaxy: Galaxy, from: Port, to: Port, at: number): Leg | undefined {
  if (from.destroyed || to.destroyed || from.opensAt > 0 || to.opensAt > 0) return undefined;
  let best: Leg | undefined;
  for (const [index, product] of products.entries()) {
    const [bought, sold] = [from.stocks[index], to.stocks[index]];
    if (!bought || !sold) continue;
    if (sideOf(from.portClass, product) !== "selling" || sideOf(to.portClass, product) !== "buying") continue;
    const gain = round(
      productTruth(galaxy, to, index, sold, at).best_price -
        productTruth(galaxy, from, index, bought, at).best_price,
    );
    if (gain > (best?.gain ?? 0)) best = { product, from: from.sector, to: to.sector, gain };
  }
  return best;
}
