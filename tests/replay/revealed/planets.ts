/** Planets, as sector displays, registries and their own screens show them. */
import { type Product, products } from "../../../src/games/tw2002/rules/ports.ts";
import { figure } from "../plain.ts";
import type { Reader } from "./view.ts";

export interface SeenPlanet {
  readonly name: string;
  readonly type: string;
  readonly sector: number;
  id: number | undefined;
  owner: string;
  creator: string;
  readonly colonists: number[];
  readonly store: number[];
  fighters: number;
  shields: number;
  citadel: number;
  treasury: number;
  /** When its figures were shown. */
  at: number | undefined;
}

export interface Planets {
  /** But for those that the player made. */
  readonly planets: readonly SeenPlanet[];
  /** The number of the first planet that the player made. */
  readonly nextPlanet: number | undefined;
}

/** The level of a citadel from which it has a shield generator. */
const shieldsLevel = 5;

export function createPlanetReader(): Reader<Planets> {
  const planets: SeenPlanet[] = [];
  let nextPlanet: number | undefined;
  /** The planet whose screen is read. */
  let shown: SeenPlanet | undefined;

  const known = (name: string | undefined, sector: number) =>
    planets.find((planet) => planet.name === name && planet.sector === sector);
  const found = (name: string, sector: number, type: string): SeenPlanet => {
    const before = known(name, sector);
    if (before) return before;
    const planet: SeenPlanet = {
      name,
      type,
      sector,
      id: undefined,
      owner: "",
      creator: "",
      colonists: [0, 0, 0],
      store: [0, 0, 0],
      fighters: 0,
      shields: 0,
      citadel: 0,
      treasury: 0,
      at: undefined,
    };
    planets.push(planet);
    return planet;
  };

  return {
    read({ text, at, current, block, madeHere }) {
      if (text.startsWith("Command ")) shown = undefined;
      for (const { name, type, shielded } of block?.planets ?? []) {
        if (madeHere(name)) continue;
        const planet = found(name, block?.number ?? 0, type);
        // What shows it shielded is its citadel's generator, whatever it is charged with.
        if (shielded && planet.at === undefined) planet.citadel = Math.max(planet.citadel, shieldsLevel);
      }
      const registry = /^ +< *(\d+)> (.+?) {2,}(None|Level \d) +\d+% +\S+ +\S+ +\w$/.exec(text);
      const registered = registry && known(registry[2], current);
      if (registered) {
        registered.id ??= Number(registry[1]);
        if (registered.at === undefined) registered.citadel = figure(/\d/.exec(registry[3] ?? "")?.[0]);
        shown = registered;
      }
      const owner = /^ +Owned by: (.+)$/.exec(text);
      if (owner && shown) shown.owner ||= owner[1] ?? "";
      const scanned = /^ *(\d+) +#(\d+) +(.+?) +Class \w/.exec(text);
      const mine = scanned && known(scanned[3], Number(scanned[1]));
      if (mine) mine.id ??= Number(scanned[2]);
      const heading = /^Planet #(\d+) in sector (\d+): (.+)$/.exec(text);
      if (heading) {
        if (madeHere(heading[3] ?? "")) nextPlanet ??= Number(heading[1]);
        const planet = known(heading[3], Number(heading[2]));
        if (planet) planet.id ??= Number(heading[1]);
        // Its first screen counts.
        shown = planet?.at === undefined ? planet : undefined;
        if (shown) shown.at = at;
      }
      if (shown?.at !== undefined) readScreen(text, shown);
    },
    known: () => ({ planets, nextPlanet }),
  };
}

const goodsRow =
  /^(Fuel Ore|Organics|Equipment|Fighters) +([\d,]+|N\/A) +(?:[\d,]+|N\/A) +[\d,]+ +([\d,]+) +[\d,]+ +[\d,]+$/;

/** A line of a planet's own screen. */
function readScreen(text: string, planet: SeenPlanet): void {
  const by = /^(Created|Claimed) by: (.+)$/.exec(text);
  if (by?.[1] === "Created") planet.creator = by[2] ?? "";
  if (by?.[1] === "Claimed") planet.owner = by[2] ?? "";
  const goods = goodsRow.exec(text);
  const index = products.indexOf(goods?.[1] as Product);
  if (goods && index < 0) planet.fighters = figure(goods[3]);
  if (goods && index >= 0) {
    planet.colonists[index] = figure(goods[2]);
    planet.store[index] = figure(goods[3]);
  }
  const power = /Shielding Power Level = (\d+)/.exec(text);
  if (power) planet.shields = figure(power[1]);
  const citadel = /^Planet has a level (\d) Citadel, treasury contains ([\d,]+) credits\./.exec(text);
  if (citadel) {
    planet.citadel = Number(citadel[1]);
    planet.treasury = figure(citadel[2]);
  }
}
