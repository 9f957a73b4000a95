/** Planets as they come into being. */
import type { PlanetClass } from "../rules/planets.ts";
import { noCargo } from "./galaxy.ts";
import { type Citadel, nobody, type Planet } from "./things.ts";

const noCitadel = (): Citadel => ({
  level: 0,
  doneAt: 0,
  treasury: 0,
  atmosphere: 0,
  quasar: 0,
  military: 0,
  stance: "defensive",
  transporter: 0,
  interdictor: false,
});

/** A planet without colonists or stores, not yet in any list. */
export function formPlanet(
  known: Pick<Planet, "id" | "name" | "type" | "sector" | "createdAt"> & Partial<Planet>,
): Planet {
  return {
    owner: nobody,
    creator: "",
    colonists: noCargo(),
    store: noCargo(),
    fighters: 0,
    shields: 0,
    citadel: noCitadel(),
    at: known.createdAt,
    ...known,
  };
}

const earth: PlanetClass = "M";
/** Terra's number among the planets, the same in every game. */
export const terraNumber = 1;

/** Terra, in sector 1, nobody's, with people who want to leave. Thousands of colonists. */
export const terra = (at: number, colonists: number): Planet =>
  formPlanet({
    id: terraNumber,
    name: "Terra",
    type: earth,
    sector: 1,
    createdAt: at,
    colonists: { ...noCargo(), "Fuel Ore": colonists },
  });
