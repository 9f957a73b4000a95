/** Whether there is any point in going on. */
import type { Verdict } from "../../../player/game.ts";
import { products } from "../rules/ports.ts";
import { budget, sideAt, type World } from "../world.ts";

/** Done when no turn is left, or too few to move and nothing to be sold where we are. */
export function verdict(world: Readonly<World>): Verdict | undefined {
  const left = budget(world);
  if (left >= world.turnsPerWarp) return undefined;
  if (left > 0 && world.dockings === 0 && sellsHere(world)) return undefined;
  const { turnsMax } = world.self;
  const own = turnsMax > 0 && turnsMax - world.turnsExecuted < world.turnsPerWarp;
  const reason = own
    ? `Turn limit reached: ${world.turnsExecuted} of ${turnsMax} used`
    : `The game grants no more turns: ${world.turnsExecuted} used`;
  return { how: "completed", reason };
}

function sellsHere({ ports, sector, cargo }: Readonly<World>): boolean {
  const port = ports.get(sector);
  if (!port) return false;
  return products.some((product, index) => cargo[index]! > 0 && sideAt(port, product) === "buying");
}
