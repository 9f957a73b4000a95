/** What a recording shows of ports that were built up: reports before and after must fit together. */
import { type Product, products } from "../../src/games/tw2002/rules/ports.ts";
import type { Line } from "./screen.ts";

/** An upgrade of one product of the port in a sector. */
export interface Upgrade {
  readonly step: number;
  readonly sector: number;
  /** Index of the product. */
  readonly index: number;
  /** Units of productivity that were paid for. */
  readonly units: number;
  /** The most that could have been. */
  readonly max: number;
}

export function upgradesIn(lines: readonly Line[]): Upgrade[] {
  const upgrades: Upgrade[] = [];
  let sector = 0;
  let index = -1;
  let asked: { units: number; max: number } | undefined;
  for (const { text, step } of lines) {
    const prompt = /^Command \S? ?\[TL=[\d:]+\]:\[(\d+)\]/.exec(text);
    if (prompt) sector = Number(prompt[1]);
    const product = /^That will cost \d+ per unit to upgrade the (.+)$/.exec(text);
    if (product) index = products.indexOf(product[1] as Product);
    const question = /^How many units do you want to invest\? \((\d+) max, 0 to quit\) (\d+)$/.exec(text);
    if (question) asked = { units: Number(question[2]), max: Number(question[1]) };
    if (asked && text === "StarPort upgraded!") {
      upgrades.push({ step, sector, index, ...asked });
      asked = undefined;
    }
  }
  return upgrades;
}

/** Units that a product of a port had gained before a step. */
export const builtBefore = (upgrades: readonly Upgrade[], step: number): number =>
  upgrades.reduce((sum, upgrade) => sum + (upgrade.step < step ? upgrade.units : 0), 0);

/**
 * Those of the first productivities under which each upgrade was offered as many units as shown; all where the purse set
 * the limit. `highest` is what the game's records can hold.
 */
export function fittingOffers(
  possible: readonly number[],
  upgrades: readonly Upgrade[],
  highest: number,
): readonly number[] {
  const exact = possible.filter((productivity) =>
    upgrades.every(({ step, max }) => productivity + builtBefore(upgrades, step) === highest - max),
  );
  return exact.length > 0 ? exact : possible;
}
