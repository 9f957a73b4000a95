/** The strategies a bot can be given, by the names its configuration uses. */
import type { Strategy } from "../../../player/game.ts";
import type { Intent } from "../intents.ts";
import { beforeNight } from "../night.ts";
import { breakOut, hunt } from "../policy.ts";
import type { World } from "../world.ts";
import { opportunistic } from "./opportunistic.ts";

/** Staying alive comes before any strategy, and the goal "combat" has its own. */
const living =
  (strategy: Strategy<World, Intent>): Strategy<World, Intent> =>
  (world, dice, goal) =>
    beforeNight(
      world,
      (known) =>
        (known.informed ? (breakOut(known) ?? (goal === "combat" ? hunt(known) : undefined)) : undefined) ??
        strategy(known, dice, goal),
    );

export const strategies: { readonly [name: string]: Strategy<World, Intent> } = {
  opportunistic: living(opportunistic),
  // The first system's name for what is the same here.
  profitable_pairs: living(opportunistic),
  // What is unseen first, whatever the goal.
  explore: living((world, dice) => opportunistic(world, dice, "exploration")),
};
