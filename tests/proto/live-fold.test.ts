import { expect, test } from "bun:test";
import { BotChange, LiveMessage } from "../../src/proto/events.ts";
import { changeOf, foldLive, wholeOf } from "../../src/proto/live-fold.ts";
import type { BotStatus } from "../../src/proto/status.ts";
import { createPretence, dice, pretendedBot } from "../doubles/pretence.ts";

const before = pretendedBot("a", dice(1));
const known = (bot: BotStatus) =>
  foldLive(undefined, {
    type: "snapshot",
    rev: 1,
    status: { ...createPretence(0, 1).totals(), bots: [bot] },
  })!;
const fold = (bot: BotStatus, change: BotChange) =>
  foldLive(known(bot), {
    type: "changes",
    rev: 2,
    totals: createPretence(0, 1).totals(),
    bots: [change],
    gone: [],
  })!.bots.get("a");

test("a change has the fields that differ, null for those that are no more, and folds to what it was made of", () => {
  const after: BotStatus = {
    ...before,
    credits: 7,
    error: "It fell",
    order: { id: 1, type: "pause", state: "queued" },
  };
  delete after.bank;
  delete after.ship;
  const change = changeOf(before, after);
  expect(change).toEqual({
    bot_id: "a",
    credits: 7,
    error: "It fell",
    order: after.order,
    bank: null,
    ship: null,
  });
  expect(fold(before, change)).toEqual(after);
  expect(fold(after, changeOf(after, before))).toEqual(before);
  expect(changeOf(after, { ...after, order: { ...after.order! } })).toEqual({ bot_id: "a" });
  expect(changeOf(undefined, after)).toEqual(after);
});

test("a field that is there but undefined is a field that is not there", () => {
  const undefinedBank = { ...before, bank: undefined } as unknown as BotStatus;
  expect(changeOf(before, undefinedBank)).toEqual({ bot_id: "a", bank: null });
  expect(changeOf(undefinedBank, before)).toEqual({ bot_id: "a", bank: before.bank });
});

test("the whole of a bot is right whatever was known of it", () => {
  const other: BotStatus = { ...pretendedBot("a", dice(9)), error: "Old", error_at: 3 };
  expect(fold(other, wholeOf(before))).toEqual(before);
  expect(BotChange.parse(wholeOf(before))).toEqual(wholeOf(before));
});

test("older changes, and changes of nothing known, change nothing", () => {
  const changes = (rev: number): LiveMessage =>
    LiveMessage.parse({ type: "changes", rev, totals: createPretence(0, 1).totals(), bots: [], gone: ["a"] });
  expect(foldLive(undefined, changes(5))).toBeUndefined();
  const state = foldLive(known(before), { ...changes(5), gone: [] } as LiveMessage)!;
  expect(foldLive(state, changes(4))).toBe(state);
  expect([...foldLive(state, changes(6))!.bots.keys()]).toEqual([]);
});
