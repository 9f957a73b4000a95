/** Leaving hostile fighters behind: in flight, or by giving up the ship. */
import { leftAfterRetreat, retreatDamage } from "../../../rules/combat.ts";
import { note, sectorAt } from "../../galaxy.ts";
import { after, askYesNo, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import type { Garrison } from "../../things.ts";
import { fightersReport } from "./alarm.ts";
import { takeHit } from "./damage.ts";
import { leaveShip } from "./death.ts";
import { look } from "../moves/sight.ts";
import { growTurns, spendTurns } from "../../traders.ts";
import { turnsPerWarp } from "../../ships.ts";

/**
 * R: back to the sector he came from; `enter` takes him there with all that coming in means. His fighters hold the others
 * off and are lost in part; without any, the others hit the ship. It is a warp and costs as much (the turns that came back
 * at the next hour were those of eight warps and a retreat); whoever has not so many left pays with what he has.
 */
export function retreat(
  session: Session,
  garrison: Garrison,
  enter: (session: Session, to: number) => void,
  away: Then,
): void {
  const { galaxy, trader, paper, settings } = player(session);
  const { ship } = trader;
  growTurns(galaxy, trader, session.at);
  spendTurns(galaxy, trader, Math.min(trader.turnsLeft, turnsPerWarp(trader)));
  say.retreating(paper);
  if (ship.fighters > 0) {
    ship.fighters = leftAfterRetreat(ship.fighters, garrison.count, galaxy.dice);
    note(galaxy, "ship", ship);
    say.stalled(ship.fighters)(paper);
  } else {
    say.uncovered(paper);
    const damage = retreatDamage(garrison.count, galaxy.dice);
    if (damage > 0 && !takeHit(session, damage, say.damageReport, "attack", garrison.owner, away)) return;
  }
  after(session, settings.shipDelayMs * turnsPerWarp(trader), (asked) => enter(asked, wayBack(asked)));
}

/** Where he came from, or a neighbouring sector when that is not known. */
function wayBack(session: Session): number {
  const { galaxy, trader } = player(session);
  const { cameFrom, sector } = trader;
  if (cameFrom !== 0 && cameFrom !== sector) return cameFrom;
  const { warps } = sectorAt(galaxy, sector);
  return warps.length === 0 ? sector : galaxy.dice.pick(warps, "the sector a retreat leads to");
}

/** S: the ship and all that is in it go to the fighters' owner; the trader goes back in a pod. Ours. */
export function surrender(session: Session, still: () => Garrison | undefined, no: Then, away: Then): void {
  const { trader, paper } = player(session);
  if (trader.ship.kind === "escapePod") {
    say.podUnwanted(paper);
    return no(session);
  }
  say.askSurrender(paper);
  askYesNo(session, false, (asked, yes) => {
    const garrison = still();
    if (!yes || !garrison) return no(asked);
    const { galaxy, game } = player(asked);
    const { ship, sector } = trader;
    say.surrendered(ship.kind)(asked.paper);
    leaveShip(galaxy, trader, garrison.owner, wayBack(asked), asked.at);
    fightersReport(game, garrison.owner, asked.at, sector, `${trader.name} surrendered ${ship.name}.`);
    asked.paper.put`\n\n`;
    look(asked);
    away(asked);
  });
}
