/** How a bot stands: what its reports tell, and whether it has got anywhere. */
import type { Standing } from "../../player/game.ts";
import { usualPrice } from "./prices.ts";
import { products } from "./rules/ports.ts";
import { shipTypes } from "./rules/ships.ts";
import type { World } from "./world.ts";

/** Differs whenever the bot has got anywhere: turns that were burnt for nothing are none of it. */
export const progress = (world: Readonly<World>): string =>
  [
    world.sector,
    world.credits,
    world.mapVersion,
    world.surveyed,
    world.stardock,
    world.bank,
    world.holds,
    world.fighters,
    world.shields,
    world.cargo.join(),
    world.informed,
  ].join("|");

export const standing = (world: Readonly<World>): Standing => ({
  trader: world.trader,
  sector: world.sector,
  credits: world.credits,
  creditsStart: world.creditsStart ?? world.credits,
  turnsExecuted: world.turnsExecuted,
  turnsLeft: world.turnsLeft,
  holds: world.holds,
  experience: Math.max(0, world.experience),
  trades: world.trades,
  tradeAttempts: world.tradeAttempts,
  haggleDeals: world.haggled.deals,
  haggleOffers: world.haggled.offers,
  haggleLost: world.haggled.lost,
  sectorsExplored: world.chart.seenCount,
  portsKnown: world.ports.size,
  ship: world.ship.kind && shipTypes[world.ship.kind].name,
  fighters: world.informed ? world.fighters : undefined,
  shields: world.informed ? world.shields : undefined,
  bank: world.bank,
  cargoValue: world.trader === undefined ? undefined : cargoValue(world),
});

/** What the cargo would bring somewhere, in credits. */
export const cargoValue = (world: Readonly<World>): number =>
  Math.round(products.reduce((sum, product, i) => sum + world.cargo[i]! * usualPrice(world, product), 0));
