import { expect, test } from "bun:test";
import {
  changeOf,
  look,
  lookMs,
  looksMax,
  noPast,
  sumsOf,
  type Past,
} from "../../src/dashboard/parts/figures-past.ts";
import { figuresOf, sparkPath } from "../../src/dashboard/parts/figures-told.ts";
import type { LiveState } from "../../src/proto/live-fold.ts";
import type { SeriesRow } from "../../src/proto/operations/looking.ts";
import { createPretence } from "../doubles/pretence.ts";

const start = 1_764_000_000_000;

function live(worths: Readonly<Record<string, number>>): LiveState {
  const { bots, ...totals } = createPretence(3, 1).status();
  const changed = bots.flatMap((bot) =>
    worths[bot.bot_id] === undefined
      ? []
      : [[bot.bot_id, { ...bot, net_worth: worths[bot.bot_id]! }] as const],
  );
  return { rev: 1, totals, bots: new Map(changed) };
}
const after = (past: Past, worth: number, ms: number) => look(past, live({ bot_000: worth }), start + ms);
const botWorth = (worth: number) => live({ bot_000: worth }).bots.get("bot_000")!;

test("a look is taken only when one is due", () => {
  const one = after(noPast, 1, 0);
  expect(after(one, 2, lookMs - 1)).toBe(one);
  expect(after(one, 2, lookMs).looks).toHaveLength(2);
});

test("a bot's change is against a minute ago, however long the page has been open", () => {
  let past = noPast;
  for (let ms = 0; ms <= 5 * 60_000; ms += lookMs) past = after(past, ms, ms);
  expect(changeOf(past, botWorth(5 * 60_000))).toBe(60_000);
  expect(past.worths.length).toBeLessThanOrEqual(60_000 / lookMs + 1);
});

test("a bot that came later is compared with its first sight, and one never seen with nothing", () => {
  const past = look(after(noPast, 10, 0), live({ bot_000: 10, bot_001: 50 }), start + lookMs);
  expect(changeOf(past, live({ bot_001: 70 }).bots.get("bot_001")!)).toBe(20);
  expect(changeOf(past, live({ bot_002: 70 }).bots.get("bot_002")!)).toBeUndefined();
});

test("after a long gap nothing is compared with what was before it", () => {
  const past = after(after(after(noPast, 10, 0), 20, lookMs), 1000, 3600_000);
  expect(changeOf(past, botWorth(1000))).toBeUndefined();
  expect(past.looks).toHaveLength(3);
});

test("no more looks are kept than an hour's", () => {
  let past = noPast;
  for (let count = 0; count < looksMax + 50; count++) past = after(past, count, count * lookMs);
  expect(past.looks).toHaveLength(looksMax);
});

test("the sums of the strategies are those of the swarm", () => {
  const bots = createPretence(20, 2)
    .status()
    .bots.map((bot, index) => ({ ...bot, strategy: index % 3 === 0 ? "explore" : "opportunistic" }));
  const { all, byStrategy } = sumsOf(bots, start);
  const parts = [...byStrategy.values()];
  expect(parts).toHaveLength(2);
  expect(parts.reduce((sum, row) => sum + row.net_worth, 0)).toBe(all.net_worth);
  expect(parts.reduce((sum, row) => sum + row.bots, 0)).toBe(20);
});

const row = (minutes: number, of: Partial<SeriesRow>): SeriesRow => ({
  ...sumsOf([], start + minutes * 60_000).all,
  ...of,
});
const value = (rows: readonly SeriesRow[], name: string) =>
  figuresOf(rows, 1.5).find((figure) => figure.name === name)!;

test("turns a minute and credits a turn are those of the last minute", () => {
  const rows = [
    row(0, { turns: 0, net_worth: 0 }),
    row(14, { turns: 1000, net_worth: 1000 }),
    row(15, { turns: 1100, net_worth: 3000 }),
  ];
  expect(value(rows, "Turns a minute").value).toBe("100");
  expect(value(rows, "Credits a turn").value).toBe("20.00");
  expect(value(rows, "Credits a turn").beside).toBe("15 min 2.73 · ever 1.50");
});

test("what cannot be told is a dash, never a figure that is none", () => {
  const rows = [row(0, { turns: 50 }), row(1, { turns: 10 })];
  const words = figuresOf(rows, 0).map((figure) => figure.value);
  expect(words.join()).not.toMatch(/NaN|Infinity/);
  expect(value(rows, "Turns a minute").value).toBe("–");
  expect(figuresOf([], 0)).toEqual([]);
});

test("a short line is broken where nothing is known, and fills its box", () => {
  expect(sparkPath([0, 10, null, 5], 30, 12)).toBe("M0.0 11.0L10.0 1.0M30.0 6.0");
  expect(sparkPath([5, 5], 10, 12)).toBe("M0.0 6.0L10.0 6.0");
  expect(sparkPath([], 10, 12)).toBe("");
  expect(sparkPath([null], 10, 12)).toBe("");
});
