import { describe, expect, test } from "bun:test";
import {
  clearEnded,
  killAll,
  killBot,
  orderBot,
  restartBot,
  youngestFirst,
} from "../../src/swarm/requests.ts";
import { botOf, joined, newSwarm, onCrash, playing, refusalOf, spawned, stage } from "./stories.ts";

const plays = (...bots: string[]) => {
  const on = stage();
  for (const bot of bots) playing(on, bot);
  return on;
};
const completed = (bot: string) => ({ type: "completed", bot, reason: "done", at: 2 }) as const;
const exited = (bot: string) => ({ type: "exited", bot, code: 9, signal: null, at: 3 }) as const;

describe("orders", () => {
  test("grow by one for each order to a bot, under the next worker, too", () => {
    const on = plays("a");
    const pause = orderBot(on.state, "a", { type: "pause" }, 1)!;
    expect(pause).toEqual({ type: "ordered", bot: "a", order: { type: "pause", id: 1 }, at: 1 });
    on.request([pause]);
    expect(orderBot(on.state, "a", { type: "goal", goal: "banking" }, 1)).toMatchObject({ order: { id: 2 } });
    on.request(restartBot(on.state, "a", "by request", 2));
    on.happened(exited("a"));
    expect(orderBot(on.state, "a", { type: "resume" }, 4)).toMatchObject({ order: { id: 3 } });
  });

  test("need nothing when the bot already is as wished", () => {
    const on = plays("a");
    expect(orderBot(on.state, "a", { type: "resume" }, 1)).toBeUndefined();
    on.happened({ type: "confirmed", bot: "a", order: { type: "pause", id: 1 }, at: 2 });
    expect(orderBot(on.state, "a", { type: "pause" }, 1)).toBeUndefined();
  });

  test("a resume is not skipped while a pause is under way, nor a pause while a resume is", () => {
    const on = plays("a");
    on.request([orderBot(on.state, "a", { type: "pause" }, 1)!]);
    expect(orderBot(on.state, "a", { type: "resume" }, 1)).toBeDefined();
    on.happened({ type: "confirmed", bot: "a", order: { type: "pause", id: 1 }, at: 2 });
    on.request([orderBot(on.state, "a", { type: "resume" }, 2)!]);
    expect(orderBot(on.state, "a", { type: "pause" }, 3)).toBeDefined();
  });

  test("a step is never skipped, and a pause or a resume is not while one is under way", () => {
    const on = plays("a");
    const step = orderBot(on.state, "a", { type: "step" }, 1)!;
    expect(step).toMatchObject({ order: { type: "step", id: 1 } });
    on.request([step]);
    expect(orderBot(on.state, "a", { type: "resume" }, 1)).toBeDefined();
    on.happened({ type: "confirmed", bot: "a", order: { type: "step", id: 1 }, at: 2 });
    expect(botOf(on, "a")).toMatchObject({ state: "PAUSED", held: true, orders: [] });
    on.request([orderBot(on.state, "a", { type: "step" }, 2)!]);
    expect(botOf(on, "a").state).toBe("PAUSED");
    expect(orderBot(on.state, "a", { type: "pause" }, 2)).toBeDefined();
    on.request([orderBot(on.state, "a", { type: "resume" }, 2)!]);
    expect(botOf(on, "a").orders).toEqual([{ type: "resume", id: 3 }]);
  });

  test("a resume is not skipped while a new worker is yet to stand still as the former one did", () => {
    const on = plays("a");
    on.at = 10;
    on.request([orderBot(on.state, "a", { type: "pause" }, 1)!]);
    on.happened({ type: "confirmed", bot: "a", order: { type: "pause", id: 1 }, at: 2 });
    on.request(restartBot(on.state, "a", "by request", 2));
    on.happened(exited("a"));
    on.happened({ type: "registered", bot: "a", pid: 8, session: "0000000000000002", at: 3 });
    on.happened({ type: "playing", bot: "a", at: 3 });
    expect(botOf(on, "a")).toMatchObject({ state: "RUNNING", orders: [] });
    expect(orderBot(on.state, "a", { type: "resume" }, 4)).toBeDefined();
  });

  test("are kept for a bot that waits to be started, or started again", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    on.request([{ ...spawned("later"), start_at: 1000 }]);
    playing(on, "crashed");
    on.happened(exited("crashed"));
    for (const bot of ["later", "crashed"]) {
      on.request([orderBot(on.state, bot, { type: "pause" }, 4)!]);
      expect(botOf(on, bot).orders).toHaveLength(1);
    }
    expect(on.effects.some(({ type }) => type === "order")).toBe(false);
  });

  test("are refused for unknown, ended and killed bots", () => {
    const on = plays("a", "b");
    on.happened(completed("a"));
    on.request(killBot(on.state, "b", "by request", 3));
    expect(refusalOf(() => orderBot(on.state, "x", { type: "pause" }, 1))).toBe(
      'not_found: There is no bot "x"',
    );
    expect(refusalOf(() => orderBot(on.state, "a", { type: "pause" }, 1))).toBe(
      'conflict: Cannot pause bot "a": it has ended (COMPLETED)',
    );
    expect(refusalOf(() => orderBot(on.state, "b", { type: "goal", goal: "auto" }, 1))).toBe(
      'conflict: Cannot give a goal to bot "b": it was killed (RUNNING)',
    );
  });
});

