import { expect, test } from "bun:test";
import type { LiveMessage } from "../../../../src/proto/events.ts";
import type { OrderOutcome } from "../../../../src/proto/operations/steering.ts";
import { step } from "../../../../src/control/console/top/step.ts";
import { aBot, manyBots, snapshotOf, statusOf, topOf } from "./swarm.ts";

const { bots: _none, ...totals } = statusOf([]);
const changes = (rev: number, bots: readonly object[]) =>
  ({ type: "changes", rev, totals, gone: [], bots }) as unknown as LiveMessage;

test("changes are folded in, and one that makes no bot is told of and changes nothing", () => {
  const start = topOf([aBot("a"), aBot("b")]);
  const richer = step(start, {
    type: "told",
    at: 1,
    message: changes(1, [{ bot_id: "a", credits: 7 }]),
  }).state;
  expect(richer.order[0]).toMatchObject({ bot_id: "a", credits: 7 });
  for (const wrong of [{ state: "ASLEEP" }, { credits: "\u001b[2J" }, { activity: null }, { labels: 7 }]) {
    const odd = step(richer, { type: "told", at: 2, message: changes(2, [{ bot_id: "a", ...wrong }]) }).state;
    expect(odd.order).toBe(richer.order);
    expect(odd.outcome?.how).toBe("bad");
  }
  const fresh = step(richer, {
    type: "told",
    at: 2,
    message: changes(2, [{ bot_id: "c", credits: 1 }]),
  }).state;
  expect(fresh.order).toHaveLength(2);
  // What a newer manager tells beside is no matter.
  const newer = step(richer, {
    type: "told",
    at: 2,
    message: changes(2, [{ bot_id: "a", mood: "merry" }]),
  }).state;
  expect(newer.outcome).toBeUndefined();
});

test("bots that are gone are selected no more", () => {
  const start = { ...topOf([aBot("a"), aBot("b")]), selected: new Set(["a", "b"]) };
  expect([...step(start, { type: "told", at: 1, message: snapshotOf([aBot("b")]) }).state.selected]).toEqual([
    "b",
  ]);
});

test("turns are remembered for a minute, and forgotten when they fall", () => {
  let state = topOf([aBot("a", { turns_executed: 0 })]);
  const tell = (at: number, turns: number) =>
    (state = step(state, {
      type: "told",
      at,
      message: snapshotOf([aBot("a", { turns_executed: turns })]),
    }).state);
  for (let second = 1; second <= 100; second++) tell(second * 1000, second * 2);
  expect(state.turnsAt).toHaveLength(61);
  expect(state.turnsAt[0]).toEqual({ at: 40_000, turns: 80 });
  tell(101_000, 5);
  expect(state.turnsAt).toEqual([{ at: 101_000, turns: 5 }]);
});

test("a line that is gone is gone since it broke, however often it is dialled in vain", () => {
  let state = topOf(manyBots(3));
  state = step(state, { type: "closed", at: 5000, reason: "gone", final: false }).state;
  state = step(state, { type: "closed", at: 9000, reason: "gone still", final: false }).state;
  expect(state.line).toEqual({ up: false, since: 5000, reason: "gone still", final: false });
  expect(step(state, { type: "opened", at: 9500 }).state.line).toEqual({ up: true });
});

test("the outcome counts what was done, what waits and what was refused, and why", () => {
  const outcome = (results: readonly OrderOutcome[]) =>
    step(topOf([]), { type: "answered", at: 1, action: "pause", results }).state.outcome;
  const done = { ok: true, order: "delivered" } as const;
  expect(outcome([{ bot_id: "a", ...done }])).toEqual({ text: "1 paused", how: "good" });
  expect(
    outcome([
      { bot_id: "a", ...done },
      { bot_id: "b", ok: true, order: "queued" },
      { bot_id: "c", ok: false, code: "conflict", detail: "It has ended" },
    ]),
  ).toEqual({ text: "1 paused, 1 to be paused as soon as possible, 1 refused: c: It has ended", how: "bad" });
  expect(outcome([])?.text).toBe("No bot was meant");
});

test("another size draws everything anew and keeps the cursor in sight", () => {
  const start = step(topOf(manyBots(100)), { type: "pressed", at: 0, key: "pgdn" }).state;
  const { state, wish } = step(start, { type: "resized", at: 1, size: { columns: 80, rows: 12 } });
  expect(wish).toEqual({ type: "redraw" });
  expect(state.place).toMatchObject({ row: 17, first: 11 });
});
