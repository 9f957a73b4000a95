/** How a model advises a bot of this game (player/game.ts): its picture, its plans, and what keeps them within bounds. */
import type { GameAdvice, Plan, PlanUnder } from "../../../player/game.ts";
import { goalKind } from "../goals.ts";
import type { Choice, Intent } from "../intents.ts";
import { beforeNight } from "../night.ts";
import { reachHere } from "../paths.ts";
import { breakOut } from "../policy.ts";
import { strategies } from "../strategies/mod.ts";
import { weighAll } from "../strategies/opportunistic.ts";
import { cargoValue } from "../standing.ts";
import type { World } from "../world.ts";
import { targetOf, type Over, over, type Place, stepOf } from "./follow.ts";
import { picture } from "./picture.ts";
import { isBend, leavesAll, planIn, type Said, wordsOf } from "./plans.ts";
import { createPurse } from "./purse.ts";
import { barred, refusalOf, type Refused } from "./rails.ts";

export const advice: GameAdvice<World, Intent> = {
  picture,
  read(world, text, under) {
    const said = planIn(text);
    if (!said) return { rejected: "malformed", why: "it is no plan that is known" };
    return leavesAll(said.wish) ? byRules(said, under) : byPlan(world, said, under);
  },
  worth: (world) =>
    world.credits + (world.bank ?? 0) + world.invested + (world.trader === undefined ? 0 : cargoValue(world)),
  turnWorth(world, goal) {
    const kind = goalKind(goal);
    return kind === "exploration" || kind === "combat" ? 0 : worthOfTurn(world);
  },
};

const reviewOf = ({ reviewTurns }: Said, { policy }: PlanUnder): number =>
  Math.min(
    policy.max_review_turns,
    Math.max(policy.min_review_turns, reviewTurns ?? policy.think_interval_turns),
  );

/** All is left to the rules: nothing that they would not do without it. */
function byRules(said: Said, under: PlanUnder): Plan<World, Intent> {
  const rules = strategies[under.policy.fallback_strategy]!;
  return {
    words: wordsOf(said.wish),
    why: said.why,
    reviewTurns: reviewOf(said, under),
    isRules: true,
    next: rules,
  };
}

function byPlan(begun: Readonly<World>, said: Said, under: PlanUnder): Plan<World, Intent> | Refused {
  const { wish } = said;
  const { goal, policy, isAllowanceSpent } = under;
  if (isAllowanceSpent && !isBend(wish))
    return { rejected: "worse", why: "plans have wasted all the turns that they may" };
  const reviewTurns = reviewOf(said, under);
  const refused = refusalOf(begun, wish, { goal, policy, reviewTurns });
  if (refused) return refused;
  const purse = createPurse(begun, policy, wish.plan === "upgrade" ? wish.spend : undefined);
  const prey = wish.plan === "fight" ? wish.sector : undefined;
  const target = targetOf(wish);
  let hasArrived = target === undefined;
  let hasVisited = false;

  function judged(world: Readonly<World>, dice: () => number, wanted: string): Choice | Over {
    // Staying alive comes first, and is the rules' business.
    if (world.informed && breakOut(world)) return over("shut in by dangers");
    const here = reachHere(world);
    const place: Place = { world, here, dice, goal: wanted, purse, hasArrived, hasVisited };
    const choice = stepOf(wish, place);
    if ("over" in choice) return choice;
    const why = barred(world, here, choice.intent, { purse, prey });
    return why === undefined ? choice : over(why);
  }

  const plan: Plan<World, Intent> = {
    words: wordsOf(wish),
    why: said.why,
    reviewTurns,
    isRules: isBend(wish),
    next(world, dice, wanted) {
      hasArrived ||= world.sector === target;
      const choice = judged(world, dice, wanted);
      if ("over" in choice) return choice;
      const safe = beforeNight(world, (known) => {
        const other = known === world ? choice : judged(known, dice, wanted);
        return "over" in other ? choice : other;
      });
      if (safe.intent.type === "dock" || safe.intent.type === "outfit") hasVisited = true;
      return safe;
    },
  };
  // A plan that has no first step is none.
  hasArrived ||= begun.sector === target;
  const first = judged(begun, () => 0, goal);
  return "over" in first ? { rejected: rejectionOf(wish.plan), why: first.over } : plan;
}

/** What a plan without a first step lacks: reckoned worth, where it is about money, and the means for it else. */
const rejectionOf = (plan: string) => (plan === "work" || plan === "upgrade" ? "worse" : "impossible");

/** What a turn earns by the rules, in credits; reckoned anew every so many turns. A memo by world, no memory: it can always be made again. */
function worthOfTurn(world: Readonly<World>): number {
  const stamp = Math.floor(world.turnsExecuted / worthTurns);
  const memo = memos.get(world.chart);
  if (memo?.stamp === stamp) return memo.worth;
  const here = reachHere(world);
  const { prospect, turnWorth } = weighAll(world, here, 1);
  const worth = Math.max(prospect, turnWorth);
  memos.set(world.chart, { stamp, worth });
  return worth;
}
const worthTurns = 10;
const memos = new WeakMap<object, { readonly stamp: number; readonly worth: number }>();
