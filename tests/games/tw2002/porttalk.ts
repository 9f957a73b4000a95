/** A bot's haggling against our host's arithmetic, without screens: ports at random, calls at them, and what could have been had. */
import type { Trade } from "../../../src/player/game.ts";
import type { HaggleName } from "../../../src/proto/config.ts";
import { type Bargain, productivityOf } from "../../../src/games/tw2002/bargain.ts";
import { bidFor, firstBid } from "../../../src/games/tw2002/bidding.ts";
import type { Dice } from "../../../src/games/tw2002/host/dice.ts";
import { answerCounter, type Deal, openDeal } from "../../../src/games/tw2002/host/haggle.ts";
import type { Fact } from "../../../src/games/tw2002/facts.ts";
import { learn } from "../../../src/games/tw2002/learn.ts";
import {
  afterCounter,
  mcicRange,
  percentOf,
  type Product,
  products,
  type Side,
} from "../../../src/games/tw2002/rules/ports.ts";
import { bidderOf } from "../../../src/games/tw2002/skills/trade.ts";
import { newWorld, type World } from "../../../src/games/tw2002/world.ts";
import { seeded } from "../../cuts.ts";

/** One product at one port, as its maker knows it. */
export interface Hidden {
  readonly product: Product;
  readonly side: Side;
  readonly mcic: number;
  readonly productivity: number;
}

export interface Call {
  readonly how: "struck" | "refused" | "thrown out";
  /** What was paid or received, as a share of the best that was reachable; the other way round where we bought. */
  readonly share: number;
  /** Credits for the whole quantity, and the best reachable on average. */
  readonly price: number;
  readonly best: number;
  /** The hidden price at the beginning. */
  readonly fair: number;
  /** Counters typed, the last one among them. */
  readonly counters: number;
  readonly points: number;
  /** A first counter could have been typed with the quantity. */
  readonly ahead: boolean;
  /** The hidden price when the talk was over, and what is told of a deal that was struck. */
  readonly hidden: number;
  readonly trade: Trade | undefined;
}

/** A port's second side of the talk: our host's, or one that is less patient in later rounds. */
export interface Manners {
  /** Multiples of |MCIC|/1000 that a round bears at most; the host's own where undefined. */
  readonly bears?: (round: number) => number;
}

/** Numbers from a seed as the host's dice. */
export function diceOf(seed: number): Dice {
  const roll = seeded(seed);
  return {
    roll,
    chance: (likely) => roll() < likely,
    between: (min, max) => min + Math.floor(roll() * (max - min + 1)),
    pick: (from) => from[Math.floor(roll() * from.length)]!,
    state: () => 0,
  };
}

export function anyPort(dice: Dice): Hidden {
  const product = dice.pick(products, "");
  const [least, most] = mcicRange[product];
  return {
    product,
    side: dice.chance(0.5, "") ? "buying" : "selling",
    mcic: dice.between(least, most, ""),
    productivity: dice.between(75, 300, ""),
  };
}

const sector = 7;

/** A bot that stands at a port of which it knows nothing. */
export function visitor(haggle: HaggleName, experience: number): World {
  const self = {
    name: "Haggler",
    password: "",
    gameLetter: "A",
    shipName: "",
    planetName: "",
    turnsMax: 1000,
    reserveCredits: 0,
    maxHops: 6,
    haggle,
  };
  const world = newWorld(self);
  world.sector = sector;
  world.credits = 1_000_000;
  world.experience = experience;
  world.holds = 20;
  world.ports.add(sector, 1);
  return world;
}

export interface Visit {
  readonly hidden: Hidden;
  readonly stock: number;
  readonly units: number;
  /** 0 for Sunday. */
  readonly day: number;
  readonly dice: Dice;
  readonly manners?: Manners;
  /** The first counter goes out with the quantity wherever it can. */
  readonly ahead?: boolean;
}

/** A call at the port: report, quantity, talk. The world learns what it would from a screen. */
export function call(world: World, visit: Visit): Call {
  const { hidden, stock, units, day, dice } = visit;
  const { product, side } = hidden;
  const tell = (fact: Fact) => learn(world, fact, 0);
  tell({ type: "commerce", port: "Port", weekday: day });
  const percent = percentOf(stock, hidden.productivity * 10);
  tell({ type: "stock", product, side, trading: stock, percent, onBoard: units });
  // Enter takes all; a number is typed where a counter can go with it.
  const wanted = visit.ahead === true ? units : undefined;
  tell({ type: "quantity", product, side, most: units, wanted });
  const early = world.bargain && firstBid(world.bargain, bidderOf(world));
  tell({ type: "agreed", units });
  const opening = openDeal({ ...hidden, stock, experience: world.experience }, units, day, dice);
  const best = bestReachable(opening);
  const fair = opening.hidden;
  let deal = opening;
  let counters = 0;
  const end = (how: Call["how"], price: number, points: number): Call => {
    const credits = world.credits + (how === "struck" ? (side === "buying" ? price : -price) : 0);
    if (points > 0) tell({ type: "experienceGained", points });
    const trade = tell({ type: "purse", credits, empty: 20 });
    world.credits = 1_000_000;
    const share = how === "struck" ? (side === "buying" ? price / best : best / price) : 0;
    const ahead = early !== undefined;
    return { how, share, price, best, fair, counters, points, ahead, hidden: deal.hidden, trade };
  };
  for (;;) {
    tell({ type: "offered", credits: deal.shown, final: deal.final });
    const { bargain } = world;
    if (!bargain || counters > countersMax) throw new Error("The talk does not end");
    const bid =
      visit.ahead && counters === 0 && early !== undefined ? early : bidFor(bargain, bidderOf(world));
    tell({ type: "bid", offer: deal.shown, credits: bid });
    counters++;
    const answer = impatient(visit, deal, bid)
      ? ({ type: "thrown out" } as const)
      : answerCounter(deal, bid, dice);
    switch (answer.type) {
      case "accepted": {
        const points = { "": 0, good: 1, great: 2, excellent: 5 }[answer.reward];
        return end("struck", bid, points);
      }
      case "thrown out":
        tell({ type: "thrownOut" });
        return end("thrown out", 0, 0);
      case "not interested":
        tell({ type: "notInterested" });
        return end("refused", 0, 0);
      case "insulted":
        tell({ type: "insulted" });
        break;
      case "countered":
        deal = answer.deal;
    }
  }
}
const countersMax = 30;

