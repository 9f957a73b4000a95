/** Attacks on traders by those who wander; called as time passes, not by any player's key. */
import { attackPower, defenceOf, lostInKilling, takeDamage } from "../../../rules/combat.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { inFedSpace, note } from "../../galaxy.ts";
import * as say from "../../text/combat/fights.ts";
import type { Trader, Wanderer } from "../../things.ts";
import { loseShip } from "./death.ts";
import { type Company, inform } from "../../mail.ts";

/** What a wanderer keeps for his own defence. */
const kept = 0.2;

/**
 * A wanderer attacks a trader in his sector with most of his fighters, who are lost unless they destroy the ship. Nothing
 * happens in FedSpace, to a trader who is not in space there, or without fighters. Says whether there was a fight.
 */
export function attackTrader(game: Company, wanderer: Wanderer, victim: Trader, at: number): boolean {
  const { galaxy } = game;
  const sent = Math.floor(wanderer.fighters * (1 - kept));
  const together = victim.sector === wanderer.sector && victim.place.type === "space" && victim.diedAt === 0;
  if (!together || sent === 0 || victim.ship.cloaked || inFedSpace(galaxy, victim.sector)) return false;
  const { ship } = victim;
  const defence = defenceOf(ship);
  const damage = attackPower(sent, shipTypes[ship.kind].odds, galaxy.dice);
  const hit = takeDamage(ship, damage);
  const killed = damage >= defence;
  wanderer.fighters -= killed ? Math.min(sent, lostInKilling(defence, galaxy.dice)) : sent;
  note(galaxy, "wanderer", wanderer);
  note(galaxy, "ship", ship);
  const { name } = wanderer;
  const word = (text: string, shown: Parameters<typeof inform>[3]["shown"]) =>
    inform(game, victim, at, { from: "Shipboard Computers", text, shown });
  word(`${name} attacked you in sector ${victim.sector}.`, say.poweringUp(name));
  if (hit.shields > 0)
    word(`${name} destroyed ${hit.shields} shield points.`, say.shieldsShot(name, hit.shields));
  word(`${name} destroyed ${hit.fighters} fighters.`, say.shotDown(name, hit.fighters));
  if (killed) loseShip(game, victim, name, { log: say.byTrader(name), death: say.killedBy(name) }, at);
  return true;
}
