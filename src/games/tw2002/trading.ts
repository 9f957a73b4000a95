/** What is learned at a port: its stocks, the course of a bargain, and how it ended. */
import type { Trade } from "../../player/game.ts";
import { type Bargain, patienceMost, productivityOf, signOf, taken } from "./bargain.ts";
import { reachOf } from "./bidding.ts";
import type { Fact } from "./facts.ts";
import { guesses, tellsOf } from "./posterior.ts";
import { type Product, products, type Side } from "./rules/ports.ts";
import { known } from "./struck.ts";
import type { Good, Port } from "./ports.ts";
import type { World } from "./world.ts";

/** A line of the commerce report. */
export function stocked(world: World, fact: Extract<Fact, { type: "stock" }>): void {
  const index = products.indexOf(fact.product);
  world.cargo[index] = fact.onBoard;
  const port = world.ports.get(world.sector);
  if (!port) return;
  reported(port, index, fact);
  port.dockedAt = world.turnsExecuted;
  port.stockAt = world.now;
  world.news.stocks.add(world.sector);
}

/** What a port has of a product now, wherever that was read. */
export function reported(port: Port, index: number, fact: Pick<Good, "side" | "trading" | "percent">): void {
  const { side, trading, percent } = fact;
  const old = port.good(index);
  const told = productivityOf(trading, percent);
  const both: readonly [number, number] = old
    ? [Math.max(told[0], old.least), Math.min(told[1], old.most)]
    : told;
  // Bounds that contradict each other mean that the port was built up: then what it says now holds.
  const [least, most] = both[0] <= both[1] ? both : told;
  port.learn(index, {
    side,
    trading,
    percent,
    least,
    most,
    struck: old?.struck ?? 0,
    redone: old?.redone ?? 0,
  });
}

/** An order was given: from here on the talk is about it. */
export function beginBargain(world: World, fact: Extract<Fact, { type: "quantity" }>): void {
  const bargain = openBargain(world, fact.product, fact.side, fact.wanted ?? fact.most);
  const good = world.ports.get(world.sector)?.good(products.indexOf(fact.product));
  if (good && bargain && good.trading !== bargain.stock) restocked(good, bargain.stock);
  world.bargain = bargain && { ...bargain, typed: fact.wanted !== undefined };
  world.upTo = undefined;
}

/** The port's stock is another than at the last report, by trade. */
function restocked(good: Good, trading: number): void {
  good.trading = trading;
  good.percent = Math.floor((100 * trading) / (5 * (good.least + good.most)));
}

/** A talk about so many units, before its first word; undefined where there is nothing to talk about, or no report of the port. */
export function openBargain(
  world: Readonly<World>,
  product: Product,
  side: Side,
  units: number,
): Bargain | undefined {
  const good = world.ports.get(world.sector)?.good(products.indexOf(product));
  if (units <= 0 || !good) return undefined;
  return {
    product,
    side,
    units,
    // Others may have traded here since the report, and nothing deceives like a price reckoned with the wrong stock.
    stock: world.upTo?.side === side ? world.upTo.trading : good.trading,
    productivity: [good.least, good.most],
    told: productivityOf(good.trading, good.percent),
    experience: world.experience,
    weekday: world.weekday,
    struck: good.struck,
    rounds: [],
  };
}

/** A word of the talk. */
export function bargained(
  world: World,
  fact: Extract<Fact, { type: "agreed" | "offered" | "bid" | "insulted" | "notInterested" | "thrownOut" }>,
): void {
  const { bargain } = world;
  if (!bargain) return;
  const last = bargain.rounds.at(-1);
  switch (fact.type) {
    case "agreed":
      world.tradeAttempts++;
      if (fact.units !== bargain.units) world.bargain = { ...bargain, units: fact.units };
      return;
    case "offered":
      bargain.rounds.push({ offer: fact.credits, final: fact.final });
      return;
    case "bid":
      if (!last) return;
      last.bid = fact.credits ?? fact.offer;
      world.haggled.offers++;
      return;
    case "insulted":
      if (!last) return;
      last.insulted = true;
      bargain.rounds.push({ offer: last.offer, final: last.final });
      return;
    case "notInterested":
      world.haggled.lost++;
      bargain.end = "not interested";
      return;
    case "thrownOut":
      world.haggled.lost++;
      world.patience = Math.min(world.patience, patienceShown(bargain, world.patience));
      bargain.end = "thrown out";
  }
}

/**
 * Rounds of patience that a port has shown by throwing us out: fewer than those of this bargain only where the counter was within
 * what the rule allows whatever the port hides.
 */
function patienceShown(bargain: Bargain, patience: number): number {
  const round = taken(bargain).length;
  const counter = bargain.rounds.at(-1)?.bid;
  if (counter === undefined) return patienceMost;
  const sign = signOf(bargain.side);
  const all = guesses(bargain);
  const allowed = all.every(({ mcic, low, high }) => {
    const hidden = sign === 1 ? low : high;
    return sign * counter <= sign * hidden * (1 + (sign * reachOf(round, patience) * mcic) / 1000) + 1;
  });
  return all.length > 0 && allowed ? round - 1 : patienceMost;
}

/** The line that follows every deal, struck or not: our credits tell which. */
export function closeBargain(world: World, credits: number, empty: number): Trade | undefined {
  const { bargain } = world;
  const paid = credits - world.credits;
  tellCredits(world, credits);
  world.empty = empty;
  world.bargain = undefined;
  const bid = bargain?.rounds.at(-1)?.bid;
  if (!bargain || bid === undefined) return undefined;
  const index = products.indexOf(bargain.product);
  const good = world.ports.get(world.sector)?.good(index);
  const struck = paid === signOf(bargain.side) * bid;
  if (struck) bargain.end = "struck";
  const told = good && remember(good, bargain);
  if (told?.isNew) world.news.hidden.add(world.sector);
  if (!struck) return undefined;
  world.trades++;
  world.haggled.deals++;
  world.cargo[index] = world.cargo[index]! - signOf(bargain.side) * bargain.units;
  if (good) {
    restocked(good, Math.max(0, good.trading - bargain.units));
    world.ports.get(world.sector)!.stockAt = world.now;
    world.news.stocks.add(world.sector);
  }
  return {
    sector: world.sector,
    product: bargain.product,
    units: bargain.units,
    credits: paid,
    ...(told?.hidden !== undefined && { hidden: Math.round(told.hidden) }),
    offers: bargain.rounds.filter((round) => round.bid !== undefined).length,
  };
}

/** Keeps what the bargain told of the port's character, and whether it was built up. Whether that was anything new, and the hidden price. */
function remember(good: Good, bargain: Bargain): { isNew: boolean; hidden?: number | undefined } {
  // A talk that ended in a way nobody told is no evidence.
  if (bargain.end === undefined) return { isNew: false };
  // Others may have told us of the port while we talked.
  let { struck, productivity, hidden } = tellsOf({ ...bargain, struck: good.struck });
  if (struck !== good.struck && known(bargain.product, struck) === 0) {
    // Some of it was wrong, such as a price that another's trade changed under our hands. The latest is as good as any.
    ({ struck, productivity, hidden } = tellsOf({ ...bargain, struck: 0 }));
    good.redone++;
  }
  const [least, most] = productivity;
  const isNew = struck !== good.struck || least !== good.least || most !== good.most;
  Object.assign(good, { struck, least, most });
  return { isNew, hidden };
}

/** Credits as the game tells them. */
export function tellCredits(world: World, credits: number): void {
  world.credits = credits;
  world.creditsStart ??= credits;
}
