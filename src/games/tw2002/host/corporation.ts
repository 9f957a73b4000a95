/** Corporations: who belongs to them, and what becomes of their belongings when the last one goes. */
import { addCorp, type Galaxy, nextNumber, note, removeCorp } from "./galaxy.ts";
import type { Corporation, Owner, Trader } from "./things.ts";

/** A new corporation, with its founder at its head. */
export function foundCorp(
  galaxy: Galaxy,
  founder: Trader,
  known: { name: string; password: string; at: number },
): Corporation {
  const corp: Corporation = {
    id: nextNumber(galaxy, "corp"),
    name: known.name,
    password: known.password,
    ceo: founder.id,
    members: [founder.id],
    foundedAt: known.at,
  };
  founder.corp = corp.id;
  addCorp(galaxy, corp);
  note(galaxy, "trader", founder);
  return corp;
}

export const corpOf = (galaxy: Galaxy, trader: Trader): Corporation | undefined =>
  galaxy.corps.get(trader.corp);

export const membersOf = (galaxy: Galaxy, corp: Corporation): Trader[] =>
  corp.members.flatMap((id) => galaxy.traders.get(id) ?? []);

/** Whether a corporation of that name exists, however it is written. */
export const nameTaken = (galaxy: Galaxy, name: string) =>
  [...galaxy.corps.values()].some((corp) => corp.name.toLowerCase() === name.toLowerCase());

export function joinCorp(galaxy: Galaxy, trader: Trader, corp: Corporation): void {
  corp.members.push(trader.id);
  trader.corp = corp.id;
  note(galaxy, "corp", corp);
  note(galaxy, "trader", trader);
}

/**
 * Takes a trader out of his corporation. The next member becomes its head; with the last one it is closed, and what it
 * owned is his.
 */
export function leaveCorp(galaxy: Galaxy, trader: Trader): void {
  const corp = corpOf(galaxy, trader);
  trader.corp = 0;
  note(galaxy, "trader", trader);
  if (!corp) return;
  corp.members = corp.members.filter((id) => id !== trader.id);
  const [next] = corp.members;
  if (next === undefined) {
    inherit(galaxy, corp, { type: "trader", id: trader.id });
    return removeCorp(galaxy, corp);
  }
  if (corp.ceo === trader.id) corp.ceo = next;
  note(galaxy, "corp", corp);
}

/** All that a corporation owned goes over to somebody. */
function inherit(galaxy: Galaxy, corp: Corporation, heir: Owner): void {
  const theirs = (owner: Owner) => owner.type === "corp" && owner.id === corp.id;
  for (const sector of galaxy.sectors) {
    for (const left of [sector.fighters, sector.armids, sector.limpets]) {
      if (!left || !theirs(left.owner)) continue;
      left.owner = heir;
      note(galaxy, "sector", sector);
    }
  }
  for (const planet of galaxy.planets.values()) {
    if (!theirs(planet.owner)) continue;
    planet.owner = heir;
    note(galaxy, "planet", planet);
  }
  for (const ship of galaxy.ships.values()) {
    if (!theirs(ship.owner)) continue;
    ship.owner = heir;
    note(galaxy, "ship", ship);
  }
}
