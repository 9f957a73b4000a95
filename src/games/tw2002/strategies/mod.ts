/** The strategies a bot can be given, by the names its configuration uses. */
import type { Strategy } from "../../../player/game.ts";
import type { Intent } from "../intents.ts";
import type { World } from "../world.ts";
import { opportunistic } from "./opportunistic.ts";

export const strategies: { readonly [name: string]: Strategy<World, Intent> } = {
  opportunistic,
  // The first system's name for what is the same here.
  profitable_pairs: opportunistic,
};
