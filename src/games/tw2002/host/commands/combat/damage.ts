/** Hits on the ship of the player whose command is running. */
import { defenceOf, takeDamage } from "../../../rules/combat.ts";
import { note } from "../../galaxy.ts";
import { player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import type { Paper } from "../../text/paper.ts";
import type { Owner } from "../../things.ts";
import { type Killer, loseOwnShip } from "./death.ts";
import { ownerName } from "../../owners.ts";

/**
 * The ship is hit: the report, and what it cost. Even a hit of 0 points destroys a ship that has nothing left, as
 * seen. False when that was the end of the ship; then everything else has been told, too, and the player is in his pod
 * and on his way by `away`, or out of the game.
 */
export function takeHit(
  session: Session,
  damage: number,
  report: (damage: number) => (paper: Paper) => void,
  cause: "blast" | "attack",
  by: Owner | "debris" | "mines",
  away: Then,
): boolean {
  const { galaxy, trader, paper } = player(session);
  const { ship } = trader;
  const defence = defenceOf(ship);
  const lost = takeDamage(ship, damage);
  note(galaxy, "ship", ship);
  report(Math.min(damage, defence))(paper);
  if (damage < defence) {
    if (lost.shields > 0 && cause === "attack") say.shieldsHeld(paper);
    if (lost.fighters > 0) say.fightersFell(lost.fighters, cause)(paper);
    return true;
  }
  loseOwnShip(session, killerOf(session, by), away);
  return false;
}

function killerOf(session: Session, by: Owner | "debris" | "mines"): Killer {
  if (by === "debris") return { log: say.byDebris, death: say.ownFault };
  if (by === "mines") return { log: say.byMines, death: say.ownFault };
  const name = ownerName(player(session).galaxy, by);
  const somebody = by.type === "trader" || by.type === "corp";
  return {
    log: say.byFighters(by, name),
    death: somebody ? say.killedBy(`${name}'s fighters`) : say.ownFault,
  };
}
