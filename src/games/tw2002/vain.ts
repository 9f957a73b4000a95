/**
 * Visits that came to nothing. Whatever the cause - a price that was reckoned too low, a shop that does not sell it, a purse that must
 * not be emptied - the same errand would come to nothing again, and every landing costs a turn: it waits until we stand otherwise.
 */
import type { Place, Visit } from "./docks.ts";
import { dayMs } from "./rules/time.ts";
import type { World } from "./world.ts";

/** How we stood at one moment. */
export interface Stand {
  /** ms since 1970. */
  readonly at: number;
  /** The ship and its holds; and all that is fitted or carried. */
  readonly ship: string;
  readonly gear: string;
  /** In purse and bank, and in the bank alone. */
  readonly credits: number;
  readonly bank: number;
}

/** Our latest visits that changed nothing; absent before the first, and again once one has changed something. */
export interface Vain {
  /** Of the ship. */
  shops?: Stand | undefined;
  /** Of the account. */
  bank?: Stand | undefined;
}

/** By so much the purse must have grown before a price is tried again; prices drift, so a day later it is tried anyhow. */
const growthMin = 1.5;
const staleMs = dayMs;

const standOf = ({ now, ship, holds, fighters, shields, credits, bank = 0 }: Readonly<World>): Stand => ({
  at: now,
  ship: `${ship.kind} ${holds}`,
  gear: [fighters, shields, ...[...ship.gear].flat()].join(),
  credits: credits + bank,
  bank,
});

/** A key was pressed at a menu: the first begins a visit, the one that leads back into space ends it. */
export function watchVisit(world: World, place: Place, key: string): void {
  const { visit, market } = world;
  visit.begun ??= standOf(world);
  if (key !== "Q" || !leadsOut(place, visit)) return;
  const { begun } = visit;
  const now = standOf(world);
  const banked = visit.tried.has("bankD");
  // Who wanted no more than the bank has not been refused anything else.
  if (!banked || wentTo(visit, "yards") || wentTo(visit, "emporium"))
    market.vain.shops = now.ship === begun.ship && now.gear === begun.gear ? now : undefined;
  if (banked) market.vain.bank = now.bank === begun.bank ? now : undefined;
}

const wentTo = ({ tried }: Visit, place: Place) => [...tried].some((step) => step.startsWith(place));
/** The yards of the StarDock have the list of a class 0 port, too. */
const leadsOut = (place: Place, visit: Visit) =>
  place === "stardock" || (place === "class0" && !wentTo(visit, "stardock"));

/** Whether the shops had nothing for us, and nothing has changed since. */
export const shopsInVain = (world: Readonly<World>): boolean => isSo(world, world.market.vain.shops);

/** Whether the bank took nothing, and nothing has changed since. */
export const bankInVain = (world: Readonly<World>): boolean => isSo(world, world.market.vain.bank);

function isSo(world: Readonly<World>, then: Stand | undefined): boolean {
  if (!then) return false;
  const { at, ship, credits } = standOf(world);
  return at - then.at < staleMs && ship === then.ship && credits < Math.max(1, then.credits * growthMin);
}
