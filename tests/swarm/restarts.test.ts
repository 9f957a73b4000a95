import { describe, expect, test } from "bun:test";
import { goodTimeMs } from "../../src/swarm/endings.ts";
import { nextStartAt, startable } from "../../src/swarm/react.ts";
import { judge, waitMs, type RestartPolicy } from "../../src/swarm/restarts.ts";
import { botOf, newSwarm, never, onCrash, playing, session, spawned, stage, type Stage } from "./stories.ts";

const bot = "a";
const exit = (on: Stage, log?: string) =>
  on.happened({ type: "exited", bot, code: 1, signal: null, ...(log && { log }), at: on.at });
const register = (on: Stage) => on.happened({ type: "registered", bot, pid: 7, session, at: on.at });
/** Lets the clock run until somebody may be started. */
function untilStart(on: Stage): number {
  const next = nextStartAt(on.state);
  if (next === undefined) throw new Error("Nobody is to be started");
  on.at = Math.max(on.at, next);
  on.wake();
  return on.at;
}
const starts = (on: Stage) => on.effects.filter(({ type }) => type === "start").length;

test("the waits are 0.1, 1, 2, 4 .. 60 s, a fifth more or less", () => {
  const plain = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map((crashes) => waitMs(crashes, 0.5));
  expect(plain).toEqual([100, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect([waitMs(1, 0), waitMs(1, 1)]).toEqual([80, 120]);
  expect([waitMs(9, 0), waitMs(9, 1)]).toEqual([48_000, 72_000]);
});

describe("after a crash", () => {
  test("a bot waits in BACKOFF, with the reason, and is started at its time, not before", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    playing(on, bot);
    on.at = 1000;
    exit(on);
    expect(botOf(on, bot)).toMatchObject({
      state: "BACKOFF",
      notBefore: 1100,
      crashes: 1,
      error: "the worker ended without a word, exit code 1",
      endedAt: undefined,
    });
    on.at = 1099;
    on.wake();
    expect([startable(on.state, 1099), starts(on)]).toEqual([[], 1]);
    on.at = 1100;
    expect(startable(on.state, 1100)).toEqual([bot]);
    on.wake();
    expect(botOf(on, bot)).toMatchObject({ state: "SPAWNING", restarts: 1, registeredAt: undefined });
  });

  test("each wait is longer than the one before, until a good time has passed", () => {
    const on = stage(newSwarm(), { policy: { ...onCrash, crashes: 1000 } });
    on.request([spawned(bot)]);
    const waits: number[] = [];
    for (let crash = 0; crash < 9; crash++) {
      register(on);
      exit(on);
      const before = on.at;
      waits.push(untilStart(on) - before);
    }
    expect(waits).toEqual([100, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    register(on);
    on.at += goodTimeMs - 1;
    exit(on);
    expect(botOf(on, bot).crashes).toBe(10);
    untilStart(on);
    register(on);
    on.at += goodTimeMs;
    exit(on);
    expect(botOf(on, bot)).toMatchObject({ crashes: 1, notBefore: on.at + 100 });
  });

  test("five within 60 s are too many: FAILED, with the last lines of the log", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    on.request([spawned(bot)]);
    for (let crash = 1; crash < 5; crash++) {
      exit(on);
      untilStart(on);
    }
    exit(on, "TypeError: null is not an object\n    at trade.ts:7");
    expect(botOf(on, bot)).toMatchObject({
      state: "FAILED",
      error:
        "crashed 5 times within 60 s, last: the worker ended without a word, exit code 1\n" +
        "TypeError: null is not an object\n    at trade.ts:7",
    });
    expect(nextStartAt(on.state)).toBeUndefined();
  });

  test("five within more than 60 s are not", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    on.request([spawned(bot)]);
    for (let crash = 0; crash < 30; crash++) {
      on.at += 16_000;
      register(on);
      exit(on);
      expect(botOf(on, bot).state).toBe("BACKOFF");
      untilStart(on);
    }
  });

  test("a restart that people ask for begins the count anew, from BACKOFF and from FAILED", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    on.request([spawned(bot)]);
    for (let crash = 0; crash < 5; crash++) {
      exit(on);
      if (crash < 4) untilStart(on);
    }
    const again = { type: "restartAsked", bot, reason: "by request", fresh: true, at: on.at } as const;
    on.request([again]);
    expect(botOf(on, bot)).toMatchObject({ state: "SPAWNING", crashes: 0, crashTimes: [] });
    exit(on);
    on.request([again]);
    expect(botOf(on, bot)).toMatchObject({ state: "SPAWNING", crashes: 0, crashTimes: [] });
  });
});

