/** What class 0 ports and the yards sell for every ship: holds, fighters and shields. */
import {
  holdQuote,
  holdsAffordable,
  holdsPrice,
  outfitPrices,
  type OutfitPrices,
} from "../../../rules/equipment.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { note } from "../../galaxy.ts";
import { askKey, askNumber, askYesNo, player, type Session, type Then } from "../../session.ts";
import { commas, gameDate, gameMoment } from "../../text/figures.ts";
import type { Paper } from "../../text/paper.ts";
import { pay } from "../pay.ts";
import { offerCleaning } from "../stardock/limpets.ts";
import { creditsLine } from "../../text/stardock/places.ts";

/** The list of what can be bought, again and again until Q. A ship that carries limpets is offered a cleaning first. */
export function outfit(session: Session, then: Then): void {
  offerCleaning(session, (asked) => listWares(asked, true, then));
}

const pricesNow = (session: Session): OutfitPrices =>
  outfitPrices(gameMoment(session.at, player(session).settings.yearsAhead));

/** What the ship has room for and the purse can pay of each. */
function affordable(
  session: Session,
  prices: OutfitPrices,
): { holds: number; fighters: number; shields: number } {
  const { trader } = player(session);
  const { credits, ship } = trader;
  const { holdsMax, fightersMax, shieldsMax } = shipTypes[ship.kind];
  const most = (price: number, room: number) => Math.max(0, Math.min(room, Math.floor(credits / price)));
  return {
    holds: holdsAffordable(prices, ship.holds, holdsMax - ship.holds, credits),
    fighters: most(prices.fighter, fightersMax - ship.fighters),
    shields: most(prices.shield, shieldsMax - ship.shields),
  };
}

function listWares(session: Session, fresh: boolean, then: Then): void {
  const { trader, settings, paper } = player(session);
  const prices = pricesNow(session);
  const most = affordable(session, prices);
  if (fresh) paper.put`~gYou have ~C${commas(trader.credits)}~g credits.\n`;
  else creditsLine(trader.credits)(paper);
  paper.put`\n~YCommerce report for: ~C${gameDate(session.at, settings.yearsAhead)}~Y     You can buy:\n`;
  const ware = (letter: string, name: string, price: number, unit: string, count: number) => (sheet: Paper) =>
    sheet.put`~g${letter}~m  ${name}~Y   : ~C${String(Math.floor(price)).padStart(6)}~m credits ${unit}~C${String(count).padStart(16)}\n`;
  ware("A", "Cargo holds  ", holdQuote(prices, trader.ship.holds), "/ next hold ", most.holds)(paper);
  ware("B", "Fighters     ", prices.fighter, "per fighter ", most.fighters)(paper);
  ware("C", "Shield Points", prices.shield, "per point   ", most.shields)(paper);
  paper.put`\n~mWhich item do you wish to buy? ~Y(A,B,C,Q,?) ~m`;
  askKey(session, "ABCQ?", (asked, key) => {
    const again = (done: Session) => listWares(done, false, then);
    switch (key) {
      case "A":
        return buyHolds(asked, again);
      case "B":
        return buyPoints(asked, "fighters", again);
      case "C":
        return buyPoints(asked, "shields", again);
      case "Q":
        return then(asked);
      default:
        return again(asked);
    }
  });
}

function buyHolds(session: Session, then: Then): void {
  const { trader, paper } = player(session);
  const held = trader.ship.holds;
  const room = shipTypes[trader.ship.kind].holdsMax - held;
  paper.put`
~gYou have ~Y${held}~g cargo holds.
~gInstalling your next Cargo hold will cost ~Y${commas(holdQuote(pricesNow(session), held))}~g credits. \n~gHow many Cargo Holds do you want installed? `;
  askNumber(session, { largest: Math.max(0, room), enter: 0 }, (asked, count) => {
    if (count === 0) return then(asked);
    const price = holdsPrice(pricesNow(asked), held, count);
    asked.paper.put`~mThe cost for ~Y${count}~m more holds is ~C${commas(price)}~m credits.
~gAre you still interested in buying them? `;
    askYesNo(asked, false, (decided, yes) => {
      const { galaxy, trader: buyer } = player(decided);
      // The price was worked out for the hull as it was.
      if (yes && buyer.ship.holds === held && pay(decided, price)) {
        buyer.ship.holds += count;
        note(galaxy, "trader", buyer);
      }
      then(decided);
    });
  });
}

/** Fighters or shields, so many for so much a piece. The question ends alike for both. */
function buyPoints(session: Session, what: "fighters" | "shields", then: Then): void {
  const { trader, paper } = player(session);
  const most = affordable(session, pricesNow(session))[what];
  const wares = what === "fighters" ? "K-3A fighters" : "shield armor points";
  paper.put`
~gYou have ~Y${commas(trader.ship[what])}~g ${what}.
~gHow many ${wares} do you want to buy ~C(Max ${commas(most)})~Y [0] ~g? `;
  askNumber(session, { largest: most, enter: 0 }, (asked, wanted) => {
    const { galaxy, trader: buyer } = player(asked);
    const prices = pricesNow(asked);
    const count = Math.min(wanted, affordable(asked, prices)[what]);
    const each = what === "fighters" ? prices.fighter : prices.shield;
    if (count > 0 && pay(asked, Math.round(count * each))) {
      buyer.ship[what] += count;
      note(galaxy, "trader", buyer);
    }
    then(asked);
  });
}
