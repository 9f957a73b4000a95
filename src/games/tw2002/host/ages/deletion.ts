/**
 * Traders who have not been seen for long make room: they, their ships, fighters and mines, and their place in a
 * corporation.
 */
import { type Galaxy, note, removeCorp, removeShip, strikeOff } from "../galaxy.ts";
import { logEvent } from "../log.ts";
import type { Game } from "../session.ts";
import { nobody, type Owner, type Trader } from "../things.ts";
import { dayMs } from "../../rules/time.ts";

/** Strikes off everybody who has been away for longer than the game allows; how many they were. */
export function deleteIdle({ galaxy, online }: Pick<Game, "galaxy" | "online">, at: number): number {
  const limit = galaxy.settings.deletionDays * dayMs;
  const idle = [...galaxy.traders.values()].filter(
    ({ id, lastOn }) => at - lastOn > limit && !online.has(id),
  );
  for (const trader of idle) {
    deleteTrader(galaxy, trader);
    // How the log words it is ours.
    logEvent(galaxy, at, (paper) => paper.put`~C${trader.name}~g was removed for not having played.`);
  }
  return idle.length;
}

/** Whether the game has room for one more, if need be after those have gone who have been away too long. */
export function makeRoom(game: Pick<Game, "galaxy" | "online">, at: number): boolean {
  const { traders, settings } = game.galaxy;
  if (traders.size >= settings.playersMax) deleteIdle(game, at);
  return traders.size < settings.playersMax;
}

/** Takes a trader out of the game with all that is only his; his planets become nobody's. */
export function deleteTrader(galaxy: Galaxy, trader: Trader): void {
  const corp = leaveCorp(galaxy, trader);
  const his = ({ type, ...owner }: Owner & { id?: number }) =>
    (type === "trader" && owner.id === trader.id) || (type === "corp" && owner.id === corp);
  for (const sector of galaxy.sectors) {
    const { fighters, armids, limpets } = sector;
    if (fighters && his(fighters.owner)) sector.fighters = undefined;
    if (armids && his(armids.owner)) sector.armids = undefined;
    if (limpets && his(limpets.owner)) sector.limpets = undefined;
    if (sector.fighters !== fighters || sector.armids !== armids || sector.limpets !== limpets) {
      note(galaxy, "sector", sector);
    }
  }
  for (const planet of galaxy.planets.values()) {
    if (!his(planet.owner)) continue;
    planet.owner = nobody;
    note(galaxy, "planet", planet);
  }
  for (const ship of galaxy.ships.values()) {
    if (!his(ship.owner) || ship === trader.ship) continue;
    if (ship.pilot === 0) removeShip(galaxy, ship);
    else {
      // Somebody else sits in it: it is his from now on.
      ship.owner = { type: "trader", id: ship.pilot };
      note(galaxy, "ship", ship);
    }
  }
  strikeOff(galaxy, trader);
}

/** Takes him out of his corporation; its number when nobody is left in it and it is no more. */
function leaveCorp(galaxy: Galaxy, trader: Trader): number | undefined {
  const corp = galaxy.corps.get(trader.corp);
  // Somebody may still be busy with him as a partner.
  trader.corp = 0;
  if (!corp) return undefined;
  corp.members = corp.members.filter((member) => member !== trader.id);
  const [next] = corp.members;
  if (next === undefined) {
    removeCorp(galaxy, corp);
    return corp.id;
  }
  if (corp.ceo === trader.id) corp.ceo = next;
  note(galaxy, "corp", corp);
  return undefined;
}
