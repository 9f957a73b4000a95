/**
 * A deal whose end we did not hear, because the line was lost over it: struck or not, the next Info tells, for nothing but a
 * deal turns cargo into credits or credits into cargo behind a trader's back. At the bank's counter it is the account that the
 * credits went to, or came from.
 */
import type { Trade } from "../../player/game.ts";
import { products } from "./rules/ports.ts";
import type { World } from "./world.ts";

/** Where the line was lost, and what was aboard, in product order. */
export interface Unheard {
  readonly sector: number;
  readonly cargo: readonly [number, number, number];
  /** Money was being carried to the bank, or from it. */
  readonly banking: boolean;
}

/** The bank's two keys: paying in and taking out. */
const counter: readonly (string | undefined)[] = ["bankD", "bankW"];

/** The line is lost: in a port or a bank something may be going on. Later losses before an Info add nothing to it. */
export function leftBehind(world: Readonly<World>): Unheard | undefined {
  const banking = counter.includes(world.visit.last);
  // A new ship leaves us uninformed of itself; what is in the purse each shop tells.
  return banking || (world.informed && world.dockings > 0)
    ? { sector: world.sector, cargo: [...world.cargo] as const, banking }
    : world.unheard;
}

/** Info has told our cargo and now tells our credits: the deal that was struck meanwhile, told once. */
export function heardOf(world: World, credits: number): Trade | undefined {
  const { unheard } = world;
  if (!unheard || !world.informed) return undefined;
  world.unheard = undefined;
  const changed = products.flatMap((product, index) => {
    const units = unheard.cargo[index]! - world.cargo[index]!;
    return units === 0 ? [] : [{ product, index, units }];
  });
  const [deal, other] = changed;
  const paid = credits - world.credits;
  if (!deal && unheard.banking) world.bank = Math.max(0, (world.bank ?? 0) - paid);
  if (!deal || other || Math.sign(deal.units) !== Math.sign(paid)) return undefined;
  world.trades++;
  const good = world.ports.get(unheard.sector)?.good(deal.index);
  if (good) good.trading = Math.max(0, good.trading - Math.abs(deal.units));
  return { sector: unheard.sector, product: deal.product, units: Math.abs(deal.units), credits: paid };
}
