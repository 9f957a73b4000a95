/**
 * What to do about danger, reckoned in credits: pay, fight or flee; what may be passed; how to get out of where dangers have shut
 * us in; whom to hunt; what to carry for defence. Pure functions of what is known.
 */
import { hasWay, isCharted, waysOf } from "./chart.ts";
import type { Danger } from "./dangers.ts";
import type { FighterMode } from "./facts.ts";
import type { Encounter } from "./encounters.ts";
import { firstStep, hopsTo, nth, reach } from "./paths.ts";
import type { Choice } from "./intents.ts";
import { tollPerFighter } from "./rules/combat.ts";
import { budget, type World } from "./world.ts";

export interface Reasoned<T> {
  readonly deed: T;
  readonly why: string;
}

/** Credits of a fighter, as class 0 ports sell them (recordings 06 and 12: 192 to 229), until a port has told. */
const fighterCredits = 210;
/** What the loss of a ship with its holds and cargo comes to at least: the price of a Merchant Cruiser. */
const shipCredits = 41_300;
/** What a turn is taken to earn, in credits: what it has earned so far, within these. */
const turnCredits = { least: 25, most: 500 };
/** Of the fighters sent out, this share at least finds its mark (seen: 70 of 100). */
const waveShare = 0.6;
/** An attack needs so many times what it will take. */
const superiority = 2;

/** Flights from one sector to the next without a command prompt between; more are a trap. */
const retreatsMax = 2;

/** Credits that a turn has earned so far. */
export function worthOfTurn({ credits, creditsStart, turnsExecuted }: Readonly<World>): number {
  const earned = turnsExecuted > 0 ? (credits - (creditsStart ?? credits)) / turnsExecuted : 0;
  return Math.min(turnCredits.most, Math.max(turnCredits.least, earned));
}

/** What fighters that take toll ask for a passage: seen, 500 credits of 100 fighters. */
export const tollOf = (fighters: number): number => fighters * tollPerFighter;

/** Fighters that need not be avoided: they let us pass for less than the way around is worth. */
export function bearable(
  world: Readonly<World>,
  { count, mode }: { readonly count: number; readonly mode: FighterMode },
): boolean {
  return mode === "Toll" && tollOf(count) <= Math.min(spare(world), wayBack(world));
}

/** Fighters that have to be sent out against so many, for none of them to be left. */
export const waveAgainst = (theirs: number): number => Math.ceil(theirs / waveShare);

/** Whether ours are too few to be sure of them. */
export const outnumbered = ({ ours, theirs }: Encounter): boolean => ours < superiority * waveAgainst(theirs);

/** At "Option?": the cheapest of paying, fighting and fleeing, as far as the numbers tell. */
export function meet(world: Readonly<World>, encounter: Encounter): Reasoned<"pay" | "attack" | "retreat"> {
  const { ours, theirs, toll, broke, price = tollOf(theirs) } = encounter;
  const pay = toll && !broke && price <= spare(world) ? price : Number.POSITIVE_INFINITY;
  const strong = !outnumbered(encounter);
  const attack = strong ? waveAgainst(theirs) * fighterCredits : Number.POSITIVE_INFINITY;
  const trapped = world.retreats >= retreatsMax;
  const around = confines(world, world.cameFrom) ? lifeInside(world) : wayBack(world);
  const retreat = trapped ? Number.POSITIVE_INFINITY : around + retreatRisk(world, encounter);
  if (pay <= attack && pay <= retreat && pay < Number.POSITIVE_INFINITY)
    return { deed: "pay", why: `a toll of ${price} is cheaper than going around` };
  if (attack < retreat)
    return { deed: "attack", why: `${ours} fighters against ${theirs}, and going around costs more` };
  // With nowhere to go, better odds than none.
  if (trapped && ours > theirs) return { deed: "attack", why: "every way out is barred" };
  return { deed: "retreat", why: `${theirs} fighters bar the way` };
}

/** What going back and around costs: the warp that led here and the one back, at least. */
const wayBack = (world: Readonly<World>): number => 2 * world.turnsPerWarp * worthOfTurn(world);

