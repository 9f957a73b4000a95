import type { Givens } from "../givens.ts";

/** The longest stretch of exploring and trading, down to the last turn, was cut out. */
export const givens: Givens = {
  cuts: [
    {
      t: 254.6,
      sector: 1607,
      standing: { turns: 0 },
      make({ galaxy, revealed, player }) {
        for (const sector of revealed.listed) galaxy.seen.get(player()?.id ?? 0)?.add(sector);
      },
    },
  ],
};
