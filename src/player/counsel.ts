/**
 * A mind that a model advises. At home the plan in hand chooses, and where there is none the rules do, at once: a plan is asked for ahead of need and never
 * waited for, and one that comes is judged before it is taken and again at each step. Plans that waste more turns than they may are dropped, and from
 * then on only those are taken that follow the rules (ledger.ts, trust.ts).
 */
import {
  type AdviceFailure,
  type AdviceOutcome,
  type AdviceReport,
  type DecisionSource,
  planWhyMaxChars,
  planWordsMaxChars,
  type TakenIn,
} from "../proto/advice.ts";
import type { AiStrategy } from "../proto/llm-config.ts";
import { printable } from "../proto/printable.ts";
import { createAsking, type Heard, type Moment } from "./asking.ts";
import type { Deeds } from "./deeds.ts";
import type { GameAdvice, Plan, Standing, Strategy } from "./game.ts";
import { createLedger, type Decider } from "./ledger.ts";
import { createTally } from "./tally.ts";
import { createTrust } from "./trust.ts";

/** The next plan is asked for when this share of the turns of the one in hand is used; sooner where answers take long, but not before the second share. */
const askShare = 0.7;
const askShareMin = 0.5;
/** A plan falls short when it has wasted this share of its turns by itself, and so many at least. */
const shortShare = 0.2;
const shortTurnsMin = 10;

export interface Counsel<I> {
  /** What to do next. Called once for each choice that is left to the bot's mind. */
  choose(goal: string, nowMs: number): ReturnType<Strategy<unknown, I>>;
  /** An answer came in: it is taken in at the next choice. */
  hears(answer: Heard): void;
  /** Something stands out in what the bot does, by the name of the anomaly: a reason to ask. */
  noticed(anomaly: string): void;
  /** What the bot does by its plan leads nowhere. */
  stuck(): void;
  /** What comes until the next choice is not this mind's doing. */
  apart(): void;
  report(): AdviceReport;
}

/** What a counsel needs of its game, and of the bot. */
export interface CounselParts<W, I> {
  readonly world: Readonly<W>;
  readonly advice: GameAdvice<W, I>;
  standing(world: Readonly<W>): Pick<Standing, "turnsExecuted" | "turnsLeft">;
  /** What chooses while there is no plan. */
  readonly rules: Strategy<W, I>;
  readonly policy: AiStrategy;
  /** Turns after which the bot is done; 0 for as many as the game grants. */
  readonly turnsMax: number;
  readonly dice: () => number;
  readonly deeds: Deeds;
  readonly recorded?: readonly TakenIn[] | undefined;
}

