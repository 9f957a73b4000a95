import { describe, expect, test } from "bun:test";
import type { WorkerMessage } from "../../src/proto/link.ts";
import { eventOf, isOfDialling, isOfGame, isOfTerminal } from "../../src/swarm/messages.ts";
import { apply, notesPerWindow, notesWindowMs } from "../../src/swarm/swarm.ts";
import { botStatus } from "../../src/swarm/totals.ts";
import { botOf, playing, report, session, stage } from "./stories.ts";

const heard = { type: "heard", bot: "a", at: 9 } as const;
const plays = () => {
  const on = stage();
  playing(on, "a");
  return on;
};

test("a hello tells process and session, and when its process began", () => {
  const { state } = plays();
  const hello = { type: "hello", version: 2, bot_id: "a", pid: 7, session } as const;
  expect(eventOf(state, "a", hello, 9, 123)).toEqual({
    type: "registered",
    bot: "a",
    pid: 7,
    session,
    ticks: 123,
    at: 9,
  });
  expect(eventOf(state, "a", hello, 9)).toEqual({ type: "registered", bot: "a", pid: 7, session, at: 9 });
  expect(eventOf(state, "a", { ...hello, bot_id: "b" }, 9)).toEqual({
    type: "cutOff",
    bot: "a",
    reason: 'the worker says it is "b"',
    at: 9,
  });
});

test("repeats and answers to nothing are signs of life and no more", () => {
  const { state } = plays();
  expect(eventOf(state, "a", { type: "playing" }, 9)).toEqual(heard);
  expect(eventOf(state, "a", { type: "confirmed", id: 77 }, 9)).toEqual(heard);
});

test("what is said of the game, of the way to it, and to those who watch, is for others", () => {
  const { state } = plays();
  apply(state, { type: "placed", bot: "a", place: "h:1/A", at: 8 });
  const lease = "0123456789abcdef";
  const words: [WorkerMessage, ...(0 | 1)[]][] = [
    [{ type: "shares", place: "h:1/A" }, 1, 0, 0],
    [{ type: "lore", lore: "0" }, 1, 0, 0],
    [{ type: "recalled", up_to: 1 }, 1, 0, 0],
    [{ type: "claim", names: [] }, 1, 0, 0],
    [{ type: "dialling", server: "h:1" }, 0, 1, 0],
    [{ type: "dialled", server: "h:1", reached: true }, 0, 1, 0],
    [{ type: "shown", text: "Command?" }, 0, 0, 1],
    [{ type: "online", live: true }, 0, 0, 1],
    [{ type: "taken", lease }, 0, 0, 1],
    [{ type: "given", lease, reason: "given back" }, 0, 0, 1],
    [{ type: "recounted", choices: [] }, 0, 0, 0],
  ];
  for (const [word, ...whose] of words) {
    expect(eventOf(state, "a", word, 9)).toEqual(heard);
    expect([isOfGame(word), isOfDialling(word), isOfTerminal(word)].map(Number)).toEqual(whose);
  }
});

test("a worker whose game nobody knew tells it, and after that it is no news", () => {
  const on = plays();
  const shares = { type: "shares", place: "h:1/A" } as const;
  const placed = { type: "placed", bot: "a", place: "h:1/A", at: 9 } as const;
  expect(eventOf(on.state, "a", shares, 9)).toEqual(placed);
  on.happened(placed);
  expect(botStatus(on.state, "a", 9)).toMatchObject({ place: "h:1/A", last_update: 9 });
  expect(eventOf(on.state, "a", shares, 9)).toEqual(heard);
});

test("trades, notes and last words are passed on as they are", () => {
  const { state } = plays();
  const trade = { sector: 4, product: "Organics", units: 20, credits: -400 };
  expect(eventOf(state, "a", { type: "traded", n: 3, ...trade }, 9)).toEqual({
    type: "traded",
    bot: "a",
    ...trade,
    at: 9,
  });
  expect(eventOf(state, "a", { type: "note", severity: "error", text: "hunted" }, 9)).toEqual({
    type: "noted",
    bot: "a",
    severity: "error",
    text: "hunted",
    at: 9,
  });
  for (const how of ["completed", "stopped", "failed"] as const)
    expect(eventOf(state, "a", { type: "ended", how, reason: "why", report: report() }, 9)).toEqual({
      type: how,
      bot: "a",
      reason: "why",
      report: report(),
      at: 9,
    });
});

test("a bot's notes are passed on up to a share of each window", () => {
  const on = plays();
  const note = { type: "note", severity: "info", text: "again" } as const;
  for (let count = 0; count < notesPerWindow; count++) on.happened(eventOf(on.state, "a", note, 70_000)!);
  expect(eventOf(on.state, "a", note, 70_001)).toMatchObject({ type: "heard" });
  expect(eventOf(on.state, "a", note, 70_000 + notesWindowMs)).toMatchObject({ type: "noted" });
});

describe("a confirmation", () => {
  const order = { type: "goal", id: 1, goal: "banking" } as const;
  const confirmed = { type: "confirmed", bot: "a", order, at: 9 } as const;

  test("names the order that was given, once", () => {
    const on = plays();
    on.request([{ type: "ordered", bot: "a", order, at: 2 }]);
    const event = eventOf(on.state, "a", { type: "confirmed", id: 1 }, 9)!;
    expect(event).toEqual(confirmed);
    on.happened(event);
    expect(botOf(on, "a").lastOrder).toEqual({ id: 1, type: "goal", state: "delivered" });
    expect(eventOf(on.state, "a", { type: "confirmed", id: 1 }, 9)).toEqual(heard);
  });

  test("by the next worker of what the former one never confirmed, counts, too", () => {
    const on = plays();
    on.request([{ type: "ordered", bot: "a", order, at: 2 }]);
    on.happened({ type: "exited", bot: "a", code: 1, signal: null, at: 3 });
    on.request([{ type: "restartAsked", bot: "a", reason: "by request", fresh: false, at: 4 }]);
    on.happened({ type: "registered", bot: "a", pid: 8, session, at: 5 });
    const event = eventOf(on.state, "a", { type: "confirmed", id: 1 }, 9)!;
    expect(event).toEqual(confirmed);
    on.happened(event);
    expect(botOf(on, "a").lastOrder?.state).toBe("delivered");
  });
});

test("who has ended, or never was, is not listened to, but for a hello", () => {
  const on = plays();
  on.happened({ type: "completed", bot: "a", reason: "done", at: 3 });
  expect(eventOf(on.state, "a", { type: "report", report: report() }, 9)).toBeUndefined();
  expect(eventOf(on.state, "nobody", { type: "playing" }, 9)).toBeUndefined();
  const hello = { type: "hello", version: 2, bot_id: "a", pid: 7, session } as const;
  expect(eventOf(on.state, "a", hello, 9)).toMatchObject({ type: "registered" });
});
