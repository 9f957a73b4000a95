import type { Givens } from "../givens.ts";

export const givens: Givens = {
  clock: {
    why: "turns came back in the citadel at 147.27 s: a full hour struck, between the ends of the sessions before and after",
    t: 147.2,
    is: Date.UTC(2038, 10, 22, 15),
  },
  cuts: [{ t: 110.2, sector: 70 }],
};
