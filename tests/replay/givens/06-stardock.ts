import type { Givens } from "../givens.ts";

export const givens: Givens = {
  // A visit to the StarDock's port is broken off in its first question.
  cuts: [{ t: 527.9, sector: 926 }],
};
