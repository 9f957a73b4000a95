import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hasWay, isCharted, isSeen, sectorsMax, waysOf } from "../../../src/games/tw2002/chart.ts";
import type { Fact } from "../../../src/games/tw2002/facts.ts";
import { contradictionsMax } from "../../../src/games/tw2002/lore.ts";
import { tw2002 } from "../../../src/games/tw2002/mod.ts";
import type { World } from "../../../src/games/tw2002/world.ts";
import { loreText, loreTextMaxChars, readLine } from "../../../src/proto/lore.ts";
import { goodsOf, goodsTold, portsTold } from "./strategies/worlds.ts";

const lore = tw2002.lore!;
const self = {
  name: "a",
  password: "b",
  gameLetter: "A",
  shipName: "c",
  planetName: "d",
  turnsMax: 0,
  reserveCredits: 0,
  maxHops: 6,
};
const now = Date.UTC(2026, 1, 2, 12);

/** A world in which others listen. */
function listening(age = 0): World {
  const world = tw2002.newWorld(self);
  lore.recall(world, String(age));
  return world;
}
const learn = (world: World, facts: readonly Fact[], atMs = now) => {
  for (const fact of facts) tw2002.learn(world, fact, atMs);
};
const display = (sector: number, to: number[], more: Fact[] = []): Fact[] => [
  { type: "sector", sector, region: "uncharted space", unexplored: false },
  ...more,
  { type: "warps", sector, to },
];
const allNews = (world: World) => {
  const texts: string[] = [];
  for (
    let text = lore.news(world, loreTextMaxChars);
    text !== undefined;
    text = lore.news(world, loreTextMaxChars)
  )
    texts.push(text);
  return texts;
};
const linesOf = (world: World) => allNews(world).flatMap((text) => text.split("\n").slice(1));
const stock = (trading: number, percent: number) => ({ trading, percent });
const docked = (sector: number, stocks: { trading: number; percent: number }[]): Fact[] => [
  { type: "at", sector },
  { type: "commerce", port: "Elsewhere", weekday: 1 },
  ...(["Fuel Ore", "Organics", "Equipment"] as const).map((product, index): Fact => ({
    type: "stock",
    product,
    side: index === 0 ? "selling" : "buying",
    ...stocks[index]!,
    onBoard: 0,
  })),
];
/** What of a world is the universe's and not the bot's. */
const universeOf = ({ chart, ports, dangers, stardock }: World) => ({
  ways: Array.from({ length: chart.top }, (_, index) => waysOf(chart, index + 1)),
  charted: Array.from({ length: chart.top }, (_, index) => isCharted(chart, index + 1)),
  seen: Array.from({ length: chart.top }, (_, index) => isSeen(chart, index + 1)),
  sectors: chart.sectors,
  ports: Object.fromEntries(
    Array.from(ports.values(), (port) => [
      port.sector,
      { portClass: port.portClass, goods: goodsTold(port) },
    ]),
  ),
  dangers: Object.fromEntries(dangers),
  stardock,
});

/** A world that has seen a bit of everything. */
function travelled(): World {
  const world = listening();
  learn(world, [
    { type: "universe", sectors: 500 },
    { type: "stardockAt", sector: 77 },
    ...display(5, [9, 6, 7], [{ type: "port", sector: 5, name: "Elsewhere", portClass: 3 }]),
    ...display(6, [5], [{ type: "mines", sector: 6, count: 12, kind: "Armid", owner: "somebody" }]),
    ...display(9, [5], [{ type: "port", sector: 9, name: "Sol", portClass: 0 }]),
    { type: "path", sectors: [5, 9, 300, 301] },
    ...docked(5, [stock(1200, 80), stock(900, 60), stock(88, 3)]),
  ]);
  const good = world.ports.get(5)!.good(0)!;
  good.struck = 2 ** 50 - 1 - 2 ** 30;
  good.least = good.most = 149;
  world.news.hidden.add(5);
  return world;
}

