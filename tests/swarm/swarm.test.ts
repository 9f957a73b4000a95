import { describe, expect, test } from "bun:test";
import type { BotState } from "../../src/proto/status.ts";
import { eventOf } from "../../src/swarm/messages.ts";
import { liveCount } from "../../src/swarm/swarm.ts";
import { botStatus } from "../../src/swarm/totals.ts";
import {
  botOf,
  folded,
  joined,
  newSwarm,
  onCrash,
  playing,
  report,
  session,
  spawned,
  stage,
} from "./stories.ts";

const bot = "bot_000";
const pause = { type: "pause", id: 1 } as const;
const goal = { type: "goal", id: 2, goal: "exploration" } as const;
const stateOf = (on: ReturnType<typeof stage>) => botOf(on, bot).state;
const hello = (at: number, pid = 7) => ({ type: "registered", bot, pid, session, at }) as const;

describe("a bot's life", () => {
  test("goes from QUEUED over SPAWNING, REGISTERING and RUNNING to COMPLETED", () => {
    const on = stage();
    const seen: BotState[] = [];
    on.request([{ ...spawned(bot), start_at: 1 }]);
    seen.push(stateOf(on));
    on.at = 1;
    on.wake();
    seen.push(stateOf(on));
    on.happened(hello(2));
    seen.push(stateOf(on));
    on.happened({ type: "playing", bot, at: 3 });
    seen.push(stateOf(on));
    on.happened({ type: "completed", bot, reason: "turn limit", report: report({ credits: 900 }), at: 4 });
    seen.push(stateOf(on));
    on.happened({ type: "exited", bot, code: 0, signal: null, at: 5 });
    expect([...seen, stateOf(on)]).toEqual([
      "QUEUED",
      "SPAWNING",
      "REGISTERING",
      "RUNNING",
      "COMPLETED",
      "COMPLETED",
    ]);
    const status = botStatus(on.state, bot, 10_000);
    expect(status).toMatchObject({ credits: 900, completed_at: 4, started_at: 1, registered_at: 2 });
    expect([status.error, status.pid, status.uptime_seconds]).toEqual([undefined, undefined, 0]);
  });

  test("that came in by hand begins with a connection", () => {
    const on = stage();
    on.request([joined(bot)]);
    expect(botOf(on, bot)).toMatchObject({ state: "REGISTERING", process: "starting", pid: 5 });
    expect(on.state.starting.size).toBe(0);
    on.happened(hello(2, 5));
    on.happened({ type: "playing", bot, at: 3 });
    expect(botOf(on, bot)).toMatchObject({ state: "RUNNING", process: "up" });
  });

  test("is held until it resumes, even before it plays", () => {
    const on = stage();
    on.request([spawned(bot)]);
    on.happened(hello(2));
    on.happened({ type: "confirmed", bot, order: pause, at: 3 });
    on.happened({ type: "playing", bot, at: 4 });
    expect(stateOf(on)).toBe("PAUSED");
    on.happened({ type: "confirmed", bot, order: { type: "resume", id: 2 }, at: 5 });
    expect(stateOf(on)).toBe("RUNNING");
  });

  test("goes on under a new line as it was", () => {
    const on = stage();
    playing(on, bot);
    on.happened({ type: "unlinked", bot, at: 5 });
    expect(botOf(on, bot)).toMatchObject({ linked: false, state: "RUNNING", process: "up" });
    on.happened(hello(9));
    expect(botOf(on, bot)).toMatchObject({ linked: true, state: "RUNNING", registeredAt: 1 });
  });
});

