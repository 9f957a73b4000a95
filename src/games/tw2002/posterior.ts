/**
 * What a bargain tells of the numbers a port hides. The arithmetic is the game's own (rules/ports.ts), run backwards: what was
 * shown and answered leaves, for each |MCIC|, mood and jitter, an interval of the hidden price, mostly an empty one. Before the
 * talk each |MCIC|, mood, jitter and productivity in its bounds is as likely as the others.
 */
import { type Bargain, type Productivity, signOf } from "./bargain.ts";
import { afterCounter, basePrice, mcicRange, unitPrice, varianceRange, weekdayMood } from "./rules/ports.ts";
import { allBut, isStruck, known, union } from "./struck.ts";

/** One way in which the port may have come to say what it said. */
export interface Guess {
  readonly mcic: number;
  /** Bounds of the hidden price as it now stands, in credits for the whole quantity; equal where it is known. */
  readonly low: number;
  readonly high: number;
  /** How likely it is, beside the others. */
  readonly weight: number;
}

/** Rounding of a shown price, and a little for arithmetic. */
const roundingSlack = 0.51;
/** Experience points that may have been credited between the last that we read and the price: up to 2 seen. */
const experienceSlack: readonly number[] = [0, 1, 2];
const noSlack: readonly number[] = [0];
/** Moods tried when the day's table does not fit, or the day is unknown. */
const anyMood = [0, 18] as const;
/** Of a guess that just touches what was said. */
const weightMin = 1e-6;
/** A unit is never cheaper: below it whole credits are added. */
const unitMin = 4;

/** All that the port could be hiding; empty when the model does not explain what it said. */
export function guesses(bargain: Bargain): readonly Guess[] {
  const { productivity, told } = bargain;
  const struck = known(bargain.product, bargain.struck);
  const mood = moodOf(bargain);
  for (const [bounds, slack] of [
    [productivity, noSlack],
    [productivity, experienceSlack],
    [told, experienceSlack],
  ] as const) {
    const found = explain(bargain, struck, mood, bounds, slack);
    if (found.length > 0) return found;
  }
  return explain(bargain, 0, anyMood, told, experienceSlack);
}

const moodOf = ({ weekday }: Bargain) => weekdayMood[weekday] ?? anyMood;