describe("what one bot has seen", () => {
  test("another knows once it has been told", () => {
    const [teller, hearer] = [travelled(), listening()];
    for (const text of allNews(teller)) lore.recall(hearer, text);
    expect(universeOf(hearer)).toEqual(universeOf(teller));
    expect(portsTold(hearer.ports).find(({ sector }) => sector === 5)).toMatchObject({
      portClass: 3,
      goods: [
        { side: "selling", trading: 1200, least: 149, most: 149, struck: 2 ** 50 - 1 - 2 ** 30 },
        {},
        {},
      ],
      stockAt: now,
    });
    expect(hearer.dangers.get(6)).toEqual({ kind: "mines", count: 12, at: now });
    expect(hearer.stardock).toBe(77);
    expect(hasWay(hearer.chart, 300, 301)).toBe(true);
    expect(isCharted(hearer.chart, 300)).toBe(false);
    expect(hearer.mapVersion).toBeGreaterThan(0);
  });

  test("is told once: neither again, nor back by who heard it", () => {
    const [teller, hearer] = [travelled(), listening()];
    for (const text of allNews(teller)) lore.recall(hearer, text);
    expect(linesOf(teller)).toEqual([]);
    expect(linesOf(hearer)).toEqual([]);
    learn(
      hearer,
      display(5, [6, 7, 9], [{ type: "port", sector: 5, name: "Elsewhere", portClass: 3 }]),
      now + 60_000,
    );
    expect(linesOf(hearer)).toEqual([]);
  });

  test("makes the same world in whatever order it is heard, and however often", () => {
    const lines = linesOf(travelled());
    expect(lines.length).toBeGreaterThan(7);
    const told = listening();
    lore.recall(told, loreText(0, lines));
    fc.assert(
      fc.property(fc.shuffledSubarray([...lines, ...lines], { minLength: 2 * lines.length }), (order) => {
        const world = listening();
        for (const line of order) lore.recall(world, loreText(0, [line]));
        expect(universeOf(world)).toEqual(universeOf(told));
      }),
      { numRuns: 50 },
    );
  });

  test("is told to nobody while nobody listens, and all of it to the first who does", () => {
    const world = tw2002.newWorld(self);
    learn(world, display(5, [6, 7]));
    expect(lore.news(world, loreTextMaxChars)).toBeUndefined();
    lore.recall(world, "4");
    expect(lore.news(world, loreTextMaxChars)).toMatch(/^4\nw5 [0-9a-z]+ 6,7\*$/);
  });

  test("goes out in texts that fit a message", () => {
    const world = listening();
    for (let sector = 1; sector <= 4000; sector++)
      learn(world, display(sector, [sector + 1, sector + 2, sector + 3]));
    const texts = allNews(world);
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(loreTextMaxChars);
      for (const line of text.split("\n").slice(1)) expect(readLine(line)).toBeDefined();
    }
    expect(texts.join("\n").split("\n").length).toBe(4000 + texts.length);
  });
});

describe("news of our own that nobody has heard yet", () => {
  test("is not undone by what others saw before", () => {
    const world = listening();
    learn(world, [
      ...display(5, [6, 7], [{ type: "port", sector: 5, name: "Elsewhere", portClass: 3 }]),
      ...docked(5, [stock(1200, 80), stock(900, 60), stock(88, 3)]),
    ]);
    const old = (now - 60_000).toString(36);
    lore.recall(
      world,
      loreText(0, [`w5 ${old} 8`, `p5 ${old} `, `g5 ${old} 3,1,9,9,1,9,9,1,9,9`, `d5 ${old} mines,9,`]),
    );
    expect(waysOf(world.chart, 5)).toEqual([6, 7]);
    expect(world.ports.get(5)?.good(0)?.trading).toBe(1200);
  });
});

test("a danger that we have just seen to be gone does not come back by what others saw before", () => {
  const world = listening();
  const mines = (afterMs: number) => loreText(0, [`d5 ${(now + afterMs).toString(36)} mines,9,`]);
  lore.recall(world, mines(0));
  expect(world.dangers.has(5)).toBe(true);
  learn(world, display(5, [6, 7]), now + 100);
  lore.recall(world, mines(50));
  expect(world.dangers.has(5)).toBe(false);
  expect(linesOf(world).some((line) => /^d5 [0-9a-z]+ $/.test(line))).toBe(true);
});

test("an older stock report changes nothing, a later one counts", () => {
  const world = listening();
  const at = (ms: number) => (now + ms).toString(36);
  lore.recall(world, loreText(0, [`g5 ${at(0)} 3,1200,140,151,900,100,300,88,75,300`]));
  lore.recall(world, loreText(0, [`g5 ${at(-1)} 3,1,140,151,2,100,300,3,75,300`]));
  expect(goodsOf(world.ports.get(5)!).map((good) => good?.trading)).toEqual([1200, 900, 88]);
  lore.recall(world, loreText(0, [`g5 ${at(1)} 3,500,140,151,2,100,300,3,75,300`]));
  expect(world.ports.get(5)?.good(0)).toMatchObject({ trading: 500, side: "selling" });
});

test("bounds are narrowed by each report; such as contradict the last one are of before the port was built up", () => {
  const world = listening();
  const bounds = () => {
    const { least, most } = world.ports.get(5)!.good(0)!;
    return [least, most];
  };
  const hear = (afterMs: number, low: number, high: number) =>
    lore.recall(
      world,
      loreText(0, [`g5 ${(now + afterMs).toString(36)} 3,500,${low},${high},2,100,300,3,75,300`]),
    );
  hear(0, 140, 151);
  hear(1, 145, 170);
  expect(bounds()).toEqual([145, 151]);
  hear(2, 200, 210);
  expect(bounds()).toEqual([200, 210]);
  hear(3, 5, 4);
  expect(bounds()).toEqual([200, 210]);
});

