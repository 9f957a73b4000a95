import type { Givens } from "../givens.ts";

/** Stretches between its experiments were cut out; each goes on at the command prompt. */
export const givens: Givens = {
  cuts: [
    { t: 160.7, sector: 926 },
    { t: 493.0, sector: 926 },
    { t: 626.1, sector: 926 },
    { t: 738.0, sector: 926 },
    { t: 869.8, sector: 926, standing: { ore: 59, organics: 16 } },
  ],
};
