import type { Givens } from "../givens.ts";

export const givens: Givens = {
  seed: {
    why: "the scan of personal planets shows production and stores in short: colonists that make so much, 200 thousand in all",
    make({ galaxy }) {
      for (const planet of galaxy.planets.values()) {
        if (planet.name !== "Wingworld") continue;
        Object.assign(planet.colonists, { "Fuel Ore": 77, Organics: 33, Equipment: 90 });
        Object.assign(planet.store, { "Fuel Ore": 1, Organics: 0, Equipment: 19_000 });
      }
    },
  },
};
