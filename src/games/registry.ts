/** The games a bot can play. A game's own types end here: outside, a life is a life. */
import type { Life, LifeOptions } from "../player/happenings.ts";
import { createLife } from "../player/life.ts";
import { tw2002 } from "./tw2002/mod.ts";

export const games = {
  tw2002: (options: LifeOptions): Life => createLife(tw2002, options),
} as const;

export type GameName = keyof typeof games;