/** Bounds of the hidden price before the port has said a word, in credits for the whole quantity, were this its |MCIC|. */
export function priceBounds(bargain: Bargain, mcic: number): readonly [low: number, high: number] {
  const { product, side, stock, units, experience, productivity } = bargain;
  const [calm, keen] = moodOf(bargain);
  const unit = (mood: number, perDay: number) =>
    unitPrice({ product, side, mcic, productivity: perDay, mood, stock, experience }) * units;
  const ends =
    side === "buying"
      ? [unit(calm, productivity[1]), unit(keen, productivity[0])]
      : [unit(keen, productivity[0]), unit(calm, productivity[1])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  // Among the cheapest units the ends say little: whole credits were added to some.
  return low < (unitMin + 1) * units ? [unitMin * units, Math.max(high, (unitMin + 1) * units)] : [low, high];
}

/** What a bargain that is over has told. */
export interface Told {
  /** |MCIC|s struck out, together with those that were before (struck.ts). */
  readonly struck: number;
  /** Bounds of the productivity: those of all reports, or of the last alone where the port must have been built up since. */
  readonly productivity: Productivity;
  /** The hidden price at the end, in credits for the whole quantity, on average; undefined where the rules do not explain the talk. */
  readonly hidden?: number;
}

/** What a bargain that is over has told; what was known before, where the rules do not explain it. */
export function tellsOf(bargain: Bargain): Told {
  const { product, productivity, told } = bargain;
  const before = { struck: bargain.struck, productivity };
  if (bargain.rounds.length === 0) return before;
  for (const struck of new Set([known(product, bargain.struck), 0])) {
    for (const bounds of [productivity, told]) {
      const left = explain(bargain, struck, moodOf(bargain), bounds, experienceSlack);
      if (left.length === 0) continue;
      const strikes = allBut(
        product,
        left.map(({ mcic }) => mcic),
      );
      return { struck: union(bargain.struck, strikes), productivity: bounds, hidden: meanPrice(left) };
    }
  }
  return before;
}

function meanPrice(left: readonly Guess[]): number {
  let sum = 0;
  let total = 0;
  for (const { low, high, weight } of left) {
    sum += (weight * (low + high)) / 2;
    total += weight;
  }
  return sum / total;
}

/** What the talk so far says of the hidden price at its beginning, whatever the port's numbers. */
interface Talk {
  /** Each offer, with the price then: `share` of that at the beginning, and `moved` by our counters. */
  readonly offers: readonly { readonly offer: number; readonly share: number; readonly moved: number }[];
  /** Bounds of the price at the beginning, from counters that were taken or were not. */
  readonly low: number;
  readonly high: number;
  /** The price as it now stands. */
  readonly share: number;
  readonly moved: number;
}

function listen({ side, rounds, end }: Bargain): Talk {
  const buying = side === "buying";
  const offers = [];
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let share = 1;
  let moved = 0;
  for (const [index, { offer, bid, insulted }] of rounds.entries()) {
    offers.push({ offer, share, moved });
    if (bid === undefined || insulted) continue;
    const at = (bid - moved) / share;
    const last = index === rounds.length - 1;
    if (last && end === undefined) continue;
    // The port's own offer is taken whatever the hidden price, which rounding can put on its other side.
    if (bid === offer) continue;
    const met = last && end === "struck";
    // A counter is taken at or on our side of the hidden price.
    if (met === buying) low = Math.max(low, at);
    else high = Math.min(high, at);
    if (last) continue;
    share = afterCounter(share, 0);
    moved = afterCounter(moved, bid);
  }
  return { offers, low, high, share, moved };
}

function explain(
  bargain: Bargain,
  struck: number,
  [moodMin, moodMax]: readonly [number, number],
  [productivityMin, productivityMax]: Productivity,
  slack: readonly number[],
): Guess[] {
  const { product, side, stock, units } = bargain;
  const sign = signOf(side);
  const talk = listen(bargain);
  const first = talk.offers[0];
  const found: Guess[] = [];
  const [mcicMin, mcicMax] = mcicRange[product];
  const perMcic = ((basePrice[product] / 100) * stock) / 10;
  for (const extra of slack) {
    const penalty = Math.max(0, 1000 - bargain.experience - extra) / 100;
    const fixed = basePrice[product] + 0.5 - sign * penalty;
    for (let mcic = mcicMin; mcic <= mcicMax; mcic++) {
      if (struck !== 0 && isStruck(product, struck, mcic)) continue;
      const character = 1 - (sign * mcic) / 1000;
      const least = mcic * (perMcic / productivityMax);
      const most = mcic * (perMcic / productivityMin);
      // Only few moods can have shown the first offer.
      const [calm, keen] = first
        ? moodsFor(first.offer / units, sign, fixed, least, most, character, roundingSlack / units)
        : anyMood;
      const moodEnd = Math.min(moodMax, keen);
      for (let mood = Math.max(moodMin, calm); mood <= moodEnd; mood++) {
        const a = fixed + sign * (mood + least);
        const b = fixed + sign * (mood + most);
        let low = Math.min(a, b);
        let high = Math.max(a, b);
        if (low < unitMin) {
          // A port adds whole credits until a unit costs four: of two units less than a credit apart the cheaper can end up dearer.
          const added = Math.ceil(unitMin - low);
          const together = high + added < unitMin + 1;
          high = together ? high + added : Math.max(high, unitMin + 1);
          low = together ? low + added : unitMin;
        }
        low *= units;
        high *= units;
        let variance: number = varianceRange[0];
        let varianceEnd: number = varianceRange[1];
        if (first) {
          variance = Math.max(variance, Math.ceil(((first.offer - roundingSlack) / high - character) * 1000));
          varianceEnd = Math.min(
            varianceEnd,
            Math.floor(((first.offer + roundingSlack) / low - character) * 1000),
          );
        }
        for (; variance <= varianceEnd; variance++) {
          const guess = within(talk, mcic, low, high, character + variance / 1000);
          if (guess) found.push(guess);
        }
      }
    }
  }
  return found;
}

/** Moods under which a port can have shown a first offer of so much a unit. */
function moodsFor(
  offer: number,
  sign: 1 | -1,
  fixed: number,
  least: number,
  most: number,
  character: number,
  slack: number,
): readonly [number, number] {
  const low = (offer - slack) / (character + varianceRange[1] / 1000);
  const high = (offer + slack) / (character + varianceRange[0] / 1000);
  // Among the cheapest units whole credits were added, nobody knows how many.
  if (low < unitMin + 1) return anyMood;
  return sign === 1
    ? [Math.ceil(low - fixed - most), Math.floor(high - fixed - least)]
    : [Math.ceil(fixed - most - high), Math.floor(fixed - least - low)];
}

/** What is left of a price between two bounds by all that was said; undefined for nothing. */
function within(talk: Talk, mcic: number, from: number, to: number, factor: number): Guess | undefined {
  let low = Math.max(from, talk.low);
  let high = Math.min(to, talk.high);
  for (const { offer, share, moved } of talk.offers) {
    low = Math.max(low, ((offer - roundingSlack) / factor - moved) / share);
    high = Math.min(high, ((offer + roundingSlack) / factor - moved) / share);
  }
  if (low > high) return undefined;
  return {
    mcic,
    low: talk.share * low + talk.moved,
    high: talk.share * high + talk.moved,
    weight: to > from ? Math.max(weightMin, (high - low) / (to - from)) : 1,
  };
}
