/** What is learned at a port: its stocks, the course of a bargain, and how it ended. */
import type { Trade } from "../../player/game.ts";
import { type Bargain, guesses, productivityOf } from "./bargain.ts";
import type { Fact } from "./facts.ts";
import { products } from "./rules/ports.ts";
import type { World } from "./world.ts";

/** A line of the commerce report. */
export function stocked(world: World, fact: Extract<Fact, { type: "stock" }>): void {
  const index = products.indexOf(fact.product);
  world.cargo[index] = fact.onBoard;
  const port = world.ports.get(world.sector);
  if (!port) return;
  const old = port.goods[index];
  const told = productivityOf(fact.trading, fact.percent);
  const productivity: readonly [number, number] = old
    ? [Math.max(told[0], old.productivity[0]), Math.min(told[1], old.productivity[1])]
    : told;
  port.goods[index] = {
    side: fact.side,
    trading: fact.trading,
    percent: fact.percent,
    // Bounds that contradict each other mean that the port was built up: then what it says now holds.
    productivity: productivity[0] <= productivity[1] ? productivity : told,
    ...(old?.mcics ? { mcics: old.mcics } : {}),
  };
  port.dockedAt = world.turnsExecuted;
}

/** An order was given: from here on the talk is about it. */
export function beginBargain(world: World, fact: Extract<Fact, { type: "quantity" }>): void {
  world.bargain = undefined;
  const good = world.ports.get(world.sector)?.goods[products.indexOf(fact.product)];
  const units = fact.wanted ?? fact.most;
  if (units <= 0 || !good) return;
  world.bargain = {
    product: fact.product,
    side: fact.side,
    units,
    stock: good.trading,
    productivity: good.productivity,
    experience: world.experience,
    weekday: world.weekday,
    mcics: good.mcics,
    rounds: [],
  };
}

/** A word of the talk. */
export function bargained(
  world: World,
  fact: Extract<Fact, { type: "agreed" | "offered" | "bid" | "insulted" }>,
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
      if (last) last.bid = fact.credits ?? fact.offer;
      return;
    case "insulted":
      if (!last) return;
      last.insulted = true;
      bargain.rounds.push({ offer: last.offer, final: last.final });
  }
}

/** The line that follows every deal, struck or not: our credits tell which. */
export function closeBargain(world: World, credits: number, empty: number): Trade | undefined {
  const { bargain } = world;
  const paid = credits - world.credits;
  const bid = bargain?.rounds.at(-1)?.bid;
  tellCredits(world, credits);
  world.empty = empty;
  world.bargain = undefined;
  if (!bargain || bid === undefined || paid !== (bargain.side === "buying" ? bid : -bid)) {
    if (bargain) remember(world, bargain);
    return undefined;
  }
  const index = products.indexOf(bargain.product);
  world.trades++;
  world.cargo[index] = world.cargo[index]! + (bargain.side === "buying" ? -bargain.units : bargain.units);
  remember(world, bargain);
  const good = world.ports.get(world.sector)?.goods[index];
  if (good) {
    good.trading = Math.max(0, good.trading - bargain.units);
    const [min, max] = good.productivity;
    good.percent = Math.floor((100 * good.trading) / (5 * (min + max)));
  }
  return { sector: world.sector, product: bargain.product, units: bargain.units, credits: paid };
}

/** Keeps what the bargain told of the port's character. */
function remember(world: World, bargain: Bargain): void {
  const good = world.ports.get(world.sector)?.goods[products.indexOf(bargain.product)];
  if (!good || bargain.rounds.length === 0 || good.mcics?.length === 1) return;
  const mcics = [...new Set(guesses(bargain).map(({ mcic }) => mcic))];
  if (mcics.length > 0) good.mcics = mcics;
}

/** Credits as the game tells them. */
export function tellCredits(world: World, credits: number): void {
  world.credits = credits;
  world.creditsStart ??= credits;
}
