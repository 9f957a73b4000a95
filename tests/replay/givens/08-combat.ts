import type { Givens } from "../givens.ts";

export const givens: Givens = {
  cuts: [{ t: 110.2, sector: 70 }],
};
