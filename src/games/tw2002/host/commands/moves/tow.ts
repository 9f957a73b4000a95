/** W: a tractor beam; B: an interdictor. */
import { type Galaxy, moveShip, note } from "../../galaxy.ts";
import { occupants } from "../../occupants.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { askLine, askYesNo, player, type Session, type Then } from "../../session.ts";
import { interdictorIs, shipsToTow } from "../../text/moves/tow.ts";
import type { Ship, Trader } from "../../things.ts";
import { isOwn } from "../../owners.ts";
import { turnsPerWarp, unlocks } from "../../ships.ts";
import { shipPasswordMax } from "../../../rules/lengths.ts";

/** The ship on a ship's beam, as long as they are together. A pod has no beam to hold what its ship towed. */
export function towedBy(galaxy: Galaxy, tug: Ship): Ship | undefined {
  if (tug.kind === "escapePod") return undefined;
  for (const ship of occupants(galaxy, tug.sector).ships) if (ship.towing === tug.id) return ship;
  return undefined;
}

/** Turns for one warp: a ship on the beam costs its own on top. */
export function warpCost(galaxy: Galaxy, trader: Trader): number {
  const tail = towedBy(galaxy, trader.ship);
  return turnsPerWarp(trader) + (tail ? shipTypes[tail.kind].turnsPerWarp : 0);
}

/** Draws the towed ship after its tug; a beam whose end is gone goes out. */
export function bring(galaxy: Galaxy, trader: Trader, tail: Ship): void {
  if (galaxy.ships.get(tail.id) !== tail) return;
  const { ship } = trader;
  if (tail.towing === ship.id && ship.kind !== "escapePod" && tail.pilot === 0) {
    if (tail.sector !== trader.sector) moveShip(galaxy, tail, trader.sector);
  } else letGo(galaxy, tail);
}

function letGo(galaxy: Galaxy, tail: Ship): void {
  tail.towing = 0;
  note(galaxy, "ship", tail);
}

/** Only ships with nobody at the helm can be towed here. */
export function tow(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const tail = towedBy(galaxy, trader.ship);
  if (tail) {
    letGo(galaxy, tail);
    paper.put`~gYou shut off your Tractor Beam.\n`;
    return then(session);
  }
  if (trader.ship.kind === "escapePod") {
    paper.put`~gYour Escape Pod does not have a Tractor Beam.\n`;
    return then(session);
  }
  paper.put`~mDo you wish to tow a manned ship? ~Y(Y/N) ~y[N] `;
  askYesNo(session, false, (asked, manned) => {
    if (!manned) return chooseShip(asked, then);
    asked.paper.put`~gYour Tractor Beam cannot hold a ship with a crew.\n`;
    then(asked);
  });
}

const towable = (galaxy: Galaxy, trader: Trader) =>
  [...occupants(galaxy, trader.sector).ships].filter(
    (ship) => isOwn(trader, ship.owner) && !isTowed(galaxy, ship),
  );

/** Whether a ship hangs on the beam of somebody who is there. */
export function isTowed(galaxy: Galaxy, ship: Ship): boolean {
  const tug = galaxy.ships.get(ship.towing);
  return tug !== undefined && tug.pilot !== 0 && towedBy(galaxy, tug) === ship;
}

/** Digits that a ship's number may have. */
const shipDigits = 5;

function chooseShip(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const ships = towable(galaxy, trader);
  if (ships.length === 0) {
    paper.put`~gYou do not own any other ships in this sector!\n`;
    return then(session);
  }
  paper.put`${shipsToTow(ships)}\n~mChoose which ship to tow (Q=Quit) `;
  askLine(session, { max: shipDigits }, (asked, text) => {
    // Somebody else may have boarded it meanwhile.
    const chosen = towable(galaxy, trader).find(({ id }) => String(id) === text.trim());
    if (!chosen || towedBy(galaxy, trader.ship)) return then(asked);
    if (!isLocked(chosen, trader)) return lock(asked, chosen, then);
    asked.paper.put`~mEnter the password for ${chosen.name} : `;
    askLine(asked, { max: shipPasswordMax }, (told, password) => {
      const still = towable(galaxy, trader).includes(chosen) && !towedBy(galaxy, trader.ship);
      if (still && unlocks(chosen, password)) return lock(told, chosen, then);
      told.paper.put`~!Invalid password.\n`;
      then(told);
    });
  });
}

/** A trader knows the passwords of his own ships. */
const isLocked = ({ owner, password }: Ship, trader: Trader) =>
  password !== "" && (owner.type !== "trader" || owner.id !== trader.id);

function lock(session: Session, ship: Ship, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  ship.towing = trader.ship.id;
  note(galaxy, "ship", ship);
  paper.put`~gYou lock your Tractor Beam on ~C${ship.name}~g.\n`;
  then(session);
}

export function interdict(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  if (trader.ship.kind !== "interdictorCruiser") {
    paper.put`~gThis ship is not equipped with an Interdictor Generator!\n`;
    return then(session);
  }
  interdictorIs(trader.ship.interdicting)(paper);
  paper.put`~mDo you wish to change it? ~Y(Y/N) ~y[N] `;
  askYesNo(session, false, (asked, yes) => {
    if (yes) switchOver(asked);
    then(asked);
  });
}

function switchOver(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  const { ship } = trader;
  if (ship.kind !== "interdictorCruiser") return;
  ship.interdicting = !ship.interdicting;
  note(galaxy, "ship", ship);
  interdictorIs(ship.interdicting)(paper);
}
