/** O: building a port, or building one up. */
import {
  mcicRange,
  newPortProductivity,
  portPlan,
  portShareMax,
  type Product,
  products,
  sideOf,
  stockPerProductivity,
  type TradingClass,
  upgradePrice,
} from "../../../rules/ports.ts";
import { addPort, inFedSpace, note } from "../../galaxy.ts";
import { occupants } from "../../occupants.ts";
import { growPlanet, inStore, takeFromStore } from "../../planet.ts";
import { askKey, askLine, askNumber, player, type Session, type Then } from "../../session.ts";
import type { Planet, Port, Stock } from "../../things.ts";
import * as say from "../../text/construction.ts";
import { dayMs } from "../../../rules/time.ts";
import { isOwn } from "../../owners.ts";
import { stockMax, takeStock } from "../../stock.ts";
import { portNameMax } from "../../../rules/lengths.ts";

export function buildPort(session: Session, then: Then): void {
  const { galaxy, trader, settings, paper } = player(session);
  say.constructionBanner(paper);
  const port = galaxy.ports.get(trader.sector);
  if (!port) return chooseClass(session, then);
  const days = (until: number) => Math.max(1, Math.ceil((until - session.at) / dayMs));
  if (port.destroyed) {
    say.radiation(days((port.destroyedAt ?? session.at) + settings.radiationDays * dayMs))(paper);
  } else if (port.opensAt !== 0) say.stillBuilding(days(port.opensAt))(paper);
  else if (port.portClass === 0 || port.portClass === 9) say.noUpgrade(paper);
  else {
    say.upgradeHeading(paper);
    return upgrade(session, port, then);
  }
  then(session);
}

// ---- building up

function upgrade(session: Session, port: Port, then: Then): void {
  say.upgradeMenu(session.paper);
  askKey(session, "123Q", (asked, key) => {
    const index = Number(key) - 1;
    const product = products[index];
    const stock = port.stocks[index];
    if (!product || !stock) {
      asked.paper.line();
      return then(asked);
    }
    say.upgradeCost(product, unitsMax(asked, product, stock))(asked.paper);
    askNumber(asked, { largest: unitsMax(asked, product, stock), enter: 0 }, (investor, units) => {
      if (invest(investor, port, product, stock, units)) say.upgraded(investor.paper);
      upgrade(investor, port, then);
    });
  });
}

/** What the game's limit and the purse allow: 6,377 units at a productivity of 176 with millions at hand. */
function unitsMax(session: Session, product: Product, stock: Stock): number {
  const { trader, settings } = player(session);
  const room = Math.floor((settings.portStockMax - stockMax(stock)) / stockPerProductivity);
  return Math.max(0, Math.min(room, Math.floor(trader.credits / upgradePrice[product])));
}

/** Credits become productivity, and ten units each in store or in demand: 5 units took a stock of 356 to 406. */
function invest(session: Session, port: Port, product: Product, stock: Stock, units: number): boolean {
  const { galaxy, trader } = player(session);
  const there = galaxy.ports.get(trader.sector) === port && !port.destroyed;
  if (!there || units === 0 || units > unitsMax(session, product, stock)) return false;
  trader.credits -= units * upgradePrice[product];
  takeStock(galaxy, port, stock, 0, session.at);
  stock.productivity += units;
  stock.amount += units * stockPerProductivity;
  note(galaxy, "trader", trader);
  return true;
}

// ---- building anew; no recording shows it, the words and the order of questions are ours

function chooseClass(session: Session, then: Then): void {
  const refusal = mayNotBuild(session);
  if (refusal) {
    say.noBuilding(refusal)(session.paper);
    return then(session);
  }
  say.classTable(session.paper);
  askKey(session, "12345678Q", (asked, key) => {
    if (key === "Q") return then(asked);
    const portClass = Number(key) as TradingClass;
    if (!canSupply(asked, portClass)) return then(asked);
    say.askPortName(asked.paper);
    askLine(asked, { max: portNameMax }, (owner, text) => {
      const name = text.trim();
      if (!/^[\x20-\x7e]+$/.test(name)) say.badName(owner.paper);
      else begin(owner, portClass, name);
      then(owner);
    });
  });
}

/** Why no port can be built here, if so. */
function mayNotBuild(session: Session): "FedSpace" | "planet" | "full" | undefined {
  const { galaxy, trader } = player(session);
  if (inFedSpace(galaxy, trader.sector)) return "FedSpace";
  if (galaxy.ports.size >= Math.round(galaxy.sectors.length * portShareMax)) return "full";
  return supplier(session) ? undefined : "planet";
}

/** The trader's planet in the sector that has most; its stores are reckoned up to now. */
function supplier(session: Session): Planet | undefined {
  const { galaxy, trader } = player(session);
  const own = [...occupants(galaxy, trader.sector).planets].filter(({ owner }) => isOwn(trader, owner));
  for (const planet of own) growPlanet(galaxy, planet, session.at);
  const stores = ({ store }: Planet) => products.reduce((sum, product) => sum + store[product], 0);
  return own.sort((a, b) => stores(b) - stores(a))[0];
}

/** Whether purse and planet can pay for a port; says what is missing. */
function canSupply(session: Session, portClass: TradingClass): boolean {
  const { trader, paper } = player(session);
  const planet = supplier(session);
  const { licence, materials } = portPlan(portClass);
  if (!planet) return false;
  const short = products.find((product) => inStore(planet, product) < materials[product]);
  if (short) say.missing(short)(paper);
  else if (trader.credits < licence) say.noFunds(licence)(paper);
  else return true;
  return false;
}

/** Checks everything once more, pays, and lets the builders begin. */
function begin(session: Session, portClass: TradingClass, name: string): void {
  const { galaxy, trader, paper } = player(session);
  const refusal = mayNotBuild(session);
  const planet = supplier(session);
  if (refusal || galaxy.ports.has(trader.sector) || !planet || !canSupply(session, portClass)) return;
  const { licence, materials, days } = portPlan(portClass);
  trader.credits -= licence;
  for (const product of products) takeFromStore(galaxy, planet, product, materials[product], session.at);
  note(galaxy, "trader", trader);
  const opensAt = session.at + days * dayMs;
  const stocks = products.map((product): Stock => {
    const [least, most] = mcicRange[product];
    const full = stockPerProductivity * newPortProductivity;
    const buying = sideOf(portClass, product) === "buying";
    return {
      mcic: galaxy.dice.between(least, most, "a new port's character"),
      productivity: newPortProductivity,
      amount: buying ? full : 0,
      at: opensAt,
    };
  });
  addPort(galaxy, {
    sector: trader.sector,
    name,
    portClass,
    stocks,
    docked: undefined,
    opensAt,
    destroyed: false,
  });
  say.begun(name, days)(paper);
}
