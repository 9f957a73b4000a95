/** What follows when nothing is left to defend a ship: it is destroyed or taken, and pays for itself. */
import { alignmentForShip, captureShare, corbomiteDamage, experienceForShip } from "../../../rules/combat.ts";
import { earnBounty } from "../../bounties.ts";
import { note, removeShip, removeWanderer } from "../../galaxy.ts";
import { player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import type { Paper } from "../../text/paper.ts";
import { shipName } from "../../text/ships.ts";
import type { Ship, Trader, Wanderer } from "../../things.ts";
import { takeHit } from "./damage.ts";
import { loseShip, loseShipTo } from "./death.ts";
import { align, reward } from "../rewards.ts";
import { shipOf, type Target } from "./targets.ts";
import { ownerName } from "../../owners.ts";
import { inform } from "../../mail.ts";

/** Nothing is left to defend the target. */
export function defeat(session: Session, target: Target, then: Then): void {
  switch (target.type) {
    case "trader":
      return defeatTrader(session, target.trader, then);
    case "wanderer":
      return defeatWanderer(session, target.wanderer, then);
    case "ship":
      return takeShip(session, target.ship, then);
    default:
      target satisfies never;
  }
}

function defeatTrader(session: Session, victim: Trader, then: Then): void {
  const { galaxy, trader, game, paper } = player(session);
  const { ship } = victim;
  const { corbomite } = ship.gear;
  const picture = shipName(ship.kind);
  const { experience, alignment } = victim;
  const captured =
    ship.kind !== "escapePod" && corbomite === 0 && galaxy.dice.chance(captureShare, "a ship captured");
  if (captured) {
    say.youCaptured(victim.name, picture)(paper);
    loseShipTo(game, victim, trader.name, { type: "trader", id: trader.id }, session.at);
  } else {
    say.youDestroyed(victim.name, picture)(paper);
    loseShip(
      game,
      victim,
      trader.name,
      { log: say.byTrader(trader.name), death: say.killedBy(trader.name) },
      session.at,
    );
  }
  trader.ship.kills++;
  earnBounty(galaxy, trader, victim);
  payKill(session, experience, alignment);
  if (corbomite === 0) return then(session);
  const blast = corbomite * corbomiteDamage;
  if (takeHit(session, blast, say.corbomiteBlast, "blast", "debris", then)) then(session);
}

function payKill(session: Session, experience: number, alignment: number): void {
  const { paper } = session;
  const points = experienceForShip(experience);
  const moved = alignmentForShip(alignment);
  say.killReward(points)(paper);
  reward(session, points);
  say.alignmentMoved(moved)(paper);
  align(session, moved);
}

function defeatWanderer(session: Session, wanderer: Wanderer, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  say.youDestroyed(wanderer.name, shipOf({ type: "wanderer", wanderer }))(paper);
  removeWanderer(galaxy, wanderer);
  trader.ship.kills++;
  if (wanderer.credits > 0) {
    trader.credits += wanderer.credits;
    note(galaxy, "trader", trader);
    say.loot(wanderer.credits)(paper);
  }
  payKill(session, wanderer.experience, wanderer.alignment);
  then(session);
}

/** An empty ship is taken (the game's "podless captures: always"), an empty pod falls apart. */
function takeShip(session: Session, ship: Ship, then: Then): void {
  const { galaxy, trader, game, paper } = player(session);
  const picture = shipName(ship.kind);
  const name = ownerName(galaxy, ship.owner);
  const word = `${trader.name} took your ship ${ship.name} in sector ${ship.sector}.`;
  const { owner } = ship;
  if (ship.kind === "escapePod") {
    say.youDestroyed(name, picture)(paper);
    removeShip(galaxy, ship);
  } else {
    say.youCaptured(name, picture)(paper);
    ship.owner = { type: "trader", id: trader.id };
    ship.password = "";
    note(galaxy, "ship", ship);
  }
  const loser = owner.type === "trader" ? galaxy.traders.get(owner.id) : undefined;
  if (loser) {
    const shown = (sheet: Paper) => sheet.put`~C${word}\n`;
    inform(game, loser, session.at, { from: "Shipboard Computers", text: word, shown });
  }
  then(session);
}
