/** The planet that a newcomer begins on, in games that give him one. */
import { fedSectors } from "../../rules/space.ts";
import { addPlanet, type Galaxy, nextNumber, sectorAt } from "../galaxy.ts";
import { occupants } from "../occupants.ts";
import { formPlanet } from "../planet.ts";
import type { Planet, Trader } from "../things.ts";

const throwsMax = 200;

/**
 * A sector for a home planet: away from the Federation and without planets or anybody's fighters; undefined when none
 * is found.
 */
export function homeSector(galaxy: Galaxy): number | undefined {
  const { sectors, dice, planets, settings } = galaxy;
  if (planets.size >= settings.planetsMax) return undefined;
  for (let thrown = 0; thrown < throwsMax; thrown++) {
    const sector = dice.between(fedSectors + 1, sectors.length, "a home planet's sector");
    if (sector === galaxy.stardock) continue;
    const { fighters, warps } = sectorAt(galaxy, sector);
    if (warps.length > 0 && !fighters && occupants(galaxy, sector).planets.size === 0) return sector;
  }
  return undefined;
}

/** Thousands of colonists at each kind of work: nine such numbers were seen, from 15 to 99. */
const settlers = { min: 10, max: 100 };

/** Makes the planet, his and settled. */
export function settle(galaxy: Galaxy, trader: Trader, name: string, sector: number, at: number): Planet {
  const { dice } = galaxy;
  const some = (work: string) =>
    dice.between(settlers.min, settlers.max, `colonists of a home planet: ${work}`);
  const planet = formPlanet({
    id: nextNumber(galaxy, "planet"),
    name,
    type: "M",
    sector,
    createdAt: at,
    owner: { type: "trader", id: trader.id },
    colonists: {
      "Fuel Ore": some("Fuel Ore"),
      Organics: some("Organics"),
      Equipment: some("Equipment"),
    },
  });
  addPlanet(galaxy, planet);
  return planet;
}
