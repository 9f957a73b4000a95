/** A ship as it leaves the yard, and what it can hold and do. */
import { products } from "../rules/ports.ts";
import { shipTypes } from "../rules/ships.ts";
import { noCargo, noGear, type Ship, type Trader } from "./things.ts";

/** Turns that one warp takes in the ship he flies, without what it tows. */
export const turnsPerWarp = (trader: Trader) => shipTypes[trader.ship.kind].turnsPerWarp;

/** Holds that neither cargo nor colonists fill. */
export const emptyHolds = ({ holds, cargo, colonists }: Ship) =>
  holds - colonists - products.reduce((sum, product) => sum + cargo[product], 0);

/** A ship as it leaves the yard, not yet in any list. */
export function buildShip(
  known: Pick<Ship, "id" | "kind" | "name" | "maker" | "builtAt" | "sector" | "pilot" | "owner"> &
    Partial<Ship>,
): Ship {
  return {
    password: "",
    holds: shipTypes[known.kind].holdsFirst,
    cargo: noCargo(),
    colonists: 0,
    fighters: 0,
    shields: 0,
    ported: 0,
    kills: 0,
    gear: noGear(),
    limpeted: [],
    cloaked: false,
    towing: 0,
    interdicting: false,
    ...known,
  };
}

/** Most fighters that a ship can send out at once. */
export const waveMax = ({ kind, fighters }: Ship) => Math.min(fighters, shipTypes[kind].attackMax);

/** Whether this is the ship's password, in whatever case. */
export const unlocks = (ship: Ship, typed: string) =>
  typed.trim().toUpperCase() === ship.password.trim().toUpperCase();
