/** T and A: products between a planet's store and the ship. */
import { type Product, products } from "../../../rules/ports.ts";
import { note } from "../../galaxy.ts";
import { inStore, putInStore, takeFromStore } from "../../planet.ts";
import { askKey, askNumber, askYesNo, player, type Session } from "../../session.ts";
import * as say from "../../text/planet.ts";
import { done, type Ground, still } from "./ground.ts";
import { emptyHolds } from "../../ships.ts";

/** Asks whether the planet is to be shown first; Enter means no. */
export function offerDisplay(session: Session, ground: Ground, then: (session: Session) => void): void {
  askYesNo(session, false, (asked, yes) => {
    if (!still(asked, ground)) return;
    const { galaxy, trader, paper } = player(asked);
    if (yes) say.planetDisplay(galaxy, ground.planet, trader.ship, asked.at)(paper);
    then(asked);
  });
}

export function takeOrLeave(session: Session, ground: Ground): void {
  say.takeLeaveHeading(session.paper);
  offerDisplay(session, ground, (shown) => {
    say.leaveOrTake("Product", "T")(shown.paper);
    askKey(shown, "LT", (asked, deed) => whichProduct(asked, ground, deed === "L" ? "leave" : "take"), {
      enter: "T",
    });
  });
}

function whichProduct(session: Session, ground: Ground, deed: "take" | "leave"): void {
  const gerund = deed === "take" ? "taking" : "leaving";
  say.whichOf(`Which product are you ${gerund}?`, "")(session.paper);
  askKey(session, "123", (asked, key) => {
    if (!still(asked, ground)) return;
    const product = products[Number(key) - 1] ?? "Fuel Ore";
    if (deed === "take") take(asked, ground, product);
    else leave(asked, ground, product);
  });
}

function take(session: Session, ground: Ground, product: Product): void {
  const { trader, paper } = player(session);
  const most = emptyHolds(trader.ship);
  say.howMany(`holds of ${product}`, "take", most)(paper);
  askNumber(session, { largest: most, enter: most }, (asked, units) => {
    if (!still(asked, ground)) return;
    if (units > 0) load(asked, ground, product, units);
    done(asked, ground);
  });
}

/** Moves units from the store into the holds; says so when there are not so many, or no longer. */
function load(session: Session, { planet }: Ground, product: Product, units: number): void {
  const { galaxy, trader, paper } = player(session);
  if (emptyHolds(trader.ship) < units || !takeFromStore(galaxy, planet, product, units, session.at)) {
    return say.notSoMany(paper);
  }
  trader.ship.cargo[product] += units;
  note(galaxy, "trader", trader);
  say.loaded(product)(paper);
}

function leave(session: Session, ground: Ground, product: Product): void {
  const { galaxy, trader, paper } = player(session);
  const { planet } = ground;
  const most = trader.ship.cargo[product];
  say.howMany(`holds of ${product}`, "leave", most)(paper);
  askNumber(session, { largest: most, enter: most }, (asked, units) => {
    if (!still(asked, ground)) return;
    if (units > 0 && units <= trader.ship.cargo[product]) {
      if (putInStore(galaxy, planet, product, units, asked.at)) {
        trader.ship.cargo[product] -= units;
        note(galaxy, "trader", trader);
        say.unloaded(product)(asked.paper);
      } else say.noRoomThere(asked.paper);
    }
    done(asked, ground);
  });
}

/** As much of each product in turn as the holds still take. No recording shows it. */
export function takeAll(session: Session, ground: Ground): void {
  const { trader, paper } = player(session);
  const { planet } = ground;
  paper.put`~=<Take All Products>\n\n`;
  for (const product of products) {
    const units = Math.min(emptyHolds(trader.ship), inStore(planet, product));
    if (units > 0) load(session, ground, product, units);
  }
  say.freeHolds(trader.ship)(paper);
  ground.back(session);
}
