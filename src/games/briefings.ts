/** What a model is told of each game before it is shown anything: for whoever asks models, and needs nothing else of a game. */
import type { GameName } from "./registry.ts";

export const briefings: { readonly [G in GameName]: () => Promise<string> } = {
  tw2002: async () => (await import("./tw2002/advice/instructions.ts")).instructions,
};
