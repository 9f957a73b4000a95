import { describe, expect, test } from "bun:test";
import { looked, stuckGraceMs } from "../../src/swarm/health.ts";
import { isQuiet } from "../../src/swarm/react.ts";
import {
  botOf,
  joined,
  newSwarm,
  onCrash,
  playing,
  report,
  session,
  spawned,
  stage,
  type Stage,
} from "./stories.ts";

const patience = { silenceMs: 60_000, progressMs: 600_000 };
const bot = "a";
const look = (on: Stage, at: number) => {
  on.at = at;
  const found = looked(on.state, patience, at);
  for (const event of found) on.happened(event);
  return found;
};
const reports = (on: Stage, at: number, change = {}) =>
  on.happened({ type: "reported", bot, report: report(change), at });

describe("silence", () => {
  test("is judged only where somebody could speak", () => {
    const on = stage(newSwarm({ spawnParallel: 2 }));
    on.request(["b0", "b1", "b2", "b3"].map((id) => spawned(id)));
    on.happened({ type: "registered", bot: "b0", pid: 1, session, at: 50_000 });
    expect(look(on, 60_001)).toEqual([]);
    expect(look(on, 110_001)).toMatchObject([
      { type: "timedOut", bot: "b0", silence_seconds: 60 },
      { type: "timedOut", bot: "b1", silence_seconds: 110 },
      { type: "timedOut", bot: "b2", silence_seconds: 110 },
    ]);
    expect(botOf(on, "b3").state).toBe("QUEUED");
  });

  test("makes a bot STUCK at its limit, and a word helps it up to where it stood", () => {
    const on = stage();
    playing(on, bot);
    on.happened({ type: "confirmed", bot, order: { type: "pause", id: 1 }, at: 1000 });
    expect(look(on, 61_000)).toEqual([]);
    expect(look(on, 61_001)).toHaveLength(1);
    expect(botOf(on, bot)).toMatchObject({ state: "STUCK", stuckAt: 61_001, process: "up" });
    expect(botOf(on, bot)).toMatchObject({
      error: "not a word from the worker for 60 s",
      errorAt: 61_001,
    });
    on.happened({ type: "heard", bot, at: 62_000 });
    expect(look(on, 62_500)).toEqual([{ type: "recovered", bot, at: 62_500 }]);
    expect(botOf(on, bot)).toMatchObject({ state: "PAUSED", stuckAt: undefined, error: undefined });
    expect(look(on, 63_000)).toEqual([]);
  });

  test("that goes on for the grace ends the worker: a crash, and another is started", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    playing(on, bot);
    look(on, 60_002);
    expect(look(on, 60_001 + stuckGraceMs)).toEqual([]);
    expect(look(on, 60_002 + stuckGraceMs)).toMatchObject([
      { type: "cutOff", reason: "no word from the worker for 65 s" },
    ]);
    expect(on.effects.at(-1)).toEqual({ type: "cut", bot });
    expect(look(on, 70_000)).toEqual([]);
    on.happened({ type: "exited", bot, code: null, signal: "SIGKILL", at: 70_001 });
    expect(botOf(on, bot)).toMatchObject({ state: "BACKOFF", error: "no word from the worker for 65 s" });
  });

  test("of a worker that never said hello ends it, too, and frees its place", () => {
    const on = stage(newSwarm({ spawnParallel: 1 }));
    on.request([spawned(bot), spawned("next")]);
    look(on, 60_002);
    look(on, 66_000);
    expect(botOf(on, bot)).toMatchObject({ state: "ERROR", process: "starting" });
    expect(botOf(on, "next").state).toBe("SPAWNING");
  });

  test("is no matter for those that have ended", () => {
    const on = stage();
    playing(on, bot);
    on.happened({ type: "completed", bot, reason: "done", at: 2 });
    expect(look(on, 1_000_000)).toEqual([]);
  });
});

