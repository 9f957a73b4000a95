/**
 * The most that a new character can have earned after so many turns, by one who knows the whole galaxy: an upper bound.
 *
 * Counted is what trading at ports brings, less what ships and holds cost, by one who lives on: a ship that is kept counts nothing,
 * an old ship pays towards a better one, and what a yard pays on a lesser one, as at the end of a career, is left out.
 * Not counted: planets, crime, fights, bounties, interest, TransWarp. How it bounds:
 *
 * - Each hold trades for itself (worth.ts): units are bought, carried over true distances and sold, at prices that fall with
 *   each lot as the game reckons them, until the circulation of all holds has used up the ship's time. Holds may be in
 *   many places at once and their loads as mixed as they like; nothing is lost to a load that is not full.
 * - Prices are those of the mean deal of a haggler who knows all hidden numbers (truth.ts). Luck can lift a single deal
 *   above it, so the bound is one of means: over hundreds of deals luck is well below one per cent.
 * - Experience grows as if each call were three deals, all of them "great", at a port found just then, and every way a single hop. Turns
 *   spent on experience alone are tried, too.
 * - Ships and holds (career.ts, growth.ts) are bought as soon as the most that can have been earned would pay for them. Numbers of holds
 *   are taken together in small ranges: paid is the least of a range, each purchase from least to least, so that
 *   all purchases together cost no more than they truly do. Left out are only ships that another one beats with any number of holds.
 *   A call at a shop costs the holds at least what the way there and back costs by the same prices.
 *
 * Overlooked, and so in the bound's favour: that 300 credits fill few holds at first, that a ship is in one place at a time, that
 * ports far from each other are not reached at once. What can be had for certain says floor.ts.
 */
import { outfitPrices } from "../../src/games/tw2002/rules/equipment.ts";
import { shipTypes } from "../../src/games/tw2002/rules/ships.ts";
import { dayMs } from "../../src/games/tw2002/rules/time.ts";
import { dockingTurns } from "../../src/games/tw2002/rules/turns.ts";
import type { Universe } from "../../src/games/tw2002/host/galaxy.ts";
import type { GameSettings } from "../../src/games/tw2002/host/settings.ts";
import { gameMoment, weekday } from "../../src/games/tw2002/host/text/figures.ts";
import { type Career, career, type Shop, type Tariff } from "./career.ts";
import { outfitsFrom, powerMost } from "./growth.ts";
import { type Place, placeOf, stayAt, turnedRound } from "./shops.ts";
import { hopsFrom, siteOf } from "./truth.ts";
import { createPricer, linesOf, lots, type Market, marketOf, type Prices, surplus } from "./worth.ts";

/** What is asked: a galaxy before anyone has come, where the character begins, and its turns. */
export interface Question {
  readonly universe: Universe;
  readonly settings: GameSettings;
  readonly start: number;
  readonly turns: number;
  /** Ms since 1970 when the season begins, and how long it lasts: for prices that drift and what grows back. */
  readonly at: number;
  readonly forMs: number;
}

/** Experience at which nothing is left to gain, and the penalty at none, in credits a unit. */
const pointsEnough = 1000;
const penaltyMax = 10;
/** Credits for a hold's turn at which prices are sought: from more than anything pays, each so much less than the one before. */
const rateMax = 30;
const rateStep = 0.92;
const ratesMax = 60;
/** How much less a turn is worth for each credit of penalty: near half, as four turns of a hold go with a purchase and a sale. */
const relief = 0.48;
/**
 * Turns spent on experience alone: the ends of the spans that are tried, the last beyond what it takes. Of a span as many are
 * given as at its beginning and as much is learned as by its end, so they are narrow where it pays most.
 */
const studySpans = [0, 2, 6, 14, 30, 64, 168];
/** Points for three deals, the most that a turn at a port can bring. */
const pointsPerStudy = 6;