describe("killing", () => {
  test("twice is once", () => {
    const on = plays("a");
    const events = killBot(on.state, "a", "by request", 1);
    expect(events.map(({ type }) => type)).toEqual(["killed", "ordered"]);
    on.request(events);
    expect(killBot(on.state, "a", "by request", 2)).toEqual([]);
    on.happened({ type: "stopped", bot: "a", reason: "told to", at: 3 });
    expect(killBot(on.state, "a", "by request", 4)).toEqual([]);
  });

  test("a completed bot changes nothing, a failed one becomes DEAD and keeps its reason", () => {
    const on = plays("a", "b");
    expect(refusalOf(() => killBot(on.state, "x", "by request", 1))).toStartWith("not_found");
    on.happened(completed("a"));
    expect(killBot(on.state, "a", "by request", 3)).toEqual([]);
    on.happened(exited("b"));
    on.request(killBot(on.state, "b", "by request", 4));
    expect(botOf(on, "b")).toMatchObject({ state: "DEAD", error: expect.stringContaining("exit code 9") });
  });

  test("one that was cut off keeps it from coming back", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    playing(on, "a");
    on.happened({ type: "cutOff", bot: "a", reason: "garbage", at: 2 });
    on.request(killBot(on.state, "a", "by request", 3));
    on.happened(exited("a"));
    expect(botOf(on, "a")).toMatchObject({ state: "DEAD", error: "garbage" });
  });
});

test("with all others one is killed that was cut off and has not gone yet: it would come back", () => {
  const on = stage(newSwarm(), { policy: onCrash });
  playing(on, "a");
  on.happened({ type: "cutOff", bot: "a", reason: "garbage", at: 2 });
  expect(youngestFirst(on.state)).toEqual(["a"]);
  on.request(killAll(on.state, "the manager stops", 3));
  expect(youngestFirst(on.state)).toEqual([]);
  on.happened(exited("a"));
  expect(botOf(on, "a")).toMatchObject({ state: "DEAD", error: "garbage" });
  expect(killAll(on.state, "the manager stops", 4)).toEqual([]);
});

describe("restarting", () => {
  test("goes on where a bot that plays was, and begins anew with one that has ended", () => {
    const on = plays("a", "b");
    on.happened(completed("b"));
    on.happened(exited("b"));
    expect(restartBot(on.state, "a", "by request", 5)).toMatchObject([
      { type: "restartAsked", fresh: false },
    ]);
    expect(restartBot(on.state, "b", "by request", 5)).toMatchObject([{ type: "restartAsked", fresh: true }]);
  });

  test("twice is once, also of one that is about to be started", () => {
    const on = plays("a");
    on.request([{ ...spawned("later"), start_at: 1000 }]);
    on.request(restartBot(on.state, "a", "by request", 5));
    expect(restartBot(on.state, "a", "by request", 6)).toEqual([]);
    expect(restartBot(on.state, "later", "by request", 6)).toEqual([]);
  });

  test("does not wait for the time of a bot in BACKOFF", () => {
    const on = stage(newSwarm(), { policy: onCrash });
    playing(on, "a");
    on.happened(exited("a"));
    on.at = 4;
    expect(botOf(on, "a")).toMatchObject({ state: "BACKOFF", notBefore: 103 });
    on.request(restartBot(on.state, "a", "by request", 4));
    expect(botOf(on, "a").state).toBe("SPAWNING");
  });

  test("is refused where it cannot be", () => {
    const on = stage(newSwarm({ maxBots: 2 }));
    playing(on, "a");
    on.happened(completed("a"));
    expect(refusalOf(() => restartBot(on.state, "a", "by request", 3))).toBe(
      'conflict: Cannot restart bot "a" yet: its former worker is still ending',
    );
    on.happened(exited("a"));
    on.request([joined("hand"), spawned("b")]);
    expect(refusalOf(() => restartBot(on.state, "hand", "by request", 3))).toBe(
      'conflict: Cannot restart bot "hand": it was started by hand, not here',
    );
    expect(refusalOf(() => restartBot(on.state, "a", "by request", 3))).toStartWith("swarm_full");
    expect(refusalOf(() => restartBot(on.state, "x", "by request", 3))).toStartWith("not_found");
  });
});

test("clearing takes away those that have ended and are gone", () => {
  const on = plays("a", "b", "c", "d");
  for (const bot of ["a", "b"]) on.happened(completed(bot));
  on.happened(exited("a"));
  on.happened(exited("c"));
  const cleared = clearEnded(on.state, 9);
  expect(cleared).toEqual([
    { type: "cleared", bot: "a", at: 9 },
    { type: "cleared", bot: "c", at: 9 },
  ]);
  on.request(cleared);
  expect([...on.state.bots.keys()]).toEqual(["b", "d"]);
});

test("the youngest come first, without those that are over or on their way out", () => {
  const on = plays("a", "b", "c", "d");
  on.happened(completed("b"));
  on.request(killBot(on.state, "c", "by request", 3));
  expect(youngestFirst(on.state)).toEqual(["d", "a"]);
});
