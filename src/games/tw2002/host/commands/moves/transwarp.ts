/** The TransWarp drive: a jump to any sector, on a beam of one's own fighters or blind. */
import { beamAlignment, blindLoss, orePerHop } from "../../../rules/transwarp.ts";
import { courseBetween } from "../../courses.ts";
import { type Galaxy, inFedSpace, note, sectorAt, warp } from "../../galaxy.ts";
import { askYesNo, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/moves/transwarp.ts";
import type { Trader } from "../../things.ts";
import { loseOwnShip } from "../combat/death.ts";
import { mayGo, travel } from "./journey.ts";
import { towedBy, warpCost } from "./tow.ts";
import { isFriendly } from "../../owners.ts";
import { spendTurns } from "../../traders.ts";

interface Offer {
  /** He would rather go by the warps. */
  readonly declined: Then;
  /** The jump is done with, well or ill. */
  readonly over: Then;
}

/** Asks whoever has a drive, and wants to be asked, whether to jump. */
export function offerJump(session: Session, to: number, { declined, over }: Offer): void {
  const { trader, paper } = player(session);
  if (trader.ship.gear.transwarp === 0 || trader.transwarpOff) return declined(session);
  say.offerDrive(paper);
  askYesNo(session, false, (asked, yes) => (yes ? aim(asked, to, over) : declined(asked)));
}

/** A jump that may be asked for: how far it is from where he stands. */
interface Jump {
  readonly from: number;
  readonly to: number;
  readonly hops: number;
}

function aim(session: Session, to: number, over: Then): void {
  const { galaxy, trader, paper } = player(session);
  // The drive does not care for avoided sectors, nor for the computer's limit.
  const course = courseBetween(galaxy, trader.sector, to, [], galaxy.sectors.length);
  if (!course) return over(session);
  const jump: Jump = { from: trader.sector, to, hops: course.length - 1 };
  say.hopsAway(to, jump.hops)(paper);
  const refusal = whyNot(galaxy, trader, jump);
  if (refusal) {
    refusal(paper);
    return over(session);
  }
  if (hasBeam(galaxy, trader, to)) say.locked(paper);
  else say.noBeam(to)(paper);
  askYesNo(session, false, (asked, yes) => (yes ? engage(asked, jump, over) : over(asked)));
}

/** Why a jump cannot be made at all. */
function whyNot(galaxy: Galaxy, trader: Trader, { to, hops }: Jump) {
  const { gear, cargo } = trader.ship;
  if (cargo["Fuel Ore"] < orePerHop * hops) return say.noFuel;
  if (gear.transwarp === 1 && towedBy(galaxy, trader.ship)) return say.tooHeavy;
  if (inFedSpace(galaxy, to) && trader.alignment < 0) return say.fedSpaceClosed;
  return undefined;
}

/** Fighters of one's own show the way; in FedSpace the Federation does, to those whom it trusts. */
function hasBeam(galaxy: Galaxy, trader: Trader, to: number): boolean {
  if (inFedSpace(galaxy, to) && (trader.commissioned || trader.alignment >= beamAlignment)) return true;
  const { fighters } = sectorAt(galaxy, to);
  return fighters !== undefined && fighters.count > 0 && isFriendly(galaxy, trader, fighters.owner);
}

/** Everything is looked at once more: the question may have stood for a while. */
function engage(session: Session, jump: Jump, over: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { ship } = trader;
  const refusal = whyNot(galaxy, trader, jump);
  if (trader.sector !== jump.from || ship.gear.transwarp === 0 || refusal) {
    refusal?.(paper);
    return over(session);
  }
  if (!mayGo(session)) return over(session);
  const risk = hasBeam(galaxy, trader, jump.to) ? 0 : blindLoss(jump.hops);
  spendTurns(galaxy, trader, warpCost(galaxy, trader));
  ship.cargo["Fuel Ore"] -= orePerHop * jump.hops;
  note(galaxy, "trader", trader);
  if (risk === 0 && trader.preferences.animation) say.tunnel(paper);
  say.engaged(paper);
  if (risk > 0 && galaxy.dice.chance(risk, "a blind jump going wrong")) return crash(session, jump.to, over);
  travel(session, jump.to, { stayed: over, away: over });
}

/** Where the ship came out there was something already. */
function crash(session: Session, to: number, over: Then): void {
  const { galaxy, trader, paper } = player(session);
  warp(galaxy, trader, to);
  say.lostInSpace(paper);
  loseOwnShip(session, { log: (log) => log.put`a blind TransWarp jump`, death: say.deathBlind }, over);
}