/** Credits that can be earned at the most, beyond those one begins with. */
export function oracle(question: Question): Career {
  const { universe, settings, turns, at, forMs } = question;
  const day = weekday(at, settings.yearsAhead);
  const sites = [...universe.ports.values()].flatMap((port) =>
    port.portClass > 0 ? [siteOf(port, day)] : [],
  );
  const market = marketOf(universe.sectors, sites);
  // Holds get dearer or cheaper with the hours: the cheaper end of the season will do.
  const ends = [at, at + forMs].map((moment) => outfitPrices(gameMoment(moment, settings.yearsAhead)));
  const prices = ends.reduce((a, b) => (b.hold < a.hold ? b : a));
  const outfits = outfitsFrom(settings.startShip, settings.startHolds, prices);
  const { start, shops } = placesOf(question, market);
  const tariffs = tariffsOf(
    market,
    start,
    shops,
    (settings.regrowth * forMs) / dayMs,
    powerMost(outfits) * turns,
  );
  const tried = studySpans.slice(1).map((studied, span) =>
    career(tariffs, outfits, shops, {
      prices,
      turns: turns - studySpans[span]!,
      experience: Math.min(1, (studied * pointsPerStudy) / pointsEnough),
      credits: settings.startCredits,
    }),
  );
  return tried.reduce((a, b) => (b.earned > a.earned ? b : a));
}

function placesOf({ universe, settings, start }: Question, market: Market): { start: Place; shops: Shop[] } {
  const { sectors } = universe;
  const back = turnedRound(sectors);
  const hops = hopsFrom(sectors, start);
  const { turnsPerWarp } = shipTypes[settings.startShip];
  const shops = [...universe.ports.values()].filter(({ portClass }) => portClass === 0 || portClass === 9);
  return {
    start: placeOf(sectors, back, market, start),
    shops: shops.map(({ sector, portClass }) => ({
      place: placeOf(sectors, back, market, sector),
      sellsShips: portClass === 9,
      after: hops[sector - 1]! * turnsPerWarp + dockingTurns,
      hopsToNext: Math.min(
        ...shops.map((other) =>
          other.sector === sector ? Infinity : hopsFrom(sectors, sector)[other.sector - 1]!,
        ),
      ),
    })),
  };
}

/** Tariffs from the dearest time down to where all holds together would not use up theirs. */
function tariffsOf(
  market: Market,
  start: Place,
  shops: readonly Shop[],
  regrowth: number,
  holdTurnsMax: number,
): Tariff[] {
  const price = createPricer(market);
  const lines = linesOf(market);
  const late: Prices[] = [];
  for (let rate = rateMax; late.length < ratesMax; rate *= rateStep) {
    const prices = price(rate, 0);
    late.push(prices);
    if (prices.holdTurns > holdTurnsMax) break;
  }
  return late.flatMap((end): Tariff[] => {
    if (end.rate <= relief * penaltyMax) return [];
    const begin = price(end.rate - relief * penaltyMax, penaltyMax);
    const stocks = lots.map((lot) =>
      lines.reduce(
        (sum, line, index) =>
          sum + surplus(line, Math.max(begin.gains[index]!, end.gains[index]!), lot, regrowth),
        0,
      ),
    );
    const drift = driftOf(begin, end);
    const raised = (place: Place) => {
      const { leaving, coming, loss } = stayAt(market, begin, place);
      return { leaving: leaving + drift, coming: coming + drift, loss };
    };
    return [
      {
        rate: end.rate,
        rateAtFirst: begin.rate,
        stocks,
        start: raised(start).leaving,
        end: Math.min(...end.empty),
        shops: shops.map(({ place }) => [stayAt(market, end, place), raised(place)]),
      },
    ];
  });
}

/** What the first prices must be raised by, that no hold be worth more by the last ones, wherever it is: else it would earn by waiting. */
function driftOf(begin: Prices, end: Prices): number {
  let drift = Number.NEGATIVE_INFINITY;
  for (const [site, worth] of end.empty.entries()) drift = Math.max(drift, worth - begin.empty[site]!);
  for (const [line, worth] of end.laden.entries()) drift = Math.max(drift, worth - begin.laden[line]!);
  return drift;
}