describe("the policy", () => {
  const after = (policy: RestartPolicy["policy"], word: "failed" | "crash") => {
    const on = stage(newSwarm(), { policy: { ...onCrash, policy } });
    playing(on, bot);
    if (word === "failed") on.happened({ type: "failed", bot, reason: "wrong password", at: 2 });
    exit(on);
    return botOf(on, bot).state;
  };
  test("never", () =>
    expect([after("never", "crash"), after("never", "failed")]).toEqual(["ERROR", "ERROR"]));
  test("on_crash", () =>
    expect([after("on_crash", "crash"), after("on_crash", "failed")]).toEqual(["BACKOFF", "ERROR"]));
  test("always", () =>
    expect([after("always", "crash"), after("always", "failed")]).toEqual(["BACKOFF", "BACKOFF"]));

  test("leaves alone who completed, was killed, or came in by hand", () => {
    const on = stage(newSwarm(), { policy: { ...onCrash, policy: "always" } });
    playing(on, bot);
    on.happened({ type: "completed", bot, reason: "done", at: 2 });
    exit(on);
    playing(on, "b");
    on.request([{ type: "killed", bot: "b", reason: "by request", at: 2 }]);
    on.happened({ type: "exited", bot: "b", code: 1, signal: null, at: 3 });
    expect([botOf(on, bot).state, botOf(on, "b").state]).toEqual(["COMPLETED", "DEAD"]);
    expect(judge(on.state, { type: "lost", bot, at: 3 }, onCrash, () => 0.5)).toEqual([]);
    expect(nextStartAt(on.state)).toBeUndefined();
  });
});

describe("at most 8 starts in any minute, however it crashes", () => {
  const crashes: Record<string, (on: Stage) => void> = {
    "at once": exit,
    "after its hello"(on) {
      register(on);
      exit(on);
    },
    "after it said that it cannot go on"(on) {
      register(on);
      on.happened({ type: "failed", bot, reason: "wrong password", at: on.at });
      exit(on);
    },
    "cut off"(on) {
      on.happened({ type: "cutOff", bot, reason: "garbage", at: on.at });
      exit(on);
    },
  };
  for (const [name, crash] of Object.entries(crashes))
    test(name, () => {
      const on = stage(newSwarm(), { policy: { policy: "always", crashes: 1000, window: 60 } });
      const at: number[] = [];
      on.request([spawned(bot)]);
      for (let start = 0; start < 60; start++) {
        at.push(on.at);
        crash(on);
        untilStart(on);
      }
      const most = Math.max(
        ...at.map((from) => at.filter((one) => one >= from && one < from + 60_000).length),
      );
      expect(most).toBeLessThanOrEqual(8);
    });

  test("and where starting itself fails, after a long good time, too", () => {
    let works = true;
    const on = stage(newSwarm(), {
      policy: { policy: "on_crash", crashes: 1000, window: 60 },
      starts: () => works,
    });
    playing(on, bot);
    works = false;
    on.at = 2 * goodTimeMs;
    exit(on);
    const before = starts(on);
    const from = on.at;
    while (on.at < from + 60_000) untilStart(on);
    expect(starts(on) - before).toBeLessThanOrEqual(8);
  });
});

test("never means never: not even a start that failed is tried again", () => {
  const on = stage(newSwarm(), { policy: never, starts: () => false });
  on.request([spawned(bot)]);
  expect(botOf(on, bot)).toMatchObject({ state: "ERROR", error: "no such program" });
  expect(starts(on)).toBe(1);
});
