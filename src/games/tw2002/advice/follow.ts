/** How plans are carried out: by the same deeds, and mostly the same thoughts, as the rules. */
import { along } from "../courses.ts";
import { isSeen } from "../chart.ts";
import { goalKind } from "../goals.ts";
import type { Choice } from "../intents.ts";
import { hopsTo, type Reach, reach, wayTo } from "../paths.ts";
import { hunt } from "../policy.ts";
import { bestCall } from "../strategies/calls.ts";
import { arm, bank, errand, grow, probesFor, scannerFor } from "../strategies/errands.ts";
import { explore, settleIn, speculate } from "../strategies/scouting.ts";
import { frontierOf } from "../strategies/explore.ts";
import { growthNow } from "../strategies/growth.ts";
import { createMarket } from "../strategies/market.ts";
import {
  claimsOf,
  heldShare,
  lean,
  learnFreely,
  type Leaning,
  make,
  upright,
  weighAll,
} from "../strategies/opportunistic.ts";
import { shopsInVain } from "../vain.ts";
import { budget, type World } from "../world.ts";
import type { Appetite, Upgrade, Wish } from "./plans.ts";
import type { Purse } from "./purse.ts";

/** The plan is done, or cannot go on. */
export interface Over {
  readonly over: string;
}
export const over = (why: string): Over => ({ over: why });

/** Where a step is taken: `hasArrived` once the place that the plan names was reached, `hasVisited` once a shop was. */
export interface Place {
  readonly world: Readonly<World>;
  readonly here: Reach;
  readonly dice: () => number;
  readonly goal: string;
  readonly purse: Purse;
  readonly hasArrived: boolean;
  readonly hasVisited: boolean;
}

/**
 * How much more, or less, unknown space is held to promise, and how many more sectors are worth knowing by probes. No bend costs a season
 * more than luck does, so a bad model may choose any; with fewer probes than usual it would be a seventh (40 seeds at 1,000 turns).
 */
interface Bent {
  readonly promise: number;
  readonly curiosity: number;
}
const bents: Readonly<Record<Appetite, Bent>> = {
  less: { promise: 0.8, curiosity: 1 },
  usual: { promise: 1, curiosity: 1 },
  more: { promise: 1.35, curiosity: 1.4 },
};

/** The sector that a plan has to reach before it begins; undefined for one that begins where we are. */
export const targetOf = (wish: Wish): number | undefined =>
  wish.plan === "move" ? wish.sector : wish.plan === "explore" ? wish.toward : undefined;

/** The next step of a plan that does not leave all to the rules. */
export function stepOf(wish: Wish, place: Place): Choice | Over {
  const first = settleIn(place.world, place.dice);
  if (first) return first;
  switch (wish.plan) {
    case "trade":
      return tradeStep(place, bents[wish.explore], wish.near, wish.within);
    case "move":
      return place.hasArrived
        ? tradeStep(place, bents.usual, wish.sector, wish.within)
        : towards(place, wish.sector);
    case "work":
      return workStep(place, wish.ports);
    case "explore":
      return exploreStep(place, wish.toward);
    case "upgrade":
      return upgradeStep(place, wish.what);
    case "bank":
      return bankStep(place);
    case "fight":
      return hunt(place.world, wish.sector) ?? over(`nothing is left to fight in ${wish.sector}`);
  }
}

function towards({ world, here }: Place, sector: number): Choice | Over {
  const intent = along(world, wayTo(here, sector));
  return intent ? { intent, why: `to ${sector}` } : over(`no safe way to ${sector} is left`);
}

/** As the rules trade, with a leaning; what is bought stays within the plan's purse. */
function tradeStep(
  place: Place,
  { promise, curiosity }: Bent,
  near: number | undefined,
  within: number,
): Choice | Over {
  const { world, dice, goal, purse } = place;
  const around = near === undefined ? undefined : reach(world, near, within);
  const leaning: Leaning = {
    ...upright,
    explore: promise,
    ...(around && { region: (sector) => hopsTo(around, sector) <= within }),
    errand: (_, here, market, kind) =>
      purse.within(world, (seen) => errand(seen, here, market, kind, curiosity)),
  };
  return lean(world, dice, goalKind(goal), leaning) ?? over("nothing is left to do there");
}

/** Between two ports, until their calls no longer come near what a turn is worth elsewhere; what pays off is bought meanwhile, as the rules would. */
function workStep({ world, here, goal, purse }: Place, [a, b]: readonly [number, number]): Choice | Over {
  const ports = [world.ports.get(a), world.ports.get(b)];
  const [first, second] = ports;
  if (!first || !second) return over("a port of the pair is not known any more");
  if (world.taken.has(a) || world.taken.has(b)) return over("others have set out for the pair");
  const { market, turnPrice } = weighAll(world, here, 1);
  const call = bestCall(world, here, createMarket(world, [first, second]), heldShare * turnPrice);
  if (!call || call.value <= 0) return over(`${a} and ${b} earn less than a turn is worth elsewhere`);
  const isSale = call.hops === 0 && call.revenue > 0;
  const wanted = isSale
    ? undefined
    : purse.within(world, (seen) => errand(seen, here, market, goalKind(goal)));
  if (wanted) return wanted;
  const choice = make(world, here, call);
  return choice ? { ...choice, claims: claimsOf(first, second) } : over("no safe way to the pair is left");
}

/** Unknown space is held to promise so much more by one who explores for credits: only calls that are far better come first. */
const explorersPromise = 2.5;

/** Into unknown space, towards a sector or wherever it is near; what can be sold on the way is sold. */
function exploreStep(place: Place, toward: number | undefined): Choice | Over {
  const { world, here, dice, goal, hasArrived } = place;
  const free = learnFreely(world, here);
  if (free) return free;
  const { best } = weighAll(world, here, explorersPromise);
  const isSale = best?.hops === 0 && best.revenue > 0;
  const isBetter = goalKind(goal) !== "exploration" && best !== undefined && best.value > 0;
  const call = best && (isSale || isBetter) ? make(world, here, best) : undefined;
  if (call) return call;
  const cargo = speculate(world, budget(world));
  if (cargo) return cargo;
  if (toward !== undefined && !hasArrived && !isSeen(world.chart, toward)) return towards(place, toward);
  return explore(world, here, frontierOf(world, here), dice) ?? over("nothing is left to explore");
}

function upgradeStep({ world, here, purse, hasVisited }: Place, what: Upgrade): Choice | Over {
  if (hasVisited) return over("the shop was visited");
  if (shopsInVain(world)) return over("the shops had nothing for us");
  return (
    purse.within(world, (seen) => upgradeIn(seen, here, what)) ??
    over(`no ${what} is worth its price and can be paid`)
  );
}

function upgradeIn(world: Readonly<World>, here: Reach, what: Upgrade): Choice | undefined {
  switch (what) {
    case "ship":
    case "holds": {
      const growth = growthNow(world, here, weighAll(world, here, 1).market, what);
      return growth && grow(world, here, growth);
    }
    case "probes":
      return probesFor(world, here, 1, bents.more.curiosity);
    case "scanner":
      return scannerFor(world, here);
    case "defence":
      return arm(world, here);
  }
}

function bankStep({ world, here, hasVisited }: Place): Choice | Over {
  if (hasVisited) return over("the bank was visited");
  return bank(world, here) ?? over("nothing is to be banked");
}
