/**
 * What to bid: the counter that is worth most on average over all that the port may be hiding. Bold counters first, each as far
 * as the port will just bear, since every one of them draws the hidden price to itself and none costs more than a round trip;
 * then the hidden price itself. An offer said to be final changes nothing but that it is the last.
 */
import type { HaggleName, HaggleWay } from "../../proto/config.ts";
import { type Bargain, signOf, taken } from "./bargain.ts";
import { type Guess, guesses, priceBounds } from "./posterior.ts";
import { mcicRange } from "./rules/ports.ts";
import { isStruck, known } from "./struck.ts";

/** Bold counters that each way of haggling makes at most, besides one that costs no round trip; none: the first offer is taken. */
const countersOf: Record<HaggleWay, number> = { master: 8, quick: 1, accept: 0 };
/** Round trips, in milliseconds, up to which a bot that may choose spends as many of them as a price is worth. */
export const shortRoundTripMs = 30;

/** How prices are haggled over where answers take so long. */
export const haggleWay = (asked: HaggleName = "auto", roundTripMs: number): HaggleWay =>
  asked !== "auto" ? asked : roundTripMs > shortRoundTripMs ? "quick" : "master";

/** What the bidder brings along. */
export interface Bidder {
  readonly haggle: HaggleWay;
  /** Credits at hand. */
  readonly credits: number;
  /** What a point of experience is worth, in credits. */
  readonly pointWorth: number;
  /** Rounds up to which ports have not been less patient than the rule says (world.ts). */
  readonly patience: number;
}

/**
 * How far beyond the hidden price a counter of a round may go, in multiples of |MCIC|/1000, by docs/port-prices.md: 4 over the
 * round. The recordings show 3.97 and 1.90 borne in the first two rounds, so we keep a little off.
 */
const ruleReach = (round: number) => (4 * (round === 1 ? 0.985 : 0.95)) / round;
/** The same as the recordings alone show it, for rounds in which a port was less patient than the rule. */
const seenReach: readonly number[] = [3.94, 1.9, 0.73, 0.12, 0.08];
export const reachOf = (round: number, patience: number): number =>
  round <= Math.max(2, patience) ? ruleReach(round) : (seenReach[round - 1] ?? 0);

/** A port calls anything beyond this factor an insult. */
const insultFactor = 1.49;
/** Insults in one bargain after which the port's own price is taken. */
const insultsMax = 2;
/** Counters on the hidden price that may miss it before the surest one is made. */
const missesMax: Record<HaggleWay, number> = { master: 2, quick: 0, accept: 0 };
/** Without any guess: so far from the offer, then take it. */
const blindSteps: readonly number[] = [0.04, 0.015];
/** What a deal that comes to nothing costs, as a share of its price: the goods stay where they are, and a turn is gone. */
const refusalCost = 0.2;
/** What is lost when a counter on the hidden price misses it, but the port goes on: a round trip, as a share of the price. */
const missCost = 0.001;
/** A bold counter that gains less on average, as a share of the price, is not worth its round trip. */
const gainMin: Record<HaggleWay, number> = { master: 0.0005, quick: 0.025, accept: 0 };
/** How much of what a counter lies beyond the hidden price is gained in the end: 0.3 at once, more where later ones follow it. */
const gainShare = 0.4;
/** Beyond this chance of being thrown out no counter can be worth it: gains are a hundredth of the price, the loss a fifth. */
const riskMax = 0.1;
/** Keeps a bid off the hidden price by what arithmetic may lose. */
const arithmetic = 1e-6;

/** The counter to make to the last offer, in credits. */
export function bidFor(bargain: Bargain, bidder: Bidder): number {
  const sign = signOf(bargain.side);
  const best = Math.max(1, Math.abs(bid(bargain, bidder)));
  return sign === 1 ? best : Math.max(1, Math.min(best, Math.floor(bidder.credits)));
}

