import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Piecemeal } from "../../../src/games/tw2002/atlas-map.ts";
import { createAtlas, neighboursMax } from "../../../src/games/tw2002/atlas.ts";
import { MapKnown } from "../../../src/proto/operations/atlas.ts";
import { noPort } from "../../../src/proto/map-fold.ts";
import { loreText } from "../../../src/proto/lore.ts";

const now = Date.UTC(2026, 1, 2, 12);
const at = now.toString(36);
const carrier = { holds: 50, turnsPerWarp: 3, maxHops: 4 };

/** All routes, however many pieces they come in. */
function all<T>(work: Piecemeal<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
/** An atlas of these lines; each is a key and a value. */
function atlasOf(...lines: readonly string[]) {
  const atlas = createAtlas();
  const pieces = lines.map((line) => line.replace(" ", ` ${at} `));
  atlas.recall(loreText(0, pieces), now);
  return atlas;
}
/** A chain 1-2-3-4, two ports that suit each other in 2 and 3, the StarDock in 4. */
const chain = [
  "u 1000,4",
  "w1 2*",
  "w2 1,3*",
  "w3 2,4*",
  "w4 3",
  "p2 1",
  "g2 1,2000,200,200,1500,150,150,1000,100,100",
  "p3 4",
  "g3 4,2500,250,250,800,160,160,1000,100,100",
  "L7 l8",
];

describe("a sector", () => {
  test("is told with its ways, its port and what trading there brings", () => {
    const told = atlasOf(...chain).sector(2);
    expect(told).toMatchObject({ sector: 2, seen: true, warps: [1, 3], charted: true, fed_space: true });
    expect(told.stardock).toBe(false);
    expect(told.port).toMatchObject({ class: 1, code: "BBS", seen_at: now });
    const [ore, organics, equipment] = told.port!.goods;
    expect(ore).toMatchObject({ product: "Fuel Ore", side: "buys", trading: 2000, percent: 100 });
    expect(organics).toMatchObject({ product: "Organics", side: "buys", trading: 1500, percent: 100 });
    expect(equipment).toMatchObject({ product: "Equipment", side: "sells", trading: 1000 });
    // A port that sells is cheaper than its base price, one that buys dearer (docs/port-prices.md).
    expect(equipment!.price).toBeLessThan(90);
    expect(ore!.price).toBeGreaterThan(25);
  });
  test("that was only heard of is told as far as it is known", () => {
    const atlas = atlasOf(...chain);
    expect(atlas.sector(4)).toMatchObject({ seen: false, charted: true, stardock: true, fed_space: true });
    expect(atlas.sector(7)).toMatchObject({ seen: false, charted: false, warps: [8], fed_space: true });
    expect(atlas.sector(999)).toEqual({
      sector: 999,
      seen: false,
      warps: [],
      charted: false,
      fed_space: false,
      stardock: false,
    });
  });
  test("that is dangerous says why, until the danger has faded", () => {
    const atlas = atlasOf(...chain, "d3 fighters,500,Toll");
    expect(atlas.sector(3).danger).toEqual({ kind: "fighters", count: 500, at: now, mode: "Toll" });
    atlas.recall("0", now + 13 * 3_600_000);
    expect(atlas.sector(3).danger).toBeUndefined();
  });
  test("of a port where nobody has docked has prices by its class, and no stock", () => {
    const { port } = atlasOf("w9 10*", "p9 7").sector(9);
    expect(port?.goods.map(({ side, trading }) => [side, trading])).toEqual([
      ["sells", undefined],
      ["sells", undefined],
      ["sells", undefined],
    ]);
    expect(atlasOf("w1 2*", "p1 0").sector(1).port).toEqual({ class: 0, code: "Special", goods: [] });
  });
});

describe("routes", () => {
  test("a pair is told once, begun where more is earned, with what is carried each way", () => {
    const routes = all(atlasOf(...chain).routes(carrier, 20, (sector) => sector === 3));
    const [route, ...others] = routes;
    expect(others).toEqual([]);
    expect(route).toMatchObject({ hops: 1, in_work: true });
    expect([route!.from, route!.to].toSorted((a, b) => a - b)).toEqual([2, 3]);
    // 2 sells equipment, which 3 buys; 3 sells ore and organics, which 2 buys.
    const [fromTwo, fromThree] = route!.from === 2 ? [route!.out, route!.back] : [route!.back, route!.out];
    expect(fromTwo).toBe("Equipment");
    expect(fromThree).toBe("Organics");
    // By hand, with the middle of each |MCIC| (42.5, 52.5), a mood of 5 and 2.1/1000 of it haggled: equipment costs 44 and brings 140
    // to 146, organics cost 17 and bring 92 to 93; 50 holds each way in 2 * 3 + 2 turns.
    expect(route!.credits_per_turn).toBeGreaterThan((50 * (140 - 44 + 92 - 18)) / 8 - 50);
    expect(route!.credits_per_turn).toBeLessThan((50 * (146 - 44 + 93 - 17)) / 8 + 50);
  });
  test("nothing is told of ports too far apart, or with no way back", () => {
    expect(all(atlasOf(...chain).routes({ ...carrier, maxHops: 1 }, 20, () => false))).toHaveLength(1);
    const oneWay = chain.map((line) => (line === "w3 2,4*" ? "w3 4*" : line));
    expect(all(atlasOf(...oneWay).routes(carrier, 20, () => false))).toEqual([]);
  });
  test("the best are told first, as many as are asked for, and more holds earn more", () => {
    const ring = Array.from({ length: 60 }, (_, index) => index + 20);
    const lines = ring.flatMap((sector) => [
      `w${sector} ${sector === 20 ? 79 : sector - 1},${sector === 79 ? 20 : sector + 1}*`,
      `p${sector} ${1 + (sector % 8)}`,
    ]);
    const atlas = atlasOf(...lines);
    const routes = all(atlas.routes(carrier, 10, () => false));
    expect(routes).toHaveLength(10);
    const rates = routes.map((route) => route.credits_per_turn);
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    const [large] = all(atlas.routes({ ...carrier, holds: 200 }, 1, () => false));
    expect(large!.credits_per_turn).toBeGreaterThan(2 * rates[0]!);
  });
  test("however many ports there are, only the nearest of each are looked at", () => {
    const many = Array.from({ length: 400 }, (_, index) => index + 1);
    const lines = many.flatMap((sector) => {
      const ways = new Set([1, 2, 3].map((step) => ((sector * 7 * step) % 400) + 1));
      return [`w${sector} ${[...ways].join()}*`, `p${sector} ${1 + (sector % 8)}`];
    });
    const atlas = atlasOf(...lines);
    expect(all(atlas.routes({ ...carrier, maxHops: 20 }, 100_000, () => false)).length).toBeLessThanOrEqual(
      (400 * neighboursMax) / 2,
    );
  });
});

describe("a path", () => {
  const edges = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })), {
    maxLength: 40,
    selector: ([from, to]) => `${from} ${to}`,
  });
  /** Fewest steps by trying everything, over sectors that `mayPass`. */
  function fewest(
    ways: readonly (readonly [number, number])[],
    from: number,
    to: number,
    mayPass: (sector: number) => boolean,
  ): number | undefined {
    let front = new Set([from]);
    const seen = new Set(front);
    for (let steps = 0; front.size > 0; steps++) {
      if (front.has(to)) return steps;
      front = new Set(ways.filter(([a, b]) => front.has(a) && !seen.has(b) && mayPass(b)).map(([, b]) => b));
      for (const sector of front) seen.add(sector);
    }
    return undefined;
  }
  test("is the shortest there is, and keeps out of danger where it can", () => {
    fc.assert(
      fc.property(edges, fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }), (drawn, bad) => {
        // No more ways out of one sector than the game has.
        const ways = drawn.filter(
          ([from, to], index) =>
            from !== to && drawn.slice(0, index).filter(([other]) => other === from).length < 6,
        );
        const from = 1;
        const to = 12;
        const lanes = ways.map(([a, b]) => `L${a} l${b}`);
        // Lanes of one sector are one growing piece.
        const bySector = Map.groupBy(lanes, (line) => line.split(" ")[0]!);
        const lines = [...bySector].map(
          ([key, all]) => `${key} l${all.map((line) => line.split(" l")[1]).join()}`,
        );
        const atlas = atlasOf(...lines, ...bad.map((sector) => `d${sector} mines,5,`));
        const { sectors, dangerous } = atlas.path(from, to);
        const safe = fewest(ways, from, to, (sector) => !bad.includes(sector));
        const any = fewest(ways, from, to, () => true);
        expect(sectors.length - 1).toBe(safe ?? any ?? -1);
        expect(dangerous).toEqual(sectors.filter((sector) => bad.includes(sector)));
        for (let step = 1; step < sectors.length; step++)
          expect(ways.some(([a, b]) => a === sectors[step - 1] && b === sectors[step])).toBe(true);
      }),
    );
  });
  test("to where one is has no steps, and there is none to what cannot be a sector", () => {
    expect(atlasOf(...chain).path(2, 2)).toEqual({ sectors: [2], dangerous: [] });
    expect(atlasOf(...chain).path(2, 70_000)).toEqual({ sectors: [], dangerous: [] });
  });
});

