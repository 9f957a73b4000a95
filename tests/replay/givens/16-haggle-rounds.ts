import { enrol } from "../../../src/games/tw2002/host/galaxy.ts";
import type { Givens } from "../givens.ts";
import { seal } from "../world.ts";
import { buildShip } from "../../../src/games/tw2002/host/ships.ts";
import { newTrader } from "../../../src/games/tw2002/host/traders.ts";

export const givens: Givens = {
  seed: {
    why: "the caller of the first connection is another trader, killed earlier that day in the session before",
    make({ galaxy }) {
      const [sector, id, salt] = [70, 2, "1"];
      const ship = buildShip({
        id: 9,
        kind: "escapePod",
        name: "",
        maker: "",
        builtAt: galaxy.began,
        sector,
        pilot: id,
        owner: { type: "trader", id },
      });
      const login = "Testpilot";
      const known = { id, login, name: login, password: seal("secret1", salt), salt, ship };
      const death = "You destroyed your own ship!";
      enrol(galaxy, newTrader({ ...known, diedAt: galaxy.began, death, lastOn: galaxy.began }));
    },
  },
};