/** A bargain at a port of which nothing is known, before its first word; by a trader without experience. */
export function unspoken({ hidden, stock, units, day }: Visit): Bargain {
  const { product, side, productivity } = hidden;
  const told = productivityOf(stock, percentOf(stock, productivity * 10));
  const about = { product, side, units, stock, productivity: told, told, weekday: day };
  return { ...about, experience: 0, struck: 0, rounds: [] };
}

function impatient({ manners, hidden }: Visit, deal: Deal, bid: number): boolean {
  const bears = manners?.bears?.(deal.round);
  if (bears === undefined || deal.final) return false;
  const strain = hidden.side === "buying" ? bid / deal.hidden - 1 : 1 - bid / deal.hidden;
  return strain > (bears * hidden.mcic) / 1000;
}

/**
 * The best price that anybody could hope for who knows all that the port hides, but not which offer will be the last: each
 * counter as far as the rule bears it (docs/port-prices.md, the talk) and no further than the one before, until the last offer
 * or `roundsMax`; then the hidden price, in whole credits. More is never had: a bolder counter is a lost deal, and a tamer one leaves
 * a worse price now and a nearer limit for those that follow. Credits for the whole quantity, on average over the dice.
 */
export function bestReachable({ terms, hidden }: Pick<Deal, "terms" | "hidden">): number {
  const buying = terms.side === "buying";
  const sign = buying ? 1 : -1;
  const take = (price: number) => (buying ? Math.floor(price) : Math.ceil(price));
  let price = hidden;
  let last = buying ? Number.POSITIVE_INFINITY : 0;
  let going = 1;
  let sum = 0;
  for (let round = 1; round <= roundsMax; round++) {
    const limit = price * (1 + (sign * 4 * terms.mcic) / 1000 / round);
    const counter = buying ? Math.min(Math.floor(limit), last) : Math.max(Math.ceil(limit), last);
    if (buying ? counter <= price : counter >= price) break;
    price = afterCounter(price, counter);
    last = counter;
    const final = going * (round === 1 ? 1 / 6 : 1 / 4);
    sum += final * take(price);
    going -= final;
  }
  return sum + going * take(price);
}
const roundsMax = 20;

/** Calls at `ports` ports in a row, `visits` at each; by visit. */
export function season(
  haggle: HaggleName,
  ports: number,
  visits: number,
  options: {
    readonly seed?: number;
    readonly manners?: Manners;
    readonly ahead?: boolean;
    readonly day?: number;
  } = {},
): Call[][] {
  const byVisit: Call[][] = Array.from({ length: visits }, () => []);
  const dice = diceOf(options.seed ?? 1);
  let patience: number | undefined;
  for (let port = 0; port < ports; port++) {
    const hidden = anyPort(dice);
    const world = visitor(haggle, dice.between(0, 1200, ""));
    if (patience !== undefined) world.patience = patience;
    const full = hidden.productivity * 10;
    for (let visit = 0; visit < visits; visit++) {
      const stock = dice.chance(0.4, "") ? full : dice.between(Math.ceil(full / 4), full, "");
      const units = dice.between(10, 60, "");
      const day = options.day ?? dice.between(0, 6, "");
      const { manners, ahead } = options;
      byVisit[visit]!.push(
        call(world, {
          hidden,
          stock,
          units,
          day,
          dice,
          ...(manners ? { manners } : {}),
          ...(ahead === undefined ? {} : { ahead }),
        }),
      );
    }
    patience = world.patience;
  }
  return byVisit;
}

/** What calls came to. Shares of 1. */
export interface Summary {
  /** Of the best reachable, over the deals that were struck: credits received, or the best over what was paid. */
  readonly share: number;
  /** Deals lost: refused or thrown out. */
  readonly refused: number;
  readonly counters: number;
  readonly points: number;
  /** First counters that could be typed with the quantity. */
  readonly ahead: number;
}
export function summary(calls: readonly Call[]): Summary {
  const struck = calls.filter(({ how }) => how === "struck");
  const mean = (of: (one: Call) => number, all: readonly Call[] = struck) =>
    all.reduce((sum, one) => sum + of(one), 0) / Math.max(1, all.length);
  return {
    share: mean(({ share }) => share),
    refused: 1 - struck.length / calls.length,
    counters: mean(({ counters }) => counters, calls),
    points: mean(({ points }) => points),
    ahead: mean(({ ahead }) => (ahead ? 1 : 0), calls),
  };
}
