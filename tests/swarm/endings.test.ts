import { describe, expect, test } from "bun:test";
import type { SwarmEvent } from "../../src/proto/events.ts";
import type { WorkerMessage } from "../../src/proto/link.ts";
import { eventOf } from "../../src/swarm/messages.ts";
import { killAll, killBot, orderBot, restartBot, type Wish } from "../../src/swarm/requests.ts";
import { botStatus } from "../../src/swarm/totals.ts";
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

const bot = "a";
const exited = (at: number, code: number | null = 0, signal: string | null = null) =>
  ({ type: "exited", bot, code, signal, at }) as const;
const plays = (policy = onCrash) => {
  const on = stage(newSwarm(), { policy });
  playing(on, bot);
  return on;
};

test("a bot that is to begin anew does so, though another reason to start it comes after", () => {
  const on = plays();
  on.request([{ type: "restartAsked", bot, reason: "another configuration", fresh: true, at: 2 }]);
  on.happened({ type: "restartAsked", bot, reason: "too much memory", fresh: false, at: 3 });
  expect(botOf(on, bot)).toMatchObject({ fresh: true, again: "too much memory" });
});

describe("success is what the bot said", () => {
  test("exit code 0 is none", () => {
    for (const [code, signal, words] of [
      [0, null, "the worker ended without a word, exit code 0"],
      [3, null, "the worker ended without a word, exit code 3"],
      [null, "SIGKILL", "the worker was ended by SIGKILL"],
      [null, null, "the worker ended without a word, exit code unknown"],
    ] as const) {
      const on = stage();
      playing(on, bot);
      on.happened(exited(50, code, signal));
      expect(botStatus(on.state, bot, 60)).toMatchObject({ state: "ERROR", error: words, error_at: 50 });
    }
  });

  test("why a process ended is told where more is known than its code", () => {
    const on = stage();
    playing(on, bot);
    on.happened({ ...exited(50, null, "SIGKILL"), words: "killed by the memory limit of 200 MB" });
    expect(botOf(on, bot).error).toBe("killed by the memory limit of 200 MB");
  });

  test("COMPLETED stays, whatever the process does next", () => {
    const on = plays();
    on.happened({ type: "completed", bot, reason: "done", report: report({ credits: 900 }), at: 4 });
    on.happened(exited(5, 1));
    expect(botStatus(on.state, bot, 9)).toMatchObject({ state: "COMPLETED", credits: 900, completed_at: 4 });
    expect(botOf(on, bot)).toMatchObject({ process: "gone", error: undefined, endedAt: 4 });
  });

  test("COMPLETED that nobody had heard is found in what the worker left", () => {
    const on = plays();
    const left: (WorkerMessage & { n: number })[] = [
      { type: "traded", n: 1, sector: 1, product: "Organics", units: 5, credits: 90 },
      { type: "ended", n: 2, how: "completed", reason: "turn limit" },
    ];
    for (const message of left) on.heard(eventOf(on.state, bot, message, 9)!, { session, n: message.n });
    on.happened(exited(9, null, "SIGKILL"));
    expect(botOf(on, bot)).toMatchObject({ state: "COMPLETED", process: "gone", crashes: 0 });
    on.flush();
    expect(on.acknowledged).toEqual([{ bot, session, upTo: 2 }]);
  });

  test("a word that comes after the end was judged is too late", () => {
    const on = plays();
    on.happened(exited(9));
    expect(botOf(on, bot)).toMatchObject({ state: "BACKOFF", process: "waiting" });
    for (const type of ["completed", "stopped", "failed"] as const)
      on.happened({ type, bot, reason: "late", at: 10 });
    on.happened(exited(10));
    expect(botOf(on, bot)).toMatchObject({ state: "BACKOFF", process: "waiting", crashes: 1 });
    on.at = 200;
    on.wake();
    expect(botOf(on, bot)).toMatchObject({ state: "SPAWNING", restarts: 1 });
  });

  test("the first reason is the one that counts", () => {
    const on = plays();
    on.happened({ type: "failed", bot, reason: "wrong password", at: 5 });
    on.happened({ type: "completed", bot, reason: "done", at: 6 });
    on.happened(exited(7, 1));
    expect(botStatus(on.state, bot, 9)).toMatchObject({
      state: "ERROR",
      error: "wrong password",
      error_at: 5,
    });
  });
});

