/** A: attacking another ship: a trader's, a wanderer's or one with nobody aboard. */
import { clash, defenceOf, takeDamage, unlawful } from "../../../rules/combat.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { inFedSpace, note } from "../../galaxy.ts";
import { askNumber, askYesNo, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import type { Paper } from "../../text/paper.ts";
import { shipName } from "../../text/ships.ts";
import type { Trader } from "../../things.ts";
import { attackFighters, hostileHere } from "./encounter.ts";
import { align } from "../rewards.ts";
import { isThere, nameOf, oddsOf, shipOf, type Target, targetsFor } from "./targets.ts";
import { defeat } from "./victory.ts";
import { ownerName } from "../../owners.ts";
import { inform } from "../../mail.ts";
import { waveMax } from "../../ships.ts";

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

/**
 * The Federation guards its own sectors and its own ships there: everybody but those whom it hunts itself. Words and
 * price ours.
 */
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
function aim(session: Session, target: Target, then: Then): void {
  const { game, trader, paper } = player(session);
  if (target.type === "trader") {
    const victim = game.online.get(target.trader.id);
    if (victim) inform(game, target.trader, session.at, powerUp(trader.name));
  }
  const most = waveMax(trader.ship);
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
