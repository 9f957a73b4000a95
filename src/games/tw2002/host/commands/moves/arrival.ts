/** Coming into a sector: the move itself, its display, and whatever waits there. */
import { debrisDamage, debrisHits, mineDamage, minesDetonating } from "../../../rules/combat.ts";
import { type Galaxy, note, sectorAt, warp } from "../../galaxy.ts";
import { tradersInSpace } from "../../occupants.ts";
import { askYesNo, player, type Session, tell, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import type { Minefield, Sector, Trader } from "../../things.ts";
import { minesReport } from "../combat/alarm.ts";
import { takeHit } from "../combat/damage.ts";
import { passCannons } from "../planet/cannon.ts";
import { meetAgain, meetFighters } from "../combat/encounter.ts";
import { look } from "./sight.ts";
import { isFriendly, ownersOf } from "../../owners.ts";
import { setAvoid } from "../computer/avoids.ts";

export { look } from "./sight.ts";

/** How an arrival can end. */
export interface Arrival {
  /** He is in the sector and free to go on. */
  readonly stayed: Then;
  /** He retreated, lost his ship or was carried off: whatever he was about is over. */
  readonly away: Then;
}

/** Enters a sector that has been paid for: those who are there see it, the sector is shown, hostile things are met. */
export function arrive(session: Session, to: number, { stayed, away }: Arrival): void {
  const { galaxy, trader, game } = player(session);
  warp(galaxy, trader, to);
  if (!trader.ship.cloaked) {
    for (const other of tradersInSpace(galaxy, to)) {
      if (other === trader) continue;
      const watcher = game.online.get(other.id);
      if (watcher) tell(watcher, (paper) => paper.put`~C${trader.name} ~gwarps into the sector.\n`);
    }
  }
  if (!passDebris(session, away)) return;
  const mined = hostileField(galaxy, trader, sectorAt(galaxy, to).armids);
  if (mined && !passMines(session, mined, away)) return;
  pickUpLimpet(galaxy, trader, sectorAt(galaxy, to));
  look(session);
  if (!passCannons(session, away)) return;
  const enter = goingTo(away);
  const go = (asked: Session) => meetFighters(asked, { stayed, away, enter });
  if (!mined) return go(session);
  // Whoever breaks off his line over the question meets them on coming back.
  trader.unmet = to;
  note(galaxy, "trader", trader);
  say.askAvoid(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (yes) {
      setAvoid(asked, to);
      say.willAvoid(to)(asked.paper);
    }
    go(asked);
  });
}

const goingTo = (away: Then) => (session: Session, to: number) => arrive(session, to, { stayed: away, away });

/** Coming on line in space: the sector, and the fighters that still bar the way. */
export function wakeUp(session: Session, then: Then): void {
  look(session);
  session.home ??= then;
  meetAgain(session, { stayed: then, away: then, enter: goingTo(then) });
}

/** Debris in the way: seen is a narrow escape. False when the ship was lost. */
function passDebris(session: Session, away: Then): boolean {
  const { galaxy, trader, paper } = player(session);
  const { navHaz } = sectorAt(galaxy, trader.sector);
  if (navHaz === 0) return true;
  if (!debrisHits(navHaz, galaxy.dice)) {
    say.debrisMissed(paper);
    return true;
  }
  return takeHit(session, debrisDamage(navHaz, galaxy.dice), say.debrisStruck, "blast", "debris", away);
}

function hostileField(galaxy: Galaxy, trader: Trader, field: Minefield | undefined): Minefield | undefined {
  return field && field.count > 0 && !isFriendly(galaxy, trader, field.owner) ? field : undefined;
}

/** Armids of others go off, some of them. False when the ship was lost. */
function passMines(session: Session, field: Minefield, away: Then): boolean {
  const { galaxy, trader, game } = player(session);
  const sector = sectorAt(galaxy, trader.sector);
  const { owner } = field;
  const blown = minesDetonating(field.count, galaxy.dice);
  const damage = mineDamage(blown, galaxy.dice);
  field.count -= blown;
  if (field.count === 0) sector.armids = undefined;
  note(galaxy, "sector", sector);
  minesReport(
    game,
    owner,
    session.at,
    `Your mines in ${sector.number} did ${damage} damage to ${trader.name}`,
  );
  return takeHit(session, damage, (points) => say.minesWentOff(blown, points), "blast", "mines", away);
}

/** One limpet of others clings to the hull without a sound, unless one of the same owner's does already. */
function pickUpLimpet(galaxy: Galaxy, trader: Trader, sector: Sector): void {
  const field = hostileField(galaxy, trader, sector.limpets);
  const [owner] = field ? ownersOf(galaxy, field.owner) : [];
  if (!field || !owner || trader.ship.limpeted.includes(owner.id)) return;
  trader.ship.limpeted.push(owner.id);
  field.count--;
  if (field.count === 0) sector.limpets = undefined;
  note(galaxy, "sector", sector);
  note(galaxy, "ship", trader.ship);
}
