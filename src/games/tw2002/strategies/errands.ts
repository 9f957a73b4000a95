/**
 * What is bought, and banked: a larger ship, holds, scanners, probes, and what the ship needs for its defence. One landing on the
 * StarDock costs a turn, whatever is done there, so all that is wanted is done at once.
 */
import { along } from "../courses.ts";
import type { GoalKind } from "../goals.ts";
import { aboard, atStarDock, type Errands, type Gear, type Outfit } from "../docks.ts";
import type { Choice, Intent } from "../intents.ts";
import { hopsTo, type Reach, wayTo } from "../paths.ts";
import { defenceFor, hunted } from "../policy.ts";
import { type ShipType, shipTypes } from "../rules/ships.ts";
import { bankInVain, shopsInVain } from "../vain.ts";
import { budget, horizon, type World } from "../world.ts";
import { filling, type Growth, growthOf } from "./growth.ts";
import type { Market } from "./market.ts";

/** Credits for a density scanner, with so many turns to use it in. */
const scannerPrice = 2_000;
const scannerTurns = 150;
/** Credits for a probe, and most that a ship carries. */
const probePrice = 3_000;
const probesMax = 25;
/** Sectors worth knowing, for each turn that is left; and those that a probe usually shows. */
const knownShare = 0.25;
const probeShows = 10;
/** Turns for which sectors are worth knowing: what lies further away in time will be seen on the way. */
const knownTurns = 1_500;
/** Probes that are worth a journey, turns that must be left for what they show, and how far it may be. */
const stockMin = 8;
const stockTurns = 300;
const stockHops = 25;
/** Probes aboard with which no more are wanted. */
const probesSpare = 2;
/** By so much a price may be higher than it was reckoned. */
const priceSlack = 2_000;
/** Credits of a fighter and a shield point until a port has told (recordings 06 and 12). */
const defencePrices = { fighter: 210, shield: 140 };
/** Missing points of defence that are worth a journey. */
const defenceMin = 150;

/**
 * The errand that is worth most now: growth, defence where somebody hunts, knowledge, the bank. `curiosity` is a factor on the sectors
 * that are worth knowing by probes.
 */
export function errand(
  world: Readonly<World>,
  here: Reach,
  market: Market,
  goal: GoalKind,
  curiosity = 1,
): Choice | undefined {
  return purchase(world, here, market, curiosity) ?? (goal === "banking" ? bank(world, here) : undefined);
}

/** What is worth buying, unless it was asked for in vain and nothing has changed since. */
function purchase(
  world: Readonly<World>,
  here: Reach,
  market: Market,
  curiosity: number,
): Choice | undefined {
  if (shopsInVain(world)) return undefined;
  const growth = growthOf(world, here, market);
  if (growth) return grow(world, here, growth, curiosity);
  return (hunted(world) ? arm(world, here) : undefined) ?? stockUp(world, here, curiosity);
}

/** To the place, or there: what was weighed is bought, with all else that is wanted. */
export function grow(
  world: Readonly<World>,
  here: Reach,
  { kind, holds, sector, price, gain }: Growth,
  curiosity = 1,
): Choice {
  const what = kind ? `a ${shipTypes[kind].name} with ${holds} holds` : `${holds} holds`;
  const cost =
    price > 0
      ? `for some ${Math.round(price)} credits`
      : `and ${Math.round(-price)} credits for the old ship`;
  const why = `${what} ${cost}: ${Math.round(gain)} more in the end`;
  return (
    goTo(world, here, sector, why) ?? {
      intent: visit(world, {
        spent: price,
        type: shipTypes[kind ?? world.ship.kind ?? "merchantCruiser"],
        isNew: kind !== undefined,
        holds,
        curiosity,
        ...(kind && { ship: { kind, most: Math.max(0, price + priceSlack) } }),
      }),
      why,
    }
  );
}

/** Fighters and shields for one who is hunted or looks for a fight, when much is missing. */
export function arm(world: Readonly<World>, here: Reach): Choice | undefined {
  const { stardock, fighters, shields, ship, holds } = world;
  const type = ship.kind && shipTypes[ship.kind];
  if (!type || stardock === undefined || shopsInVain(world)) return undefined;
  const wanted = defenceFor(world, type, world.market.outfit ?? defencePrices);
  const missing = wanted.fighters + wanted.shields - fighters - shields;
  if (missing < defenceMin || hopsTo(here, stardock) * world.turnsPerWarp > budget(world) / 10)
    return undefined;
  const why = `${missing} more fighters and shields${hunted(world) ? ", since somebody hunts here" : ""}`;
  return (
    goTo(world, here, stardock, why) ?? {
      intent: visit(world, { spent: 0, type, isNew: false, holds, isArmed: true }),
      why,
    }
  );
}

/** Probes are worth a journey of their own where little is known and much is left to earn. */
function stockUp(world: Readonly<World>, here: Reach, curiosity: number): Choice | undefined {
  if (horizon(world) < stockTurns || aboard(world, "probes") > probesSpare) return undefined;
  return probesFor(world, here, stockMin, curiosity);
}

