import { expect, test } from "bun:test";
import { isCharted, waysOf } from "../../src/games/tw2002/chart.ts";
import { bigBang } from "../../src/games/tw2002/host/universe/bigbang.ts";
import { tw2002 } from "../../src/games/tw2002/mod.ts";
import { products } from "../../src/games/tw2002/rules/ports.ts";
import { isStruck } from "../../src/games/tw2002/struck.ts";
import { loreText, readLore } from "../../src/proto/lore.ts";
import { linkMessageMaxBytes } from "../../src/proto/orders.ts";
import { createArena, startMs } from "./arena.ts";
import { audit, mean, troubles } from "./audit.ts";

const seed = 11;
const sectors = 500;

function play(shared: boolean, bots = 8) {
  const told = new Map<string, string[]>();
  const arena = createArena({
    bots,
    seed,
    turns: 120,
    sectors,
    latencyMs: 40,
    shared,
    onEffect(bot, effect) {
      if (effect.type === "tell") told.set(bot.name, [...(told.get(bot.name) ?? []), effect.lore]);
    },
  });
  arena.run(3_600_000);
  const reports = arena.bots.map(({ life }) => life.report());
  return {
    arena,
    told,
    texts: [...told.values()].flat(),
    explored: mean(reports.map(({ sectors_explored }) => sectors_explored)),
    turns: reports.reduce((sum, { turns_executed }) => sum + turns_executed, 0),
  };
}
const together = play(true);

/** What somebody knows who was told all of it. */
function listener(texts: readonly string[]) {
  const world = tw2002.newWorld({
    name: "listener",
    password: "",
    gameLetter: "A",
    shipName: "",
    planetName: "",
    turnsMax: 0,
    reserveCredits: 0,
    maxHops: 6,
  });
  tw2002.lore!.recall(world, loreText(0, []));
  for (const text of texts) tw2002.lore!.recall(world, text);
  return world;
}
const truth = bigBang({ sectors, seed, at: startMs });

test("bots that share know what the others saw, play to the end with books in order, and twice the same", () => {
  const alone = play(false);
  expect(troubles(together.arena.bots)).toEqual([]);
  expect(audit(together.arena)).toEqual([]);
  expect(alone.told.size).toBe(0);
  expect(together.told.size).toBe(8);
  expect(together.explored).toBeGreaterThan(1.5 * alone.explored);
  // All that anybody saw, but what was seen after a bot's own end.
  expect(together.explored).toBeGreaterThan(0.9 * listener(together.texts).chart.seenCount);
  expect(play(true).arena.keyLog()).toBe(together.arena.keyLog());
}, 30_000);

test("what bots tell is little: a few pieces a turn, in messages that the link takes", () => {
  let pieces = 0;
  for (const text of together.texts) {
    expect(JSON.stringify({ type: "lore", lore: text }).length).toBeLessThan(linkMessageMaxBytes);
    expect(readLore(text, () => pieces++)?.dropped).toBe(0);
  }
  expect(pieces / together.turns).toBeLessThan(6);
});

test("what bots tell is true: ways, ports and their productivity are the universe's own", () => {
  const world = listener(together.texts);
  let charted = 0;
  for (let sector = 1; sector <= sectors; sector++) {
    const ways = waysOf(world.chart, sector);
    const warps = [...truth.sectors[sector - 1]!.warps].sort((a, b) => a - b);
    if (isCharted(world.chart, sector)) {
      charted++;
      expect(ways).toEqual(warps);
    } else expect(warps).toEqual(expect.arrayContaining([...ways]));
  }
  expect(charted).toBeGreaterThan(30);
  for (const known of world.ports.values()) {
    const port = truth.ports.get(known.sector)!;
    expect(port.portClass).toBe(known.portClass);
    for (const [index, { productivity }] of port.stocks.entries()) {
      const good = known.good(index);
      if (good) expect(productivity).toBeWithin(good.least, good.most + 1);
    }
  }
});

test("what a bot finds out of a port's character, it tells truly where nobody trades under its hands", () => {
  let bargained = 0;
  for (const port of listener(play(true, 1).texts).ports.values()) {
    for (const [index, product] of products.entries()) {
      const struck = port.good(index)?.struck ?? 0;
      if (struck > 0) bargained++;
      expect(isStruck(product, struck, truth.ports.get(port.sector)!.stocks[index]?.mcic ?? 0)).toBe(false);
    }
  }
  expect(bargained).toBeGreaterThan(2);
});
