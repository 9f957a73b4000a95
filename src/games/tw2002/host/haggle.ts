/** The port's half of a haggle, as numbers: what it asks, and what a counter-offer meets. */
import {
  afterCounter,
  type PriceTerms,
  shownFactor,
  unitPrice,
  varianceRange,
  weekdayMood,
} from "../rules/ports.ts";
import type { Dice } from "./dice.ts";

/** A deal being talked over. */
export interface Deal {
  readonly terms: PriceTerms;
  readonly quantity: number;
  /** Share of its price that the port pays: 1, or less to a planet. */
  readonly share: number;
  /** Between the hidden price and the one shown; the same through one deal. */
  readonly factor: number;
  /** The hidden best price for the whole quantity; never rounded. */
  readonly hidden: number;
  /** What the port has said last. */
  readonly shown: number;
  /** The last counter that the port took up; undefined before the first. */
  readonly taken: number | undefined;
  /** Counters taken up so far, plus one. */
  readonly round: number;
  readonly final: boolean;
}

type Answer =
  | {
      readonly type: "accepted";
      readonly price: number;
      /** How near the price came to the hidden one, in per cent: what a psychic probe reads. */
      readonly percent: number;
      readonly reward: "" | "good" | "great" | "excellent";
    }
  | { readonly type: "countered"; readonly deal: Deal }
  /** Once for a counter that goes back, once for one that is out of all reason; both can be true of one counter. */
  | { readonly type: "insulted"; readonly times: 1 | 2 }
  | { readonly type: "thrown out" }
  | { readonly type: "not interested" };

/** Draws the port's mood and the deal's jitter and names the first price. `day`: 0 Sunday to 6 Saturday. */
export function openDeal(
  known: Omit<PriceTerms, "mood">,
  quantity: number,
  day: number,
  dice: Dice,
  share = 1,
): Deal {
  const [calm, keen] = weekdayMood[day] ?? [0, 0];
  const mood = dice.between(calm, keen, "the port's mood");
  const variance = dice.between(varianceRange[0], varianceRange[1], "the deal's jitter");
  return dealOf({ ...known, mood }, quantity, variance, share);
}

/** The deal that hidden numbers make; `variance` in thousandths. */
export function dealOf(terms: PriceTerms, quantity: number, variance: number, share = 1): Deal {
  const factor = shownFactor(terms.side, terms.mcic, variance);
  const hidden = unitPrice(terms) * quantity * share;
  return {
    terms,
    quantity,
    share,
    factor,
    hidden,
    shown: Math.round(factor * hidden),
    taken: undefined,
    round: 1,
    final: false,
  };
}

/** An answer beyond this factor from the hidden price is an insult. */
const insultFactor = 1.5;
/**
 * How likely a counter makes the next offer the last: 39 of 246 first counters in the recordings, 28 of 116 second ones.
 */
const finalChance = (round: number) => (round === 1 ? 1 / 6 : 1 / 4);
/** Points of experience for a price that met the hidden one so closely. */
export const rewardPoints = { good: 1, great: 2, excellent: 5 } as const;

/** What the port makes of a counter-offer, in whole credits. */
export function answerCounter(deal: Deal, counter: number, dice: Dice): Answer {
  const buying = deal.terms.side === "buying";
  /** How much worse than the hidden price a figure is for the port: 1 for the price itself, above 1 for worse. */
  const strain = (figure: number) => (buying ? figure / deal.hidden : deal.hidden / figure);
  const accepted = (reward: "" | "good" | "great" | "excellent"): Answer => ({
    type: "accepted",
    price: counter,
    percent: strain(counter) * 100,
    reward,
  });
  if (strain(counter) <= 1) return accepted(rewardFor(strain(counter)));
  // Rounding can put the price shown beyond the hidden one when both are small; what was offered stays on offer.
  const asShown = buying ? counter <= deal.shown : counter >= deal.shown;
  if (asShown) return accepted("");
  const back = deal.taken !== undefined && (buying ? counter > deal.taken : counter < deal.taken);
  const wild = strain(counter) > insultFactor;
  if (back) return { type: "insulted", times: wild ? 2 : 1 };
  if (deal.final) return { type: "not interested" };
  if (wild) return { type: "insulted", times: 1 };
  const tolerance = (4 * deal.terms.mcic) / 1000 / deal.round;
  const beyond = buying ? counter > deal.hidden * (1 + tolerance) : counter < deal.hidden * (1 - tolerance);
  if (beyond) return { type: "thrown out" };
  const hidden = afterCounter(deal.hidden, counter);
  return {
    type: "countered",
    deal: {
      ...deal,
      hidden,
      shown: Math.round(deal.factor * hidden),
      taken: counter,
      round: deal.round + 1,
      final: dice.chance(finalChance(deal.round), "a final offer"),
    },
  };
}

/** By the share of the hidden price that was reached, in whole per cent. */
function rewardFor(strain: number): "" | "good" | "great" | "excellent" {
  const percent = Math.floor(strain * 100);
  if (percent >= 100) return "excellent";
  return percent === 99 ? "great" : percent === 98 ? "good" : "";
}
