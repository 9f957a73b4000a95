/** How each intent is carried out, prompt by prompt. What a table does not name is answered by reflex. */
import type { Skill } from "../../../player/game.ts";
import type { Intent } from "../intents.ts";
import type { Prompt } from "../prompts.ts";
import type { World } from "../world.ts";
import { dock } from "./dock.ts";
import { fight } from "./fight.ts";
import { move, travel } from "./move.ts";
import { outfit } from "./outfit.ts";
import { plot, probe, scan, survey } from "./survey.ts";
import { trade } from "./trade.ts";

type Skills = { readonly [I in Intent["type"]]: Skill<World, Prompt, Extract<Intent, { type: I }>> };

export const skills: Skills = {
  // Only in hand on the way in, where every prompt has one right answer.
  enter: { start: () => undefined, answers: {} },
  // In a pod that has come out somewhere the display tells where, and nothing else does.
  inform: { start: ({ world }) => ({ keys: world.adrift ? "D" : "I" }), answers: {} },
  look: { start: () => ({ keys: "D" }), answers: {} },
  move,
  travel,
  trade,
  fight,
  outfit,
  dock,
  scan,
  status: { start: () => ({ keys: "V" }), answers: {} },
  survey,
  plot,
  probe,
  leave: {
    start: () => ({ keys: "Q" }),
    answers: {
      quitConfirm: () => ({ keys: "Y" }),
      mainMenu: () => ({ keys: "X\r" }),
      gameMenu: () => ({ keys: "Q" }),
    },
  },
};
