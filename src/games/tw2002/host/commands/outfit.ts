/** Class 0 ports: holds, fighters and shields for a ship. */
import { shipTypes } from "../../rules/ships.ts";
import { note } from "../galaxy.ts";
import { askKey, askNumber, askYesNo, player, type Session } from "../session.ts";
import { commas, gameDate } from "../text/figures.ts";
import type { Paper } from "../text/paper.ts";

/** Credits on one day of the recordings; a real server's drift a little with the date. */
const fighterPrice = 192;
const shieldPrice = 157;
/** The next hold is quoted at 150 + 20 for each one there; what is paid is one credit more for each. */
const holdQuote = (holds: number) => 150 + 20 * holds;
const holdsPrice = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => holdQuote(from + index) + 1).reduce(
    (sum, price) => sum + price,
    0,
  );

type Then = (session: Session) => void;

/** The list of what can be bought, again and again until Q. */
export function outfit(session: Session, then: Then): void {
  listWares(session, true, then);
}

function listWares(session: Session, fresh: boolean, then: Then): void {
  const { trader, settings, paper } = player(session);
  const { holdsMax, fightersMax, shieldsMax } = shipTypes[trader.ship.kind];
  if (fresh) paper.put`~gYou have ~C${commas(trader.credits)}~g credits.\n`;
  else paper.put`~gYou have ~Y${commas(trader.credits)}~g credits.\n`;
  paper.put`\n~YCommerce report for: ~C${gameDate(session.at, settings.yearsAhead)}~Y     You can buy:\n`;
  const ware = (letter: string, name: string, price: number, unit: string, most: number) => (sheet: Paper) =>
    sheet.put`~g${letter}~m  ${name}~Y   : ~C${String(price).padStart(6)}~m credits ${unit}~C${String(most).padStart(16)}\n`;
  ware(
    "A",
    "Cargo holds  ",
    holdQuote(trader.ship.holds),
    "/ next hold ",
    holdsMax - trader.ship.holds,
  )(paper);
  ware("B", "Fighters     ", fighterPrice, "per fighter ", fightersMax - trader.ship.fighters)(paper);
  ware("C", "Shield Points", shieldPrice, "per point   ", shieldsMax - trader.ship.shields)(paper);
  paper.put`\n~mWhich item do you wish to buy? ~Y(A,B,C,Q,?) ~m`;
  askKey(session, "ABCQ?", (asked, key) => {
    switch (key) {
      case "A":
        return buyHolds(asked, then);
      case "B":
        return buyFighters(asked, then);
      case "C":
        return buyShields(asked, then);
      case "Q":
        return then(asked);
      default:
        return listWares(asked, false, then);
    }
  });
}

function buyHolds(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  const room = shipTypes[trader.ship.kind].holdsMax - trader.ship.holds;
  paper.put`
~gYou have ~Y${trader.ship.holds}~g cargo holds.
~gInstalling your next Cargo hold will cost ~Y${commas(holdQuote(trader.ship.holds))}~g credits. \n~gHow many Cargo Holds do you want installed? `;
  askNumber(session, { largest: room, enter: 0 }, (asked, count) => {
    if (count === 0) return listWares(asked, false, then);
    const price = holdsPrice(trader.ship.holds, count);
    asked.paper.put`~mThe cost for ~Y${count}~m more holds is ~C${commas(price)}~m credits.
~gAre you still interested in buying them? `;
    askYesNo(asked, false, (decided, yes) => {
      if (yes && pay(decided, price)) trader.ship.holds += count;
      listWares(decided, false, then);
    });
  });
}

/** As many as the ship has room for and the purse can pay. */
const most = (credits: number, price: number, room: number) => Math.min(room, Math.floor(credits / price));

function buyFighters(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  const limit = most(
    trader.credits,
    fighterPrice,
    shipTypes[trader.ship.kind].fightersMax - trader.ship.fighters,
  );
  paper.put`
~gYou have ~Y${commas(trader.ship.fighters)}~g fighters.
~gHow many K-3A fighters do you want to buy ~C(Max ${commas(limit)})~Y [0] ~g? `;
  askNumber(session, { largest: limit, enter: 0 }, (asked, count) => {
    if (count > 0 && pay(asked, count * fighterPrice)) trader.ship.fighters += count;
    listWares(asked, false, then);
  });
}

function buyShields(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  const limit = most(
    trader.credits,
    shieldPrice,
    shipTypes[trader.ship.kind].shieldsMax - trader.ship.shields,
  );
  paper.put`
~gYou have ~Y${commas(trader.ship.shields)}~g shields.
~gHow many shield armor points do you want to buy ~C(Max ${commas(limit)})~Y [0] ~g? `;
  askNumber(session, { largest: limit, enter: 0 }, (asked, count) => {
    if (count > 0 && pay(asked, count * shieldPrice)) trader.ship.shields += count;
    listWares(asked, false, then);
  });
}

/** Takes the credits if they are there; the words for an empty purse are ours. */
function pay(session: Session, price: number): boolean {
  const { trader, galaxy, paper } = player(session);
  if (trader.credits < price) {
    paper.put`~!You can't afford that.\n`;
    return false;
  }
  trader.credits -= price;
  note(galaxy, "trader", trader);
  return true;
}
