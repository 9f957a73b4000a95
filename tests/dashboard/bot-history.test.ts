import { expect, test } from "bun:test";
import { createHistory } from "../../src/dashboard/pages/bot-history.ts";
import { noLog, linesMax, readAnew, readOn } from "../../src/dashboard/pages/bot-log-lines.ts";
import type { ToldEvent } from "../../src/proto/feed.ts";
import type { OperationInput } from "../../src/proto/operations.ts";

const event = (at: number, over: Partial<ToldEvent> = {}): ToldEvent => ({
  type: "noted",
  bot: "bot_1",
  at,
  severity: "info",
  text: `at ${at}`,
  ...over,
});

/** A manager whose record is a list, newest first, told three at a time. */
function record(events: ToldEvent[], page = 3) {
  const asked: OperationInput<"swarmEvents">[] = [];
  const ask = async (input: OperationInput<"swarmEvents">) => {
    asked.push(input);
    const from = Number(input.cursor ?? 0);
    const more = from + page < events.length;
    return { events: events.slice(from, from + page), ...(more && { next_cursor: String(from + page) }) };
  };
  return { ask, asked };
}
const moments = (events: readonly ToldEvent[]) => events.map(({ at }) => at);

test("a history begins with the newest, and older ones come on asking", async () => {
  const { ask, asked } = record([5, 4, 3, 2, 1].map((at) => event(at)));
  const history = createHistory(ask, "bot_1", ["noted"]);
  await history.begin();
  expect(moments(history.events.value)).toEqual([5, 4, 3]);
  expect(history.hasMore.value).toBe(true);
  await history.more();
  expect(moments(history.events.value)).toEqual([5, 4, 3, 2, 1]);
  expect(history.hasMore.value).toBe(false);
  await history.more();
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatchObject({ bots: ["bot_1"], types: ["noted"] });
});

test("what happens comes on top: each once, of this bot and of these kinds alone", async () => {
  const { ask } = record([event(2), event(1)]);
  const history = createHistory(ask, "bot_1", ["noted"]);
  await history.begin();
  history.told([event(2), event(3), event(4, { bot: "bot_2" }), event(5, { type: "traded" })]);
  expect(moments(history.events.value)).toEqual([3, 2, 1]);
});

test("after a time without a line the new joins the old where they meet", async () => {
  const events = [3, 2, 1].map((at) => event(at));
  const { ask } = record(events);
  const history = createHistory(ask, "bot_1");
  await history.begin();
  events.unshift(event(4));
  await history.begin();
  expect(moments(history.events.value)).toEqual([4, 3, 2, 1]);
});

test("where they do not meet the old is forgotten, and asked for again", async () => {
  const events = [3, 2, 1].map((at) => event(at));
  const { ask } = record(events);
  const history = createHistory(ask, "bot_1");
  await history.begin();
  events.unshift(...[9, 8, 7, 6].map((at) => event(at)));
  await history.begin();
  expect(moments(history.events.value)).toEqual([9, 8, 7]);
  await history.more();
  expect(moments(history.events.value)).toEqual([9, 8, 7, 6, 3, 2]);
});

test("a log is read on from where it was read to, and keeps no more than so many lines", () => {
  const tail = readAnew({ lines: ["a"], next_offset: 2, size: 2 });
  expect(readOn(tail, { lines: [], next_offset: 2, size: 2 })).toBe(tail);
  const more = readOn(tail, { lines: ["b", "c"], next_offset: 6, size: 6 });
  expect(more).toEqual({ lines: ["a", "b", "c"], next: 6, isCut: false });
  const many = readOn(more, { lines: Array<string>(linesMax).fill("x"), next_offset: 9000, size: 9000 });
  expect(many.lines).toHaveLength(linesMax);
  expect(many.lines).not.toContain("c");
});

test("a log that was cut back is told to be read anew", () => {
  const known = { ...noLog, lines: ["a"], next: 100 };
  expect(readOn(known, { lines: [], next_offset: 40, size: 40 }).isCut).toBe(true);
});
