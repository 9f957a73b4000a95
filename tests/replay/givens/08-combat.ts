import type { Givens } from "../givens.ts";

export const givens: Givens = {
  settings: {
    why: "the sysop had set 30,000 turns a day: the session before shows them",
    are: { turnsPerDay: 30_000 },
  },
  clock: {
    why: "turns came back in the citadel at 147.27 s: a full hour struck, between the ends of the sessions before and after",
    t: 147.1,
    is: Date.UTC(2038, 10, 22, 15),
  },
  // A flight to 747 and back was cut out, two warps, in which offensive fighters dealt 282 battle points: the scenarios have it.
  cuts: [{ t: 110.2, sector: 70, standing: { shields: 400 - 282, turns: 29_171 } }],
};