describe("standing still in the game", () => {
  /** Talks all the time, and gets nowhere. */
  const idle = (on: Stage, until: number, change = {}) => {
    for (let at = Math.max(1, on.at); at <= until; at += 30_000) reports(on, at, change);
    on.happened({ type: "heard", bot, at: until });
  };

  test("for too long is STUCK, and the bot is started anew, with what it had", () => {
    const on = stage();
    playing(on, bot);
    idle(on, 600_000);
    expect(look(on, 600_001)).toEqual([]);
    expect(look(on, 600_002)).toMatchObject([
      { type: "stalled", idle_seconds: 600 },
      { type: "restartAsked", reason: "no progress in the game for 600 s", fresh: false },
    ]);
    expect(botOf(on, bot)).toMatchObject({
      state: "STUCK",
      process: "up",
      error: "no progress in the game for 600 s",
    });
    expect(on.effects).toContainEqual({ type: "end", bot, graceMs: 5000 });
    expect(on.effects.at(-1)).toMatchObject({ type: "order", order: { type: "stop" } });
    on.happened({ type: "heard", bot, at: 600_100 });
    expect(look(on, 700_000)).toEqual([]);
    on.happened({ type: "exited", bot, code: 0, signal: null, at: 700_001 });
    on.at = 700_001;
    on.wake();
    expect(botOf(on, bot)).toMatchObject({ state: "SPAWNING", crashes: 0, restarts: 1, fresh: false });
  });

  test("is no matter for one that was killed or is to begin anew: that is what it does, as it was asked", () => {
    for (const asked of [
      { type: "killed", bot, reason: "by request", at: 600_000 },
      { type: "restartAsked", bot, reason: "by request", fresh: true, at: 600_000 },
    ] as const) {
      const on = stage();
      playing(on, bot);
      reports(on, 2);
      on.request([asked]);
      on.happened({ type: "heard", bot, at: 600_000 });
      expect(look(on, 600_500)).toEqual([]);
    }
  });

  test("sends away who came in by hand: nobody here could start it again", () => {
    const on = stage();
    on.request([joined(bot)]);
    on.happened({ type: "registered", bot, pid: 5, session, at: 1 });
    on.happened({ type: "playing", bot, at: 1 });
    idle(on, 600_000);
    look(on, 600_002);
    expect(botOf(on, bot)).toMatchObject({ state: "ERROR", error: "no progress in the game for 600 s" });
    expect(on.effects.at(-1)).toEqual({ type: "cut", bot });
  });

  test("is none while it waits for something, is held, or nobody set a limit", () => {
    const on = stage();
    playing(on, bot);
    idle(on, 900_000, { waits: true });
    expect(look(on, 900_001)).toEqual([]);
    expect(looked(on.state, { ...patience, progressMs: undefined }, 900_001)).toEqual([]);
    on.happened({ type: "confirmed", bot, order: { type: "pause", id: 1 }, at: 900_002 });
    reports(on, 900_003);
    expect(look(on, 900_004)).toEqual([]);
  });

  test("begins anew when a wait, a pause or a silence is over", () => {
    const waits = stage();
    playing(waits, bot);
    idle(waits, 900_000, { waits: true });
    reports(waits, 900_001);
    expect(look(waits, 900_002)).toEqual([]);

    const held = stage();
    playing(held, bot);
    held.happened({ type: "confirmed", bot, order: { type: "pause", id: 1 }, at: 2 });
    idle(held, 900_000);
    held.happened({ type: "confirmed", bot, order: { type: "resume", id: 2 }, at: 900_001 });
    expect(look(held, 900_002)).toEqual([]);

    const silent = stage();
    playing(silent, bot);
    silent.happened({ type: "timedOut", bot, silence_seconds: 700, at: 700_000 });
    silent.happened({ type: "heard", bot, at: 700_001 });
    look(silent, 700_002);
    expect(botOf(silent, bot).state).toBe("RUNNING");
    expect(look(silent, 700_003)).toEqual([]);
  });

  test("is over with any change in the game, not with other words or aims", () => {
    const on = stage();
    playing(on, bot);
    reports(on, 10);
    reports(on, 20, { activity: "thinking", goal: "banking" });
    expect(botOf(on, bot).lastActivity).toBe(10);
    reports(on, 30, { sector: 2 });
    expect(botOf(on, bot)).toMatchObject({ lastActivity: 30, lastWord: 30 });
  });
});

test("a swarm is quiet when its last process is gone, and nobody is to be started", () => {
  const on = stage(newSwarm(), { policy: onCrash });
  expect(isQuiet(on.state)).toBe(true);
  playing(on, bot);
  on.happened({ type: "completed", bot, reason: "done", at: 2 });
  expect(isQuiet(on.state)).toBe(false);
  on.happened({ type: "exited", bot, code: 0, signal: null, at: 3 });
  expect(isQuiet(on.state)).toBe(true);
  playing(on, "b");
  on.happened({ type: "exited", bot: "b", code: 1, signal: null, at: 3 });
  expect(isQuiet(on.state)).toBe(false);
});
