/** S: selling ships that nobody flies. */
import { type Galaxy, note, removeShip } from "../../galaxy.ts";
import { occupants } from "../../occupants.ts";
import { askYesNo, player, type Session, type Then } from "../../session.ts";
import type { Ship, Trader } from "../../things.ts";
import { commas } from "../../text/figures.ts";
import * as say from "../../text/stardock/yards.ts";
import { isTowed } from "../moves/tow.ts";
import { worthOf } from "./worth.ts";
import { isOwn } from "../../owners.ts";

/** Digits that a ship's number may have. */
const digitsMax = 6;

/** The trader's own ships and his corporation's in the StarDock's sector, nobody aboard and nobody towing them. */
function inOrbit(galaxy: Galaxy, trader: Trader): Ship[] {
  return [...occupants(galaxy, galaxy.stardock).ships]
    .filter((ship) => isOwn(trader, ship.owner) && !isTowed(galaxy, ship))
    .sort((a, b) => a.id - b.id);
}

export function sellShip(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const ships = inOrbit(galaxy, trader);
  say.askSale(ships)(paper);
  if (ships.length === 0) {
    paper.line();
    return then(session);
  }
  say.whichToSell(paper);
  askWhich(session, (asked, id) => {
    asked.paper.line();
    if (id === undefined) return then(asked);
    const ship = inOrbit(galaxy, player(asked).trader).find((one) => one.id === id);
    if (!ship) {
      say.notThere(asked.paper);
      return then(asked);
    }
    appraise(asked, ship, then);
  });
}

/** A number and Enter, or Q at once. */
function askWhich(session: Session, chosen: (session: Session, id: number | undefined) => void): void {
  let typed = "";
  session.prompt = {
    onKey(asked, key) {
      if (key === "\r" || (key.toUpperCase() === "Q" && typed === "")) {
        if (key !== "\r") asked.paper.raw("Q");
        asked.paper.line();
        return chosen(asked, typed === "" ? undefined : Number(typed));
      }
      if (key === "\b" && typed !== "") {
        typed = typed.slice(0, -1);
        asked.paper.raw("\b \b");
      } else if (/\d/.test(key) && typed.length < digitsMax) {
        typed += key;
        asked.paper.raw(key);
      }
    },
  };
}

function appraise(session: Session, ship: Ship, then: Then): void {
  const { settings, paper } = player(session);
  const at = session.at;
  const value = worthOf(ship, settings, at);
  say.valuation(value)(paper);
  say.stillInterested(paper);
  askYesNo(session, false, (asked, yes) => {
    const { galaxy, trader } = player(asked);
    if (!yes) return then(asked);
    // Somebody may have gone aboard, sold it or changed it since.
    if (!inOrbit(galaxy, trader).includes(ship) || worthOf(ship, settings, at).total !== value.total) {
      say.offerHasChanged(asked.paper);
      return then(asked);
    }
    removeShip(galaxy, ship);
    trader.credits += value.total;
    note(galaxy, "trader", trader);
    // The sum is not recorded: our words.
    asked.paper.put`~gWe'll take her.  ~Y${commas(value.total)}~g credits have been added to your purse.\n`;
    then(asked);
  });
}
