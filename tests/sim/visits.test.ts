/** Landings at the StarDock: each costs a turn, so none is made again that has changed nothing. */
import { expect, test } from "bun:test";
import type { Intent } from "../../src/games/tw2002/intents.ts";
import type { World } from "../../src/games/tw2002/world.ts";
import { opportunistic } from "../../src/games/tw2002/strategies/opportunistic.ts";
import type { Strategy } from "../../src/player/game.ts";
import { type Arena, type ArenaOptions, type Bot, createArena } from "./arena.ts";
import { creditsPerTurn } from "./audit.ts";

/** So much virtual time that a bot uses some five hundred turns. */
const forMs = 25_000;

/** Plays where turns are no object; with the landings of each bot, and how many of them changed nothing by the host's books. */
function play(options: Pick<ArenaOptions, "bots" | "seed" | "shared" | "strategy" | "strategies">) {
  const landings = new Map<Bot, { made: number; vain: number; before: string | undefined }>();
  const standing = ({ name }: Bot) => {
    const { credits, bank, ship } = arena.host.galaxyOf("A")!.byLogin.get(name)!;
    return JSON.stringify([credits, bank, ship.kind, ship.holds, ship.fighters, ship.shields, ship.gear]);
  };
  const arena: Arena = createArena({
    turns: 0,
    turnsPerDay: 65_000,
    ...options,
    onEffect(bot, effect) {
      if (effect.type !== "chose") return;
      const known = landings.get(bot) ?? { made: 0, vain: 0, before: undefined };
      landings.set(bot, known);
      if (known.before !== undefined && known.before === standing(bot)) known.vain++;
      const lands = effect.intent.type === "dock" || effect.intent.type === "outfit";
      if (lands) known.made++;
      known.before = lands ? standing(bot) : undefined;
    },
  });
  arena.run(forMs);
  return { arena, landings: [...landings.values()] };
}

for (const seed of [2, 5]) {
  test(`where turns are no object a lone bot grows and earns, and no landing of it is in vain, seed ${seed}`, () => {
    const { arena, landings } = play({ bots: 1, seed });
    expect(landings.map(({ vain }) => vain)).toEqual([0]);
    expect(landings[0]!.made).toBeGreaterThan(3);
    const [bot] = arena.bots;
    expect(bot!.life.report().ship).toBe("Merchant Freighter");
    expect(bot!.life.report().holds).toBeGreaterThan(60);
    expect(creditsPerTurn(bot!)).toBeGreaterThan(200);
  }, 20_000);
}

test("so it is for five who share a galaxy", () => {
  const { arena, landings } = play({ bots: 5, seed: 5, shared: true });
  expect(landings.map(({ vain }) => vain)).toEqual([0, 0, 0, 0, 0]);
  expect(Math.min(...arena.bots.map(creditsPerTurn))).toBeGreaterThan(150);
}, 20_000);

/** As ever, but with a hand on the purse that no shop's price can open. */
const tightFisted: Strategy<World, Intent> = (world, dice, goal) => {
  const choice = opportunistic(world, dice, goal);
  const { intent } = choice;
  return intent.type === "dock" || intent.type === "outfit"
    ? { ...choice, intent: { ...intent, keep: 1e9 } }
    : choice;
};

test("whatever keeps the shops from selling, the bot asks a few times as its purse grows, and trades on", () => {
  const { arena, landings } = play({
    bots: 1,
    seed: 2,
    strategy: "tightFisted",
    strategies: { tightFisted },
  });
  const [{ made, vain }] = landings as [(typeof landings)[0]];
  expect(made).toBeWithin(3, 30);
  expect(vain).toBeGreaterThan(made / 2);
  expect(creditsPerTurn(arena.bots[0]!)).toBeGreaterThan(50);
}, 20_000);