/** No plan in hand, and nothing asked. */
export function createCounsel<W, I>(parts: CounselParts<W, I>): Counsel<I> {
  const { world, advice, rules, policy, dice, deeds } = parts;
  const asking = createAsking(policy, parts.recorded);
  const ledger = createLedger();
  const trust = createTrust({
    ledger,
    policy,
    turnsMax: parts.turnsMax,
    standing: () => parts.standing(world),
  });
  const tally = createTally();
  /** Why a plan is wanted: told with the next question. */
  const reasons = new Set<string>();
  let made = 0;
  let goal: string | undefined;
  /** What the goal was when the open question was asked. */
  let askedFor: string | undefined;
  let inHand:
    { readonly plan: Plan<W, I>; readonly since: number; readonly review: number; steps: number } | undefined;
  let hasFallenShort = false;
  /** The rules choose, though a plan is in hand. */
  let isTrial = false;

  const turnsUsed = () => parts.standing(world).turnsExecuted;
  function source(): DecisionSource {
    if (inHand && !isTrial) return "advice";
    return asking.isFallback(turnsUsed()) ? "fallback" : "rules";
  }

  /** How a choice compares with the rules: what they would do, too, is not held against a plan. To ask them costs as much as a choice of theirs. */
  function howFor(intent: I, wanted: string): Decider["how"] {
    if (!inHand || inHand.plan.isRules || isTrial) return "rules";
    const agrees =
      trust.isInDoubt() && JSON.stringify(intent) === JSON.stringify(rules(world, dice, wanted).intent);
    return agrees ? "agreed" : "otherwise";
  }

  function choose(wanted: string, nowMs: number): ReturnType<Strategy<unknown, I>> {
    const now: Moment = { turns: turnsUsed(), ms: nowMs, at: made };
    ledger.stands(now.turns, advice.worth(world), () => advice.turnWorth?.(world, wanted));
    if (goal !== undefined && wanted !== goal) {
      drop("the goal is another now", now.turns);
      reasons.add("goal changed");
    }
    goal = wanted;
    judge(now.turns);
    takeIn(wanted, now);
    isTrial = inHand?.plan.isRules === false && trust.isTrial();
    const choice = byPlan(wanted, now) ?? rules(world, dice, wanted);
    ledger.decides({ by: source(), how: howFor(choice.intent, wanted) });
    made++;
    wonder(wanted, now);
    return choice;
  }

  // --- the plan in hand ---

  /** The plan goes when its turns are used, or when it loses what it may not. */
  function judge(turns: number): void {
    if (!inHand) return;
    const { plan, since, review } = inHand;
    if (turns - since >= review) return drop("its turns are used", turns);
    if (plan.isRules) return;
    if (trust.isSpent()) return drop("it wastes more turns than it may", turns);
    const isShort = ledger.ofPlan().wasted >= Math.max(shortTurnsMin, shortShare * review);
    if (hasFallenShort || !isShort) return;
    hasFallenShort = true;
    reasons.add("fell short");
  }

  function byPlan(wanted: string, now: Moment): ReturnType<Strategy<unknown, I>> | undefined {
    if (!inHand || isTrial) return undefined;
    const next = inHand.plan.next(world, dice, wanted);
    if (!("over" in next)) {
      // Only now it has proved to be one.
      if (inHand.steps++ === 0) asking.proved();
      return { ...next, why: `plan: ${next.why}` };
    }
    const { steps } = inHand;
    drop(next.over, now.turns);
    // One that led to nothing at all is no better than none.
    if (steps === 0) countFailure("impossible", now);
    return undefined;
  }

  function drop(why: string, turns: number): void {
    if (!inHand) return;
    tally.ended(inHand.plan.words, turns - inHand.since, ledger.ofPlan().earned, why);
    inHand = undefined;
    reasons.add("plan ended");
  }

  // --- answers ---

  function takeIn(wanted: string, now: Moment): void {
    const answer = asking.taken(now);
    if (!answer) return;
    if ("reason" in answer) {
      unanswered(answer.id, answer.reason, now);
      return countFailure(answer.reason, now, answer.forMs);
    }
    // Of what is wanted now it says nothing, and that is no fault of the model's.
    if (askedFor !== undefined && askedFor !== wanted) return unanswered(answer.id, "silent", now);
    const read = advice.read(world, answer.plan, {
      goal: wanted,
      policy,
      isAllowanceSpent: trust.isSpent(),
    });
    if ("rejected" in read) {
      tally.rejected(read.rejected, read.why);
      weighed(answer.id, read.rejected, now);
      return countFailure(read.rejected, now);
    }
    drop("another plan came", now.turns);
    take(read, now.turns);
    weighed(answer.id, "accepted", now);
  }

  function unanswered(id: number, reason: AdviceFailure, now: Moment): void {
    tally.failed(reason);
    weighed(id, reason, now);
  }

  function take(plan: Plan<W, I>, turns: number): void {
    const review = Math.min(policy.max_review_turns, Math.max(policy.min_review_turns, plan.reviewTurns));
    inHand = { plan, since: turns, review, steps: 0 };
    hasFallenShort = false;
    tally.accepted();
    ledger.planned();
    reasons.clear();
  }

  function weighed(id: number, outcome: AdviceOutcome, { at }: Moment): void {
    deeds.add({ type: "weighed", id, at, outcome });
    deeds.changed(false);
  }

  function countFailure(reason: AdviceOutcome, now: Moment, forMs?: number): void {
    if (!asking.failed(reason, now, forMs)) return;
    deeds.note("info", `The model has failed too often, last by "${reason}": it is left alone for a while`);
  }

  // --- questions ---

  /** Asks, when there is a reason to and it is time. */
  function wonder(wanted: string, now: Moment): void {
    if (!inHand) reasons.add("no plan");
    else if (now.turns - inHand.since >= askFrom(inHand.review)) reasons.add("plan ends soon");
    if (reasons.size === 0 || !asking.mayAsk(now)) return;
    const picture = advice.picture(world, {
      goal: wanted,
      reasons: [...reasons],
      history: tally.history(),
      plan: inHand?.plan.words,
      rate: ledger.rate(),
    });
    if (picture === undefined) return;
    reasons.clear();
    askedFor = wanted;
    deeds.add({ type: "ask", id: asking.asks(now), at: now.at, picture });
  }

  const askFrom = (review: number) =>
    Math.max(askShareMin * review, Math.min(askShare * review, review - asking.lead()));

  return {
    choose,
    hears: asking.hears,
    noticed: (anomaly) => void reasons.add(anomaly),
    stuck: () => drop("it gets nowhere", turnsUsed()),
    apart: ledger.apart,
    report: () => ({
      source: source(),
      ...(inHand && { plan: cut(inHand.plan.words, planWordsMaxChars) }),
      why: cut(inHand ? inHand.plan.why : tally.without(), planWhyMaxChars),
      asked: asking.asked(),
      ...tally.counts(),
      turns: ledger.turns(),
      credits: ledger.credits(),
    }),
  };
}

const cut = (text: string, chars: number) => printable(text).slice(0, chars);
