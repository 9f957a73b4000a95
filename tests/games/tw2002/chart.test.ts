import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  type Chart,
  chartLane,
  chartWays,
  createChart,
  hasWay,
  isCharted,
  isSector,
  isSeen,
  see,
  sectorsMax,
  sizeUp,
  unchartLane,
  waysMax,
  waysOf,
} from "../../../src/games/tw2002/chart.ts";

/** All that a chart says, whatever the size of its arrays. */
function said(chart: Chart) {
  const sectors = [];
  for (let sector = 1; sector <= chart.top; sector++) {
    const ways = waysOf(chart, sector);
    const [whole, seen] = [isCharted(chart, sector), isSeen(chart, sector)];
    if (ways.length > 0 || whole || seen)
      sectors.push({ sector, ways, whole, seen, at: chart.seenAt[sector] });
  }
  return { sectors, top: chart.top, size: chart.sectors, seenCount: chart.seenCount };
}

test("a lane leads one way, is kept once, and a sector's lanes stand in order", () => {
  const chart = createChart();
  expect(chartLane(chart, 7, 30)).toBe(true);
  expect(chartLane(chart, 7, 9)).toBe(true);
  expect(chartLane(chart, 7, 12)).toBe(true);
  expect(chartLane(chart, 7, 9)).toBe(false);
  expect(waysOf(chart, 7)).toEqual([9, 12, 30]);
  expect(hasWay(chart, 7, 9)).toBe(true);
  expect(hasWay(chart, 9, 7)).toBe(false);
  // Some lanes are not all lanes, and a lane that is told is no look.
  expect([isCharted(chart, 7), isSeen(chart, 7), chart.top]).toEqual([false, false, 30]);
});

test("in whichever order lanes are told, the same chart comes of it", () => {
  const lane = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6 }));
  const lanes = fc.uniqueArray(lane, { maxLength: 60, selector: ([from, to]) => `${from}>${to}` });
  const orders = lanes.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );
  const drawn = (all: readonly (readonly [number, number])[]) => {
    const chart = createChart();
    for (const [from, to] of all) chartLane(chart, from, to);
    return said(chart);
  };
  fc.assert(fc.property(orders, ([one, other]) => expect(drawn(one)).toEqual(drawn(other))));
});

test("a seventh lane is none, however it is told, and harms neither its sector nor the next", () => {
  const chart = createChart();
  chartWays(chart, 9, [1, 2]);
  for (const to of [60, 50, 40, 30, 20, 10]) expect(chartLane(chart, 8, to)).toBe(true);
  expect(chartLane(chart, 8, 5)).toBe(false);
  expect(chartWays(chart, 8, [1, 2, 3, 4, 5, 6, 7])).toBe(false);
  expect(waysOf(chart, 8)).toEqual([10, 20, 30, 40, 50, 60]);
  expect(waysOf(chart, 9)).toEqual([1, 2]);
  expect(waysMax).toBe(6);
});

test("all the ways out, as the game lists them, replace what was thought before", () => {
  const chart = createChart();
  for (const to of [3, 5, 11]) chartLane(chart, 8, to);
  expect(chartWays(chart, 8, [5, 7])).toBe(true);
  expect([waysOf(chart, 8), isCharted(chart, 8)]).toEqual([[5, 7], true]);
  expect(hasWay(chart, 8, 11)).toBe(false);
  expect(chartWays(chart, 8, [4])).toBe(true);
  expect(waysOf(chart, 8)).toEqual([4]);
  // Numbers out of order and twice are what they are: the same set.
  expect(chartWays(chart, 8, [9, 4, 9])).toBe(true);
  expect(waysOf(chart, 8)).toEqual([4, 9]);
  expect(chartWays(chart, 8, [])).toBe(true);
  expect([waysOf(chart, 8), isCharted(chart, 8)]).toEqual([[], true]);
});

test("a way that the game says is none goes, the others stay", () => {
  const chart = createChart();
  chartWays(chart, 8, [3, 5, 7]);
  expect(unchartLane(chart, 8, 4)).toBe(false);
  expect(unchartLane(chart, 8, 5)).toBe(true);
  expect(waysOf(chart, 8)).toEqual([3, 7]);
  expect(unchartLane(chart, 8, 5)).toBe(false);
  expect(chartLane(chart, 8, 5)).toBe(true);
  expect(waysOf(chart, 8)).toEqual([3, 5, 7]);
});

test("only what changes the chart makes it a new one, and is news", () => {
  const chart = createChart();
  const changes = (tell: () => boolean): boolean => {
    chart.news.clear();
    const { version } = chart;
    const changed = tell();
    expect(chart.version > version).toBe(changed);
    expect(chart.news.has(8)).toBe(changed);
    return changed;
  };
  expect(changes(() => chartLane(chart, 8, 3))).toBe(true);
  expect(changes(() => chartLane(chart, 8, 3))).toBe(false);
  // That these are all of them is news as well.
  expect(changes(() => chartWays(chart, 8, [3]))).toBe(true);
  expect(changes(() => chartWays(chart, 8, [3]))).toBe(false);
  expect(changes(() => see(chart, 8, 1e12))).toBe(true);
  expect(changes(() => see(chart, 8, 1e12 + 1000))).toBe(false);
  expect(changes(() => unchartLane(chart, 8, 3))).toBe(true);
  expect(changes(() => unchartLane(chart, 8, 3))).toBe(false);
});

