/** A game that nobody has played yet: settings and a seed, and there it is. */
import { bigBang, sectorsMax, sectorsMin } from "./bigbang.ts";
import { createGalaxy, type Galaxy, type GameSettings } from "./galaxy.ts";
import { newGameYearsAhead } from "./text/figures.ts";

/** What a new game has on a real server, but for the home planet, the ship's delay and the aliens, which are off. */
export const defaultSettings: GameSettings = {
  sectors: 1000,
  turnsPerDay: 250,
  startCredits: 300,
  startFighters: 30,
  startHolds: 20,
  courseMax: 25,
  regrowth: 0.05,
  yearsAhead: newGameYearsAhead,
  inactivityMs: 300_000,
  version: "3.34b",
  aliens: false,
};

/** Makes a galaxy. `at` is ms since 1970; refuses a size outside of 100 to 20,000 sectors. */
export function newGalaxy(options: {
  readonly seed: number;
  readonly at: number;
  readonly settings?: Partial<GameSettings>;
}): Galaxy {
  const settings = { ...defaultSettings, ...options.settings };
  const { sectors } = settings;
  if (!Number.isInteger(sectors) || sectors < sectorsMin || sectors > sectorsMax) {
    throw new RangeError(`Cannot make ${sectors} sectors: expected ${sectorsMin} to ${sectorsMax}`);
  }
  const universe = bigBang({ sectors, seed: options.seed, at: options.at });
  // The dice of the game must not repeat those of the creation.
  return createGalaxy(settings, universe, { began: options.at, dice: (options.seed ^ 0x5bd1e995) >>> 0 });
}