/**
 * A counter that leads out of a talk about something we do not want. A port breaks a talk off only between what it bears and what it
 * takes for an insult, a factor of 1.5, after which it just asks again: far-out figures would be asked about for ever. As much
 * beyond the first offer as stays short of that with the greatest and the smallest |MCIC|; a port of great patience takes it up once, and
 * throws us out when it is repeated.
 */
export function partingBid(bargain: Bargain): number {
  const before = taken(bargain).at(-1)?.bid;
  if (before !== undefined) return before;
  const { offer } = bargain.rounds[0]!;
  const insults = bargain.rounds.filter(({ insulted }) => insulted).length;
  const factor = partingFactors[insults] ?? 1;
  return Math.max(1, signOf(bargain.side) === 1 ? Math.floor(offer * factor) : Math.ceil(offer / factor));
}
/** By the insults that came of it: of small prices a credit is a large part. */
const partingFactors: readonly number[] = [1.51, 1.4, 1.25];

/*
 * From here on figures are signed, so that more is better for us on both sides: what a port that buys pays is positive, what one
 * that sells asks is negative.
 */

function bid(bargain: Bargain, bidder: Bidder): number {
  const sign = signOf(bargain.side);
  const { offer, final } = bargain.rounds.at(-1)!;
  const shown = sign * offer;
  if (countersOf[bidder.haggle] === 0) return shown;
  // Insulted twice, we are wrong about this port in a way that thinking will not mend.
  if (bargain.rounds.filter((round) => round.insulted).length >= insultsMax) return shown;
  const before = taken(bargain);
  const counters = countersOf[bidder.haggle] + (wasAhead(bargain, bidder) ? 1 : 0);
  const last = sign * (before.at(-1)?.bid ?? sign * Number.POSITIVE_INFINITY);
  const all = guesses(bargain);
  const insulted = bargain.rounds.at(-2)?.insulted === true;
  if (all.length === 0) {
    const step = blindSteps[before.length];
    return final || insulted || step === undefined ? shown : Math.floor(shown + step * offer);
  }
  if (!final && !insulted && before.length < counters) {
    const bold = boldest(all, sign, last, before.length + 1, bidder);
    if (bold !== undefined) return Math.min(bold, last);
  }
  const surest = final || insulted || before.length >= counters + missesMax[bidder.haggle];
  return Math.max(shown, Math.min(settle(all, sign, surest, bidder.pointWorth), last));
}

/** The furthest counter worth its risk; undefined where it gains too little. */
function boldest(
  all: readonly Guess[],
  sign: 1 | -1,
  last: number,
  round: number,
  { haggle, patience }: Bidder,
): number | undefined {
  const reach = reachOf(round, patience) / 1000;
  const limits = all.map(({ mcic, low, high }) => {
    const hidden = sign === 1 ? low : -high;
    // Being insulted is nothing but a waste: as far as nobody is.
    const insult = sign === 1 ? hidden * insultFactor : hidden / insultFactor;
    return Math.floor(Math.min(hidden + reach * mcic * Math.abs(hidden), insult, last));
  });
  let total = 0;
  let price = 0;
  for (const { low, high, weight } of all) {
    total += weight;
    price += weight * sign * ((low + high) / 2);
  }
  price /= total;
  let best: number | undefined;
  let bestWorth = gainMin[haggle] * Math.abs(price);
  let tried = Number.NEGATIVE_INFINITY;
  for (;;) {
    let next = Number.POSITIVE_INFINITY;
    for (const limit of limits) if (limit > tried && limit < next) next = limit;
    if (next === Number.POSITIVE_INFINITY) return best;
    tried = next;
    let worth = 0;
    let risk = 0;
    for (let index = 0; index < all.length; index++) {
      const { low, high, weight } = all[index]!;
      const hidden = (sign * (low + high)) / 2;
      if (next > limits[index]!) {
        risk += weight;
        worth -= weight * refusalCost * Math.abs(hidden);
      } else worth += weight * (next > hidden ? gainShare : 1) * (next - hidden);
    }
    if (risk > riskMax * total) return best;
    if (worth / total > bestWorth) {
      bestWorth = worth / total;
      best = next;
    }
  }
}

