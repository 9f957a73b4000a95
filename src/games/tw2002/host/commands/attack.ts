/** A: attacking another ship: a trader's, a wanderer's or one with nobody aboard. */
import {
  alignmentForShip,
  captureShare,
  clash,
  corbomiteDamage,
  defenceOf,
  experienceForShip,
  takeDamage,
} from "../../rules/combat.ts";
import { titleOf } from "../../rules/ranks.ts";
import { shipTypes } from "../../rules/ships.ts";
import {
  inFedSpace,
  isFriendly,
  note,
  occupants,
  ownerName,
  removeShip,
  removeWanderer,
  tradersInSpace,
} from "../galaxy.ts";
import { askNumber, askYesNo, player, type Session } from "../session.ts";
import * as say from "../text/combat.ts";
import type { Paper } from "../text/paper.ts";
import { shipName } from "../text/ships.ts";
import type { Ship, Trader, Wanderer } from "../things.ts";
import { inform } from "./alarm.ts";
import { takeHit } from "./damage.ts";
import { loseShip, loseShipTo } from "./death.ts";
import { attackFighters, hostileHere } from "./encounter.ts";
import { align, reward } from "./rewards.ts";

type Then = (session: Session) => void;

type Target =
  | { readonly type: "trader"; readonly trader: Trader }
  | { readonly type: "wanderer"; readonly wanderer: Wanderer }
  | { readonly type: "ship"; readonly ship: Ship };

/** Offers every ship that can be attacked, until one is. Costs no turns: no recording shows that it does. */
export function attack(session: Session, then: Then): void {
  const { paper } = session;
  say.attackBanner(paper);
  const targets = targetsFor(session);
  if (targets.length === 0 && !hostileHere(session)) {
    say.nothingToAttack(paper);
    return then(session);
  }
  offer(session, targets, then);
}

/** Traders first, then those who wander, then empty ships; never one's own corporation, nor a ship that is cloaked. */
function targetsFor(session: Session): Target[] {
  const { galaxy, trader, game } = player(session);
  const { wanderers, ships } = occupants(galaxy, trader.sector);
  const isComing = ({ id }: Trader) => game.online.has(id) && !game.online.get(id)?.home;
  return [
    ...tradersInSpace(galaxy, trader.sector)
      .filter((other) => other !== trader && !other.ship.cloaked && !isComing(other))
      .filter(({ id }) => !isFriendly(galaxy, trader, { type: "trader", id }))
      .map((other): Target => ({ type: "trader", trader: other })),
    ...[...wanderers].map((wanderer): Target => ({ type: "wanderer", wanderer })),
    ...[...ships]
      .filter(({ owner }) => !isFriendly(galaxy, trader, owner))
      .map((ship): Target => ({ type: "ship", ship })),
  ];
}

/** Whether a target can still be shot at: others play between the keys. */
const isThere = (session: Session, target: Target) =>
  targetsFor(session).some(
    (other) =>
      (other.type === "trader" && target.type === "trader" && other.trader === target.trader) ||
      (other.type === "wanderer" && target.type === "wanderer" && other.wanderer === target.wanderer) ||
      (other.type === "ship" && target.type === "ship" && other.ship === target.ship),
  );

function offer(session: Session, [target, ...others]: readonly Target[], then: Then): void {
  if (!target) return offerFighters(session, then);
  askAbout(session, target);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return offer(asked, others, then);
    if (!isThere(asked, target)) return gone(asked, then);
    if (forbidden(asked, target)) return then(asked);
    aim(asked, target, then);
  });
}

/** Fighters that let a trader in for their toll can be attacked from within. */
function offerFighters(session: Session, then: Then): void {
  const { galaxy, paper } = player(session);
  const garrison = hostileHere(session);
  if (!garrison) return then(session);
  say.askFighters(ownerName(galaxy, garrison.owner), garrison.count)(paper);
  askYesNo(session, false, (asked, yes) => (yes ? attackFighters(asked, then) : then(asked)));
}

function gone(session: Session, then: Then): void {
  say.targetGone(session.paper);
  then(session);
}

function askAbout(session: Session, target: Target): void {
  const { galaxy, paper } = player(session);
  if (target.type === "ship") {
    const { owner, kind } = target.ship;
    return say.askEmptyShip(ownerName(galaxy, owner), shipName(kind))(paper);
  }
  const { fighters } = target.type === "trader" ? target.trader.ship : target.wanderer;
  say.askTarget(nameOf(target), shipOf(target), fighters)(paper);
}

