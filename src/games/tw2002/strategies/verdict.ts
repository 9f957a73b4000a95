/** Whether there is any point in going on. */
import type { Verdict } from "../../../player/game.ts";
import { products } from "../rules/ports.ts";
import { nightRest } from "../night.ts";
import { budget, sideAt, type World } from "../world.ts";

/** Done when no turn is left, or too few to move and nothing to be sold where we are. */
export function verdict(world: Readonly<World>): Verdict | undefined {
  // A deal may have been struck while the line was down: the books are put right before they are closed.
  if (!world.informed) return undefined;
  const left = budget(world);
  if (left >= world.turnsPerWarp) return undefined;
  if (left > 0 && world.dockings === 0 && sellsHere(world)) return undefined;
  const { turnsMax, turnsBefore = 0, waitForTurns = false } = world.self;
  const used = turnsBefore + world.turnsExecuted;
  const own = turnsMax > 0 && turnsMax - world.turnsExecuted < world.turnsPerWarp;
  if (own)
    return { how: "completed", reason: `Turn limit reached: ${used} of ${turnsBefore + turnsMax} used` };
  if (waitForTurns) return { how: "rest", ...nightRest(world) };
  return { how: "completed", reason: `The game grants no more turns: ${used} used` };
}

function sellsHere({ ports, sector, cargo }: Readonly<World>): boolean {
  const port = ports.get(sector);
  if (!port) return false;
  return products.some((product, index) => cargo[index]! > 0 && sideAt(port, product) === "buying");
}
