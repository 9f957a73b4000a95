/** Bad lines in the middle of errands: whatever happens to the keys of a visit to the StarDock or to the computer, the books are right. */
import { expect, test } from "bun:test";
import { waysOf } from "../../src/games/tw2002/chart.ts";
import { fittings, type GearItem, outfitItems, pieces } from "../../src/games/tw2002/docks.ts";
import type { Fact } from "../../src/games/tw2002/facts.ts";
import type { Intent } from "../../src/games/tw2002/intents.ts";
import { learn } from "../../src/games/tw2002/learn.ts";
import { readPrompt } from "../../src/games/tw2002/prompts.ts";
import { hungUp, newWorld, type World } from "../../src/games/tw2002/world.ts";
import { restless } from "../../src/games/tw2002/strategies/explore.ts";
import type { Strategy } from "../../src/player/game.ts";
import { createArena, type Arena, type ArenaOptions, type Bot, type Piece } from "./arena.ts";
import { audit, troubles } from "./audit.ts";

/** Prompts of the shops, and of the computer's interrogation. */
const shopping = new Set([
  "portMenu",
  "stardock",
  "shop",
  "class0",
  "howMany",
  "holdsConfirm",
  "oneOff",
  "whichScanner",
  "whichDrive",
  "tradeIn",
  "readyToDeal",
  "stillInterested",
  "whichShip",
  "buyIt",
  "shipLock",
  "shipName",
  "howManyCredits",
]);
const asking = new Set(["cim", "cimFrom", "cimTo"]);

const mishaps: Record<string, (keys: string, cut: () => void) => readonly Piece[]> = {
  "are lost": () => [],
  "are lost but for the first": (keys) => [{ keys: keys.slice(0, 1), afterMs: 0 }],
  "are late": (keys) => [{ keys, afterMs: 3_000 }],
  "are held up for longer than the bot waits": (keys) => [{ keys, afterMs: 40_000 }],
  "never leave, since the line is cut": (_, cut) => (cut(), []),
  "arrive, and then the line is cut": (keys, cut) => (cut(), [{ keys, afterMs: 0 }]),
};

/** Where a bot's books and the host's differ in what errands change, and what it has more of than it ever set out for. */
function differences(arena: Arena, minds: ReadonlyMap<Bot, Mind>): string[] {
  const galaxy = arena.host.galaxyOf("A")!;
  return arena.bots.flatMap((bot) => {
    const { ship, credits, bank } = galaxy.byLogin.get(bot.name)!;
    const { world, wanted } = minds.get(bot)!;
    const gear = [...pieces, ...fittings].map((item) => {
      const theirs = ship.gear[item];
      const count = typeof theirs === "string" ? scanners.indexOf(theirs) : Number(theirs);
      return { item, count, ours: world.ship.gear.get(item) ?? 0 };
    });
    const rows: [string, unknown, unknown][] = [
      ["ship", world.ship.kind, ship.kind],
      ["holds", world.holds, ship.holds],
      ["fighters", world.fighters, ship.fighters],
      ["shields", world.shields, ship.shields],
      ["credits", world.credits, credits],
      ["bank", world.bank ?? 0, bank],
      ...gear.map(({ item, count, ours }): [string, unknown, unknown] => [item, ours, count]),
    ];
    return [
      ...rows.flatMap(([what, mine, host]) =>
        mine === host ? [] : [`${bot.name}: ${what} ${String(mine)}, the host says ${String(host)}`],
      ),
      ...gear.flatMap(({ item, count }) =>
        count <= (wanted[item] ?? 0)
          ? []
          : [`${bot.name} has ${count} ${item} and set out for ${wanted[item] ?? 0}`],
      ),
    ];
  });
}
/** By their grade. */
const scanners: readonly string[] = ["none", "density", "holo"];

/** What a bot has learned, told again to a world of our own; and the most that it ever set out for. */
interface Mind {
  readonly world: World;
  readonly wanted: { [G in GearItem]?: number };
}

const self = {
  name: "",
  password: "",
  gameLetter: "A",
  shipName: "",
  planetName: "",
  turnsMax: 0,
  reserveCredits: 0,
  maxHops: 6,
};

