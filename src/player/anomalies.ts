/**
 * What stands out in what a bot does, seen from choice to choice: for its operator, and as a reason to ask a model. Cheap enough for every bot: a few
 * sums for each choice, over the last of them.
 *
 * A gain is whatever makes a bot's goods and credits worth more between two choices. What it spends on its ship is no loss: spending is not
 * looked at.
 */

/** Choices that are looked back on. */
export const windowChoices = 24;
/** The same deed, or two in turn, so many times in so many turns; and so few sectors in so many turns and as many choices as the window has. */
export const repeatsMax = 12;
export const repeatsTurns = 6;
export const sectorsFew = 3;
export const sectorsTurns = 30;
/** Turns without a gain or a new sector. */
export const barrenTurns = 60;
/** Turns that got the bot nowhere, of late (older ones count less); and the turns of that. */
export const wastedTurns = 12;
const wastedHalfLife = 50;
/** Gains of late below this share of what they were for long; turns of either; and turns before which nothing can be told. */
export const fallingShare = 0.3;
const lateHalfLife = 40;
const longHalfLife = 200;
const fallingTurnsMin = 200;
/** A route dries up when, after so many gains in one sector, so many in a row are below this share of the usual one there. */
export const knownSteps = 3;
export const drySteps = 2;
export const dryShare = 0.3;
/** Sectors whose gains are kept in mind; the one that brought nothing for longest is forgotten. */
const routesMax = 32;
/** Each kind is told at most once in so many turns. */
export const tellTurns = 200;

export const anomalyNames = [
  "repeating actions",
  "repeating sectors",
  "no progress",
  "wasted turns",
  "falling profit",
  "route drying up",
] as const;
export type AnomalyName = (typeof anomalyNames)[number];

export interface Anomaly {
  readonly name: AnomalyName;
  /** For people. */
  readonly text: string;
}

/** How the bot stands when it is about to choose. */
export interface Seen {
  readonly turns: number;
  /** Credits and goods, in credits. */
  readonly worth: number;
  readonly sector: number;
  /** Sectors that it knows. */
  readonly explored: number;
  /** Since the last choice it has got somewhere. */
  readonly moved: boolean;
  /** What it did last, in the game's words. */
  readonly doing: string;
}

export interface Anomalies {
  /** Looked at before each choice: what stands out now, and has not been told of late. */
  look(seen: Seen): readonly Anomaly[];
}

/** Gains in one sector: how many, what they came to, and how many in a row were low since. */
interface Route {
  readonly times: number;
  readonly sum: number;
  readonly low: number;
}

/** Nothing seen yet. */
export function createAnomalies(): Anomalies {
  const window: { readonly turns: number; readonly sector: number; readonly doing: string }[] = [];
  const told = new Map<AnomalyName, number>();
  const routes = new Map<number, Route>();
  let last: Seen | undefined;
  let fruitfulAt = 0;
  let wasted = 0;
  let late = 0;
  let long = 0;
  let began: number | undefined;

  function look(seen: Seen): readonly Anomaly[] {
    const { turns, worth, sector, explored, moved, doing } = seen;
    began ??= turns;
    const used = turns - (last?.turns ?? turns);
    // What comes with no turn was there before: the bot has only been told.
    const gain = used > 0 ? Math.max(0, worth - (last?.worth ?? worth)) : 0;
    const isFruitful = gain > 0 || explored > (last?.explored ?? 0);
    last = seen;
    if (isFruitful) {
      fruitfulAt = turns;
      window.length = 0;
    }
    window.push({ turns, sector, doing });
    if (window.length > windowChoices) window.shift();
    wasted = faded(wasted, used, wastedHalfLife) + (moved ? 0 : used);
    late = faded(late, used, lateHalfLife) + gain;
    long = faded(long, used, longHalfLife) + gain;
    const found = [
      repeated(window),
      dwelt(window),
      turns - fruitfulAt >= barrenTurns &&
        anomaly("no progress", `no gain and no new sector for ${turns - fruitfulAt} turns`),
      wasted >= wastedTurns &&
        anomaly("wasted turns", `some ${Math.round(wasted)} turns of late got it nowhere`),
      turns - began >= fallingTurnsMin && fallen(late / lateHalfLife, long / longHalfLife),
      gain > 0 && dried(routes, sector, gain),
    ];
    return found.filter((one) => one && isNews(one, turns)) as Anomaly[];
  }

  function isNews({ name }: Anomaly, turns: number): boolean {
    const before = told.get(name);
    if (before !== undefined && turns - before < tellTurns) return false;
    told.set(name, turns);
    return true;
  }

  return { look };
}

const anomaly = (name: AnomalyName, text: string): Anomaly => ({ name, text });
const faded = (sum: number, turns: number, halfLife: number): number => sum * 0.5 ** (turns / halfLife);

type Window = readonly { readonly turns: number; readonly sector: number; readonly doing: string }[];

function repeated(window: Window): Anomaly | undefined {
  const latest = window.slice(-repeatsMax);
  const of = new Set(latest.map(({ doing }) => doing));
  if (latest.length < repeatsMax || of.size > 2) return undefined;
  // What takes no turns, such as asking the computer for one course after the other, may well be done often.
  if (latest[repeatsMax - 1]!.turns - latest[0]!.turns < repeatsTurns) return undefined;
  return anomaly("repeating actions", `${repeatsMax} times ${[...of].join(" and ")}, to no gain`);
}

function dwelt(window: Window): Anomaly | undefined {
  const turns = window[window.length - 1]!.turns - window[0]!.turns;
  if (window.length < windowChoices || turns < sectorsTurns) return undefined;
  const of = new Set(window.map(({ sector }) => sector));
  if (of.size > sectorsFew) return undefined;
  return anomaly("repeating sectors", `${turns} turns in sectors ${[...of].join(", ")}, to no gain`);
}

function fallen(late: number, long: number): Anomaly | undefined {
  if (late >= fallingShare * long || long < 1) return undefined;
  return anomaly(
    "falling profit",
    `some ${Math.round(late)} credits a turn of late, after ${Math.round(long)} before`,
  );
}

function dried(routes: Map<number, Route>, sector: number, gain: number): Anomaly | undefined {
  const { times, sum, low } = routes.get(sector) ?? { times: 0, sum: 0, low: 0 };
  // Last in the order of the map is what brought something last.
  routes.delete(sector);
  const usual = sum / Math.max(1, times);
  const isLow = times >= knownSteps && gain < dryShare * usual;
  if (isLow && low + 1 >= drySteps)
    return anomaly(
      "route drying up",
      `${Math.round(gain)} credits in sector ${sector}, where ${Math.round(usual)} were usual`,
    );
  routes.set(sector, isLow ? { times, sum, low: low + 1 } : { times: times + 1, sum: sum + gain, low: 0 });
  if (routes.size > routesMax) routes.delete(routes.keys().next().value!);
  return undefined;
}