/** The journey for probes, if so many at least are wanted and can be paid. */
export function probesFor(
  world: Readonly<World>,
  here: Reach,
  least: number,
  curiosity: number,
): Choice | undefined {
  const { stardock, ship, holds } = world;
  const type = ship.kind && shipTypes[ship.kind];
  const probes = Math.min(
    probesWanted(world, curiosity),
    Math.floor((world.credits - keepOf(world, holds)) / probePrice),
  );
  if (!type || stardock === undefined || probes < least || hopsTo(here, stardock) > stockHops)
    return undefined;
  const why = `${probes} probes, since only ${world.chart.seenCount} sectors are known`;
  return (
    goTo(world, here, stardock, why) ?? {
      intent: visit(world, { spent: 0, type, isNew: false, holds, curiosity }),
      why,
    }
  );
}

/** A density scanner, for a ship that takes one and has none. */
export function scannerFor(world: Readonly<World>, here: Reach): Choice | undefined {
  const { stardock, ship, holds, credits } = world;
  const type = ship.kind && shipTypes[ship.kind];
  if (!type?.longRangeScanner || stardock === undefined) return undefined;
  if (aboard(world, "scanner") > 0 || horizon(world) <= scannerTurns) return undefined;
  if (credits - keepOf(world, holds) <= scannerPrice || hopsTo(here, stardock) > stockHops) return undefined;
  const why = "a density scanner";
  return (
    goTo(world, here, stardock, why) ?? { intent: visit(world, { spent: 0, type, isNew: false, holds }), why }
  );
}

/** What is more than we need goes to the bank. */
export function bank(world: Readonly<World>, here: Reach): Choice | undefined {
  const { stardock, holds, ship } = world;
  if (bankInVain(world)) return undefined;
  const surplus = surplusOf(world, 0, holds);
  const type = ship.kind && shipTypes[ship.kind];
  if (!type || stardock === undefined || surplus <= 0 || hopsTo(here, stardock) === Number.POSITIVE_INFINITY)
    return undefined;
  const why = `${surplus} credits for the bank`;
  return (
    goTo(world, here, stardock, why) ?? { intent: visit(world, { spent: 0, type, isNew: false, holds }), why }
  );
}

/** The way there; undefined where we are there already. */
function goTo(world: Readonly<World>, here: Reach, sector: number, why: string): Choice | undefined {
  const intent = along(world, wayTo(here, sector));
  return intent && { intent, why: `to ${sector} for ${why}` };
}

interface Wanted {
  /** Credits that the ship and its holds will have taken. */
  readonly spent: number;
  readonly type: ShipType;
  readonly isNew: boolean;
  readonly holds: number;
  readonly ship?: Errands["ship"];
  /** Fighters and shields are wanted whether or not somebody hunts. */
  readonly isArmed?: boolean;
  readonly curiosity?: number;
}

/** Everything that is wanted, where we are. */
function visit(world: Readonly<World>, wanted: Wanted): Intent {
  const { spent, type, isNew, holds, ship, curiosity = 1 } = wanted;
  const keep = keepOf(world, holds);
  const outfit = outfitOf(world, wanted);
  if (!atStarDock(world)) return { type: "outfit", outfit, keep };
  let spare = world.credits - spent - keep;
  const gear: { -readonly [G in keyof Gear]: Gear[G] } = {};
  const blind = isNew || aboard(world, "scanner") === 0;
  if (type.longRangeScanner && blind && horizon(world) > scannerTurns && spare > scannerPrice) {
    gear.scanner = 1;
    spare -= scannerPrice;
  }
  const probes = Math.min(probesWanted(world, curiosity), Math.floor(spare / probePrice));
  if (probes > 0) {
    gear.probes = probes;
    spare -= probes * probePrice;
  }
  const deposit = surplusOf(world, world.credits - keep - spare, holds);
  const withdraw = Math.min(world.bank ?? 0, Math.max(0, spent + keep - world.credits));
  return {
    type: "dock",
    errands: {
      ...(withdraw > 0 && { withdraw }),
      ...(ship && { ship }),
      outfit,
      gear,
      ...(deposit > 0 && { deposit }),
    },
    keep,
  };
}

function outfitOf(world: Readonly<World>, { type, isNew, holds, isArmed }: Wanted): Outfit {
  if (!isArmed && !hunted(world)) return { holds };
  const bare = isNew ? { ...world, fighters: 0, shields: 0 } : world;
  return { holds, ...defenceFor(bare, type, world.market.outfit ?? defencePrices) };
}

/** Credits that stay in hand: the reserve, and what fills the holds. */
const keepOf = ({ self }: Readonly<World>, holds: number): number => self.reserveCredits + holds * filling;

/** Credits beyond what is wanted in hand, once they are worth the counter. */
function surplusOf(world: Readonly<World>, spent: number, holds: number): number {
  const { banking } = world.self;
  const left = world.credits - spent;
  return banking && left > banking.above
    ? Math.max(0, left - Math.max(banking.keep, keepOf(world, holds)))
    : 0;
}

const probesWanted = (world: Readonly<World>, curiosity: number): number =>
  Math.max(
    0,
    Math.min(
      probesMax,
      Math.ceil(
        (curiosity * knownShare * Math.min(knownTurns, horizon(world)) - world.chart.seenCount) / probeShows,
      ),
    ),
  );