/** Each bot meets with the mishap once, each at another of its answers at these prompts, `step` apart. */
function play(
  where: ReadonlySet<string>,
  mishap: (keys: string, cut: () => void) => readonly Piece[],
  step: number,
  options: Pick<ArenaOptions, "bots" | "turns" | "strategy" | "strategies">,
) {
  const sends = new Map<Bot, number>();
  const minds = new Map<Bot, Mind>();
  let met = 0;
  const mindOf = (bot: Bot): Mind => {
    const known = minds.get(bot) ?? { world: newWorld(self), wanted: {} };
    minds.set(bot, known);
    return known;
  };
  const arena: Arena = createArena({
    seed: 31,
    sectors: 200,
    settings: { startCredits: 300_000 },
    self: { banking: { above: 20_000, keep: 5_000 } },
    answerTimeoutMs: 30_000,
    ...options,
    onSend(bot, keys) {
      const at = readPrompt(bot.open, bot.screen.at(-1) ?? "")?.type;
      if (at === undefined || !where.has(at) || bot.life.report().sectors_explored === 0) return true;
      const count = sends.get(bot) ?? 0;
      sends.set(bot, count + 1);
      if (count !== step * bot.index) return true;
      met++;
      return mishap(keys, () => arena.later(6, () => arena.cut(bot)));
    },
    onEffect(bot, effect) {
      const { world, wanted } = mindOf(bot);
      if (effect.type === "learned") learn(world, effect.fact as Fact, arena.now());
      if (effect.type === "dial") hungUp(world);
      if (effect.type !== "chose") return;
      const { errands } = effect.intent as Extract<Intent, { type: "dock" }>;
      for (const item of [...pieces, ...fittings])
        wanted[item] = Math.max(wanted[item] ?? 0, errands?.gear?.[item] ?? 0);
    },
  });
  arena.run(48 * 3_600_000);
  return { arena, met, minds };
}

for (const [what, mishap] of Object.entries(mishaps)) {
  test(`in the shops, each of a visit's answers by turn, keys that ${what}: all books agree`, () => {
    const { arena, met, minds } = play(shopping, mishap, 1, { bots: 24, turns: 80 });
    expect(met).toBeGreaterThan(18);
    expect(troubles(arena.bots)).toEqual([]);
    expect(differences(arena, minds)).toEqual([]);
    expect(audit(arena)).toEqual([]);
  });
}

/** To Terra, until its shop has sold what there is to be had; then anywhere. */
const outfit = { holds: 40, fighters: 100, shields: 20 };
const toTerra: Strategy<World, Intent> = (world, dice) => {
  if (!world.informed) return { intent: { type: "inform" }, why: "first of all" };
  if (outfitItems.every((item) => world[item] >= outfit[item])) return restless(world, dice);
  const there = world.sector === 1;
  return {
    intent: there ? { type: "outfit", outfit, keep: 0 } : { type: "travel", to: 1 },
    why: "for the shop",
  };
};

for (const [what, mishap] of Object.entries(mishaps)) {
  test(`at a class 0 port, each of a visit's answers by turn, keys that ${what}: all books agree`, () => {
    const { arena, met, minds } = play(shopping, mishap, 1, {
      bots: 9,
      turns: 30,
      strategy: "terra",
      strategies: { terra: toTerra },
    });
    expect(met).toBeGreaterThan(7);
    expect(troubles(arena.bots)).toEqual([]);
    expect(differences(arena, minds)).toEqual([]);
    expect(audit(arena)).toEqual([]);
    expect(
      [...minds.values()].filter(({ world }) => outfitItems.some((item) => world[item] !== outfit[item])),
    ).toEqual([]);
  });
}

for (const [what, mishap] of Object.entries(mishaps)) {
  test(`at the computer, an answer in three by turn, keys that ${what}: no way is believed that is none`, () => {
    const { arena, met, minds } = play(asking, mishap, 3, { bots: 12, turns: 12 });
    expect(met).toBe(12);
    expect(troubles(arena.bots)).toEqual([]);
    expect(differences(arena, minds)).toEqual([]);
    expect(audit(arena)).toEqual([]);
    const { sectors } = arena.host.galaxyOf("A")!;
    for (const { world } of minds.values()) {
      const known = sectors.map(({ warps }, index) => ({ warps, to: waysOf(world.chart, index + 1) }));
      expect(known.flatMap(({ to }) => to).length).toBeGreaterThan(200);
      expect(known.filter(({ warps, to }) => to.some((end) => !warps.includes(end)))).toEqual([]);
    }
  });
}