describe("whoever is killed", () => {
  const ends: readonly SwarmEvent[] = [
    exited(6, null, "SIGKILL"),
    { type: "stopped", bot, reason: "told to", at: 6 },
    { type: "failed", bot, reason: "could not log off", at: 6 },
    { type: "lost", bot, at: 6 },
    { type: "cutOff", bot, reason: "no word", at: 6 },
  ];
  test("is DEAD however it ends, and not started again", () => {
    for (const end of ends) {
      const on = plays({ ...onCrash, policy: "always" });
      on.request(killBot(on.state, bot, "by request", 5));
      expect(botOf(on, bot).state).toBe("RUNNING");
      on.happened(end);
      if (end.type !== "exited") on.happened(exited(7));
      on.at = 100_000;
      on.wake();
      expect(botOf(on, bot)).toMatchObject({ state: "DEAD", process: "gone", restarts: 0 });
    }
  });

  test("is DEAD at once without a process, and is not started when there is room", () => {
    const on = stage(newSwarm({ spawnParallel: 1 }));
    on.request([spawned("first"), spawned(bot)]);
    on.request([{ type: "killed", bot, reason: "by request", at: 2 }]);
    expect(botOf(on, bot)).toMatchObject({ state: "DEAD", process: "gone" });
    on.happened({ type: "registered", bot: "first", pid: 1, at: 3 });
    expect(on.effects.filter(({ type }) => type === "start")).toEqual([{ type: "start", bot: "first" }]);
  });

  test("after a crash, between its end and the next start, stays away", () => {
    const on = plays();
    on.happened(exited(5));
    on.request(killBot(on.state, bot, "by request", 6));
    on.at = 100_000;
    on.wake();
    expect(botOf(on, bot)).toMatchObject({ state: "DEAD", process: "gone", restarts: 0 });
  });

  test("with everybody: each that is alive, once", () => {
    const on = plays();
    on.request([joined("hand"), spawned("new")]);
    on.happened({ type: "completed", bot: "hand", reason: "done", at: 2 });
    const events = killAll(on.state, "the manager stops", 9);
    expect(events.map((event) => `${event.type} ${event.bot}`)).toEqual([
      "killed a",
      "ordered a",
      "killed new",
      "ordered new",
    ]);
    on.request(events);
    expect(killAll(on.state, "the manager stops", 10)).toEqual([]);
  });
});

describe("who is to be started anew", () => {
  const lastWords: readonly (SwarmEvent | undefined)[] = [
    undefined,
    { type: "stopped", bot, reason: "told to", at: 6 },
    { type: "failed", bot, reason: "wrong password", at: 6 },
    { type: "completed", bot, reason: "done", at: 6 },
    { type: "cutOff", bot, reason: "far above the limit of memory", at: 6 },
    { type: "timedOut", bot, silence_seconds: 60, at: 6 },
  ];
  test("is, whatever its worker says last, and that is no crash", () => {
    for (const word of lastWords) {
      const on = plays({ ...onCrash, policy: "never" });
      on.request(restartBot(on.state, bot, "by request", 5));
      if (word) on.happened(word);
      expect(botOf(on, bot)).toMatchObject({ process: "up", again: "by request" });
      on.at = 7;
      on.happened(exited(7, 1));
      expect(botOf(on, bot)).toMatchObject({
        state: "SPAWNING",
        restarts: 1,
        crashes: 0,
        crashTimes: [],
        error: undefined,
        again: undefined,
      });
    }
  });

  test("is told to log off, and given time", () => {
    const on = plays();
    on.effects.length = 0;
    on.request(restartBot(on.state, bot, "by request", 5));
    expect(on.effects).toEqual([
      { type: "end", bot, graceMs: 5000 },
      { type: "order", bot, order: { type: "stop", id: 1 } },
    ]);
    on.happened(exited(7));
    expect(botOf(on, bot).orders).toEqual([]);
  });

  test("is not, when somebody then wants it gone; and is after all, when somebody changes his mind", () => {
    const on = plays();
    on.request(restartBot(on.state, bot, "by request", 5));
    on.request(killBot(on.state, bot, "by request", 6));
    expect(botOf(on, bot)).toMatchObject({ killed: "by request", again: undefined });
    on.request(restartBot(on.state, bot, "by request", 7));
    on.at = 8;
    on.happened(exited(8));
    expect(botOf(on, bot)).toMatchObject({ state: "SPAWNING", killed: undefined });
  });

  test("is started by hand only, if it was before", () => {
    const on = stage();
    on.request([joined(bot)]);
    on.happened({ type: "restartAsked", bot, reason: "no progress", fresh: false, at: 4 });
    on.happened({ type: "lost", bot, at: 5 });
    expect(botOf(on, bot)).toMatchObject({ state: "ERROR", process: "gone" });
  });
});