function nameOf(target: Target): string {
  if (target.type === "ship") return target.ship.name;
  const { name, experience, alignment } = target.type === "trader" ? target.trader : target.wanderer;
  return `${titleOf(experience, alignment)} ${name}`;
}

function shipOf(target: Target): (paper: Paper) => void {
  switch (target.type) {
    case "trader":
      return shipName(target.trader.ship.kind);
    case "ship":
      return shipName(target.ship.kind);
    case "wanderer":
      return (paper) => paper.put`~g${target.wanderer.shipType}`;
    default:
      return target satisfies never;
  }
}

/** The Federation guards its own sectors and its own ships there: everybody but those whom it hunts itself. Words and price ours. */
function forbidden(session: Session, target: Target): boolean {
  const { galaxy, trader, paper } = player(session);
  if (!inFedSpace(galaxy, trader.sector)) return false;
  const hunted =
    (target.type === "trader" && target.trader.alignment < 0) ||
    (target.type === "wanderer" && target.wanderer.race === "ferrengi");
  if (hunted && trader.alignment >= 0) return false;
  say.fedLaw(paper);
  align(session, -unlawful);
  say.alignmentMoved(-unlawful)(paper);
  return true;
}
/** Points of alignment for powering up weapons in FedSpace. */
const unlawful = 10;

function aim(session: Session, target: Target, then: Then): void {
  const { game, trader, paper } = player(session);
  if (target.type === "trader") {
    const victim = game.online.get(target.trader.id);
    if (victim) inform(game, target.trader, session.at, powerUp(trader.name));
  }
  const most = Math.min(trader.ship.fighters, shipTypes[trader.ship.kind].attackMax);
  say.askWave(most)(paper);
  askNumber(session, { largest: most, enter: 0 }, (asked, wanted) => {
    const sent = Math.min(wanted, trader.ship.fighters);
    if (sent === 0) return then(asked);
    if (!isThere(asked, target)) return gone(asked, then);
    strike(asked, target, sent, then);
  });
}

const powerUp = (name: string) => ({
  from: "Shipboard Computers",
  text: `${name} powered up weapons systems.`,
  shown: say.poweringUp(name),
});

const oddsOf = (target: Target) =>
  target.type === "trader"
    ? shipTypes[target.trader.ship.kind].odds
    : target.type === "ship"
      ? shipTypes[target.ship.kind].odds
      : 1;

function strike(session: Session, target: Target, sent: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const other =
    target.type === "trader" ? target.trader.ship : target.type === "ship" ? target.ship : target.wanderer;
  const defence = defenceOf(other);
  const { odds } = shipTypes[trader.ship.kind];
  const { destroyed, lost } = clash(
    sent,
    odds / oddsOf(target),
    defence,
    galaxy.dice,
    "battle points destroyed in an attack on a ship",
  );
  const hit = takeDamage(other, destroyed);
  trader.ship.fighters -= lost;
  note(galaxy, "ship", trader.ship);
  if (target.type === "wanderer") note(galaxy, "wanderer", target.wanderer);
  else note(galaxy, "ship", target.type === "trader" ? target.trader.ship : target.ship);
  say.waveResult(lost, hit.fighters)(paper);
  if (hit.shields > 0) say.shieldsGone(hit.shields)(paper);
  if (target.type === "trader") tellVictim(session, target.trader, hit);
  if (destroyed < defence) {
    say.targetLeft(nameOf(target), other.fighters, other.shields)(paper);
    return then(session);
  }
  defeat(session, target, then);
}

function tellVictim(
  session: Session,
  victim: Trader,
  hit: { readonly fighters: number; readonly shields: number },
): void {
  const { game, trader } = player(session);
  const { name } = trader;
  const word = (text: string, shown: (paper: Paper) => void) =>
    inform(game, victim, session.at, { from: "Shipboard Computers", text, shown });
  if (hit.shields > 0)
    word(`${name} destroyed ${hit.shields} shield points.`, say.shieldsShot(name, hit.shields));
  word(`${name} destroyed ${hit.fighters} fighters.`, say.shotDown(name, hit.fighters));
}

/** Nothing is left to defend the target. */
function defeat(session: Session, target: Target, then: Then): void {
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
