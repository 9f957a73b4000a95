/**
 * What a bargain tells of the numbers a port hides, and what to bid. The arithmetic is the game's own (rules/ports.ts),
 * run backwards: every offer that was shown strikes out those (MCIC, mood, variance) that could not have shown it.
 */
import {
  afterCounter,
  mcicRange,
  type Product,
  shownFactor,
  type Side,
  unitPrice,
  varianceRange,
  weekdayMood,
} from "./rules/ports.ts";

/** One offer of the port's and what was said to it. */
export interface Round {
  readonly offer: number;
  readonly final: boolean;
  /** Our counter; undefined while we think. */
  bid?: number;
  /** The counter was an insult: price and offer stayed. */
  insulted?: boolean;
}

/** A deal being talked over. */
export interface Bargain {
  readonly product: Product;
  /** What the port does. */
  readonly side: Side;
  readonly units: number;
  readonly stock: number;
  /** Bounds of the port's hidden productivity. */
  readonly productivity: readonly [min: number, max: number];
  /** Experience when the price was made. */
  readonly experience: number;
  /** 0 for Sunday. */
  readonly weekday: number;
  /** |MCIC|s not yet struck out on earlier visits; undefined when all are possible. */
  readonly mcics: readonly number[] | undefined;
  readonly rounds: Round[];
}

/** One state of the hidden numbers that explains all that was shown. `hidden` is the price as it stands now. */
export interface Guess {
  readonly mcic: number;
  readonly hidden: number;
}

/** Rounding of a shown price, and a little for arithmetic. */
const roundingSlack = 0.51;
/** Productivities tried when the percentage leaves more of them. */
const productivityStepsMax = 9;
/** Experience points that may have been credited between the report and the price. */
const experienceSlack = [0, 1, 2];
/** Moods tried when the day's table does not fit. */
const anyMood = [0, 18] as const;

/** All that the port could be hiding; empty when the model does not explain its offers. */
export function guesses(bargain: Bargain): Guess[] {
  const mood = weekdayMood[bargain.weekday] ?? anyMood;
  const first = guessesWith(bargain, mood, [0]);
  if (first.length > 0) return first;
  const second = guessesWith(bargain, mood, experienceSlack);
  if (second.length > 0) return second;
  return guessesWith({ ...bargain, mcics: undefined }, anyMood, experienceSlack);
}

function guessesWith(
  bargain: Bargain,
  [moodMin, moodMax]: readonly [number, number],
  slack: readonly number[],
): Guess[] {
  const { product, side, stock, units, rounds } = bargain;
  const found: Guess[] = [];
  const productivities = spread(bargain.productivity);
  const firstOffer = rounds[0]?.offer ?? 0;
  // One object for some ten thousand prices.
  const terms = { product, side, stock, mcic: 0, mood: 0, productivity: 0, experience: 0 };
  for (const mcic of bargain.mcics ?? allMcics(product)) {
    terms.mcic = mcic;
    const least = shownFactor(side, mcic, varianceRange[0]);
    const most = shownFactor(side, mcic, varianceRange[1]);
    for (terms.mood = moodMin; terms.mood <= moodMax; terms.mood++) {
      for (const productivity of productivities) {
        terms.productivity = productivity;
        for (const extra of slack) {
          terms.experience = bargain.experience + extra;
          const start = unitPrice(terms) * units;
          if (start * most < firstOffer - roundingSlack || start * least > firstOffer + roundingSlack)
            continue;
          for (let variance = varianceRange[0]; variance <= varianceRange[1]; variance++) {
            const hidden = explain(bargain, start, shownFactor(side, mcic, variance));
            if (hidden !== undefined) found.push({ mcic, hidden });
          }
        }
      }
    }
  }
  return found;
}

/** The hidden price after all rounds, if it could have shown all these offers. */
function explain({ side, rounds }: Bargain, start: number, factor: number): number | undefined {
  let hidden = start;
  for (const round of rounds) {
    if (Math.abs(hidden * factor - round.offer) > roundingSlack) return undefined;
    if (round.bid === undefined || round.insulted) continue;
    // The last counter of all may have been taken; all others were not good enough.
    if (round === rounds[rounds.length - 1]) continue;
    if (side === "buying" ? round.bid <= hidden : round.bid >= hidden) return undefined;
    hidden = afterCounter(hidden, round.bid);
  }
  return hidden;
}

const range = ([min, max]: readonly [number, number]): readonly number[] =>
  Array.from({ length: max - min + 1 }, (_, index) => min + index);
const mcicsOf: Record<Product, readonly number[]> = {
  "Fuel Ore": range(mcicRange["Fuel Ore"]),
  Organics: range(mcicRange.Organics),
  Equipment: range(mcicRange.Equipment),
};
/** Every |MCIC| that a port can have for a product, ascending. */
export const allMcics = (product: Product): readonly number[] => mcicsOf[product];

function spread([min, max]: readonly [number, number]): number[] {
  const steps = Math.min(productivityStepsMax, max - min + 1);
  if (steps <= 1) return [min];
  return Array.from({ length: steps }, (_, index) => Math.round(min + ((max - min) * index) / (steps - 1)));
}

