import { standardPrices } from "../../../src/games/tw2002/rules/equipment.ts";
import type { Givens } from "../givens.ts";
import { layLane } from "../lanes.ts";

/** The sysop had made an evil trader of the player and dearer drives cheap. */
export const givens: Givens = {
  settings: {
    why: "the first type of TransWarp drive costs 12,500 here, and the upgrade as much more as follows from that",
    are: { prices: { ...standardPrices, transwarp1: 12_500 } },
  },
  begin: {
    why: "before the first screen that lists what he has he loses 5 holds, 200 points of experience, 8 of alignment, and leaves all his fighters in a sector",
    is: { holds: 75, experience: 2000, alignment: -1000, fighters: 10 },
  },
  seed: {
    why: "the jumps tell how far apart their sectors are, but no screen shows the warps between: by way of sectors that nobody sees",
    make({ galaxy }) {
      layLane(galaxy, [500, 11]);
      layLane(galaxy, [437, 101, 102, 103, 104, 105, 926]);
    },
  },
  events: [
    {
      t: 335,
      why: "the port wants 2 units of equipment more than five minutes before, when its other stocks have not grown; not explained",
      make({ galaxy }) {
        const stock = galaxy.ports.get(711)?.stocks[2];
        if (stock) stock.amount += 2;
      },
    },
  ],
};
