/** A deal being talked over: what was said, by both sides. What it tells stands in posterior.ts, what to bid in bidding.ts. */
import type { Product, Side } from "./rules/ports.ts";

/** One offer of the port's and what was said to it. */
export interface Round {
  readonly offer: number;
  readonly final: boolean;
  /** Our counter; undefined while we think. */
  bid?: number;
  /** The counter was an insult: price and offer stayed. */
  insulted?: boolean;
}

/** Bounds of a port's productivity, in units a day. */
export type Productivity = readonly [min: number, max: number];

export interface Bargain {
  readonly product: Product;
  /** What the port does. */
  readonly side: Side;
  readonly units: number;
  /** The trading amount of the report. */
  readonly stock: number;
  /** Bounds from all reports. */
  readonly productivity: Productivity;
  /** Bounds from this visit's report alone: what holds if the port was built up. */
  readonly told: Productivity;
  /** Experience when the price was made. */
  readonly experience: number;
  /** 0 for Sunday; -1 unknown. */
  readonly weekday: number;
  /** |MCIC|s struck out on earlier visits (struck.ts). */
  readonly struck: number;
  /** The quantity was typed, and not just Enter: a first counter may have gone out with it (`firstBid`). */
  readonly typed?: boolean;
  readonly rounds: Round[];
  /** How the talk ended. */
  end?: "struck" | "not interested" | "thrown out";
}

/** Rounds that no bargain reaches: patience that has not been tried. */
export const patienceMost = 99;

/** +1 where more is better for us: the port buys; -1 where less is. */
export const signOf = (side: Side): 1 | -1 => (side === "buying" ? 1 : -1);

/** Counters that the port took up: they may never be gone back on. */
export const taken = ({ rounds }: Bargain): Round[] =>
  rounds.filter((round) => round.bid !== undefined && !round.insulted);

/** Bounds of the hidden productivity from a report's trading amount and percentage. */
export function productivityOf(trading: number, percent: number): Productivity {
  if (percent >= 100) return [Math.max(1, trading / 10), Math.max(1, trading / 10)];
  // Below one percent nothing can be told but the range in which ports are made.
  if (percent < 1) return [75, 300];
  const least = Math.floor((10 * trading) / (percent + 1)) + 1;
  const most = Math.floor((10 * trading) / percent);
  return [Math.max(1, Math.min(least, most)), Math.max(1, most)];
}
