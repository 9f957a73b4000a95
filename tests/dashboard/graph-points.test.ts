import { expect, test } from "bun:test";
import { sumsOf } from "../../src/dashboard/parts/figures-past.ts";
import { everyFew, joined, perMinute, perOne, shareOf } from "../../src/dashboard/parts/graph-points.ts";
import { graphNames, shownIn, spanWord, wordOfGraphs } from "../../src/dashboard/pages/swarm-graphs.ts";
import type { SeriesRow } from "../../src/proto/operations/looking.ts";

const row = (seconds: number, of: Partial<SeriesRow> = {}): SeriesRow => ({
  ...sumsOf([], seconds * 1000).all,
  ...of,
});

test("growth is told over no less than a minute", () => {
  const rows = [0, 30, 60, 90, 120].map((seconds) => row(seconds, { turns: seconds <= 60 ? 0 : 300 }));
  expect(perMinute(rows, "turns")).toEqual([null, 0, 0, 300, 300]);
});

test("growth by what stood still is not told", () => {
  const rows = [row(0, { turns: 5, net_worth: 1 }), row(60, { turns: 5, net_worth: 9 })];
  expect(perOne(rows, "net_worth", "turns")).toEqual([null, null]);
});

test("where bots were taken off the list the sums fall, and no growth is told", () => {
  const rows = [row(0, { turns: 500 }), row(60, { turns: 100 }), row(120, { turns: 160 })];
  expect(perMinute(rows, "turns")).toEqual([null, null, 60]);
});

test("a loss is told as one", () => {
  const rows = [row(0, { turns: 0, net_worth: 100 }), row(60, { turns: 10, net_worth: 50 })];
  expect(perOne(rows, "net_worth", "turns")).toEqual([null, -5]);
});

test("a share is of all at most, though what was tried before the stretch closed within it", () => {
  const rows = [
    [5, 9],
    [7, 10],
    [7, 10],
    [8, 14],
  ].map(([trades, tried], minute) => row(60 * minute, { trades: trades!, trade_attempts: tried! }));
  expect(shareOf(rows, "trades", "trade_attempts")).toEqual([null, 1, null, 0.25]);
});

test("what the page saw goes on where the manager's rows end", () => {
  const kept = [row(0), row(30)];
  expect(joined(kept, [row(20), row(30), row(35)]).map(({ at }) => at)).toEqual([0, 30_000, 35_000]);
  expect(joined([], [row(5)])).toHaveLength(1);
});

test("a table of a graph is short and ends with the last", () => {
  const all = Array.from({ length: 301 }, (_, index) => index);
  const few = everyFew(all, 24);
  expect(few.length).toBeLessThanOrEqual(24);
  expect(few.at(-1)).toBe(300);
  expect(everyFew([1, 2, 3], 24)).toEqual([1, 2, 3]);
  expect(everyFew([], 24)).toEqual([]);
});

test("range, stretch, graphs and strategy come back from the address", () => {
  const params = new URLSearchParams({
    range: "6h",
    span: spanWord([1000.5, 2000.2]),
    graphs: wordOfGraphs(["errors", "worth"], false)!,
    strategy: "explore",
  });
  expect(shownIn(params, false)).toEqual({
    range: "6h",
    span: [1000, 2001],
    names: ["worth", "errors"],
    strategy: "explore",
  });
});

test("an address without words, or with odd ones, shows the usual", () => {
  const usual = shownIn(new URLSearchParams(), false);
  expect(usual).toEqual({
    range: "1h",
    span: undefined,
    names: ["per-turn", "worth", "turns"],
    strategy: undefined,
  });
  expect(shownIn(new URLSearchParams({ range: "toString", span: "9-3" }), false)).toEqual(usual);
  expect(wordOfGraphs(usual.names, false)).toBeUndefined();
  expect(shownIn(new URLSearchParams({ graphs: wordOfGraphs([], false)! }), false).names).toEqual([]);
  expect(shownIn(new URLSearchParams({ graphs: wordOfGraphs(graphNames, true)! }), true).names).toEqual(
    graphNames,
  );
});