/** Bounds of the hidden productivity from the report's trading amount and percentage. */
export function productivityOf(trading: number, percent: number): readonly [number, number] {
  if (percent >= 100) return [Math.max(1, trading / 10), Math.max(1, trading / 10)];
  // Below one percent nothing can be told but the range in which ports are made.
  if (percent < 1) return [75, 300];
  const least = Math.floor((10 * trading) / (percent + 1)) + 1;
  const most = Math.floor((10 * trading) / percent);
  return [Math.max(1, Math.min(least, most)), Math.max(1, most)];
}

/**
 * How far beyond the hidden price a counter of round n may go, as a share of what throws us out (4m/n). Rounds one and
 * two were measured up to 3.97m and 1.90m, round three to 0.73m: docs on port prices, rule 4.
 */
const boldness: readonly number[] = [0.93, 0.92, 0.52];
/** A port calls anything beyond this factor an insult. */
const insultFactor = 1.49;
/** Insults in one bargain after which the port's own price is taken. */
const insultsMax = 2;
/** Without any guess: so far from the offer, then take it. */
const blindStep = [0.04, 0.015];

/** The counter to make to the last offer, in credits; `creditsMax` is what we can pay. */
export function bidFor(bargain: Bargain, creditsMax: number): number {
  // Insulted twice, we are wrong about this port in a way that thinking will not mend.
  const lost = bargain.rounds.filter((round) => round.insulted).length >= insultsMax;
  if (lost) return Math.min(lastOffer(bargain).offer, bargain.side === "buying" ? Infinity : creditsMax);
  const bid = Math.round(bargain.side === "buying" ? sell(bargain) : buy(bargain));
  return bargain.side === "buying" ? Math.max(1, bid) : Math.max(1, Math.min(bid, creditsMax));
}

/** Counters that the port took up: they may never be gone back on. */
const taken = ({ rounds }: Bargain) => rounds.filter((round) => round.bid !== undefined && !round.insulted);
const lastOffer = ({ rounds }: Bargain) => rounds[rounds.length - 1]!;

/** The port buys: ask for more than it would pay, come down, end on the hidden price. */
function sell(bargain: Bargain): number {
  const offer = lastOffer(bargain);
  const counters = taken(bargain);
  const last = counters[counters.length - 1]?.bid ?? Number.POSITIVE_INFINITY;
  const all = guesses(bargain);
  if (all.length === 0) return blind(bargain, 1);
  const share = boldness[counters.length];
  if (offer.final || share === undefined || lastInsulted(bargain))
    return Math.max(offer.offer, Math.min(settle(all, "buying"), last));
  const limits = all.map(({ hidden, mcic }) =>
    Math.min(hidden * (1 + (share * 4 * mcic) / 1000 / (counters.length + 1)), hidden * insultFactor),
  );
  return Math.min(Math.floor(Math.min(...limits)), last - 1);
}

/** The port sells: offer less than it would take, go up, end on the hidden price. */
function buy(bargain: Bargain): number {
  const offer = lastOffer(bargain);
  const counters = taken(bargain);
  const last = counters[counters.length - 1]?.bid ?? 0;
  const all = guesses(bargain);
  if (all.length === 0) return blind(bargain, -1);
  const share = boldness[counters.length];
  if (offer.final || share === undefined || lastInsulted(bargain))
    return Math.min(offer.offer, Math.max(settle(all, "selling"), last));
  const limits = all.map(({ hidden, mcic }) =>
    Math.max(hidden * (1 - (share * 4 * mcic) / 1000 / (counters.length + 1)), hidden / insultFactor),
  );
  return Math.max(Math.ceil(Math.max(...limits)), last + 1);
}

const lastInsulted = ({ rounds }: Bargain) => rounds.at(-2)?.insulted === true;

/** What a refused last word costs, as a share of the price: the goods stay where they are, and a turn is gone. */
const refusalCost = 0.2;

/** The last bid: the best bet over what the hidden price may be. */
function settle(all: readonly Guess[], side: Side): number {
  const buying = side === "buying";
  const prices = all.map(({ hidden }) => (buying ? Math.floor(hidden) : Math.ceil(hidden)));
  const safe = buying ? Math.min(...prices) : Math.max(...prices);
  const refused = buying ? safe * (1 - refusalCost) : -safe * (1 + refusalCost);
  const worthOf = (price: number) => {
    const takers = prices.filter((hidden) => (buying ? hidden >= price : hidden <= price)).length;
    const chance = takers / prices.length;
    return chance * (buying ? price : -price) + (1 - chance) * refused;
  };
  return [...new Set(prices)].reduce((best, price) => (worthOf(price) > worthOf(best) ? price : best), safe);
}

/** The model does not explain this port: a step beyond its offer, a smaller one, then its own price. */
function blind(bargain: Bargain, direction: 1 | -1): number {
  const offer = lastOffer(bargain);
  const step = blindStep[taken(bargain).length];
  if (offer.final || step === undefined || lastInsulted(bargain)) return offer.offer;
  return direction === 1 ? Math.floor(offer.offer * (1 + step)) : Math.ceil(offer.offer * (1 - step));
}
