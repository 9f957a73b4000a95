/**
 * What each mind has cost and brought: turns and credits by who decided, and how many turns a model's plans have wasted.
 *
 * The rule: a plan's turns are held against what the rules would have earned in them. That is the more of two figures, each taken
 * a little low, so that a plan as good as the rules wastes nothing by mere luck: what the rules were seen to earn of late, and what the game
 * reckons that a turn earns. Turns beyond those that explain the earnings are wasted; turns that earned more give back what was wasted, and
 * no more, so nobody saves up for a folly. While nothing is known of the rules, any credit a turn is good enough, and turns without one
 * are wasted: who explores at the beginning invests out of the allowance, and has it back when the ports that were found pay. Where
 * the goal is not to earn, nothing is held against anybody.
 */
import type { DecisionSource } from "../proto/advice.ts";

/** Of what the rules were seen to earn, and of what the game reckons: the first swings by a tenth, the second is rough and leaves out what has to be bought first. */
const seenShare = 0.9;
const reckonedShare = 0.8;
/** Turns of the rules after which they count as seen. */
export const seenTurnsMin = 20;
/** Turns after which an older turn counts half, in what is earned of late. */
const halfLifeTurns = 60;

/** By who decided. */
export type Amounts = Readonly<Record<DecisionSource, number>>;

/** Who decides from here on, and how: by the rules, whoever wanted that; as the rules would have it for once; or otherwise, which is held against it. */
export interface Decider {
  readonly by: DecisionSource;
  readonly how: "rules" | "agreed" | "otherwise";
}

export interface Ledger {
  /**
   * At so many turns used the bot has that much, in credits: what came since the last such word is on the account of who decided then. `turnWorth` is
   * what the game reckons, asked only of turns that are held against it.
   */
  stands(turns: number, worth: number, turnWorth: () => number | undefined): void;
  decides(decider: Decider): void;
  /** What comes until the bot stands somewhere again is nobody's account. */
  apart(): void;
  /** A plan begins: what it wastes by itself is counted from here. */
  planned(): void;
  /** Turns that it has wasted by itself so far, below 0 for one that did better; and what it earned, in credits. */
  ofPlan(): { readonly wasted: number; readonly earned: number };
  /** Turns that plans have wasted and not given back. */
  wasted(): number;
  /** Turns of plans since the rules had one. */
  sinceRules(): number;
  /** Credits a turn of late, by whoever decided. */
  rate(): number;
  turns(): Amounts;
  /** Whole credits. */
  credits(): Amounts;
}

/** Empty at first. */
export function createLedger(): Ledger {
  const turnsBy = { advice: 0, rules: 0, fallback: 0 };
  const creditsBy = { advice: 0, rules: 0, fallback: 0 };
  const all = createRate();
  const rules = createRate();
  let decider: Decider = { by: "rules", how: "rules" };
  let last: { readonly turns: number; readonly worth: number } | undefined;
  let wasted = 0;
  let sinceRules = 0;
  let ofPlan = { wasted: 0, earned: 0 };

  function hold(turns: number, credits: number, turnWorth: number | undefined): void {
    if (turnWorth === 0) return;
    const seen = rules.turns() >= seenTurnsMin ? rules.rate() * seenShare : 0;
    const due = Math.max(seen, (turnWorth ?? 0) * reckonedShare, 1);
    const short = turns - credits / due;
    wasted = Math.max(0, wasted + short);
    ofPlan = { ...ofPlan, wasted: ofPlan.wasted + short };
  }

  return {
    stands(turns, worth, turnWorth) {
      const used = last ? turns - last.turns : 0;
      const earned = last ? worth - last.worth : 0;
      last = { turns, worth };
      // Before its first turn a bot earns nothing: it is told what it has.
      if (turns === 0 || (used === 0 && earned === 0)) return;
      turnsBy[decider.by] += used;
      creditsBy[decider.by] += earned;
      all.add(used, earned);
      if (decider.by === "advice") ofPlan = { ...ofPlan, earned: ofPlan.earned + earned };
      switch (decider.how) {
        case "rules":
          rules.add(used, earned);
          if (used > 0) sinceRules = 0;
          return;
        case "otherwise":
          hold(used, earned, turnWorth());
          sinceRules += used;
          return;
        case "agreed":
          // What the rules would have done, too, costs nothing, and shows little: the rest of their way was not theirs.
          return;
      }
    },
    decides(next) {
      decider = next;
    },
    apart() {
      last = undefined;
    },
    planned() {
      ofPlan = { wasted: 0, earned: 0 };
    },
    ofPlan: () => ofPlan,
    wasted: () => wasted,
    sinceRules: () => sinceRules,
    rate: all.rate,
    turns: () => ({ ...turnsBy }),
    credits: () => ({
      advice: Math.round(creditsBy.advice),
      rules: Math.round(creditsBy.rules),
      fallback: Math.round(creditsBy.fallback),
    }),
  };
}

/** Credits a turn of late: what is longer ago counts less. */
function createRate() {
  let turns = 0;
  let credits = 0;
  return {
    add(used: number, earned: number): void {
      const kept = 0.5 ** (used / halfLifeTurns);
      turns = turns * kept + used;
      credits = credits * kept + earned;
    },
    turns: () => turns,
    rate: () => (turns > 0 ? credits / turns : 0),
  };
}
