import { enrol } from "../../../src/games/tw2002/host/galaxy.ts";
import { logEvent } from "../../../src/games/tw2002/host/log.ts";
import { byFighters, loggedAttack, loggedLoss } from "../../../src/games/tw2002/host/text/combat/fights.ts";
import { gameBegins } from "../../../src/games/tw2002/host/text/log.ts";
import { nobody, type Owner } from "../../../src/games/tw2002/host/things.ts";
import type { Givens } from "../givens.ts";
import { layLane } from "../lanes.ts";
import { seal, type World } from "../world.ts";
import { buildShip } from "../../../src/games/tw2002/host/ships.ts";
import { newTrader } from "../../../src/games/tw2002/host/traders.ts";

/** The other player: he comes from a sector next to the newcomer's. */
function enrolWingman({ galaxy, revealed }: World): void {
  const at = revealed.zeros[0] ?? 0;
  const id = 2;
  const sector = 66;
  layLane(galaxy, [sector, 393]);
  const ship = buildShip({
    id,
    kind: "merchantCruiser",
    name: "Falcon",
    maker: "Martel Matra",
    builtAt: at,
    sector,
    pilot: id,
    owner: { type: "trader", id },
    fighters: 30,
  });
  enrol(
    galaxy,
    newTrader({
      id,
      login: "Wingman",
      name: "Wingman",
      password: seal("pw", "1"),
      salt: "1",
      ship,
      turnsLeft: 100,
      turnsSince: at,
    }),
  );
}

/** What the log tells of the recordings before this one, in the host's own words for what happened in them. */
function writeHistory({ galaxy, revealed }: World): void {
  galaxy.chronicle.log = [];
  const at = (revealed.zeros[0] ?? 0) - 86_400_000;
  const mercenaries: Owner = { type: "mercenaries" };
  for (const line of [
    gameBegins,
    loggedAttack("Testpilot", mercenaries, "Rogue Mercenaries"),
    loggedAttack("Testpilot", nobody, "Nobody"),
    loggedLoss("Testpilot", "merchantCruiser", byFighters(nobody, "Nobody")),
    loggedAttack("Testpilot", nobody, "Nobody"),
    loggedLoss("Testpilot", "escapePod", byFighters(nobody, "Nobody")),
  ]) {
    logEvent(galaxy, at, line);
  }
  logEvent(galaxy, at, (paper) => paper.put`~YFerrengi${loggedAttack(" Chaza Toakeq", nobody, "Nobody")}`);
}

export const givens: Givens = {
  seed: {
    why: "the other player has come before; the log tells of the recordings before; the newcomer's planet is number 5",
    make(world) {
      enrolWingman(world);
      writeHistory(world);
      world.galaxy.chronicle.next.planet = 5;
    },
  },
  others: [
    {
      why: "only the newcomer's line was recorded: what the other player did shows on it",
      keys: [
        [99, "\xff\xfc\xf6"],
        [100, "Wingman\r"],
        [102, "A"],
        [104, "\r"],
        [106, "T\r"],
        [108, "N"],
        [110, "\r"],
        [112, "pw\r"],
        [114, "\r"],
        [116, "\r"],
        [176.6, "`Hello from Wingman\r"],
        [180.3, "'subspace hello\r"],
        [184.3, "=Zed Zander\r"],
        [184.4, "private hello\r"],
        [192, "`second message\r"],
        [216.8, "393\r"],
        [240, "A"],
        [242.7, "Y"],
        [244.8, "30\r"],
      ],
    },
  ],
};
