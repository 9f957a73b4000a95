/** X: to another ship of one's own, or of the corporation's. */
import { shipTypes } from "../../../rules/ships.ts";
import { courseBetween } from "../../courses.ts";
import { changeShip } from "../../galaxy.ts";
import { askLine, player, type Session, type Then } from "../../session.ts";
import { noOtherShips, shipScanHeading, shipScanRow } from "../../text/computer/holdings.ts";
import { turnDeducted } from "../../text/port.ts";
import * as say from "../../text/moves/transporter.ts";
import type { Ship } from "../../things.ts";
import { look } from "./arrival.ts";
import { unroll } from "../unroll.ts";
import { growTurns, spendTurns } from "../../traders.ts";
import { isOwn } from "../../owners.ts";
import { shipPasswordMax } from "../../../rules/lengths.ts";
import { unlocks } from "../../ships.ts";
import { outOfTurns } from "../../text/info.ts";
import { transportTurns } from "../../../rules/turns.ts";

export function transporter(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  const { kind } = trader.ship;
  say.padHeading(kind, shipTypes[kind].transportRange)(paper);
  shipScanHeading(paper);
  const ships = available(session);
  if (ships.length === 0) {
    noOtherShips(paper);
    return then(session);
  }
  const rows = ships.map((ship) => shipScanRow(ship, false, hopsTo(session, ship)));
  unroll(session, rows, (asked) => ask(asked, then));
}

/** Ships with nobody aboard that are his or his corporation's. */
function available(session: Session): Ship[] {
  const { galaxy, trader } = player(session);
  return [...galaxy.ships.values()]
    .filter((ship) => ship.pilot === 0 && isOwn(trader, ship.owner))
    .sort((a, b) => a.id - b.id);
}

function hopsTo(session: Session, ship: Ship): number | undefined {
  const { galaxy, trader } = player(session);
  const course = courseBetween(galaxy, trader.sector, ship.sector, []);
  return course && course.length - 1;
}

/** A ship's number, I for its details, or Q; each ends with Enter. */
function ask(session: Session, then: Then): void {
  say.askShip(session.paper);
  askLine(session, { max: 6 }, (asked, text) => {
    const answer = text.trim().toUpperCase();
    if (answer.startsWith("I")) return details(asked, answer.slice(1), then);
    if (!/^\d+$/.test(answer)) return then(asked);
    const ship = available(asked).find(({ id }) => id === Number(answer));
    if (!ship) {
      say.notAvailable(asked.paper);
      return then(asked);
    }
    check(asked, ship, then);
  });
}

function check(session: Session, ship: Ship, then: Then): void {
  const { trader, paper } = player(session);
  const { kind } = trader.ship;
  const range = shipTypes[kind].transportRange;
  const hops = hopsTo(session, ship);
  if (hops === undefined || hops > range) {
    say.outOfRange(kind, range)(paper);
    return then(session);
  }
  if (ship.password === "") return board(session, ship, then);
  say.askPassword(paper);
  askLine(session, { max: shipPasswordMax, secret: true }, (asked, password) => {
    if (unlocks(ship, password)) return board(asked, ship, then);
    say.breach(asked.paper);
    then(asked);
  });
}

/** The ship may have been boarded, sold or blown up meanwhile. */
function board(session: Session, ship: Ship, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  if (!available(session).includes(ship)) say.notAvailable(paper);
  else if (!spendTurns(galaxy, trader, transportTurns)) outOfTurns(paper);
  else {
    say.accepted(paper);
    turnDeducted(trader.turnsLeft)(paper);
    ship.towing = 0;
    trader.cameFrom = 0;
    changeShip(galaxy, trader, ship);
    look(session);
  }
  then(session);
}

/** What is known of a ship: its row once more, and what it holds. */
function details(session: Session, typed: string, then: Then): void {
  const show = (asked: Session, number: number) => {
    const ship = available(asked).find(({ id }) => id === number);
    if (!ship) say.notAvailable(asked.paper);
    else {
      const { paper } = asked;
      paper.put`\n${shipScanRow(ship, false, hopsTo(asked, ship))}~mTotal Holds    ~Y: ~C${ship.holds}\n~mPlanet Scanner ~Y: ~C${ship.gear.planetScanner ? "Yes" : "No"}\n`;
    }
    ask(asked, then);
  };
  if (/^\d+$/.test(typed)) return show(session, Number(typed));
  say.askDetails(session.paper);
  askLine(session, { max: 6 }, (asked, text) => {
    if (/^\d+$/.test(text.trim())) return show(asked, Number(text.trim()));
    ask(asked, then);
  });
}