test("stock that others tell of does not reach us while we are docked there", () => {
  const world = listening();
  learn(world, [
    ...display(5, [6, 7], [{ type: "port", sector: 5, name: "Elsewhere", portClass: 3 }]),
    ...docked(5, [stock(1200, 80), stock(900, 60), stock(88, 3)]),
  ]);
  allNews(world);
  const later = loreText(0, [`g5 ${(now + 9).toString(36)} 3,7,140,151,2,100,300,3,75,300`]);
  lore.recall(world, later);
  expect(world.ports.get(5)?.good(0)?.trading).toBe(1200);
  learn(world, [{ type: "at", sector: 6 }]);
  lore.recall(world, later);
  expect(world.ports.get(5)?.good(0)?.trading).toBe(7);
});

test("claims of others are ports to leave alone, until they are free", () => {
  const world = listening();
  lore.claimed(world, ["5", "9", "nonsense", "99999"], []);
  expect([...world.taken]).toEqual([5, 9]);
  lore.claimed(world, ["6"], ["5"]);
  expect(world.taken).toEqual(new Set([6, 9]));
});

describe("a universe made anew", () => {
  test("is noticed when several sectors in a row lead elsewhere; the old one is forgotten and the age raised", () => {
    const [first, second] = [listening(2), listening(2)];
    for (let sector = 1; sector < 20; sector++) learn(first, display(sector, [sector + 1]));
    for (const text of allNews(first)) lore.recall(second, text);
    for (let sector = 1; sector < contradictionsMax; sector++) learn(first, display(sector, [sector + 7]));
    expect(first.chart.seenCount).toBe(19);
    learn(first, display(contradictionsMax, [contradictionsMax + 7]));
    expect(first.chart.seenCount).toBe(1);
    const [text] = allNews(first);
    expect(text).toMatch(/^3\nw3 [0-9a-z]+ 10\*$/);
    learn(second, display(19, [20]));
    lore.recall(second, text!);
    expect(second.chart.seenCount).toBe(1);
    expect(waysOf(second.chart, 3)).toEqual([10]);
    // Late news of the old one.
    lore.recall(second, loreText(2, [`w9 ${now.toString(36)} 10*`]));
    expect(second.chart.seenCount).toBe(1);
  });

  test("is not seen in a single sector that differs", () => {
    const world = listening();
    for (let sector = 1; sector < 20; sector++) learn(world, display(sector, [sector + 1]));
    for (let round = 0; round < 5; round++) {
      for (let sector = 1; sector < contradictionsMax; sector++)
        learn(world, display(sector, [sector + 7 + round]));
      learn(world, display(15, [16]));
    }
    expect(world.chart.seenCount).toBe(19);
  });
});

test("whatever is told, the world stays one that can be", () => {
  const value = fc.oneof(
    fc.stringMatching(/^[!-~]{0,60}$/),
    fc.array(fc.integer({ min: -5, max: 70_000 }), { maxLength: 9 }).map((counts) => counts.join()),
    fc.constantFrom(
      "*",
      "l1,2",
      "l70000",
      "x1f;x0",
      "x1fffffffffffff;x0;x3",
      "3,1,2,3,4,5,6,7,8,9",
      "3,5,6,7,5,6,7,5,6,7",
      "mines,9,",
      "mines,-1,Toll",
      "hunters,1e9,",
    ),
  );
  const line = fc
    .tuple(
      fc.constantFrom("w", "L", "p", "g", "H", "d", "u", "z"),
      fc.constantFrom("", "0", "5", "6", "30000", "30001", "5.5"),
      value,
    )
    .map(([letter, sector, text]) => `${letter}${sector} ${now.toString(36)} ${text}`);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.nat(3), (lines, age) => {
      const world = listening();
      lore.recall(world, loreText(age, lines));
      for (const port of world.ports.values()) {
        expect(port.sector).toBeWithin(1, sectorsMax + 1);
        expect(port.portClass).toBeWithin(0, 10);
        for (const good of goodsOf(port))
          if (good) {
            expect(good.trading).toBeWithin(0, 70_000);
            expect(Number.isSafeInteger(good.struck)).toBe(true);
            expect(good.least).toBeLessThanOrEqual(good.most);
          }
      }
      for (const { count } of world.dangers.values()) expect(count).toBeGreaterThanOrEqual(0);
      expect(world.chart.top).toBeLessThanOrEqual(sectorsMax);
      for (let sector = 1; sector <= 10; sector++)
        for (const to of waysOf(world.chart, sector)) expect(to).toBeWithin(1, sectorsMax + 1);
      expect(world.stardock ?? 1).toBeWithin(1, sectorsMax + 1);
    }),
    { numRuns: 300 },
  );
});
