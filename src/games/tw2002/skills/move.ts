/**
 * One warp, or a course. Through M, where Enter always ends the number: at the command prompt itself a number may go
 * without it (Sector Autoreturn), and the Enter would answer the next question (recording 04, "autoreturn-test").
 *
 *     Command [TL=00:00:00]:[852] (?=Help)? : M
 *     To which Sector ? 87
 */
import type { Skill } from "../../../player/game.ts";
import type { Prompt } from "../prompts.ts";
import type { World } from "../world.ts";

/** To a neighbour. A question on the way means that it is none: back to thinking. */
export const move: Skill<World, Prompt, { readonly type: "move"; readonly to: number }> = {
  start: () => ({ keys: "M" }),
  answers: { toSector: ({ intent }) => ({ keys: `${intent.to}\r` }) },
};

/** Wherever the game knows a way: non-stop, since each stop could be seen from the displays that pass. */
export const travel: Skill<World, Prompt, { readonly type: "travel"; readonly to: number }> = {
  start: () => ({ keys: "M" }),
  answers: {
    toSector: ({ intent }) => ({ keys: `${intent.to}\r` }),
    engage: () => ({ keys: "E" }),
    stopHere: () => ({ keys: "N" }),
  },
};