test("a chart grows up to 30,000 sectors and forgets nothing on the way", () => {
  const chart = createChart();
  const told = [1, 2, 1023, 1024, 1025, 2048, 16_383, 16_384, 16_385, 29_999, 30_000];
  for (const [index, sector] of told.entries()) {
    expect(chartWays(chart, sector, [1, 30_000 - index])).toBe(true);
    expect(see(chart, sector, 1e12)).toBe(true);
  }
  for (const [index, sector] of told.entries()) {
    expect(waysOf(chart, sector)).toEqual([1, 30_000 - index]);
    expect([isCharted(chart, sector), isSeen(chart, sector)]).toEqual([true, true]);
  }
  expect([chart.seenCount, chart.top]).toEqual([told.length, 30_000]);
  // The ways beyond any that were told are none.
  expect([waysOf(chart, 1026), isSeen(chart, 1026), isCharted(chart, 1026)]).toEqual([[], false, false]);
  const bytes = [chart.out, chart.degrees, chart.marks, chart.seenAt].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
  expect(bytes).toBeLessThan(600_000);
});

test("a chart grows by one sector as well as by many", () => {
  const chart = createChart();
  for (let sector = 1000; sector <= 4200; sector++) {
    expect(chartLane(chart, sector, sector - 1)).toBe(true);
    expect(see(chart, sector, 1e12)).toBe(true);
  }
  for (let sector = 1000; sector <= 4200; sector++) {
    expect(waysOf(chart, sector)).toEqual([sector - 1]);
    expect(chart.seenAt[sector]).toBe(1e9);
  }
  expect(chart.seenCount).toBe(3201);
});

test("one chart that was sized up at once and one that grew sector by sector say the same", () => {
  const [grown, sized] = [createChart(), createChart()];
  sizeUp(sized, 5000);
  for (const sector of [10, 4000, 2000, 5000]) {
    chartWays(grown, sector, [sector - 1, sector - 2]);
    chartWays(sized, sector, [sector - 1, sector - 2]);
  }
  sizeUp(grown, 5000);
  expect(said(grown)).toEqual(said(sized));
  expect(grown.sectors).toBe(5000);
});

test("numbers that can be no sector's change nothing", () => {
  const wrong = fc.oneof(
    fc.constantFrom(0, -1, 0.5, sectorsMax + 1, 65_536 + 5, 2 ** 32 + 5, Number.NaN, Infinity, -Infinity),
    fc.integer({ min: sectorsMax + 1 }),
    fc.integer({ max: 0 }),
    fc.double({ min: 1, max: sectorsMax }).filter((number) => !Number.isInteger(number)),
  );
  fc.assert(
    fc.property(wrong, (number) => {
      const chart = createChart();
      chartWays(chart, 5, [6, 7]);
      sizeUp(chart, 100);
      see(chart, 5, 1e12);
      const before = { ...said(chart), version: chart.version, length: chart.degrees.length };
      chart.news.clear();
      expect(isSector(number)).toBe(false);
      expect(chartWays(chart, number, [6])).toBe(false);
      expect(chartWays(chart, 6, [5, number])).toBe(false);
      expect(chartLane(chart, number, 6)).toBe(false);
      expect(chartLane(chart, 6, number)).toBe(false);
      expect(unchartLane(chart, 5, number)).toBe(false);
      expect(see(chart, number, 1e12)).toBe(false);
      sizeUp(chart, number);
      expect(waysOf(chart, number)).toEqual([]);
      expect({ ...said(chart), version: chart.version, length: chart.degrees.length }).toEqual(before);
      expect(chart.news.size).toBe(0);
    }),
  );
});

test("in whichever order looks are told, the same sectors are seen, and when they were is known to the hour", () => {
  const hourMs = 3_600_000;
  const look = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 12 * hourMs }));
  const orders = fc
    .array(look, { maxLength: 30 })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
  fc.assert(
    fc.property(orders, ([looks, others]) => {
      const [one, other] = [createChart(), createChart()];
      for (const [sector, at] of looks) see(one, sector, 1e12 + at);
      for (const [sector, at] of others) see(other, sector, 1e12 + at);
      expect(one.seenCount).toBe(new Set(looks.map(([sector]) => sector)).size);
      expect(other.seenCount).toBe(one.seenCount);
      for (let sector = 1; sector <= 5; sector++) {
        const times = looks.filter(([seen]) => seen === sector).map(([, at]) => 1e12 + at);
        for (const chart of [one, other]) {
          expect(isSeen(chart, sector)).toBe(times.length > 0);
          if (times.length === 0) continue;
          const latest = Math.floor(Math.max(...times) / 1000);
          expect(chart.seenAt[sector]).toBeWithin(latest - 3600 + 1, latest + 1);
        }
      }
    }),
  );
});

test("a universe whose size has been told takes room for its sectors, and no more", () => {
  const chart = createChart();
  sizeUp(chart, 5000);
  chartLane(chart, 5000, 4999);
  expect(chart.degrees.length).toBe(5001);
  expect(hasWay(chart, 5000, 4999)).toBe(true);
  // Whoever told may have been wrong.
  chartLane(chart, 6000, 7000);
  expect(hasWay(chart, 6000, 7000)).toBe(true);
  expect(hasWay(chart, 5000, 4999)).toBe(true);
});