describe("a map", () => {
  test("tells sectors with their ways, ports with their stock, dangers and the StarDock, in short", () => {
    const atlas = atlasOf(...chain, "p9 7", "d3 fighters,500,Toll");
    const map = all(atlas.map.drawn());
    expect(map).toMatchObject({ size: 1000, stardock: 4, dangers: [[3, "fighters", 500]] });
    expect(map.sectors).toEqual([
      [1, 3, 2],
      [2, 3, 1, 3],
      [3, 3, 2, 4],
      [4, 1, 3],
      [7, 0, 8],
    ]);
    expect(map.ports).toEqual([
      [2, 1, 100, 100, 100],
      [3, 4, 100, 50, 100],
      [9, 7, -1, -1, -1],
    ]);
    expect(MapKnown.parse(map)).toEqual(map);
  });
  test("of which nothing is known is empty", () => {
    expect(all(createAtlas().map.drawn())).toEqual({ size: 0, sectors: [], ports: [], dangers: [] });
  });
  test("forgets dangers in their time, and says so once", () => {
    const atlas = atlasOf("d3 fighters,500,Toll");
    const revs = [60_000, 13 * 3_600_000, 14 * 3_600_000].map((later) => {
      atlas.fade(now + later);
      return atlas.map.rev();
    });
    expect(revs.map((rev) => rev - revs[0]!)).toEqual([0, 1, 1]);
    expect(all(atlas.map.drawn()).dangers).toEqual([]);
  });
  test("is told apart from what was known before, as far as one universe goes", () => {
    const atlas = atlasOf(...chain);
    const before = atlas.map.rev();
    const tell = (age: number, ...lines: string[]) => atlas.recall(loreText(age, lines), now);
    tell(0, `H2 ${at} x1;x0;x0`);
    expect(atlas.map.rev()).toBe(before);
    tell(0, `w7 ${at} 8*`, `p2 ${(now + 1).toString(36)} `, `p7 ${at} 3`, `w99999 ${at} 1`);
    expect(atlas.map.rev()).toBe(before + 1);
    expect(all(atlas.map.drawn(before))).toMatchObject({
      size: 1000,
      stardock: 4,
      sectors: [
        [2, 3, 1, 3],
        [7, 3, 8],
      ],
      ports: [
        [7, 3, -1, -1, -1],
        [2, noPort, -1, -1, -1],
      ],
    });
    expect(all(atlas.map.drawn(atlas.map.rev())).sectors).toEqual([]);
    expect([before, before + 1, before + 2, -1].map(atlas.map.knowsSince)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    tell(1, `w1 ${at} 2*`);
    expect(atlas.map.knowsSince(before + 1)).toBe(false);
  });
  test("of the greatest universe is drawn in pieces, quickly", () => {
    const atlas = createAtlas();
    const ways = (sector: number) => [1, 2, 3, 4, 5].map((step) => 1 + ((sector * 7 + step * 4001) % 20_000));
    for (let from = 1; from <= 20_000; from += 500) {
      const lines = Array.from({ length: 500 }, (_, n) => `w${from + n} ${at} ${ways(from + n).join()}*`);
      atlas.recall(loreText(0, lines), now);
    }
    all(atlas.map.drawn());
    let pieces = 1;
    const work = atlas.map.drawn();
    for (let next = work.next(); !next.done; next = work.next()) pieces++;
    const from = performance.now();
    const { sectors } = all(atlas.map.drawn());
    // It takes some 10 ms where nothing else is going on.
    expect(performance.now() - from).toBeLessThan(200);
    expect([pieces > 4, sectors.length]).toEqual([true, 20_000]);
  });
});

test("what is known is counted, and a universe made anew begins at nothing", () => {
  const atlas = atlasOf(...chain);
  expect(atlas.known()).toEqual({ sectors: 5, ports: 2 });
  atlas.recall(loreText(1, [`w5 ${at} 6`]), now);
  expect(atlas.known()).toEqual({ sectors: 1, ports: 0 });
});
