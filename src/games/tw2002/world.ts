/** What one bot knows. `learn` (learn.ts) is its one writer; everybody else reads. Plain maps and numbers: a hundred bots share a machine. */
import type { Self, Standing } from "../../player/game.ts";
import type { Bargain } from "./bargain.ts";
import { type PortClass, type Product, products, type Side, sideOf } from "./rules/ports.ts";

/** What is known of one product at one port. */
export interface Good {
  side: Side;
  trading: number;
  percent: number;
  productivity: readonly [min: number, max: number];
  /** |MCIC|s that explain every bargain so far; undefined before the first. */
  mcics?: readonly number[];
}

export interface Port {
  readonly sector: number;
  readonly portClass: PortClass;
  /** By product order; undefined until we docked. */
  goods: [Good?, Good?, Good?];
  /** Game turns used when we last docked; undefined before. */
  dockedAt?: number;
}

/** What happened at the host's door on this life's connections. */
export interface Door {
  /** Letters on the list of games shown last. */
  letters: string[];
  refused: string | undefined;
  refusals: number;
  wrongPasswords: number;
  namesRefused: number;
  lockedOutDays: number;
}

export interface World {
  readonly self: Self;
  readonly door: Door;
  /** The name the game knows us by. */
  trader: string | undefined;
  /** True once Info was read on this connection. */
  informed: boolean;
  sector: number;
  /** Where the last warp was meant to go. */
  heading: number;
  credits: number;
  creditsStart: number | undefined;
  experience: number;
  holds: number;
  empty: number;
  /** Units aboard, by product order. */
  readonly cargo: [number, number, number];
  turnsPerWarp: number;
  turnsLeft: number | undefined;
  turnsExecuted: number;
  /** 0 for Sunday; -1 until a port told. */
  weekday: number;
  /** Warps out of each explored sector. */
  readonly warps: Map<number, readonly number[]>;
  readonly ports: Map<number, Port>;
  /** Sectors to stay out of, and why. */
  readonly dangers: Map<number, string>;
  /** The sector display being read, and what it has shown so far. */
  display: { readonly sector: number; port: boolean; danger: boolean } | undefined;
  /** Times docked since we came into this sector. */
  dockings: number;
  bargain: Bargain | undefined;
  trades: number;
  tradeAttempts: number;
  /** Raised with every change of the map: what was computed from an older one is stale. */
  mapVersion: number;
}

/** The ship everyone starts in: rules, ship catalogue. */
const startingTurnsPerWarp = 3;

export function newWorld(self: Self): World {
  return {
    self,
    door: {
      letters: [],
      refused: undefined,
      refusals: 0,
      wrongPasswords: 0,
      namesRefused: 0,
      lockedOutDays: 0,
    },
    trader: undefined,
    informed: false,
    sector: 0,
    heading: 0,
    credits: 0,
    creditsStart: undefined,
    experience: 0,
    holds: 0,
    empty: 0,
    cargo: [0, 0, 0],
    turnsPerWarp: startingTurnsPerWarp,
    turnsLeft: undefined,
    turnsExecuted: 0,
    weekday: -1,
    warps: new Map(),
    ports: new Map(),
    dangers: new Map(),
    display: undefined,
    dockings: 0,
    bargain: undefined,
    trades: 0,
    tradeAttempts: 0,
    mapVersion: 0,
  };
}

/** A new connection: map, books and counters stay, what only the session knew goes. */
export function hungUp(world: World): void {
  world.informed = false;
  world.bargain = undefined;
  world.heading = 0;
  world.dockings = 0;
  world.display = undefined;
  world.door.letters = [];
  world.door.lockedOutDays = 0;
  world.door.refused = undefined;
}

/** A name the game has not refused: our own, then with numbers after it. */
export function chosenName({ self, door }: Readonly<World>): string {
  return door.namesRefused < 2 ? self.name : `${self.name} ${door.namesRefused}`;
}

/** Turns that may still be used: the game's and our own limit. */
export function budget({ turnsLeft, turnsExecuted, self }: Readonly<World>): number {
  const own = self.turnsMax > 0 ? self.turnsMax - turnsExecuted : Number.POSITIVE_INFINITY;
  return Math.max(0, Math.min(own, turnsLeft ?? Number.POSITIVE_INFINITY));
}

/** What the port does with a product, as far as known. */
export const sideAt = (port: Port, product: Product): Side | undefined =>
  port.goods[products.indexOf(product)]?.side ?? sideOf(port.portClass, product);

/** Differs whenever the bot has got anywhere. */
export const progress = (world: Readonly<World>): string =>
  [
    world.sector,
    world.credits,
    world.turnsExecuted,
    world.mapVersion,
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
  sectorsExplored: world.warps.size,
  portsKnown: world.ports.size,
});
