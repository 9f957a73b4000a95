/**
 * What no plan can do, whatever its text says: judged when it comes, against the world and the operator's policy, and again of each deed
 * that would come of it.
 */
import type { AdviceRejection } from "../../../proto/advice.ts";
import type { AiStrategy } from "../../../proto/llm-config.ts";
import { hasWay, isSector } from "../chart.ts";
import { goalKind } from "../goals.ts";
import type { Intent } from "../intents.ts";
import { hopsTo, reach, reachHere, type Reach } from "../paths.ts";
import { combatTarget, hunted } from "../policy.ts";
import { dockingTurns } from "../rules/turns.ts";
import { frontierOf } from "../strategies/explore.ts";
import { heldShare, weighAll } from "../strategies/opportunistic.ts";
import { budget, toSpend, type World } from "../world.ts";
import type { Wish } from "./plans.ts";
import type { Purse } from "./purse.ts";

export interface Refused {
  readonly rejected: AdviceRejection;
  readonly why: string;
}

/** A way may take this share of the turns that are left, and so many in any case. */
const journeyShare = 0.02;
const journeyTurnsMin = 12;
/** With fewer turns left nobody explores any more. */
const exploreTurnsMin = 30;

/** Under which a plan is judged. */
export interface Terms {
  readonly goal: string;
  readonly policy: AiStrategy;
  /** Turns after which the plan is looked at again. */
  readonly reviewTurns: number;
}

export const mayFight = (goal: string, { allow_combat }: Pick<AiStrategy, "allow_combat">): boolean =>
  allow_combat || goalKind(goal) === "combat";

/** Why a plan may not be followed; undefined where nothing speaks against it. */
export function refusalOf(world: Readonly<World>, wish: Wish, terms: Terms): Refused | undefined {
  switch (wish.plan) {
    case "trade":
      return wish.near === undefined ? undefined : wayRefused(world, wish.near, terms);
    case "move":
      return wayRefused(world, wish.sector, terms);
    case "work":
      return workRefused(world, wish.ports, terms);
    case "explore":
      return (
        (wish.toward === undefined ? undefined : wayRefused(world, wish.toward, terms)) ??
        exploringRefused(world, terms)
      );
    case "upgrade":
      return upgradeRefused(world, wish, terms);
    case "fight":
      return fightRefused(world, wish.sector, terms);
    case "bank":
      return undefined;
  }
}

const no = (rejected: AdviceRejection, why: string): Refused => ({ rejected, why });

/** Whether we can go to a sector: it is known, nothing is dangerous there or on all ways there, and there are turns for it. */
function wayRefused(world: Readonly<World>, sector: number, { reviewTurns }: Terms): Refused | undefined {
  const { chart, dangers, turnsPerWarp } = world;
  const isKnown = isSector(sector) && sector <= chart.top && (chart.sectors === 0 || sector <= chart.sectors);
  if (!isKnown) return no("impossible", `no sector ${sector} is known`);
  const danger = dangers.get(sector);
  if (danger) return no("dangerous", `${danger.kind} in ${sector}`);
  const hops = hopsTo(reachHere(world), sector);
  if (hops === Number.POSITIVE_INFINITY) {
    const throughAll = reach({ ...world, dangers: new Map() }, world.sector, Number.POSITIVE_INFINITY);
    return hopsTo(throughAll, sector) === Number.POSITIVE_INFINITY
      ? no("impossible", `no way to ${sector} is known`)
      : no("dangerous", `all ways to ${sector} lead through danger`);
  }
  const turns = hops * turnsPerWarp;
  const left = budget(world);
  const most = Math.max(journeyTurnsMin, journeyShare * left);
  if (turns + dockingTurns > left || turns > most || turns > reviewTurns)
    return no("turns", `${turns} turns to ${sector}, with ${left} left and a review after ${reviewTurns}`);
  return undefined;
}

function workRefused(
  world: Readonly<World>,
  [a, b]: readonly [number, number],
  terms: Terms,
): Refused | undefined {
  if (a === b) return no("impossible", "a pair is two ports");
  for (const sector of [a, b]) {
    const port = world.ports.get(sector);
    if (!port || port.portClass === 0) return no("impossible", `no trading port is known in ${sector}`);
    if (world.taken.has(sector)) return no("taken", `others work in ${sector}`);
    const refused = wayRefused(world, sector, terms);
    if (refused) return refused;
  }
  return undefined;
}

function exploringRefused(world: Readonly<World>, { goal }: Terms): Refused | undefined {
  const here = reachHere(world);
  if (frontierOf(world, here).length === 0) return no("impossible", "nothing is left to explore");
  if (goalKind(goal) === "exploration") return undefined;
  if (budget(world) < exploreTurnsMin) return no("worse", "too few turns are left for what would be found");
  const { prospect, turnWorth } = weighAll(world, here, 1);
  return prospect < heldShare * turnWorth
    ? no(
        "worse",
        `a turn is worth ${Math.round(turnWorth)} here and ${Math.round(prospect)} in unknown space`,
      )
    : undefined;
}

function upgradeRefused(
  world: Readonly<World>,
  { what, spend }: Extract<Wish, { plan: "upgrade" }>,
  { goal, policy }: Terms,
): Refused | undefined {
  const purse = toSpend(world);
  const most = Math.min(policy.spend_max ?? purse, policy.spend_share * purse, purse);
  if (spend !== undefined && spend > most)
    return no("spend", `${Math.round(spend)} credits, of ${Math.floor(most)} that may be spent`);
  if (most <= 0) return no("spend", "nothing may be spent");
  // What it costs brings nothing where nobody shoots.
  if (what === "defence" && !hunted(world) && !mayFight(goal, policy))
    return no("worse", "nobody hunts here");
  return undefined;
}

function fightRefused(world: Readonly<World>, sector: number, { goal, policy }: Terms): Refused | undefined {
  if (!mayFight(goal, policy)) return no("combat", "the goal is not combat");
  const danger = world.dangers.get(sector);
  if (danger?.kind !== "fighters") return no("impossible", `no fighters are known in ${sector}`);
  return combatTarget(world, sector)
    ? undefined
    : no("dangerous", `${danger.count} fighters in ${sector} are no prey of ours, or too far away`);
}

/** What a plan's deeds are held to. */
export interface Limits {
  readonly purse: Purse;
  /** The one sector in which fighters may be attacked. */
  readonly prey?: number | undefined;
}

/** Why a deed is none that a plan may do; undefined for all others. The last word before it is done. */
export function barred(
  world: Readonly<World>,
  here: Reach,
  intent: Intent,
  { purse, prey }: Limits,
): string | undefined {
  const { chart, credits, dangers, sector } = world;
  switch (intent.type) {
    case "move":
      if (!hasWay(chart, sector, intent.to)) return `there is no way from ${sector} to ${intent.to}`;
      return dangers.has(intent.to) ? `it is dangerous in ${intent.to}` : undefined;
    case "travel":
    case "probe":
      return hopsTo(here, intent.to) === Number.POSITIVE_INFINITY
        ? `no safe way to ${intent.to} is known`
        : undefined;
    case "fight":
      return intent.to === prey ? undefined : "nobody is to be attacked there";
    case "outfit":
    case "dock": {
      const withdrawn = intent.type === "dock" ? (intent.errands.withdraw ?? 0) : 0;
      return credits + withdrawn - intent.keep > purse.left(world)
        ? "it costs more than may be spent"
        : undefined;
    }
    case "enter":
    case "leave":
      return "that is for the rules to say";
    default:
      return undefined;
  }
}
