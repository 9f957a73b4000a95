/** Ships that are lost: the escape pod, and the end of whoever had only that. */
import { experienceLost, navHazMax, pod, wreckDebris } from "../../../rules/combat.ts";
import { changeShip, type Galaxy, inFedSpace, nextNumber, note, sectorAt, warp } from "../../galaxy.ts";
import { logEvent } from "../../log.ts";
import { unsettle } from "../../occupants.ts";
import { player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/fights.ts";
import type { Paper } from "../../text/paper.ts";
import { inSpace, noCargo, noGear, type Owner, type Ship, type Trader } from "../../things.ts";
import { look } from "../moves/sight.ts";
import { bringHome } from "./alarm.ts";
import { buildShip } from "../../ships.ts";
import { type Company, inform } from "../../mail.ts";

/** Who or what it was. */
export interface Killer {
  /** In the log. */
  readonly log: (paper: Paper) => void;
  /** What a dead trader is told at the door. */
  readonly death: string;
}

/** The name of the works that build escape pods. */
const podMaker = "Lastchance Works";

/**
 * The trader's own ship breaks up while his commands run, the damage reported already: he goes back in a pod to where he
 * came from, or is out of the game when a pod was all he had. Ends in `away` or in the game's menu.
 */
export function loseOwnShip(session: Session, killer: Killer, away: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { kind } = trader.ship;
  const where = trader.sector;
  say.lifeSupportOut(paper);
  logEvent(galaxy, session.at, say.loggedLoss(trader.name, kind, killer.log));
  if (kind === "escapePod") {
    paper.put`${say.shipDestroyed(kind)}${say.startOver}`;
    die(galaxy, trader, killer.death, session.at);
    return session.leave(session);
  }
  const points = experienceLost(trader.experience);
  const back = trader.cameFrom === 0 || trader.cameFrom === where ? podSector(galaxy) : trader.cameFrom;
  paper.put`${say.abandonShip}${say.shipDestroyed(kind)}${say.podWorks(points)}${say.willAvoid(where)}\n\n`;
  if (!trader.avoids.includes(where)) trader.avoids.push(where);
  takeToPod(galaxy, trader, back, session.at);
  look(session);
  away(session);
}

/**
 * A trader's ship is destroyed on account of somebody else's doing, whatever he is at: he is told, or finds it in his
 * mail, and has his command prompt again. Says whether he got away in a pod.
 */
export function loseShip(game: Company, victim: Trader, name: string, killer: Killer, at: number): boolean {
  const { galaxy } = game;
  const { kind } = victim.ship;
  const session = game.online.get(victim.id);
  logEvent(galaxy, at, say.loggedLoss(victim.name, kind, killer.log));
  if (kind === "escapePod") {
    die(galaxy, victim, killer.death, at);
    if (session) throwOut(session, say.killedInPod(name, kind));
    return false;
  }
  flee(game, victim, (to, points) => {
    inform(game, victim, at, {
      from: "Shipboard Computers",
      text: `${name} destroyed your ship. You fled in your Escape Pod to sector ${to}`,
      shown: say.fledInPod(name, points, kind, to),
    });
    takeToPod(galaxy, victim, to, at);
  });
  return true;
}

/**
 * The same when the ship is taken, not destroyed: it stays, with nobody aboard, and is its new owner's. Only for ships that
 * are no pods.
 */
export function loseShipTo(game: Company, victim: Trader, name: string, owner: Owner, at: number): void {
  const { ship } = victim;
  flee(game, victim, (to, points) => {
    inform(game, victim, at, {
      from: "Shipboard Computers",
      text: `${name} captured your ship. You fled in your Escape Pod to sector ${to}`,
      shown: say.fledInPod(name, points, ship.kind, to),
    });
    punish(victim);
    leaveShip(game.galaxy, victim, owner, to, at);
  });
}

/** A trader leaves his ship to somebody and is put into a pod in sector `to`. */
export function leaveShip(galaxy: Galaxy, trader: Trader, owner: Owner, to: number, at: number): void {
  const { ship } = trader;
  const from = trader.sector;
  ship.owner = owner;
  ship.towing = 0;
  ship.interdicting = false;
  changeShip(
    galaxy,
    trader,
    buildShip({
      id: nextNumber(galaxy, "ship"),
      kind: "escapePod",
      name: ship.name,
      maker: podMaker,
      builtAt: at,
      sector: to,
      pilot: trader.id,
      owner: { type: "trader", id: trader.id },
      ...podFittings(),
    }),
  );
  trader.cameFrom = from;
}

const podFittings = () => ({
  holds: pod.holds,
  fighters: pod.fighters,
  shields: pod.shields,
  gear: { ...noGear(), scanner: "density" as const },
});

/** Chooses where a pod comes out, lets `tellAndMove` do its part, and has the player at his command prompt again. */
function flee(game: Company, victim: Trader, tellAndMove: (to: number, points: number) => void): void {
  tellAndMove(podSector(game.galaxy), experienceLost(victim.experience));
  const session = game.online.get(victim.id);
  if (session) bringHome(session);
}

/** Seen: a pod that fled came out far off, in a sector that no warp leads to from where it was. */
function podSector(galaxy: Galaxy): number {
  const last = galaxy.sectors.length;
  const first = Math.min(11, last);
  const to = galaxy.dice.between(first, last, "the sector a pod flees to");
  return to === galaxy.stardock ? first : to;
}

function punish(trader: Trader): void {
  trader.experience -= experienceLost(trader.experience);
  trader.losses++;
}

/** The ship is gone, its number goes to the pod; what it carried is lost, and its wreckage stays behind. */
function takeToPod(galaxy: Galaxy, trader: Trader, to: number, at: number): void {
  const { ship } = trader;
  strew(galaxy, trader.sector);
  punish(trader);
  const bare: Partial<Ship> = {
    kind: "escapePod",
    maker: podMaker,
    builtAt: at,
    colonists: 0,
    limpeted: [],
    cloaked: false,
    towing: 0,
    interdicting: false,
    password: "",
    ported: 0,
    kills: 0,
    owner: { type: "trader", id: trader.id },
  };
  const { gear, ...fittings } = podFittings();
  Object.assign(ship, bare, fittings);
  Object.assign(ship.cargo, noCargo());
  Object.assign(ship.gear, gear);
  warp(galaxy, trader, to);
  trader.place = inSpace;
  note(galaxy, "trader", trader);
}

function strew(galaxy: Galaxy, number: number): void {
  if (inFedSpace(galaxy, number)) return;
  const sector = sectorAt(galaxy, number);
  sector.navHaz = Math.min(navHazMax, sector.navHaz + wreckDebris);
  note(galaxy, "sector", sector);
}

/**
 * The trader is out of the game until his new ship is ready. His last pod stays on the books, empty, so that his record
 * still names a ship; it is nowhere to be seen.
 */
function die(galaxy: Galaxy, trader: Trader, death: string, at: number): void {
  const { ship } = trader;
  strew(galaxy, trader.sector);
  trader.diedAt = at;
  trader.death = death;
  trader.losses++;
  trader.place = inSpace;
  ship.fighters = 0;
  ship.shields = 0;
  ship.colonists = 0;
  ship.limpeted = [];
  Object.assign(ship.cargo, noCargo());
  unsettle(galaxy, trader.sector, "traders", trader);
  note(galaxy, "trader", trader);
  note(galaxy, "ship", ship);
}

/** Whoever is dead has no prompt to go on from: he is told and put out of the game. */
function throwOut(session: Session, message: (paper: Paper) => void): void {
  const { paper, door } = session;
  door.touched(session);
  session.later = undefined;
  session.typed.length = 0;
  session.nudgeAt = undefined;
  if (!session.home) {
    // He is still at the questions of the entry, which lead to a helm that is no more.
    paper.put`\n\n${message}`;
    return door.hangUp(session);
  }
  if (session.prompt.reprint) paper.raw("\r\x1b[K");
  else paper.put`\n\n`;
  message(paper);
  session.leave(session);
}
