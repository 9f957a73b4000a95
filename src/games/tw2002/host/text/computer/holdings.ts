/** What a trader owns elsewhere: his planets and his ships, as the computer and the corporation's menu scan them. */
import { type Product, products } from "../../../rules/ports.ts";
import { planetTypes } from "../../../rules/planets.ts";
import { fightersOn, inStore, population, production } from "../../planet.ts";
import type { Planet, Ship } from "../../things.ts";
import { planetTypeName } from "./catalogue.ts";
import { shortFigure } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { shipName } from "../ships.ts";
import { shipTypes } from "../../../rules/ships.ts";

// ---- planets

export const planetScanHeading = (whose: "Personal" | "Corporate") => (paper: Paper) => {
  paper.raw("\x1b[2J\x1b[H");
  const title = `${whose} Planet Scan`;
  paper.put`\n~=${" ".repeat(27)}${title}${" ".repeat(30)}

~C Sector  Planet Name    Ore  Org  Equ   Ore   Org   Equ   Fighters    Citadel
~C Shields Population    -=Productions=-  -=-=-=-=-On Hands-=-=-=-=- ~0   ~CCredits
~m${"=".repeat(scanWidth)}\n`;
};
const scanWidth = 78;

export const noPlanets = (paper: Paper) => paper.put`~gNo Planets claimed\n`;

/** Both lines of a planet, its production being up to date. How a citadel and its shields look is ours. */
export const planetScanRow = (planet: Planet) => (paper: Paper) => {
  const { citadel } = planet;
  const { title, subclass } = planetTypes[planet.type];
  const written = `Class ${planet.type}${subclass === "" ? "" : `-${subclass}`}, ${title}`.length;
  const level = citadel.level === 0 ? "No Citadel" : `Level ${citadel.level}`;
  paper.put`~M${String(planet.sector).padStart(6)}~C   ~m${`#${planet.id}`.padEnd(6)}~C${planet.name.slice(0, 24).padEnd(25)}${planetTypeName(planet.type)}~g${" ".repeat(Math.max(1, 26 - written))}~0~g ${level.padStart(10)}\n`;
  const people = `(${shortFigure(population(planet) * 1000)})`;
  const made = production(planet).units;
  paper.put`~R${shieldColumn(planet.shields)}~B   ${people.padEnd(13)}~g${columns(5, made)}~Y${columns(6, stored(planet))}~R${shortFigure(fightersOn(planet)).padStart(11)}~m${shortFigure(citadel.treasury).padStart(11)}\n`;
};

/** The sums under all planets; no shields and no treasury were seen as dashes. */
export const planetScanSums = (planets: readonly Planet[]) => (paper: Paper) => {
  const sum = (of: (planet: Planet) => number) => planets.reduce((total, planet) => total + of(planet), 0);
  const sums = (of: (planet: Planet, product: Product) => number): Record<Product, number> => ({
    "Fuel Ore": sum((planet) => of(planet, "Fuel Ore")),
    Organics: sum((planet) => of(planet, "Organics")),
    Equipment: sum((planet) => of(planet, "Equipment")),
  });
  const people = `(${shortFigure(sum(population) * 1000)})`;
  const treasury = sum(({ citadel }) => citadel.treasury);
  const held = columns(6, sums(inStore)).slice(1);
  paper.put`~m======   ============  ==== ==== ==== ===== ===== ===== ========== ==========
~R${shieldColumn(sum(({ shields }) => shields))}   ~B${people.padEnd(13)}~g${columns(
    5,
    sums((planet, product) => production(planet).units[product]),
  )} ~Y${held} ~R${shortFigure(sum(fightersOn)).padStart(10)} ~m${(treasury === 0 ? "---" : shortFigure(treasury)).padStart(10)}\n`;
};

const stored = (planet: Planet): Record<Product, number> => ({
  "Fuel Ore": inStore(planet, "Fuel Ore"),
  Organics: inStore(planet, "Organics"),
  Equipment: inStore(planet, "Equipment"),
});
const columns = (width: number, figures: Record<Product, number>) =>
  products.map((product) => shortFigure(figures[product]).padStart(width)).join("");
const shieldColumn = (shields: number) => (shields === 0 ? "---" : shortFigure(shields)).padStart(6);

// ---- ships

export const shipScanHeading = (paper: Paper) =>
  paper.put`~C                        --<  Available Ship Scan  >--
~mShip  Sect Name                  Fighters Shields Hops Type
~=-----------------------------------------------------------------------------\n`;

/** `aboard`: it is the one he flies. `hops` undefined when no course leads there. */
export const shipScanRow = (ship: Ship, aboard: boolean, hops: number | undefined) => (paper: Paper) => {
  paper.put`~B${String(ship.id).padStart(4)} ~C${String(ship.sector).padStart(5)}`;
  if (aboard) paper.put`~!+~0`;
  else paper.put` `;
  const type = shipTypes[ship.kind].name;
  paper.put`~Y${ship.name.slice(0, 20).padEnd(21)}~C${shortFigure(ship.fighters).padStart(8)} ~y${shortFigure(ship.shields).padStart(7)} ~g${String(hops ?? "--").padStart(4)}  ${shipName(ship.kind)}~g${" ".repeat(Math.max(0, 23 - type.length))}\n`;
};

export const noOtherShips = (paper: Paper) => paper.put`~gYou do not own any other ships!\n`;
