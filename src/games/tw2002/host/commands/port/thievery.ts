/** R at a port's menu, for evil traders: robbing its strongroom or stealing off its dock. */
import {
  bustAlignment,
  bustExperience,
  bustLikelihood,
  caughtFine,
  journalShare,
  knownFaceFine,
  type Product,
  products,
  robberyPay,
  safeCredits,
  safeHolds,
  sideOf,
  theftPay,
} from "../../../rules/ports.ts";
import { note, openPort } from "../../galaxy.ts";
import { after, askKey, askNumber, pause, player, type Session, type Then } from "../../session.ts";
import { noCargo, type Port } from "../../things.ts";
import * as say from "../../text/crime.ts";
import { carryOff, onDock, recognized, rememberBust, rememberCrime } from "../../thieves.ts";
import { payForDocking } from "./docking.ts";
import { align, reward } from "../rewards.ts";
import { emptyHolds } from "../../ships.ts";

/** Credits that can be asked for at most. */
const robberyMax = 999_999_999;

/** Docks on the sly and asks what it is to be. */
export function thievery(session: Session, port: Port, then: Then): void {
  const { trader, paper } = player(session);
  say.thieveryBanner(paper);
  if (port.portClass === 9) {
    // The StarDock's menu has the line, but no recording shows what comes of it.
    say.tooWellGuarded(paper);
    return then(session);
  }
  if (!payForDocking(session)) return then(session);
  say.turnTaken(trader.turnsLeft)(paper);
  pause(session, (asked) => {
    say.temptation(asked.paper);
    askCrime(asked, port, then);
  });
}

function askCrime(session: Session, port: Port, then: Then): void {
  say.crimePrompt(session.paper);
  askKey(session, "RSQ?", (asked, key) => {
    if (key === "?") {
      say.crimeHelp(asked.paper);
      return askCrime(asked, port, then);
    }
    if (key === "Q" || !stillThere(asked, port)) {
      say.leavePort(asked.paper);
      return then(asked);
    }
    const { galaxy, trader } = player(asked);
    const known = recognized(galaxy, trader, port.sector, asked.at);
    if (known) {
      asked.paper.line();
      caught(asked, port, knownFaceFine(trader.ship.holds), known);
      return then(asked);
    }
    if (key === "S") steal(asked, port, then);
    else rob(asked, port, then);
  });
}

/** Neither the port nor he has gone while he was asked. */
function stillThere(session: Session, port: Port): boolean {
  const { galaxy, trader } = player(session);
  return openPort(galaxy, trader.sector) === port;
}

function steal(session: Session, port: Port, then: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  say.dockTable(port, galaxy, trader, session.at)(paper);
  say.whichProduct(paper);
  askKey(session, "123Q", (asked, key) => {
    const product = products[Number(key) - 1];
    if (!product) return then(asked);
    if (sideOf(port.portClass, product) === "buying" && !settings.stealFromBuying) {
      say.nothingToSteal(product)(asked.paper);
      return then(asked);
    }
    const room = emptyHolds(trader.ship);
    say.howManyHolds(product, room)(asked.paper);
    askNumber(asked, { largest: room, enter: room }, (thief, units) =>
      load(thief, port, product, units, then),
    );
  });
}

/** The droids set to work; what comes of it shows after the crime's delay. */
function load(session: Session, port: Port, product: Product, units: number, then: Then): void {
  const { settings, paper } = player(session);
  if (units === 0) {
    say.leavePort(paper);
    return then(session);
  }
  if (!roomFor(session, port, product, units)) return then(session);
  say.loading(paper);
  after(session, settings.crimeDelayMs, (thief) => {
    const { galaxy, trader, paper: sheet } = player(thief);
    const excess = units - safeHolds(trader.experience, settings.stealFactor);
    if (galaxy.dice.chance(bustLikelihood(excess), "a thief is caught")) {
      caught(thief, port, caughtFine(trader.ship.holds, units), undefined);
      return then(thief);
    }
    // Whatever happened meanwhile: nothing is carried off that is not there, or that there is no room for.
    if (!stillThere(thief, port) || !roomFor(thief, port, product, units)) return then(thief);
    carryOff(galaxy, { port, trader, product, units, at: thief.at });
    rememberCrime(galaxy, trader, port.sector);
    say.success(sheet);
    paid(thief, "stealing from", theftPay(units));
    then(thief);
  });
}

/** Whether so much lies on the dock and goes into the holds; says what is wrong. */
function roomFor(session: Session, port: Port, product: Product, units: number): boolean {
  const { galaxy, trader, paper } = player(session);
  if (onDock(galaxy, port, product, session.at) < units) {
    say.notSoMany(product)(paper);
    return false;
  }
  if (emptyHolds(trader.ship) >= units) return true;
  say.noRoom(paper);
  return false;
}

function rob(session: Session, port: Port, then: Then): void {
  const { settings, paper } = player(session);
  paper.line();
  say.journals(Math.floor((port.credits ?? 0) * journalShare))(paper);
  askNumber(session, { largest: robberyMax, enter: 0 }, (asked, credits) => {
    if (credits === 0) {
      say.leavePort(asked.paper);
      return then(asked);
    }
    if (credits > (port.credits ?? 0)) {
      say.notSoRich(asked.paper);
      return then(asked);
    }
    say.strongroom(asked.paper);
    after(asked, settings.crimeDelayMs, (robber) => breakIn(robber, port, credits, then));
  });
}

function breakIn(session: Session, port: Port, credits: number, then: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  const excess = (credits - safeCredits(trader.experience, settings.robFactor)) / 1000;
  if (galaxy.dice.chance(bustLikelihood(excess), "a robber is caught")) {
    caught(session, port, caughtFine(trader.ship.holds, Math.ceil(credits / 1000)), undefined);
    return then(session);
  }
  const there = port.credits ?? 0;
  if (!stillThere(session, port) || there < credits) {
    paper.line();
    say.notSoRich(paper);
    return then(session);
  }
  port.credits = there - credits;
  trader.credits += credits;
  note(galaxy, "port", port);
  rememberCrime(galaxy, trader, port.sector);
  say.success(paper);
  paid(session, "robbing", robberyPay(credits));
  then(session);
}

/** Less good, more experienced. */
function paid(
  session: Session,
  deed: "stealing from" | "robbing",
  pay: { alignment: number; experience: number },
): void {
  align(session, -pay.alignment);
  say.crimePaid(deed, pay)(session.paper);
  if (pay.experience > 0) reward(session, pay.experience);
}

/** The guards have him: holds, all cargo and a tenth of his experience are gone. */
function caught(session: Session, port: Port, fine: number, known: say.Recognized): void {
  const { galaxy, trader, paper } = player(session);
  const { ship } = trader;
  const holds = Math.max(0, Math.min(fine, ship.holds - 1));
  const experience = bustExperience(trader.experience);
  Object.assign(ship.cargo, noCargo());
  ship.colonists = 0;
  ship.holds -= holds;
  trader.experience -= experience;
  align(session, -bustAlignment);
  rememberBust(galaxy, trader, port.sector, session.at);
  say.busted({ holds, alignment: bustAlignment, experience }, known)(paper);
}
