/**
 * One warp, or a course. Through M, where Enter always ends the number: at the command prompt itself a number may go
 * without it (Sector Autoreturn), and the Enter would answer the next question (recording 04, "autoreturn-test").
 *
 *     Command [TL=00:00:00]:[852] (?=Help)? : M
 *     To which Sector ? 87
 *
 * The number is typed ahead. M leads to the question or back to the command prompt (no turns, an interdictor: recording 10,
 * "noturns-move"); there the number asks for the same warp once more and is refused again, and the Enter, where it is one too
 * many, shows the sector. Nothing is typed ahead of an arrival: fighters, mines and others ask questions there, and an Enter
 * at "Engage the Autopilot? [Y]" or a Y meant for something else would be a deed.
 */
import type { Keys, Skill } from "../../../player/game.ts";
import { isClear } from "../courses.ts";
import type { Prompt } from "../prompts.ts";
import type { World } from "../world.ts";

const headFor = (to: number): Keys => ({ keys: "M", ahead: [{ at: "toSector", keys: `${to}\r` }] });

/** To a neighbour. A question on the way means that it is none: back to thinking. */
export const move: Skill<World, Prompt, { readonly type: "move"; readonly to: number }> = {
  start: ({ intent }) => headFor(intent.to),
  answers: {},
};

/**
 * Wherever the game knows a way: non-stop, since each stop could be seen from the displays that pass. Whatever bars the way
 * ends the flight. A course through known danger is declined, which leaves us where we are.
 */
export const travel: Skill<World, Prompt, { readonly type: "travel"; readonly to: number }> = {
  start: ({ intent }) => headFor(intent.to),
  answers: {
    engage: ({ world }) => ({ keys: isClear(world) ? "E" : "N" }),
    stopHere: () => ({ keys: "N" }),
  },
};