/** What it costs to stay in a place that there is no other way out of: turns that could have earned elsewhere. */
const lifeInside = (world: Readonly<World>): number => Math.min(200, budget(world)) * worthOfTurn(world);

/** A retreat costs some fighters, or may cost the ship where there are none to cover it. */
function retreatRisk({ shields }: Readonly<World>, { ours, theirs }: Encounter): number {
  if (ours > 0) return Math.ceil(theirs / 100) * fighterCredits;
  return shields > theirs / 20 ? 0 : shipCredits / 10;
}

const spare = ({ credits, self }: Readonly<World>): number => Math.max(0, credits - self.reserveCredits);

/** How many to send at "How many fighters": enough for those that bar the way, none when nobody was meant to be attacked. */
export function wave({ encounter }: Readonly<World>, most: number): number {
  if (!encounter) return 0;
  return Math.min(most, encounter.ours, Math.max(1, waveAgainst(encounter.theirs)));
}

// ---- shut in

/** A place with no more sectors than this, none of them unknown, is no place to live in. */
const roomMin = 12;

/** The sectors that can be reached from `from` without danger, nearest first, when they are hardly any; undefined where there is room. */
function confines({ chart, dangers }: Readonly<World>, from: number): readonly number[] | undefined {
  if (dangers.size === 0) return undefined;
  const inside = [from];
  for (const sector of inside) {
    // Where nobody has been there may be room enough.
    if (!isCharted(chart, sector)) return undefined;
    for (const to of waysOf(chart, sector)) {
      if (dangers.has(to) || inside.includes(to)) continue;
      if (inside.push(to) >= roomMin) return undefined;
    }
  }
  return inside;
}

/** What it is likely to cost to go into a dangerous sector and stay there, in credits. */
export function passage(world: Readonly<World>, { kind, count, mode }: Danger): number {
  const { fighters, shields } = world;
  switch (kind) {
    case "fighters": {
      const toll =
        mode === "Toll" && tollOf(count) <= spare(world) ? tollOf(count) : Number.POSITIVE_INFINITY;
      const wanted = waveAgainst(count);
      const strike =
        mode !== "Offensive" && fighters >= superiority * wanted ? wanted * fighterCredits : shipCredits;
      return Math.min(toll, mode === "Offensive" ? struck(world, count) : strike);
    }
    case "mines":
      // Half of them go off, each with some dozen points (recording 08: 125 points by 10 of 20).
      return struck(world, count * 6.5);
    case "debris":
      return struck(world, count) / 10;
    case "dense":
      return Math.min(shipCredits, Math.max(1, count) * fighterCredits);
    case "hunters":
    case "avoided":
      return fighters + shields > 0 ? shipCredits / 4 : shipCredits;
    default:
      return kind satisfies never;
  }
}

/** So many battle points: fighters and shields to be bought again, or a ship. */
const struck = ({ fighters, shields }: Readonly<World>, points: number): number =>
  points < fighters + shields ? points * fighterCredits : shipCredits;

/** The cheapest way out of a place that dangers have closed; undefined where there is room enough. */
export function breakOut(world: Readonly<World>): Choice | undefined {
  const { sector, dangers, chart } = world;
  const inside = confines(world, sector);
  if (!inside) return undefined;
  let best: { from: number; to: number; cost: number; danger: Danger } | undefined;
  for (const from of inside) {
    for (const to of waysOf(chart, from)) {
      const danger = dangers.get(to);
      if (!danger) continue;
      const cost = passage(world, danger);
      if (!best || cost < best.cost) best = { from, to, cost, danger };
    }
  }
  if (!best) return undefined;
  const why = `shut in: ${best.danger.count} ${best.danger.kind} in ${best.to} are the least of the evils`;
  const step = firstStep(reach(world, sector, roomMin), best.from);
  if (step !== undefined) return { intent: { type: "move", to: step }, why };
  const fought = best.danger.kind === "fighters" && best.danger.mode !== "Toll";
  return { intent: { type: fought ? "fight" : "move", to: best.to }, why };
}

// ---- hunting

export interface Prey {
  readonly sector: number;
  /** The neighbouring sector from which to go for them. */
  readonly from: number;
  readonly fighters: number;
  /** Experience that their end is worth. */
  readonly points: number;
}

