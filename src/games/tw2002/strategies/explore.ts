/** Where nobody of ours has been yet. */
import { isSeen, waysOf } from "../chart.ts";
import type { Intent } from "../intents.ts";
import { firstStep, hopsTo, nth, type Reach } from "../paths.ts";
import type { Hint } from "../surveys.ts";
import type { World } from "../world.ts";

/** How much further than the nearest a sector may be that promises more, in hops. */
const furtherMax = 1;

/** Sectors that have been heard of and not seen, of those that are to be explored: the nearest, with those a little further away. */
export function frontierOf(
  { chart }: Readonly<World>,
  here: Reach,
  isIn: (sector: number) => boolean = () => true,
): readonly number[] {
  let nearest = Number.POSITIVE_INFINITY;
  const found: number[] = [];
  // In a universe that is known as a whole there is nothing to look for.
  if (chart.seenCount === chart.top) return found;
  for (let at = 0; ; at++) {
    const sector = nth(here, at);
    if (sector === undefined) break;
    const away = hopsTo(here, sector);
    if (away > nearest + furtherMax) break;
    if (isSeen(chart, sector) || !isIn(sector)) continue;
    nearest = Math.min(nearest, away);
    found.push(sector);
  }
  return found;
}

/** How likely a port is in a sector that nobody has seen: 38 of 100 have one (rules of creation, recorded). */
const portUnseen = 0.38;

/** The same for one on the density scanner: a port weighs 100, what weighs less is none. */
const portChance = (hint: Hint | undefined): number =>
  !hint
    ? portUnseen
    : hint.density >= 100 && hint.density < 500
      ? 0.95
      : hint.density >= 500
        ? portUnseen
        : 0.02;

/** A step towards the one of them that promises most: near, and with more unseen sectors around it. */
export function exploreTowards(
  { chart, hints }: Readonly<World>,
  here: Reach,
  frontier: readonly number[],
  dice: () => number,
): { intent: Intent; why: string } | undefined {
  let target: number | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const sector of frontier) {
    let unseen = 0;
    for (const to of waysOf(chart, sector)) if (!isSeen(chart, to)) unseen++;
    const promise =
      (portChance(hints.get(sector)) + 0.12 * Math.min(3, unseen)) / hopsTo(here, sector) + dice() * 0.02;
    if (promise <= most) continue;
    most = promise;
    target = sector;
  }
  const to = target === undefined ? undefined : firstStep(here, target);
  return to === undefined ? undefined : { intent: { type: "move", to }, why: `exploring towards ${target}` };
}

/** A probe flies no further than this, or what it shows lies too far away. */
const probeHops = 20;

/** The sector to which a probe from here shows most that nobody has seen, over ways that are known, and how many that is. */
export function probeTarget(
  { chart }: Readonly<World>,
  here: Reach,
): { readonly to: number; readonly fresh: number } {
  const fresh = new Uint8Array(chart.top + 1);
  let to = 0;
  for (let at = 1; ; at++) {
    const sector = nth(here, at);
    if (sector === undefined || hopsTo(here, sector) > probeHops) break;
    fresh[sector] = fresh[here.before[sector]!]! + (isSeen(chart, sector) ? 0 : 1);
    if (fresh[sector]! > fresh[to]!) to = sector;
  }
  return { to, fresh: fresh[to]! };
}

/** Any way out of here; for when thinking leads nowhere. */
export function restless(world: Readonly<World>, dice: () => number): { intent: Intent; why: string } {
  const all = waysOf(world.chart, world.sector);
  const safe = all.filter((sector) => !world.dangers.has(sector));
  // Boxed in, danger is the only way; what made it one may be gone.
  const ways = safe.length > 0 ? safe : all;
  const to = ways[Math.floor(dice() * ways.length)];
  return to === undefined
    ? { intent: { type: "look" }, why: "no way out is known" }
    : { intent: { type: "move", to }, why: "any way out" };
}
