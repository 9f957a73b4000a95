/** The strategies a bot can be given, by the names its configuration uses. */
import type { Strategy } from "../../../player/game.ts";
import { goalKind } from "../goals.ts";
import type { Choice, Intent } from "../intents.ts";
import { beforeNight } from "../night.ts";
import { reachHere } from "../paths.ts";
import { breakOut, hunt } from "../policy.ts";
import type { World } from "../world.ts";
import { arm } from "./errands.ts";
import { opportunistic } from "./opportunistic.ts";

/** Staying alive comes before any strategy, and the goal "combat" has its own. */
const living =
  (strategy: Strategy<World, Intent>): Strategy<World, Intent> =>
  (world, dice, goal) =>
    beforeNight(
      world,
      (known) =>
        (known.informed
          ? (breakOut(known) ?? (goalKind(goal) === "combat" ? combat(known) : undefined))
          : undefined) ?? strategy(known, dice, goal),
    );

/** Defence first, then fighters that ours clearly outnumber. */
const combat = (world: Readonly<World>): Choice | undefined => arm(world, reachHere(world)) ?? hunt(world);

export const strategies: { readonly [name: string]: Strategy<World, Intent> } = {
  opportunistic: living(opportunistic),
  // The first system's name for what is the same here.
  profitable_pairs: living(opportunistic),
  // What is unseen first, whatever the goal.
  explore: living((world, dice) => opportunistic(world, dice, "exploration")),
};
