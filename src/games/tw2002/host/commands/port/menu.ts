/** P: the port menu, docking, and the talk about every product in turn. */
import { evilEnough, type Product, products, type Side, sideOf, unitPrice } from "../../../rules/ports.ts";
import { type Galaxy, note, openPort } from "../../galaxy.ts";
import { occupants } from "../../occupants.ts";
import { askKey, askNumber, player, type Session, type Then } from "../../session.ts";
import type { Port, Stock, Trader } from "../../things.ts";
import * as say from "../../text/port.ts";
import { portMenu } from "../../text/prompts.ts";
import { sectorDisplay } from "../../text/sector.ts";
import { bank, payForDocking, signIn } from "./docking.ts";
import { haggle } from "./haggling.ts";
import { negotiate } from "./negotiate.ts";
import { outfit } from "./outfit.ts";
import { attackPort } from "./siege.ts";
import { landOnStarDock } from "../stardock/menu.ts";
import { thievery } from "./thievery.ts";
import { emptyHolds } from "../../ships.ts";
import { isOwn } from "../../owners.ts";
import { stockAt, takeStock } from "../../stock.ts";

/** P at the command prompt or at the autopilot's stop; goes on with `then` when the visit is over. */
export function visitPort(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const port = galaxy.ports.get(trader.sector);
  if (!port || port.destroyed) {
    paper.put`\n~<\xdb~>\xdb~0 ~RThere is no port in this sector!\n\n${sectorDisplay(galaxy, trader)}\n`;
    return then(session);
  }
  if (!openPort(galaxy, trader.sector)) {
    say.notYetOpen(port, session.at)(paper);
    return then(session);
  }
  const menu = {
    stardock: port.portClass === 9,
    planet: trades(port) && ownPlanetHere(galaxy, trader),
    evil: port.portClass > 0 && trader.alignment <= evilEnough,
  };
  portMenu(menu)(paper);
  const keys = `A${menu.planet ? "N" : ""}${menu.evil ? "R" : ""}${menu.stardock ? "S" : ""}TQ`;
  askKey(session, keys, (asked, key) => choose(asked, port, key, then), { enter: "T" });
}

const trades = ({ portClass }: Port) => portClass > 0 && portClass < 9;
const ownPlanetHere = (galaxy: Galaxy, trader: Trader) =>
  [...occupants(galaxy, trader.sector).planets].some(({ owner }) => isOwn(trader, owner));

function choose(session: Session, port: Port, key: string, then: Then): void {
  const { galaxy, trader } = player(session);
  if (key === "Q") return then(session);
  // While he made up his mind somebody may have blown it up, or him out of the sector.
  if (openPort(galaxy, trader.sector) !== port) return then(session);
  switch (key) {
    case "T":
      return trade(session, port, then);
    case "N":
      return negotiate(session, port, then);
    case "R":
      return thievery(session, port, then);
    case "S":
      return landOnStarDock(session, then);
    default:
      return attackPort(session, port, then);
  }
}

function trade(session: Session, port: Port, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  say.portBanner(paper);
  if (!payForDocking(session)) return then(session);
  say.turnDeducted(trader.turnsLeft)(paper);
  trader.ship.ported++;
  if (port.portClass === 0) return outfit(session, then);
  say.reportHeading(port, galaxy, session.at)(paper);
  signIn(session, port);
  paper.line();
  say.stockTable(port, galaxy, trader, session.at)(paper);
  // An empty line belongs to the first question, a second one to the report that goes before it.
  if (!nextProduct(session, port, 0)) say.nothingToTrade(paper);
  else paper.line();
  bargain(session, port, 0, then);
}

/** One product that can be dealt in now. */
interface Talk {
  readonly product: Product;
  readonly side: Side;
  readonly stock: Stock;
  readonly amount: number;
  /** What the question offers, and the most that can be dealt in. */
  readonly offered: number;
  readonly most: number;
  /** Where to go on afterwards. */
  readonly next: number;
}

/** What the trader can sell is asked first, then what he can buy, each in the order of the products. */
function nextProduct(session: Session, port: Port, from: number): Talk | undefined {
  const { galaxy, trader } = player(session);
  for (let step = from; step < 2 * products.length; step++) {
    const index = step % products.length;
    const product = products[index];
    const stock = port.stocks[index];
    if (!product || !stock) continue;
    const side = sideOf(port.portClass, product);
    const turn: Side = step < products.length ? "buying" : "selling";
    if (side !== turn) continue;
    const amount = stockAt(galaxy, stock, session.at);
    const room = side === "buying" ? trader.ship.cargo[product] : emptyHolds(trader.ship);
    const most = Math.min(amount, room);
    const offered = side === "buying" ? most : Math.min(most, affordable(trader, product, stock, amount));
    if (offered > 0) return { product, side, stock, amount, offered, most, next: step + 1 };
  }
  return undefined;
}

/**
 * The port's quick estimate of what a purse can pay: the price of a calm day for an old hand (1,000 credits: 18
 * units, 300: 8).
 */
function affordable(trader: Trader, product: Product, stock: Stock, amount: number): number {
  const { mcic, productivity } = stock;
  const unit = unitPrice({
    product,
    side: "selling",
    mcic,
    productivity,
    mood: 0,
    stock: amount,
    experience: 1000,
  });
  return Math.floor(trader.credits / unit);
}

/** Says what the purse holds and asks about the next product, or ends the visit. */
function bargain(session: Session, port: Port, from: number, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const here = openPort(galaxy, trader.sector) === port;
  const talk = here ? nextProduct(session, port, from) : undefined;
  say.purse(trader.credits, emptyHolds(trader.ship), talk === undefined)(paper);
  if (!talk) return then(session);
  askQuantity(session, port, talk, then);
}

function askQuantity(session: Session, port: Port, talk: Talk, then: Then): void {
  const { trader, paper } = player(session);
  const { product, side, stock, amount, offered, most } = talk;
  say.howMany(product, side, { amount, aboard: trader.ship.cargo[product], offered })(paper);
  const goOn: Then = (asked) => bargain(asked, port, talk.next, then);
  // The game's number entry drops a digit that would make more than there can be.
  askNumber(session, { largest: most, enter: offered }, (asked, units) => {
    if (units === 0) return goOn(asked);
    const exchange = (dealer: Session, price: number) => settle(dealer, port, talk, units, price);
    haggle(asked, { product, side, stock, units, share: 1, exchange }, goOn);
  });
}

/**
 * Cargo, credits and stock change hands together; false when another trader has emptied the port meanwhile, or the
 * trader, his goods, his holds or the port are no longer there.
 */
function settle(session: Session, port: Port, talk: Talk, units: number, price: number): boolean {
  const { galaxy, trader } = player(session);
  const { product, side, stock } = talk;
  const { ship } = trader;
  if (openPort(galaxy, trader.sector) !== port || stockAt(galaxy, stock, session.at) < units) return false;
  if (side === "buying" ? ship.cargo[product] < units : emptyHolds(ship) < units || trader.credits < price) {
    return false;
  }
  const sign = side === "buying" ? 1 : -1;
  trader.credits += sign * price;
  ship.cargo[product] -= sign * units;
  takeStock(galaxy, port, stock, units, session.at);
  bank(port, price);
  note(galaxy, "trader", trader);
  return true;
}

export { portReport } from "./docking.ts";