/** Fighters destroyed for each point of experience (recording 08: 6 for 70). */
const fightersPerPoint = 12;
/** How far a hunt goes, in hops. */
const huntHopsMax = 8;

/**
 * The fighters to hunt for experience and alignment: those seen standing guard that ours clearly outnumber, the most points
 * for the turns there. Offensive ones strike first and are left alone. `only`: none but those in that sector.
 */
export function combatTarget(world: Readonly<World>, only?: number): Prey | undefined {
  const { dangers, fighters, sector } = world;
  const weak = [...dangers].filter(
    ([at, { kind, count, mode }]) =>
      (only === undefined || at === only) &&
      kind === "fighters" &&
      mode !== "Offensive" &&
      count >= fightersPerPoint &&
      superiority * waveAgainst(count) <= fighters,
  );
  if (weak.length === 0) return undefined;
  const places = new Map(weak);
  const around = reach(world, sector, huntHopsMax);
  let best: (Prey & { readonly worth: number }) | undefined;
  for (let at = 0; ; at++) {
    const from = nth(around, at);
    if (from === undefined) break;
    for (const to of waysOf(world.chart, from)) {
      const count = places.get(to)?.count;
      if (count === undefined) continue;
      // The nearest way there comes first.
      places.delete(to);
      const points = Math.floor(count / fightersPerPoint);
      const worth = points / (hopsTo(around, from) + 1);
      if (!best || worth > best.worth) best = { sector: to, from, fighters: count, points, worth };
    }
  }
  return best;
}

/** The next step of a hunt; for those in that sector, where one is said. */
export function hunt(world: Readonly<World>, only?: number): Choice | undefined {
  const prey = combatTarget(world, only);
  if (!prey) return undefined;
  const why = `hunting ${prey.fighters} fighters in ${prey.sector} for ${prey.points} points`;
  if (hasWay(world.chart, world.sector, prey.sector))
    return { intent: { type: "fight", to: prey.sector }, why };
  const to = firstStep(reach(world, world.sector, huntHopsMax), prey.from);
  return to === undefined ? undefined : { intent: { type: "move", to }, why };
}

// ---- safety

/** Fighters and shield points to have aboard. */
export interface Defence {
  readonly fighters: number;
  readonly shields: number;
}

/**
 * What hunters bring: a Ferrengi has at most 500 fighters (the game's editor) and keeps some at home; an alien in the
 * recording 08 had 144.
 */
const hunterFighters = 400;
/** Of what is carried, this share may go into defence. */
const defenceShare = 0.2;
/** For so long after shots were fired they count, in milliseconds. */
const shotsCountMs = 3 * 24 * 3_600_000;

/** Whether somebody flies about who falls upon traders. */
export const hunted = ({ ferrengi, shotAt, now }: Readonly<World>): boolean =>
  ferrengi || (shotAt > 0 && now - shotAt < shotsCountMs);

/**
 * Battle points worth having, shields first (they are cheaper and cost nothing to keep), for a ship that takes so many; none
 * where nobody hunts. A price is credits a piece.
 */
export function defenceWanted(
  world: Readonly<World>,
  ship: { readonly fightersMax: number; readonly shieldsMax: number },
  price: { readonly fighter: number; readonly shield: number },
): Defence {
  const { fighters, shields } = world;
  return hunted(world) ? defenceFor(world, ship, price) : { fighters, shields };
}

/** The same for whoever wants it whether or not somebody hunts. */
export function defenceFor(
  world: Readonly<World>,
  ship: { readonly fightersMax: number; readonly shieldsMax: number },
  price: { readonly fighter: number; readonly shield: number },
): Defence {
  const { fighters, shields } = world;
  const missing = Math.max(0, hunterFighters - fighters - shields);
  const money = spare(world) * defenceShare;
  const moreShields = Math.min(
    missing,
    Math.max(0, ship.shieldsMax - shields),
    Math.floor(money / price.shield),
  );
  const moreFighters = Math.min(
    missing - moreShields,
    Math.max(0, ship.fightersMax - fighters),
    Math.floor((money - moreShields * price.shield) / price.fighter),
  );
  return { fighters: fighters + moreFighters, shields: shields + moreShields };
}
