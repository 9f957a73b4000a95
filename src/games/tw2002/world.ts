/** What one bot knows. `learn` (learn.ts) is its one writer; everybody else reads. Plain maps and numbers: a hundred bots share a machine. */
import type { Self } from "../../player/game.ts";
import type { HaggleWay } from "../../proto/config.ts";
import { type Bargain, patienceMost } from "./bargain.ts";
import { haggleWay } from "./bidding.ts";
import { leftBehind, type Unheard } from "./unheard.ts";
import { type Chart, createChart } from "./chart.ts";
import type { Course } from "./courses.ts";
import type { Danger } from "./dangers.ts";
import { type Market, newMarket, newShip, newVisit, type OwnShip, type Visit } from "./docks.ts";
import type { Encounter } from "./encounters.ts";
import type { Heard } from "./heard.ts";
import { type News, newNews } from "./news.ts";
import { yieldFirst } from "./plots.ts";
import { type Port, Ports } from "./ports.ts";
import { type Product, products, type Side, sideOf } from "./rules/ports.ts";
import type { Hint } from "./surveys.ts";

/** What happened at the host's door on this life's connections. */
export interface Door {
  /** Letters on the list of games shown last. */
  letters: string[];
  refused: string | undefined;
  refusals: number;
  wrongPasswords: number;
  namesRefused: number;
  lockedOutDays: number;
  /** The password that may be asked for now: anything that looks like its prompt at another time is somebody's text. */
  secret: "game" | "character" | undefined;
}

export interface World {
  /** When the last fact was learned, in ms since 1970: the world's own clock. */
  now: number;
  readonly self: Self;
  readonly door: Door;
  /** The name the game knows us by. */
  trader: string | undefined;
  /** True once Info was read on this connection. */
  informed: boolean;
  sector: number;
  /** Where the last warp was meant to go. */
  heading: number;
  /** The course that the game plotted last. */
  course: Course | undefined;
  credits: number;
  creditsStart: number | undefined;
  experience: number;
  holds: number;
  empty: number;
  /** Units aboard, by product order. */
  readonly cargo: [number, number, number];
  /** Fighters and shield points aboard, as last told. */
  fighters: number;
  shields: number;
  turnsPerWarp: number;
  turnsLeft: number | undefined;
  turnsExecuted: number;
  /** 0 for Sunday; -1 until a port told. */
  weekday: number;
  ship: OwnShip;
  /** In the Galactic Bank; undefined until it told. */
  bank: number | undefined;
  /** Credits that ships and gear have cost, less what was given for old ones; 0 again with the loss of a ship. */
  invested: number;
  /** What shops ask. */
  readonly market: Market;
  visit: Visit;
  /** Where the StarDock is, as the V screen tells. */
  stardock: number | undefined;
  /** Whether the computer has listed, on this connection, all that we have explored. */
  surveyed: boolean;
  /** Sectors that we were the first of ours to see since then. */
  sightedSince: number;
  /** Courses asked of the computer, in all. */
  coursesAsked: number;
  /** When the last one was, in ms since 1970. */
  coursesAt: number;
  /** Lanes that a course told us of late, on average: plots.ts. */
  courseYield: number;
  /** What the density scanner showed of a sector that nobody has seen (hints.ts). */
  readonly hints: Map<number, Hint>;
  /** Sectors and the ways between them. */
  readonly chart: Chart;
  readonly ports: Ports;
  /** Sectors to stay out of, and why. */
  readonly dangers: Map<number, Danger>;
  /** The game warned us of the sector we were going to, and that was news. */
  warned: boolean;
  /** Sectors of which the game still warns us, and we do not. */
  readonly forgiven: Set<number>;
  /** When it was last looked which dangers have faded. */
  fadedAt: number;
  /** Where the last warp began. */
  cameFrom: number;
  /** The sector shown last, here or elsewhere. */
  shown: number;
  /** Fighters that bar the way, until the command prompt. */
  encounter: Encounter | undefined;
  /** Retreats since the last command prompt; and whether the next arrival is one's end. */
  retreats: number;
  retreating: boolean;
  /** In a pod that came out somewhere, and the prompt goes on showing where we were (recording 11). */
  adrift: boolean;
  /** Who shot at us, and when: ms since 1970. */
  shotAt: number;
  /** Whether Ferrengi fly about in this game. */
  ferrengi: boolean;
  shipsLost: number;
  /** What others said last, the oldest first. */
  readonly heard: Heard[];
  /** Sectors of ports that others of ours have reserved. */
  readonly taken: Set<number>;
  /** What others have not been told yet. */
  news: News;
  /** The sector display being read, and what it has shown so far. */
  display: { readonly sector: number; port: boolean; danger: boolean; ships: number } | undefined;
  /** Ships of others that lay in the Federation's sectors when we saw them last. */
  readonly moored: Map<number, number>;
  /** Times docked since we came into this sector. */
  dockings: number;
  /** What the port said it deals in up to, before it named the product; undefined once that is done. */
  upTo: { readonly side: Side; readonly trading: number } | undefined;
  bargain: Bargain | undefined;
  /** The line was lost in a port, and no Info has come since. */
  unheard: Unheard | undefined;
  /** How prices are haggled over on this line: bidding.ts. */
  haggle: HaggleWay;
  /** Rounds of a bargain up to which no port has been less patient than the rule says: bidding.ts. */
  patience: number;
  trades: number;
  tradeAttempts: number;
  /** Bargains closed by haggling, counters made in them, and bargains that the port broke off. */
  readonly haggled: { deals: number; offers: number; lost: number };
  /** Raised with every change of the map: what was computed from an older one is stale. */
  mapVersion: number;
}