describe("what a worker had confirmed that is gone", () => {
  const order = (on: Stage) => botStatus(on.state, bot, 99).order;
  const asked = (on: Stage, wish: Wish) => on.request([orderBot(on.state, bot, wish, 2)!]);
  const confirms = (on: Stage, id: number) =>
    on.happened(eventOf(on.state, bot, { type: "confirmed", id }, 3)!);
  const killedOutright = (on: Stage) => on.happened(exited(4, null, "SIGKILL"));
  const backAgain = (on: Stage) => {
    on.happened({ type: "started", bot, pid: 8, at: 5 });
    on.happened({ type: "registered", bot, pid: 8, session: "fedcba9876543210", at: 6 });
  };

  test("waits for the next one, who is told again and confirms it anew", () => {
    for (const wish of [{ type: "pause" }, { type: "goal", goal: "banking" }] as const) {
      const on = plays();
      asked(on, wish);
      confirms(on, 1);
      expect(order(on)).toEqual({ id: 1, type: wish.type, state: "delivered" });
      killedOutright(on);
      expect([botOf(on, bot).state, order(on)]).toEqual([
        "BACKOFF",
        { id: 1, type: wish.type, state: "queued" },
      ]);
      backAgain(on);
      expect(order(on)?.state).toBe("queued");
      expect(on.effects.at(-1)).toMatchObject({ type: "order", order: { id: 1, ...wish } });
      confirms(on, 1);
      expect(order(on)?.state).toBe("delivered");
    }
  });

  test("is a pause where it was a step: there is nothing to step on from", () => {
    const on = plays();
    asked(on, { type: "step" });
    confirms(on, 1);
    killedOutright(on);
    expect(order(on)).toEqual({ id: 1, type: "pause", state: "queued" });
  });

  test("is over where it was a resume, confirmed or not, and the next order has a number of its own", () => {
    for (const isConfirmed of [true, false]) {
      const on = plays();
      asked(on, { type: "pause" });
      confirms(on, 1);
      asked(on, { type: "resume" });
      if (isConfirmed) confirms(on, 2);
      killedOutright(on);
      expect(order(on)).toBeUndefined();
      backAgain(on);
      asked(on, { type: "pause" });
      expect(order(on)).toEqual({ id: 3, type: "pause", state: "queued" });
    }
  });

  test("is over with its bot, until that one is started again", () => {
    const on = plays();
    asked(on, { type: "goal", goal: "banking" });
    confirms(on, 1);
    on.request(killBot(on.state, bot, "by request", 4));
    expect(order(on)).toEqual({ id: 2, type: "stop", state: "queued" });
    on.happened(exited(5));
    expect([botOf(on, bot).state, order(on)]).toEqual(["DEAD", undefined]);
    on.request(restartBot(on.state, bot, "by request", 6));
    expect(order(on)).toEqual({ id: 1, type: "goal", state: "queued" });
    on.request([{ ...spawned(bot, 7), type: "reconfigured" }]);
    expect(order(on)).toBeUndefined();
  });
});

test("a former manager of an older version left nobody at work", () => {
  const on = stage(newSwarm({ spawnParallel: 1 }));
  playing(on, bot);
  on.request([spawned("b"), spawned("c")]);
  for (const id of [bot, "b", "c"]) on.happened({ type: "abandoned", bot: id, at: 9 });
  for (const id of [bot, "b", "c"])
    expect(botOf(on, id)).toMatchObject({
      state: "ERROR",
      process: "gone",
      error: "the manager stopped while this bot ran",
    });
  expect([...on.state.waiting, ...on.state.starting]).toEqual([]);
});
