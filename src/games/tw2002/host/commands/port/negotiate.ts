/**
 * N at a port's menu: selling from the stores of one's own planet in the sector. Only the menu and the offer's prompt are
 * recorded; the banner, the list's heading and the questions are those that scripts wait for, the other words are ours.
 */
import { type Product, products, sideOf } from "../../../rules/ports.ts";
import { type Galaxy, note, openPort } from "../../galaxy.ts";
import { occupants } from "../../occupants.ts";
import { growPlanet, inStore, takeFromStore } from "../../planet.ts";
import { askLine, askNumber, player, type Session, type Then } from "../../session.ts";
import type { Planet, Port } from "../../things.ts";
import * as say from "../../text/port.ts";
import { bank, payForDocking, signIn } from "./docking.ts";
import { haggle } from "./haggling.ts";
import { emptyHolds } from "../../ships.ts";
import { isOwn } from "../../owners.ts";
import { stockAt, takeStock } from "../../stock.ts";

/** Digits of a planet's number. */
const planetMax = 99_999;

export function negotiate(session: Session, port: Port, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  say.negotiationBanner(paper);
  if (!payForDocking(session)) return then(session);
  say.turnDeducted(trader.turnsLeft)(paper);
  say.reportHeading(port, galaxy, session.at)(paper);
  signIn(session, port);
  paper.line();
  say.stockTable(port, galaxy, trader, session.at)(paper);
  const here = [...occupants(galaxy, trader.sector).planets];
  for (const planet of here) growPlanet(galaxy, planet, session.at);
  say.planetList(here)(paper);
  askLine(session, { max: 5, largest: planetMax }, (asked, text) => {
    const planet = galaxy.planets.get(Number(text));
    if (!planet || planet.sector !== trader.sector) return then(asked);
    if (!isOwn(trader, planet.owner)) {
      say.notYourPlanet(asked.paper);
      return then(asked);
    }
    offer(asked, port, planet, 0, then);
  });
}

/** Asks about each product that the port buys and the planet has, in order. */
function offer(session: Session, port: Port, planet: Planet, from: number, then: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  for (let index = from; index < products.length; index++) {
    const product = products[index];
    const stock = port.stocks[index];
    if (!product || !stock || sideOf(port.portClass, product) !== "buying") continue;
    const stored = onPlanet(galaxy, planet, product, session.at);
    const wanted = stockAt(galaxy, stock, session.at);
    const most = Math.min(stored, wanted);
    if (most === 0 || !stillDealing(session, port, planet)) continue;
    say.howManyUnits(product, { wanted, stored, offered: most })(paper);
    return askNumber(session, { largest: most, enter: most }, (asked, units) => {
      const goOn: Then = (again) => offer(again, port, planet, index + 1, then);
      if (units === 0) return goOn(asked);
      const exchange = (dealer: Session, price: number) =>
        deliver(dealer, { port, planet, product, units, price });
      haggle(
        asked,
        { product, side: "buying", stock, units, share: settings.planetaryTrade, exchange },
        goOn,
      );
    });
  }
  say.purse(trader.credits, emptyHolds(trader.ship), true)(paper);
  then(session);
}

/** Whole units in store. */
function onPlanet(galaxy: Galaxy, planet: Planet, product: Product, at: number): number {
  growPlanet(galaxy, planet, at);
  return inStore(planet, product);
}

/** The port is open, the planet still there and his, and he is still where both are. */
function stillDealing(session: Session, port: Port, planet: Planet): boolean {
  const { galaxy, trader } = player(session);
  return (
    openPort(galaxy, trader.sector) === port &&
    galaxy.planets.get(planet.id) === planet &&
    planet.sector === trader.sector &&
    isOwn(trader, planet.owner)
  );
}

/** Stores, credits and stock change hands together; false when somebody else was quicker. */
function deliver(
  session: Session,
  deal: { port: Port; planet: Planet; product: Product; units: number; price: number },
): boolean {
  const { galaxy, trader } = player(session);
  const { port, planet, product, units, price } = deal;
  const stock = port.stocks[products.indexOf(product)];
  if (!stock || !stillDealing(session, port, planet)) return false;
  if (stockAt(galaxy, stock, session.at) < units) return false;
  if (!takeFromStore(galaxy, planet, product, units, session.at)) return false;
  trader.credits += price;
  takeStock(galaxy, port, stock, units, session.at);
  bank(port, price);
  note(galaxy, "trader", trader);
  return true;
}
