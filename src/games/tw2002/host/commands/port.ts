/** P: the port menu, docking, and the talk about every product in turn. */
import { dockingTurns } from "../../rules/turns.ts";
import { type Product, products, type Side, sideOf, unitPrice } from "../../rules/ports.ts";
import { emptyHolds, type Galaxy, growTurns, spendTurns, stockAt, takeStock, note } from "../galaxy.ts";
import type { Port, Stock, Trader } from "../things.ts";
import { answerCounter, type Deal, openDeal, rewardPoints } from "../haggle.ts";
import { askKey, askLine, askNumber, player, type Session } from "../session.ts";
import { commas, weekday } from "../text/figures.ts";
import * as say from "../text/port.ts";
import { offerPrompt, portMenu } from "../text/prompts.ts";
import { sectorDisplay } from "../text/sector.ts";
import { outfit } from "./outfit.ts";
import { reward } from "./rewards.ts";

type Then = (session: Session) => void;

/** Longest figure that an offer may have. */
const offerDigits = 10;

/** P at the command prompt or at the autopilot's stop; goes on with `then` when the visit is over. */
export function visitPort(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const port = galaxy.ports.get(trader.sector);
  if (!port) {
    paper.put`\n~<\xdb~>\xdb~0 ~RThere is no port in this sector!\n\n${sectorDisplay(galaxy, trader)}\n`;
    return then(session);
  }
  portMenu(port.portClass === 9)(paper);
  askKey(session, port.portClass === 9 ? "ASTQ" : "ATQ", (asked, key) => choose(asked, port, key, then), {
    enter: "T",
  });
}

function choose(session: Session, port: Port, key: string, then: Then): void {
  const { paper } = session;
  switch (key) {
    case "T":
      return dock(session, port, then);
    case "A":
      paper.put`\n~CYour gunners will not fire on an open port.\n`;
      return then(session);
    case "S":
      paper.put`\n~CThe StarDock's hangars are being refitted; nobody may land today.\n`;
      return then(session);
    default:
      return then(session);
  }
}

function dock(session: Session, port: Port, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  growTurns(galaxy, trader, session.at);
  say.portBanner(paper);
  if (!spendTurns(galaxy, trader, dockingTurns)) {
    paper.put`~!You don't have any turns left.\n`;
    return then(session);
  }
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

/** The docking log, and the reward for being the first. */
function signIn(session: Session, port: Port): void {
  const { galaxy, trader, paper } = player(session);
  const { docked } = port;
  const minutes = docked ? Math.floor((session.at - docked.at) / 60_000) : 0;
  say.dockingLog(docked?.ship, minutes)(paper);
  if (!docked) {
    say.foundPort(1)(paper);
    reward(session, 1);
  }
  port.docked = { ship: trader.ship.name, trader: trader.id, at: session.at };
  note(galaxy, "port", port);
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

/** The port's quick estimate of what a purse can pay: the price of a calm day for an old hand (1,000 credits: 18 units, 300: 8). */
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
  const { trader, paper } = player(session);
  const talk = nextProduct(session, port, from);
  say.purse(trader.credits, emptyHolds(trader.ship), talk === undefined)(paper);
  if (!talk) return then(session);
  askQuantity(session, port, talk, then);
}

function askQuantity(session: Session, port: Port, talk: Talk, then: Then): void {
  const { trader, paper } = player(session);
  const { product, side, amount, offered, most } = talk;
  say.howMany(product, side, { amount, aboard: trader.ship.cargo[product], offered })(paper);
  // The game's number entry drops a digit that would make more than there can be.
  askNumber(session, { largest: most, enter: offered }, (asked, units) => {
    if (units === 0) return bargain(asked, port, talk.next, then);
    say.agreed(units)(asked.paper);
    open(asked, port, talk, units, then);
  });
}

function open(session: Session, port: Port, talk: Talk, units: number, then: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  const { product, side, stock, amount } = talk;
  const terms = {
    product,
    side,
    mcic: stock.mcic,
    productivity: stock.productivity,
    stock: amount,
    experience: trader.experience,
  };
  const deal = openDeal(terms, units, weekday(session.at, settings.yearsAhead), galaxy.dice);
  say.priceLine(side, deal.shown)(paper);
  askOffer(session, port, talk, deal, then);
}

function askOffer(session: Session, port: Port, talk: Talk, deal: Deal, then: Then): void {
  offerPrompt(deal.shown)(session.paper);
  const largest = 10 ** offerDigits;
  askLine(session, { max: offerDigits, largest }, (asked, text) =>
    answer(asked, port, talk, deal, text === "" ? deal.shown : Number(text), then),
  );
}

function answer(session: Session, port: Port, talk: Talk, deal: Deal, counter: number, then: Then): void {
  const { galaxy, paper } = player(session);
  const { side } = talk;
  const reply = answerCounter(deal, counter, galaxy.dice);
  switch (reply.type) {
    case "accepted":
      if (!canPay(session, side, reply.price)) return askOffer(session, port, talk, deal, then);
      if (!settle(session, port, talk, deal.quantity, reply.price)) break;
      say.acceptedLine(side, galaxy.dice.pick(say.acceptances[side], "a port's words"))(paper);
      if (reply.reward !== "") {
        say.rewardLine(reply.reward, rewardPoints[reply.reward])(paper);
        reward(session, rewardPoints[reply.reward]);
      }
      break;
    case "countered":
      if (reply.deal.final) say.finalLine(reply.deal.shown)(paper);
      else say.priceLine(side, reply.deal.shown)(paper);
      return askOffer(session, port, talk, reply.deal, then);
    case "insulted":
      say.insultLine(galaxy.dice.pick(say.insults, "a port's words"))(paper);
      return askOffer(session, port, talk, deal, then);
    case "thrown out":
      say.thrownOutLine(side, galaxy.dice.pick(say.dismissals[side], "a port's words"))(paper);
      break;
    case "not interested":
      say.notInterested(paper);
      break;
    default:
      reply satisfies never;
  }
  bargain(session, port, talk.next, then);
}

/** The recordings do not show what a port says to an offer beyond the purse: these words are ours, the question comes again. */
function canPay(session: Session, side: Side, price: number): boolean {
  const { trader, paper } = player(session);
  if (side === "buying" || price <= trader.credits) return true;
  paper.put`\n~!You only have ${commas(trader.credits)} credits!\n`;
  return false;
}

/** Cargo, credits and stock change hands together; false when another trader has emptied the port meanwhile. */
function settle(session: Session, port: Port, talk: Talk, units: number, price: number): boolean {
  const { galaxy, trader, paper } = player(session);
  if (stockAt(galaxy, talk.stock, session.at) < units) {
    say.notInterested(paper);
    return false;
  }
  const sign = talk.side === "buying" ? 1 : -1;
  trader.credits += sign * price;
  trader.ship.cargo[talk.product] -= sign * units;
  takeStock(galaxy, port, talk.stock, units, session.at);
  note(galaxy, "trader", trader);
  return true;
}

/** R: what the ship's computer knows of a port; an empty line follows. */
export function portReport(session: Session, port: Port, galaxy: Galaxy): void {
  const { trader, paper } = player(session);
  paper.line();
  say.reportHeading(port, galaxy, session.at)(paper);
  say.stockTable(port, galaxy, trader, session.at)(paper);
}
