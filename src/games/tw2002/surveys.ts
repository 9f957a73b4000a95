/**
 * Knowledge that costs no turns: the V screen, the computer's interrogation mode (CIM), courses, density scans. The words
 * that reader, world and skills share, and what is learned. Wording: the recordings 04, 08, 10 and 15.
 */
import { chartLane, chartWays, isSector, sizeUp } from "./chart.ts";
import { hinted, sighted } from "./hints.ts";
import { type PortClass, portClasses, type Side } from "./rules/ports.ts";
import { yieldAfter } from "./plots.ts";
import { reported } from "./trading.ts";
import type { World } from "./world.ts";

/** A neighbour on the density scanner. */
export interface Hint {
  /** Weight of everything there: rules/scanners.ts has what weighs how much. */
  readonly density: number;
  /** Ways out of it. */
  readonly warps: number;
  /** Debris, in per cent. */
  readonly navHaz: number;
  /** Somebody's limpets, or a cloaked ship. */
  readonly anomaly: boolean;
  /** ms since 1970. */
  readonly at: number;
}

/** What a port report of the CIM tells of one product. */
export interface Stock {
  readonly side: Side;
  readonly trading: number;
  readonly percent: number;
}

export type SurveyFact =
  | { readonly type: "universe"; readonly sectors: number }
  | { readonly type: "stardockAt"; readonly sector: number }
  | { readonly type: "gameDay"; readonly weekday: number }
  | { readonly type: "cimWarps"; readonly sector: number; readonly to: readonly number[] }
  | {
      readonly type: "cimPort";
      readonly sector: number;
      readonly stocks: readonly [Stock, Stock, Stock];
    }
  /** A question of the interrogation was asked. */
  | { readonly type: "cimTurn" }
  /** All that this trader has explored has been listed. */
  | { readonly type: "surveyed" }
  | { readonly type: "courseAsked"; readonly from: number; readonly to: number }
  | { readonly type: "noCourse"; readonly from: number; readonly to: number }
  | ({ readonly type: "density"; readonly sector: number } & Omit<Hint, "at">)
  | { readonly type: "noScanner" }
  | { readonly type: "probesAboard"; readonly count: number }
  | { readonly type: "probeSpent" };

export type SurveyPrompt =
  | { readonly type: "cim" }
  | { readonly type: "cimFrom" }
  | { readonly type: "cimTo" }
  | { readonly type: "cimSector" };

/** Takes in what was learned without going there. */
export function learnSurvey(world: World, fact: SurveyFact): void {
  const { chart } = world;
  switch (fact.type) {
    case "universe":
      sizeUp(chart, fact.sectors);
      return;
    case "stardockAt":
      if (isSector(fact.sector)) world.stardock = fact.sector;
      return;
    case "gameDay":
      world.weekday = fact.weekday;
      return;
    case "cimWarps":
      // The game lists what this trader has explored; when that was, it does not say.
      sighted(world, fact.sector, 0);
      if (chartWays(chart, fact.sector, fact.to)) world.mapVersion++;
      return;
    case "cimPort":
      return portReported(world, fact);
    case "cimTurn":
      world.visit.cimTurns++;
      return;
    case "surveyed":
      world.surveyed = true;
      world.sightedSince = 0;
      return;
    case "courseAsked":
      world.visit.courses++;
      world.coursesAsked++;
      world.coursesAt = world.now;
      // Until its answer shows better, it told nothing.
      world.courseYield = yieldAfter(world.courseYield, 0);
      return;
    case "noCourse":
      // Kept as a course that cannot be flown, so that nobody asks for it again at once.
      world.course = { hops: 0, sectors: [fact.from, fact.to] };
      return;
    case "density":
      return hinted(world, fact);
    case "probesAboard":
      world.ship.gear.set("probes", fact.count);
      return;
    case "probeSpent":
      world.ship.gear.set("probes", Math.max(0, (world.ship.gear.get("probes") ?? 0) - 1));
      return;
    case "noScanner":
      world.ship.gear.set("scanner", 0);
  }
}

/** The lanes of a course, however it was computed. */
export function learnPath(world: World, sectors: readonly number[]): void {
  let fresh = 0;
  for (let i = 1; i < sectors.length; i++) {
    if (chartLane(world.chart, sectors[i - 1]!, sectors[i]!)) fresh++;
  }
  if (fresh === 0) return;
  world.mapVersion++;
  if (world.visit.courses > 0) world.courseYield = yieldAfter(world.courseYield, fresh);
}

/** A port's class by what it does with each product. */
const classes = new Map(
  Object.entries(portClasses).map(([portClass, letters]): [string, PortClass] => [
    letters,
    Number(portClass) as PortClass,
  ]),
);

function portReported(world: World, { sector, stocks }: Extract<SurveyFact, { type: "cimPort" }>): void {
  const portClass = classes.get(stocks.map(({ side }) => (side === "buying" ? "B" : "S")).join(""));
  if (portClass === undefined || !isSector(sector)) return;
  let port = world.ports.get(sector);
  if (port?.portClass !== portClass) {
    port = world.ports.add(sector, portClass);
    world.news.ports.add(sector);
    world.mapVersion++;
  }
  const changed = stocks.some(({ trading }, index) => port.good(index)?.trading !== trading);
  for (const [index, stock] of stocks.entries()) reported(port, index, stock);
  port.stockAt = world.now;
  if (changed) world.news.stocks.add(sector);
}
