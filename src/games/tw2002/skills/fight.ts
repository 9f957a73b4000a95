/**
 * A hunt's last warp: into a sector where fighters stand guard, and against them until they are gone or ours no longer outnumber
 * them. Whoever they turn out to be too many for flees as always.
 *
 *     Your fighters: 2,400 vs. theirs: 500
 *     Option? (A,D,I,R,S,?):? A
 *     How many fighters do you wish to use (0 to 750) [0]? 834
 */
import type { Skill } from "../../../player/game.ts";
import { outnumbered } from "../policy.ts";
import type { Prompt } from "../prompts.ts";
import type { World } from "../world.ts";

export const fight: Skill<World, Prompt, { readonly type: "fight"; readonly to: number }> = {
  start: () => ({ keys: "M" }),
  answers: {
    toSector: ({ intent }) => ({ keys: `${intent.to}\r` }),
    // It is for the fighters there that we come.
    danger: () => ({ keys: "Y" }),
    fighterOption: ({ world }) =>
      world.encounter && !outnumbered(world.encounter) ? { keys: "A" } : undefined,
  },
};