/** The bid on the hidden price: the best bet over what that may be. `surest`: there will be no other. */
function settle(all: readonly Guess[], sign: 1 | -1, surest: boolean, pointWorth: number): number {
  const missed = surest ? refusalCost : missCost;
  let best = Number.NEGATIVE_INFINITY;
  let bestWorth = Number.NEGATIVE_INFINITY;
  const tried = new Set<number>();
  for (const guess of all) {
    for (const part of settleParts) {
      const bid = Math.floor(sign * (guess.low + part * (guess.high - guess.low)) - arithmetic);
      if (tried.has(bid)) continue;
      tried.add(bid);
      let worth = 0;
      for (const { low, high, weight } of all) {
        const worst = sign === 1 ? low : -high;
        const width = high - low;
        const chance = bid <= worst ? 1 : width > 0 ? Math.max(0, 1 - (bid - worst) / width) : 0;
        const hidden = (sign * (low + high)) / 2;
        worth +=
          weight *
          (chance * (bid + pointWorth * pointsFor(bid / hidden, sign)) +
            (1 - chance) * (hidden - missed * Math.abs(hidden)));
      }
      if (worth > bestWorth) {
        bestWorth = worth;
        best = bid;
      }
    }
  }
  return best;
}
/** Places in a guess's interval that are tried. */
const settleParts: readonly number[] = [0, 0.25, 0.5];

/** Experience for reaching so much of the hidden price: docs/port-prices.md, the talk, 6. */
function pointsFor(share: number, sign: 1 | -1): number {
  const reached = sign === 1 ? share : 1 / share;
  return reached >= 0.99 ? 2 : reached >= 0.98 ? 1 : 0;
}

/** The first counter went out with the quantity, and took no round trip of its own. */
function wasAhead(bargain: Bargain, bidder: Bidder): boolean {
  const first = bargain.typed === true ? taken(bargain)[0]?.bid : undefined;
  return first !== undefined && first === firstBid({ ...bargain, rounds: [] }, bidder);
}

/**
 * What a first counter made before the first offer may cost on average, as a share of the price, beside one made after it; where
 * each round trip counts, it pays for another counter.
 */
const aheadCostMax: Record<HaggleWay, number> = { master: 0.01, quick: 0.02, accept: 0 };

/**
 * A first counter that can be typed together with the quantity, before the port has named its price: one that no port that is
 * left in question would take, and none throws out. undefined where there is none, or where waiting for the offer would gain
 * more than `costMax` of the price on average.
 */
export function firstBid(
  bargain: Bargain,
  bidder: Bidder,
  costMax: number = aheadCostMax[bidder.haggle],
): number | undefined {
  const { product, side } = bargain;
  if (bargain.rounds.length > 0 || countersOf[bidder.haggle] === 0) return undefined;
  const sign = signOf(side);
  const reach = reachOf(1, bidder.patience) / 1000;
  const struck = known(product, bargain.struck);
  const [least, most] = mcicRange[product];
  let limit = Number.POSITIVE_INFINITY;
  let limitSum = 0;
  let count = 0;
  let taken = Number.NEGATIVE_INFINITY;
  let price = 0;
  for (let mcic = least; mcic <= most; mcic++) {
    if (isStruck(product, struck, mcic)) continue;
    const [low, high] = priceBounds(bargain, mcic);
    const [worst, finest] = sign === 1 ? [low, high] : [-high, -low];
    limit = Math.min(limit, worst + reach * mcic * Math.abs(worst));
    const middle = (worst + finest) / 2;
    limitSum += middle + reach * mcic * Math.abs(middle);
    price += Math.abs(middle);
    taken = Math.max(taken, finest);
    count++;
  }
  const bid = Math.floor(limit);
  if (count === 0 || bid <= taken || gainShare * (limitSum - count * bid) > costMax * price) return undefined;
  const credits = Math.abs(bid);
  return sign === -1 && credits > bidder.credits ? undefined : credits;
}
