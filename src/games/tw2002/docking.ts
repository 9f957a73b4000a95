/** What is learned at class 0 ports and the StarDock, and from Info about the ship: prices, orders and what they came to. */
import {
  aboard,
  type DockFact,
  fittings,
  type GearItem,
  newShip,
  outfitItems,
  type OutfitItem,
} from "./docks.ts";
import { holdQuote } from "./rules/equipment.ts";
import { type ShipKind, shipTypes } from "./rules/ships.ts";
import { watchVisit } from "./vain.ts";
import type { World } from "./world.ts";

/** The yards have a letter for each ship they sell. */
const shipsMax = 26;

/** Takes in what a shop, or Info about the ship, told. */
export function learnDock(world: World, fact: DockFact): void {
  const { visit, market } = world;
  switch (fact.type) {
    case "menuKey":
      visit.last = `${fact.place}${fact.key}`;
      visit.tried.add(visit.last);
      visit.order = undefined;
      watchVisit(world, fact.place, fact.key);
      return;
    case "outfitQuote":
      return quoted(world, fact);
    case "aboard":
      return setAboard(world, fact.item, fact.count);
    case "ordered":
      visit.order = { item: fact.item, count: fact.count };
      return;
    case "holdsCost":
      visit.cost = fact.credits;
      return;
    case "gearPrice":
      market.gear.set(fact.item, fact.credits);
      return;
    case "gear":
      world.ship.gear.set(fact.item, fact.count);
      return;
    case "shipKind":
      world.ship.kind = fact.kind;
      return;
    case "tradeInValue":
      visit.tradeIn = fact.credits;
      market.tradeIn = { kind: world.ship.kind, credits: fact.credits, at: world.now };
      return;
    case "shipsListed":
      visit.listings++;
      return;
    case "shipListed":
      if (market.ships.has(fact.name) || market.ships.size < shipsMax)
        market.ships.set(fact.name, { letter: fact.letter, price: fact.price });
      return;
    case "shipOffered":
      visit.offered = { name: fact.name, price: undefined };
      return;
    case "shipPriced":
      if (visit.offered) visit.offered.price = fact.price;
      return;
    case "shipTraded":
      return traded(world);
    case "account":
      world.bank = fact.credits;
      return;
    case "banked":
      world.bank = Math.max(0, (world.bank ?? 0) + fact.credits);
      world.credits = Math.max(0, world.credits - fact.credits);
  }
}

/** A line about our credits, before they are taken in: less than before means that the order was carried out. */
export function settleOrder(world: World, credits: number): void {
  const { order } = world.visit;
  world.visit.order = undefined;
  if (!order || credits >= world.credits) return;
  const { item, count } = order;
  const graded = (fittings as readonly string[]).includes(item);
  setAboard(world, item, graded ? count : aboard(world, item) + count);
}

function setAboard(world: World, item: OutfitItem | GearItem, count: number): void {
  if (item === "holds") {
    world.empty = Math.max(0, world.empty + count - world.holds);
    world.holds = count;
  } else if (item === "fighters" || item === "shields") world[item] = count;
  else world.ship.gear.set(item, count);
}

function quoted(world: World, { item, price, most }: Extract<DockFact, { type: "outfitQuote" }>): void {
  const { quotes } = world.visit;
  quotes.set(item, { price, most });
  const [hold, fighter, shield] = outfitItems.map((each) => quotes.get(each)?.price);
  if (hold === undefined || fighter === undefined || shield === undefined) return;
  world.market.outfit = {
    sector: world.sector,
    at: world.now,
    hold: hold - holdQuote({ hold: 0 }, world.holds),
    fighter,
    shield,
  };
}

/** In part exchange, the new ship is ours: bare, with the holds of its kind, until Info tells more. The old one took everything along. */
function traded(world: World): void {
  if (world.visit.tradeIn === undefined) return;
  const kind = Object.keys(shipTypes).find(
    (each) => shipTypes[each as ShipKind].name === world.visit.offered?.name,
  ) as ShipKind | undefined;
  const type = kind && shipTypes[kind];
  world.ship = { ...newShip(), kind };
  world.fighters = world.shields = 0;
  world.holds = world.empty = type?.holdsFirst ?? 0;
  for (let i = 0; i < world.cargo.length; i++) world.cargo[i] = 0;
  if (type) world.turnsPerWarp = type.turnsPerWarp;
  world.informed = false;
}
