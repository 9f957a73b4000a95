import { expect, test } from "bun:test";
import { countedMs, countsOf, filterIn, mergeEvents, passes } from "../../src/dashboard/pages/feed-list.ts";
import type { Severity, ToldEvent } from "../../src/proto/feed.ts";

const event = (at: number, change: Partial<ToldEvent> = {}): ToldEvent => ({
  type: "noted",
  bot: "a",
  at,
  severity: "info",
  text: "looked around",
  ...change,
});

test("events stand newest first, each once, whichever line told them", () => {
  const known = mergeEvents([], [event(3), event(1)]);
  const all = mergeEvents(known, [event(2), event(3), event(3, { bot: "b" })]);
  expect(all.map(({ at, bot }) => `${at}${bot}`)).toEqual(["3a", "3b", "2a", "1a"]);
});

test("what is over the limit goes at the old end", () => {
  const many = Array.from({ length: 30 }, (_, at) => event(at));
  expect(mergeEvents(many, [event(100)], 10).map(({ at }) => at)).toEqual([
    100, 29, 28, 27, 26, 25, 24, 23, 22, 21,
  ]);
});

test("nothing new changes nothing", () => {
  const known = mergeEvents([], [event(1)]);
  expect(mergeEvents(known, [])).toBe(known);
});

test("an address says what is shown, and nonsense in it says nothing", () => {
  const of = (text: string) => filterIn(new URLSearchParams(text));
  expect(of("severity=warning&types=traded,failed&bot=bot_0*")).toEqual({
    severity: "warning",
    types: ["traded", "failed"],
    bot: "bot_0*",
  });
  expect(of("severity=grave&types=%3Cb%3E,")).toEqual({ severity: "info", types: [], bot: "" });
});

test("only what is grave enough, of the kinds and the bots that are meant passes", () => {
  const filter = { severity: "warning", types: ["failed", "noted"], bot: "a" } as const;
  const isIn = passes(filter, (bot) => bot === "a");
  const told = (severity: Severity, change: Partial<ToldEvent> = {}) =>
    isIn(event(1, { severity, ...change }));
  expect([told("info"), told("warning"), told("error")]).toEqual([false, true, true]);
  expect(told("error", { type: "traded" })).toBe(false);
  expect(told("error", { bot: "b" })).toBe(false);
});

test("an hour is counted and no more", () => {
  const now = 10 * countedMs;
  const grave = { severity: "error" } as const;
  expect(countsOf([event(now - 1, grave), event(now - countedMs, grave), event(now)], now)).toEqual({
    info: 1,
    warning: 0,
    error: 1,
  });
});