describe("what people want of a bot", () => {
  /** A bot whose worker crashed and was started again. */
  const reborn = (before: (on: ReturnType<typeof stage>) => void) => {
    const on = stage(newSwarm(), { policy: onCrash });
    playing(on, bot);
    before(on);
    on.happened({ type: "exited", bot, code: 1, signal: null, at: 10 });
    on.at = 1000;
    on.wake();
    on.effects.length = 0;
    on.happened(hello(1001, 9));
    return on;
  };
  const told = (on: ReturnType<typeof stage>) =>
    on.effects.flatMap((effect) => (effect.type === "order" ? effect.order : []));

  test("is told to its next worker: a held bot is held again, and keeps its goal", () => {
    const on = reborn((before) => {
      for (const order of [pause, goal]) {
        before.request([{ type: "ordered", bot, order, at: 2 }]);
        before.happened({ type: "confirmed", bot, order, at: 3 });
      }
    });
    expect(told(on)).toEqual([pause, goal]);
    expect(botOf(on, bot)).toMatchObject({ state: "REGISTERING", error: expect.any(String) });
    on.happened(eventOf(on.state, bot, { type: "confirmed", id: 1 }, 1002)!);
    // Standing where it should, it is mended.
    expect(botOf(on, bot)).toMatchObject({ state: "PAUSED", error: undefined });
  });

  test("is to stand still where it was to step, under the same number", () => {
    const step = { type: "step", id: 1 } as const;
    for (const confirms of [false, true]) {
      const on = reborn((before) => {
        before.request([{ type: "ordered", bot, order: step, at: 2 }]);
        if (confirms) before.happened({ type: "confirmed", bot, order: step, at: 3 });
      });
      expect(told(on)).toEqual([pause]);
      on.happened(eventOf(on.state, bot, { type: "confirmed", id: 1 }, 1002)!);
      expect(botOf(on, bot)).toMatchObject({ state: "PAUSED", orders: [] });
    }
  });

  test("is not told again once it is wanted no more", () => {
    const on = reborn((before) => {
      before.request([{ type: "ordered", bot, order: pause, at: 2 }]);
      before.happened({ type: "confirmed", bot, order: pause, at: 3 });
      before.request([{ type: "ordered", bot, order: { type: "resume", id: 2 }, at: 4 }]);
    });
    expect(told(on)).toEqual([]);
    const other = reborn((before) => {
      before.request([{ type: "ordered", bot, order: goal, at: 2 }]);
      before.request([{ ...spawned(bot), type: "reconfigured", goal: "banking" }]);
    });
    expect(told(other)).toEqual([]);
    expect(botOf(other, bot).goal).toBe("banking");
  });

  test("outlives the manager", () => {
    const on = stage();
    playing(on, bot);
    on.request([{ type: "ordered", bot, order: pause, at: 2 }]);
    const next = stage(folded(on));
    next.happened(hello(99));
    expect(told(next)).toEqual([pause]);
  });

  test("does not carry over what it had done where it is to begin anew", () => {
    const carried = (fresh: boolean) => {
      const on = stage();
      playing(on, bot);
      on.happened({ type: "reported", bot, report: report({ turns_executed: 40, troubles: 2 }), at: 5 });
      on.request([{ type: "restartAsked", bot, reason: "by request", fresh, at: 6 }]);
      on.happened({ type: "exited", bot, code: 0, signal: null, at: 7 });
      on.at = 7;
      on.wake();
      on.happened(hello(8));
      return on.effects.findLast((effect) => effect.type === "welcome");
    };
    expect(carried(true)).toMatchObject({ carried: undefined });
    expect(carried(false)).toMatchObject({ carried: { turns_executed: 40, troubles: 2, haggle_deals: 0 } });
  });
});

test("ended bots hold no place, unless one is about to be back", () => {
  const on = stage();
  for (const id of ["a", "b", "c"]) playing(on, id);
  on.happened({ type: "completed", bot: "a", reason: "done", at: 9 });
  on.happened({ type: "cutOff", bot: "b", reason: "garbage", at: 9 });
  expect(liveCount(on.state)).toBe(2);
  on.happened({ type: "exited", bot: "b", code: 1, signal: null, at: 9 });
  expect(liveCount(on.state)).toBe(1);
});

test("folding what was stored gives the same bots again", () => {
  const on = stage();
  playing(on, "a");
  playing(on, "b");
  on.request([{ type: "ordered", bot: "a", order: goal, at: 4 }]);
  on.happened({ type: "confirmed", bot: "a", order: goal, at: 5 });
  on.happened({ type: "exited", bot: "b", code: null, signal: "SIGKILL", at: 6 });
  on.flush();
  expect(folded(on)).toEqual(on.state);
});
