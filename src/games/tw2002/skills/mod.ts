/** How each intent is carried out, prompt by prompt. What a table does not name is answered by reflex. */
import type { Skill } from "../../../player/game.ts";
import type { Intent } from "../intents.ts";
import type { Prompt } from "../prompts.ts";
import type { World } from "../world.ts";
import { move, travel } from "./move.ts";
import { trade } from "./trade.ts";

type Skills = { readonly [I in Intent["type"]]: Skill<World, Prompt, Extract<Intent, { type: I }>> };

export const skills: Skills = {
  // Only in hand on the way in, where every prompt has one right answer.
  enter: { start: () => undefined, answers: {} },
  inform: { start: () => ({ keys: "I" }), answers: {} },
  look: { start: () => ({ keys: "D" }), answers: {} },
  move,
  travel,
  trade,
  leave: {
    start: () => ({ keys: "Q" }),
    answers: {
      quitConfirm: () => ({ keys: "Y" }),
      mainMenu: () => ({ keys: "X\r" }),
      gameMenu: () => ({ keys: "Q" }),
    },
  },
};
