import { expect, test } from "bun:test";
import { eventOf } from "../../src/swarm/messages.ts";
import { playing, report, stage } from "./stories.ts";

test("repeats, answers to nothing and trades are signs of life and no more", () => {
  const on = stage();
  playing(on, "a");
  const heard = { type: "heard", bot: "a", at: 9 } as const;
  expect(eventOf(on.state, "a", { type: "playing" }, 9)).toEqual(heard);
  expect(eventOf(on.state, "a", { type: "confirmed", id: 77 }, 9)).toEqual(heard);
  expect(
    eventOf(on.state, "a", { type: "traded", sector: 1, product: "Fuel Ore", units: 1, credits: 5 }, 9),
  ).toEqual(heard);
});

test("a confirmation names the order that was given", () => {
  const on = stage();
  playing(on, "a");
  on.request([{ type: "ordered", bot: "a", order: { type: "goal", id: 1, goal: "banking" }, at: 2 }]);
  expect(eventOf(on.state, "a", { type: "confirmed", id: 1 }, 9)).toEqual({
    type: "confirmed",
    bot: "a",
    order: { type: "goal", id: 1, goal: "banking" },
    at: 9,
  });
});

test("a hello under another name is no hello", () => {
  const on = stage();
  playing(on, "a");
  expect(eventOf(on.state, "a", { type: "hello", version: 1, bot_id: "b", pid: 1 }, 9)).toMatchObject({
    type: "cutOff",
  });
});

test("who has ended, or never was, is not listened to", () => {
  const on = stage();
  playing(on, "a");
  on.happened({ type: "completed", bot: "a", reason: "done", at: 3 });
  expect(eventOf(on.state, "a", { type: "report", report: report() }, 9)).toBeUndefined();
  expect(eventOf(on.state, "nobody", { type: "playing" }, 9)).toBeUndefined();
});
