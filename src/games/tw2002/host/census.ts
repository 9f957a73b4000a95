/** What there is in a galaxy, counted: for the settings' screen and the list of the game's state. */
import type { Galaxy } from "./galaxy.ts";

export interface Census {
  readonly traders: number;
  /** Traders who are not evil, per cent; undefined when there are none. */
  readonly goodTraders: number | undefined;
  readonly aliens: number;
  readonly goodAliens: number | undefined;
  readonly ports: number;
  /** Credits in the strongrooms of all ports: seen to be a few thousand in a new game, and to grow with trade. */
  readonly portValue: number;
  readonly planets: number;
  /** Planets with a citadel, per cent; undefined without planets. */
  readonly citadels: number | undefined;
  readonly ships: number;
  readonly corps: number;
  readonly fighters: number;
  readonly mines: number;
}

/** Counts everything. Walks through the whole galaxy. */
export function census(galaxy: Galaxy): Census {
  const traders = [...galaxy.traders.values()];
  const aliens = [...galaxy.wanderers.values()].filter(({ race }) => race === "alien");
  const planets = [...galaxy.planets.values()];
  const ships = [...galaxy.ships.values()];
  const ports = [...galaxy.ports.values()].filter(({ destroyed }) => !destroyed);
  let fighters = 0;
  let mines = 0;
  for (const { fighters: garrison, armids, limpets } of galaxy.sectors) {
    fighters += garrison?.count ?? 0;
    mines += (armids?.count ?? 0) + (limpets?.count ?? 0);
  }
  return {
    traders: traders.length,
    goodTraders: share(traders.filter(isGood).length, traders.length),
    aliens: aliens.length,
    goodAliens: share(aliens.filter(isGood).length, aliens.length),
    ports: ports.length,
    portValue: sum(ports.map(({ credits = 0 }) => credits)),
    planets: planets.length,
    citadels: share(planets.filter(({ citadel }) => citadel.level > 0).length, planets.length),
    ships: ships.length,
    corps: galaxy.corps.size,
    fighters:
      fighters + sum(ships.map((ship) => ship.fighters)) + sum(planets.map((planet) => planet.fighters)),
    mines: mines + sum(ships.map(({ gear }) => gear.armids + gear.limpets)),
  };
}

const isGood = ({ alignment }: { readonly alignment: number }) => alignment >= 0;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
/** Seen: 2 of 3 were 66 %. */
const share = (part: number, whole: number) => (whole === 0 ? undefined : Math.floor((100 * part) / whole));
