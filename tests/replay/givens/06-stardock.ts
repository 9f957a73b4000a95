import type { Givens } from "../givens.ts";

export const givens: Givens = {
  cuts: [
    // Two long range scans from the StarDock's sector; the holographic one costs a turn and explores the neighbours.
    {
      t: 444.6,
      sector: 926,
      standing: { turns: 583 },
      make({ galaxy, player }) {
        const seen = galaxy.seen.get(player()?.id ?? 0);
        for (const sector of galaxy.sectors[925]?.warps ?? []) seen?.add(sector);
      },
    },
    // A visit to the StarDock's port is broken off in its first question.
    { t: 527.9, sector: 926 },
  ],
};