/** The ship everyone starts in: rules, ship catalogue. */
const startingTurnsPerWarp = 3;

export function newWorld(self: Self): World {
  return {
    now: 0,
    self,
    door: {
      letters: [],
      refused: undefined,
      refusals: 0,
      wrongPasswords: 0,
      namesRefused: 0,
      lockedOutDays: 0,
      secret: "game",
    },
    trader: undefined,
    informed: false,
    sector: 0,
    heading: 0,
    course: undefined,
    credits: 0,
    creditsStart: undefined,
    experience: 0,
    holds: 0,
    empty: 0,
    cargo: [0, 0, 0],
    fighters: 0,
    shields: 0,
    turnsPerWarp: startingTurnsPerWarp,
    turnsLeft: undefined,
    turnsExecuted: 0,
    weekday: -1,
    ship: newShip(),
    bank: undefined,
    invested: 0,
    market: newMarket(),
    visit: newVisit(),
    stardock: undefined,
    surveyed: false,
    sightedSince: 0,
    coursesAsked: 0,
    coursesAt: 0,
    courseYield: yieldFirst,
    hints: new Map(),
    chart: createChart(),
    ports: new Ports(),
    dangers: new Map(),
    warned: false,
    forgiven: new Set(),
    fadedAt: 0,
    cameFrom: 0,
    shown: 0,
    encounter: undefined,
    retreats: 0,
    retreating: false,
    adrift: false,
    shotAt: 0,
    ferrengi: false,
    shipsLost: 0,
    heard: [],
    taken: new Set(),
    news: newNews(),
    display: undefined,
    moored: new Map(),
    dockings: 0,
    upTo: undefined,
    bargain: undefined,
    unheard: undefined,
    haggle: haggleWay(self.haggle, 0),
    patience: patienceMost,
    trades: 0,
    tradeAttempts: 0,
    haggled: { deals: 0, offers: 0, lost: 0 },
    mapVersion: 0,
  };
}

/** A new connection: map, books and counters stay, what only the session knew goes. */
export function hungUp(world: World): void {
  world.unheard = leftBehind(world);
  world.informed = false;
  world.surveyed = false;
  world.visit = newVisit();
  world.bargain = undefined;
  world.upTo = undefined;
  world.heading = 0;
  world.dockings = 0;
  world.display = undefined;
  world.door.letters = [];
  world.door.lockedOutDays = 0;
  world.door.refused = undefined;
  world.door.refusals = 0;
  world.door.secret = "game";
  world.encounter = undefined;
  world.retreats = 0;
  world.retreating = false;
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

/** Credits that may be spent. */
export const toSpend = ({ credits, self }: Readonly<World>): number =>
  Math.max(0, credits - self.reserveCredits);

/** Turns that a purchase has to pay for itself: those of days to come as well, for a bot that waits for them; at most `horizonMax`. */
export function horizon(world: Readonly<World>): number {
  const { turnsMax, waitForTurns } = world.self;
  const all = waitForTurns ? (turnsMax > 0 ? turnsMax - world.turnsExecuted : horizonMax) : budget(world);
  return Math.max(0, Math.min(all, horizonMax));
}
const horizonMax = 5_000;

/** What the port does with a product, as far as known. */
export const sideAt = (port: Port, product: Product): Side | undefined =>
  port.good(products.indexOf(product))?.side ?? sideOf(port.portClass, product);
