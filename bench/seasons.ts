/** One stretch of play in one galaxy, from new characters to their last turn, and what came of it. */
import type { Self } from "../src/player/game.ts";
import type { ShipKind } from "../src/games/tw2002/rules/ships.ts";
import { bigBang } from "../src/games/tw2002/host/universe/bigbang.ts";
import { createMind, mindMs, type MindName } from "../tests/doubles/minds.ts";
import { type ArenaOptions, createArena, settingsOf, startMs } from "../tests/sim/arena.ts";
import { type Floor, floor } from "./oracle/floor.ts";
import { oracle, type Question } from "./oracle/oracle.ts";
import type { Career } from "./oracle/career.ts";

export interface Season {
  readonly seed: number;
  readonly bots: number;
  readonly turns: number;
  readonly sectors: number;
  /** Another place to begin, and other luck, in the same galaxy; the seed's own unless said. */
  readonly luck?: number;
  readonly strategy?: string;
  /** Who advises: then the strategy is "ai". */
  readonly mind?: MindName;
  readonly self?: Partial<Self>;
}

/** How one bot came out. */
export interface Result {
  /** Credits in purse and bank by the host's books, less those it began with. */
  readonly earned: number;
  readonly trades: number;
  readonly attempts: number;
  readonly turns: number;
  readonly explored: number;
  readonly holds: number;
  readonly ship: ShipKind;
  /** Where the character began. */
  readonly start: number;
  /** Ships lost. */
  readonly lost: number;
  /** Ended as it should, and knew an answer to every prompt. */
  readonly well: boolean;
  /** What it says for itself, where it did not. */
  readonly trouble: string;
  /** Milliseconds in its line and its life. */
  readonly coreMs: number;
}

/** Virtual time that a turn may take in the mean: bots that still play then are unfinished. */
export const msPerTurnMax = 3600;
/** Virtual time for a whole season, however short; an hour's regrowth is a five-hundredth of a stock. */
const seasonMsMin = 3_600_000;
/** The most virtual time that a season of so many turns takes. */
export const seasonMs = (turns: number) => Math.max(seasonMsMin, turns * msPerTurnMax);

/** Plays it to the end, or until its time is up. */
export function playSeason(
  { seed, bots, turns, sectors, luck = seed, strategy, mind, self }: Season,
  watch: Pick<ArenaOptions, "onSend" | "onEffect" | "latencyMs" | "shared"> = {},
): readonly Result[] {
  const arena = createArena({
    seed,
    dice: luck,
    bots,
    turns,
    sectors,
    turnsPerDay: turns,
    ...(strategy === undefined ? {} : { strategy }),
    ...(self === undefined ? {} : { self }),
    ...(mind && { mind: { answer: answering(mind, luck, bots), afterMs: mindMs[mind] } }),
    ...watch,
    stopwatch: () => performance.now(),
  });
  arena.run(seasonMs(turns));
  const galaxy = arena.host.galaxyOf("A");
  if (!galaxy) throw new Error("The arena has no galaxy");
  const homes = new Map(
    [...galaxy.planets.values()].flatMap(({ owner, sector }) =>
      owner.type === "trader" ? [[owner.id, sector] as const] : [],
    ),
  );
  return arena.bots.map((bot): Result => {
    const report = bot.life.report();
    const trader = galaxy.byLogin.get(bot.name.toLowerCase());
    const well = bot.ended?.how === "completed" && bot.stuck.length === 0;
    return {
      earned: trader ? trader.credits + trader.bank - galaxy.settings.startCredits : 0,
      trades: report.trades_executed,
      attempts: report.trade_attempts,
      turns: trader?.turnsUsed ?? 0,
      explored: report.sectors_explored,
      holds: trader?.ship.holds ?? 0,
      ship: trader?.ship.kind ?? galaxy.settings.startShip,
      start: trader ? (homes.get(trader.id) ?? 1) : 1,
      lost: trader?.losses ?? 0,
      well,
      trouble: well ? "" : [bot.ended?.reason ?? `still at "${bot.open}"`, ...bot.stuck].join("; "),
      coreMs: bot.coreMs,
    };
  });
}

/** A mind of its own for each bot. */
function answering(name: MindName, seed: number, bots: number) {
  const minds = Array.from({ length: bots }, (_, index) => createMind(name, seed * 1000 + index));
  return (picture: string, index: number) => minds[index]!(picture);
}

/** What is asked of the oracle about one who began in that sector. */
const questionOf = ({ seed, turns, sectors }: Season, start: number): Question => ({
  universe: bigBang({ sectors, seed, at: startMs }),
  settings: settingsOf({ sectors, turnsPerDay: turns }),
  start,
  turns,
  at: startMs,
  forMs: seasonMs(turns),
});

/** The most that anyone could have earned who began in that sector. */
export const boundOf = (season: Season, start: number): Career => oracle(questionOf(season, start));

/** What one could have earned there who knew all numbers. `rate`: of the bound. */
export const floorOf = (season: Season, start: number, rate: number): Floor =>
  floor(questionOf(season, start), rate);
