/** What a model is shown of one bot's game: small, typed, in the words of instructions.ts, and of what others wrote nothing but quoted words. */
import type { PictureAbout } from "../../../player/game.ts";
import { waysMax } from "../chart.ts";
import { aboard } from "../docks.ts";
import { goalKind } from "../goals.ts";
import { shortened } from "../heard.ts";
import { hopsTo, nth, type Reach, reachHere } from "../paths.ts";
import { hunted } from "../policy.ts";
import { shipTypes } from "../rules/ships.ts";
import { frontierOf } from "../strategies/explore.ts";
import { type Growth, growthNow, growthOf } from "../strategies/growth.ts";
import type { Market } from "../strategies/market.ts";
import { weighAll } from "../strategies/opportunistic.ts";
import { bestPatches, disjoint, type Patch, roundsOf } from "../strategies/patches.ts";
import { bestCall } from "../strategies/calls.ts";
import { budget, toSpend, type World } from "../world.ts";

/** Of each kind so many are shown, the best or nearest first. */
const callsShown = 4;
const pairsShown = 6;
const dangersShown = 6;
/** Ports that are weighed one by one for the calls shown: the nearest. */
const callsWeighed = 12;
/** Earlier plans and reasons to ask that are told, the last of them, and characters of each. */
const historyShown = { lines: 6, chars: 160 };
const reasonsShown = { lines: 5, chars: 60 };
const planChars = 80;
const goalChars = 200;
/** A pair's rounds are counted up to this share of what the first one earns a turn. */
const roundWorth = 0.5;

const whole = Math.round;

/** The picture; undefined before Info has told what the bot is and has. */
export function picture(world: Readonly<World>, about: PictureAbout): string | undefined {
  if (!world.informed) return undefined;
  const here = reachHere(world);
  const view = weighAll(world, here, 1);
  const { market, prospect, turnWorth, turnPrice, best } = view;
  const left = budget(world);
  return JSON.stringify({
    goal: shortened(about.goal, goalChars),
    goal_kind: goalKind(about.goal),
    asked_because: linesOf(about.reasons, reasonsShown),
    turns: {
      left: Number.isFinite(left) ? left : null,
      used: world.turnsExecuted,
      per_warp: world.turnsPerWarp,
    },
    sector: world.sector,
    credits: world.credits,
    may_spend: toSpend(world),
    ...(world.bank !== undefined && { bank: world.bank }),
    experience: world.experience,
    ship: shipOf(world),
    turn_is_worth: { known_pairs: whole(turnWorth), unknown_space: whole(prospect) },
    earned_per_turn_lately: whole(about.rate),
    best_next_call: best && { port: best.port.sector, hops: best.hops, value: whole(best.value) },
    calls: callsOf(world, here, market, turnPrice),
    pairs: pairsOf(world, here, market),
    map: mapOf(world, here),
    upgrades: upgradesOf(world, here, market),
    dangers: dangersOf(world, here),
    hunted: hunted(world),
    ports_taken_by_others: world.taken.size,
    ...(about.plan !== undefined && { plan: shortened(about.plan, planChars) }),
    history: linesOf(about.history, historyShown),
    heard: world.heard,
  });
}

const linesOf = (lines: readonly string[], most: { readonly lines: number; readonly chars: number }) =>
  lines.slice(-most.lines).map((line) => shortened(line, most.chars));

function shipOf(world: Readonly<World>) {
  const { ship, holds, empty, cargo, fighters, shields } = world;
  return {
    kind: ship.kind ? shipTypes[ship.kind].name : null,
    holds,
    empty,
    cargo: [...cargo],
    fighters,
    shields,
    probes: aboard(world, "probes"),
    scanner: aboard(world, "scanner") > 0,
  };
}

/** Calls at the nearest ports, the best first: what a tour that begins there brings beyond the worth of its turns. */
function callsOf(world: Readonly<World>, here: Reach, market: Market, turnPrice: number) {
  return market.ports
    .slice(0, callsWeighed)
    .flatMap((port) => bestCall(world, here, market, turnPrice, port) ?? [])
    .sort((a, b) => b.value - a.value)
    .slice(0, callsShown)
    .map(({ port, hops, value, onward }) => ({
      port: port.sector,
      hops,
      value: whole(value),
      ...(onward && { onward: onward.sector }),
    }));
}

/** Pairs of ports to be worked there and back, the best first. */
function pairsOf(world: Readonly<World>, here: Reach, market: Market) {
  const trader = {
    holds: world.holds,
    turnsPerWarp: world.turnsPerWarp,
    credits: toSpend(world),
    turns: Math.min(budget(world), pairTurns),
  };
  return disjoint(bestPatches(market, trader))
    .slice(0, pairsShown)
    .map((patch) => pairOf(here, market, patch, roundsOf(market, [patch], trader)));
}
/** Turns for which a pair's rounds are reckoned. */
const pairTurns = 500;

function pairOf(
  here: Reach,
  { ports, hops }: Market,
  { from, to, rate }: Patch,
  rounds: readonly { readonly profit: number; readonly turns: number }[],
) {
  const a = ports[from]!.sector;
  const b = ports[to]!.sector;
  return {
    ports: [a, b],
    hops_between: hops[from * ports.length + to],
    hops_away: Math.min(hopsTo(here, a), hopsTo(here, b)),
    credits_per_turn: whole(rate),
    good_rounds: rounds.filter(({ profit, turns }) => profit / turns > roundWorth * rate).length,
  };
}

function mapOf(world: Readonly<World>, here: Reach) {
  const { chart, ports, stardock } = world;
  const [nearest] = frontierOf(world, here);
  return {
    sectors: chart.sectors || null,
    seen: chart.seenCount,
    ports: ports.size,
    ...(nearest !== undefined && { unseen: { sector: nearest, hops: hopsTo(here, nearest) } }),
    ...(stardock !== undefined && { stardock: { sector: stardock, hops: reachable(here, stardock) } }),
  };
}

const reachable = (here: Reach, sector: number) => {
  const hops = hopsTo(here, sector);
  return Number.isFinite(hops) ? hops : null;
};

/** What could be bought: what the rules are going for now, and the ship and the holds that pay off if they are bought at once. */
function upgradesOf(world: Readonly<World>, here: Reach, market: Market) {
  const told = (growth: Growth | undefined) =>
    growth && {
      ...(growth.kind && { ship: shipTypes[growth.kind].name }),
      holds: growth.holds,
      price: whole(growth.price),
      gain: whole(growth.gain),
      hops: growth.hops,
    };
  return {
    rules_want: told(growthOf(world, here, market)) ?? null,
    ship: told(growthNow(world, here, market, "ship")) ?? null,
    holds: told(growthNow(world, here, market, "holds")) ?? null,
  };
}

/** Dangerous sectors, the nearest first; a danger is next to where its neighbours are. */
function dangersOf({ dangers, chart }: Readonly<World>, here: Reach) {
  if (dangers.size === 0) return [];
  const near: { sector: number; kind: string; count: number; mode?: string; hops: number }[] = [];
  const told = new Set<number>();
  for (let at = 0; ; at++) {
    const sector = nth(here, at);
    if (sector === undefined) break;
    const start = sector * waysMax;
    for (let way = start; way < start + (chart.degrees[sector] ?? 0); way++) {
      const to = chart.out[way]!;
      const danger = dangers.get(to);
      if (!danger || told.has(to)) continue;
      told.add(to);
      const { kind, count, mode } = danger;
      near.push({ sector: to, kind, count, ...(mode && { mode }), hops: hopsTo(here, sector) + 1 });
      if (near.length === dangersShown) return near;
    }
  }
  return near;
}
