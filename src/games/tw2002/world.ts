/** What one bot knows. `learn` is its one writer; everybody else reads. Plain maps and numbers: a hundred bots share a machine. */
import type { Self, Standing, Trade } from "../../player/game.ts";
import { type Bargain, guesses, productivityOf } from "./bargain.ts";
import type { Fact } from "./facts.ts";
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
  world.door.letters = [];
  world.door.refused = undefined;
}

/** Takes in one fact; returns the trade that it closed. */
export function learn(world: World, fact: Fact): Trade | undefined {
  switch (fact.type) {
    case "purse":
      return closeBargain(world, fact.credits, fact.empty);
    case "stock":
      return void stocked(world, fact);
    case "quantity":
      return void beginBargain(world, fact);
    case "agreed":
    case "offered":
    case "bid":
    case "insulted":
      return void bargained(world, fact);
    case "sector":
    case "port":
    case "warps":
    case "fighters":
    case "mines":
    case "avoided":
    case "fightersMet":
    case "notAdjacent":
    case "noRoute":
      return void charted(world, fact);
    case "at":
    case "fledTo":
      if (world.sector !== fact.sector) world.dockings = 0;
      world.sector = fact.sector;
      return undefined;
    case "heading":
      world.heading = fact.sector;
      return undefined;
    case "arrived":
      if (fact.sector !== world.sector) {
        spend(world, world.turnsPerWarp);
        world.dockings = 0;
      }
      world.sector = fact.sector;
      return undefined;
    case "turns":
      return void turnsTold(world, fact.left);
    case "noTurns":
      world.turnsLeft = 0;
      return undefined;
    case "commerce":
      world.weekday = fact.weekday;
      world.bargain = undefined;
      world.dockings++;
      return undefined;
    default:
      personal(world, fact);
  }
  return undefined;
}

/** What the lines about ourselves and the door tell. */
function personal(world: World, fact: Fact): void {
  const { door } = world;
  switch (fact.type) {
    case "trader":
      world.trader = fact.name.endsWith(chosenName(world)) ? chosenName(world) : fact.name;
      world.informed = true;
      door.refusals = door.wrongPasswords = 0;
      return;
    case "experience":
      world.experience = fact.points;
      return;
    case "experienceGained":
      world.experience = Math.max(0, world.experience + fact.points);
      return;
    case "turnsPerWarp":
      world.turnsPerWarp = fact.turns;
      return;
    case "holds":
      world.holds = fact.total;
      world.empty = fact.empty;
      for (let i = 0; i < 3; i++) world.cargo[i] = fact.cargo[i]!;
      return;
    case "credits":
      return tellCredits(world, fact.credits);
    case "taxed":
      world.credits = Math.max(0, world.credits - fact.credits);
      return;
    case "shipLost":
    case "podLost":
      world.informed = false;
      world.bargain = undefined;
      return;
    case "gameListed":
      if (!door.letters.includes(fact.letter)) door.letters.push(fact.letter);
      return;
    case "gameRefused":
      door.refused = fact.text;
      door.refusals++;
      return;
    case "gameLoading":
      door.refused = undefined;
      return;
    case "passwordWrong":
      door.wrongPasswords++;
      return;
    case "nameRefused":
      door.namesRefused++;
      return;
    case "lockedOut":
      door.lockedOutDays = fact.days;
  }
}

function tellCredits(world: World, credits: number): void {
  world.credits = credits;
  world.creditsStart ??= credits;
}

/** A name the game has not refused: our own, then with numbers after it. */
export function chosenName({ self, door }: Readonly<World>): string {
  return door.namesRefused < 2 ? self.name : `${self.name} ${door.namesRefused}`;
}

// --- turns ---

function spend(world: World, turns: number): void {
  world.turnsExecuted += turns;
  if (world.turnsLeft !== undefined) world.turnsLeft = Math.max(0, world.turnsLeft - turns);
}

/** The game's own count. Less than we thought: we used more. More: the day granted new ones. */
function turnsTold(world: World, left: number): void {
  if (world.turnsLeft !== undefined && left < world.turnsLeft) world.turnsExecuted += world.turnsLeft - left;
  world.turnsLeft = left;
}

/** Turns that may still be used: the game's and our own limit. */
export function budget({ turnsLeft, turnsExecuted, self }: Readonly<World>): number {
  const own = self.turnsMax > 0 ? self.turnsMax - turnsExecuted : Number.POSITIVE_INFINITY;
  return Math.max(0, Math.min(own, turnsLeft ?? Number.POSITIVE_INFINITY));
}

// --- the map ---

type MapFact = Extract<
  Fact,
  {
    type:
      | "sector"
      | "port"
      | "warps"
      | "fighters"
      | "mines"
      | "avoided"
      | "fightersMet"
      | "notAdjacent"
      | "noRoute";
  }
>;

function charted(world: World, fact: MapFact): void {
  switch (fact.type) {
    case "sector":
      if (world.dangers.delete(fact.sector)) world.mapVersion++;
      return;
    case "port":
      if (world.ports.get(fact.sector)?.portClass === fact.portClass) return;
      world.ports.set(fact.sector, { sector: fact.sector, portClass: fact.portClass, goods: [] as never });
      world.mapVersion++;
      return;
    case "warps":
      if (world.warps.get(fact.sector)?.length === fact.to.length) return;
      world.warps.set(fact.sector, fact.to);
      world.mapVersion++;
      return;
    case "fighters":
      if (!/^yours$|your Corp/.test(fact.owner)) danger(world, fact.sector, "fighters");
      return;
    case "mines":
      if (!/^yours$|your Corp/.test(fact.owner)) danger(world, fact.sector, "mines");
      return;
    case "avoided":
      return danger(world, fact.sector, "avoided");
    case "fightersMet":
      return danger(world, world.sector, "fighters");
    case "notAdjacent":
    case "noRoute": {
      const warps = world.warps.get(world.sector);
      if (!warps?.includes(world.heading)) return;
      world.warps.set(
        world.sector,
        warps.filter((sector) => sector !== world.heading),
      );
      world.mapVersion++;
    }
  }
}

function danger(world: World, sector: number, why: string): void {
  world.dangers.set(sector, why);
  world.mapVersion++;
}

// --- the port ---

function stocked(world: World, fact: Extract<Fact, { type: "stock" }>): void {
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

function beginBargain(world: World, fact: Extract<Fact, { type: "quantity" }>): void {
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

function bargained(
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
function closeBargain(world: World, credits: number, empty: number): Trade | undefined {
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

// --- for others ---

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
