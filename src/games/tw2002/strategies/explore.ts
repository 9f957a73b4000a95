/** Where nobody of ours has been yet. */
import type { Intent } from "../intents.ts";
import { firstStep, type Reach } from "../paths.ts";
import type { World } from "../world.ts";

/** The nearest sectors that have been heard of and not seen, all at the same distance. */
export function frontierOf({ warps }: Readonly<World>, { order, hops }: Reach): readonly number[] {
  let nearest = Number.POSITIVE_INFINITY;
  const found: number[] = [];
  for (const sector of order) {
    if (hops.get(sector)! > nearest) break;
    if (warps.has(sector)) continue;
    nearest = hops.get(sector)!;
    found.push(sector);
  }
  return found;
}

/** A step towards one of them. */
export function exploreTowards(
  here: Reach,
  frontier: readonly number[],
  dice: () => number,
): { intent: Intent; why: string } | undefined {
  const target = frontier[Math.floor(dice() * frontier.length)];
  const to = target === undefined ? undefined : firstStep(here, target);
  return to === undefined ? undefined : { intent: { type: "move", to }, why: `exploring towards ${target}` };
}

/** Any way out of here; for when thinking leads nowhere. */
export function restless(world: Readonly<World>, dice: () => number): { intent: Intent; why: string } {
  const all = world.warps.get(world.sector) ?? [];
  const safe = all.filter((sector) => !world.dangers.has(sector));
  // Boxed in, danger is the only way; what made it one may be gone.
  const warps = safe.length > 0 ? safe : all;
  const to = warps[Math.floor(dice() * warps.length)];
  return to === undefined
    ? { intent: { type: "look" }, why: "no way out is known" }
    : { intent: { type: "move", to }, why: "any way out" };
}
