/** What the StarDock and the class 0 ports charge, and what they give for an old ship. Money in credits. */
import type { ShipType } from "./ships.ts";
import { dayMs } from "./time.ts";

/** Prices that a sysop may set for a game. */
export interface Prices {
  readonly detonator: number;
  readonly beacon: number;
  readonly corbomite: number;
  readonly cloak: number;
  readonly probe: number;
  readonly planetScanner: number;
  readonly limpet: number;
  readonly armid: number;
  readonly photon: number;
  readonly holoScanner: number;
  readonly densityScanner: number;
  readonly disruptor: number;
  readonly torpedo: number;
  readonly transwarp1: number;
  readonly transwarp2: number;
  /** Fee for the work of an upgrade; the difference between the drives is paid besides. */
  readonly transwarpUpgrade: number;
  readonly psychicProbe: number;
  readonly announcement: number;
  readonly limpetRemoval: number;
  readonly registration: number;
}

/** As a new game on a real server has them: its editor's third page, and what the recorded shops asked. */
export const standardPrices: Prices = {
  detonator: 15_000,
  beacon: 100,
  corbomite: 1000,
  cloak: 25_000,
  probe: 3000,
  planetScanner: 30_000,
  limpet: 10_000,
  armid: 1000,
  photon: 40_000,
  holoScanner: 25_000,
  densityScanner: 2000,
  disruptor: 6000,
  torpedo: 20_000,
  transwarp1: 50_000,
  transwarp2: 80_000,
  transwarpUpgrade: 10_000,
  psychicProbe: 10_000,
  announcement: 100,
  limpetRemoval: 5000,
  registration: 5000,
};

/** From the first type of drive to the second: seen once, 77,500 where the drives were 12,500 and 80,000 and the fee 10,000. */
export const upgradePrice = ({ transwarp1, transwarp2, transwarpUpgrade }: Prices) =>
  transwarp2 - transwarp1 + transwarpUpgrade;

// ---- holds, fighters and shields

/** A wave through `low` and `high` with a period in days; rising through the middle at `rising`, days of the game's calendar since 1970. */
const wave = (low: number, high: number, period: number, rising: number) => (gameMs: number) =>
  (low + high) / 2 + ((high - low) / 2) * Math.sin((2 * Math.PI * (gameMs / dayMs - rising)) / period);

/**
 * Of prices that drift we know: fighters and shields cost 350 together, to a hundredth (192.905 and 157.095 half an hour
 * apart); fighters fell by 2.82 a day on 22 November 2038 and were at 237 on 9 February 2054; holds begin between 151
 * and 249 in a cycle of 18 days, at its low on the first of these dates, at 194 on the second. The simplest waves
 * through all of these points; that they are waves, and how long the fighters' is, is a guess.
 */
const fighterWave = wave(112.8, 237.2, 133, 25_102.2864);
const holdWave = wave(150, 249, 18, 2.8055);
const pairPrice = 350;

/** What holds, fighters and shields cost at a moment of the game's calendar (ms since 1970). */
export interface OutfitPrices {
  /** What the first hold of an empty hull is quoted at; each one that is there adds `holdStep`. */
  readonly hold: number;
  /** Of one; not whole: a purchase is rounded as a whole. */
  readonly fighter: number;
  readonly shield: number;
}
export function outfitPrices(gameMs: number): OutfitPrices {
  const fighter = fighterWave(gameMs);
  return { hold: Math.floor(holdWave(gameMs)), fighter, shield: pairPrice - fighter };
}

const holdStep = 20;
/** What the port quotes for the next hold. */
export const holdQuote = ({ hold }: Pick<OutfitPrices, "hold">, held: number) => hold + holdStep * held;

/** What `count` more holds cost: each one credit more than its quote (14,820 for 20 after 20, 60,005 for 55, 28,918 for 38 after 12). */
export const holdsPrice = ({ hold }: Pick<OutfitPrices, "hold">, held: number, count: number) =>
  count * (hold + 1 + holdStep * held) + (holdStep * count * (count - 1)) / 2;

/** Most holds that a purse can pay. */
export function holdsAffordable(prices: OutfitPrices, held: number, room: number, credits: number): number {
  let count = 0;
  while (count < room && holdsPrice(prices, held, count + 1) <= credits) count++;
  return count;
}

// ---- an old ship's worth

/** What the yard pays for each part of a ship. */
export interface Valuation {
  readonly hull: number;
  readonly holds: number;
  readonly drive: number;
  readonly computer: number;
  /** Drives, probes and scanners that were fitted later. */
  readonly fittings: number;
  readonly total: number;
}

/** Nine tenths, and always a credit less when they are whole: 8,999 for 10,000. */
const tradedIn = (worth: number) => Math.max(0, Math.ceil((worth * 9) / 10) - 1);

/**
 * Fits the one recorded valuation to the credit: the parts at their price of the catalogue; holds added later as if
 * they had been the first ones of an empty hull. Fittings count, says the sysop's editor of a drive's price; nothing
 * that is carried does.
 */
export function valueShip(
  type: Pick<ShipType, "costs" | "holdsFirst">,
  { holds, fittings }: { readonly holds: number; readonly fittings: number },
  prices: OutfitPrices,
): Valuation {
  const added = Math.max(0, holds - type.holdsFirst);
  const first = Math.floor((type.costs.holds * Math.min(holds, type.holdsFirst)) / type.holdsFirst);
  const parts = {
    hull: tradedIn(type.costs.hull),
    holds: tradedIn(first + holdsPrice(prices, 0, added)),
    drive: tradedIn(type.costs.drive),
    computer: tradedIn(type.costs.computer),
    fittings: tradedIn(fittings),
  };
  return { ...parts, total: parts.hull + parts.holds + parts.drive + parts.computer + parts.fittings };
}

// ---- the Federation's favour

/** Alignment from which the Federation grants its commission, and to which it then lifts a trader. */
export const commissionFrom = 500;
export const commissionAlignment = 1000;
/** Credits of a posted reward that make one point of alignment. */
export const creditsPerPoint = 1000;

/** What the old Trader in the tavern asks for a piece of news. */
export const newsPrice = 2500;
