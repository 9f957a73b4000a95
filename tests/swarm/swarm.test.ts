import { describe, expect, test } from "bun:test";
import { LifecycleEvent } from "../../src/proto/events.ts";
import type { BotState } from "../../src/proto/status.ts";
import { apply, liveCount, mayNote, notesPerWindow } from "../../src/swarm/swarm.ts";
import { botStatus } from "../../src/swarm/totals.ts";
import { newSwarm, playing, report, spawned, stage } from "./stories.ts";

const bot = "bot_000";
const stateOf = (on: ReturnType<typeof stage>) => on.state.bots.get(bot)!.state;

describe("a bot's life", () => {
  test("goes from SPAWNING over REGISTERING to RUNNING, COMPLETED", () => {
    const on = stage();
    const seen: BotState[] = [];
    on.request([spawned(bot)]);
    seen.push(stateOf(on));
    on.happened({ type: "registered", bot, pid: 7, at: 2 });
    seen.push(stateOf(on));
    on.happened({ type: "playing", bot, at: 3 });
    seen.push(stateOf(on));
    on.happened({ type: "completed", bot, reason: "turn limit", report: report({ credits: 900 }), at: 4 });
    seen.push(stateOf(on));
    on.happened({ type: "exited", bot, code: 0, signal: null, at: 5 });
    seen.push(stateOf(on));
    expect(seen).toEqual(["SPAWNING", "REGISTERING", "RUNNING", "COMPLETED", "COMPLETED"]);
    const status = botStatus(on.state, bot, 10_000);
    expect(status).toMatchObject({ credits: 900, completed_at: 4, started_at: 1, registered_at: 2 });
    expect(status.error).toBeUndefined();
    expect(status.pid).toBeUndefined();
    expect(status.uptime_seconds).toBe(0);
  });

  test("an exit without a word is an error, also with exit code 0", () => {
    for (const [code, signal, words] of [
      [0, null, "without a word, exit code 0"],
      [3, null, "exit code 3"],
      [null, "SIGKILL", "ended by SIGKILL"],
    ] as const) {
      const on = stage();
      playing(on, bot);
      on.happened({ type: "exited", bot, code, signal, at: 50 });
      expect(stateOf(on)).toBe("ERROR");
      expect(botStatus(on.state, bot, 60)).toMatchObject({
        error: expect.stringContaining(words),
        error_at: 50,
      });
    }
  });

  test("what the bot said of its end outlives what its process says", () => {
    const on = stage();
    playing(on, bot);
    on.happened({ type: "failed", bot, reason: "wrong password", at: 5 });
    on.happened({ type: "exited", bot, code: 1, signal: null, at: 6 });
    expect(botStatus(on.state, bot, 7)).toMatchObject({
      state: "ERROR",
      error: "wrong password",
      error_at: 5,
    });
  });

  test("whoever is killed is DEAD however it ends", () => {
    for (const last of [
      { type: "exited", bot, code: null, signal: "SIGKILL", at: 6 },
      { type: "stopped", bot, reason: "told to", at: 6 },
      { type: "failed", bot, reason: "could not log off", at: 6 },
      { type: "lost", bot, at: 6 },
    ] as const) {
      const on = stage();
      playing(on, bot);
      on.happened({ type: "killed", bot, reason: "by request", at: 5 });
      expect(stateOf(on)).toBe("RUNNING");
      on.happened(last);
      expect(stateOf(on)).toBe("DEAD");
    }
  });

  test("a bot without a process is DEAD at once when killed", () => {
    const on = stage(newSwarm({ spawnParallel: 1 }));
    on.request([spawned("first"), spawned(bot)]);
    on.request([{ type: "killed", bot, reason: "by request", at: 2 }]);
    expect(stateOf(on)).toBe("DEAD");
    on.happened({ type: "registered", bot: "first", pid: 1, at: 3 });
    expect(on.effects.filter(({ type }) => type === "start")).toEqual([{ type: "start", bot: "first" }]);
  });

  test("a pause holds it until it resumes, even before it plays", () => {
    const on = stage();
    on.request([spawned(bot)]);
    on.happened({ type: "registered", bot, pid: 7, at: 2 });
    on.happened({ type: "confirmed", bot, order: { type: "pause", id: 1 }, at: 3 });
    on.happened({ type: "playing", bot, at: 4 });
    expect(stateOf(on)).toBe("PAUSED");
    on.happened({ type: "confirmed", bot, order: { type: "resume", id: 2 }, at: 5 });
    expect(stateOf(on)).toBe("RUNNING");
  });

  test("last activity moves with the game, last update with every word", () => {
    const on = stage();
    playing(on, bot);
    on.happened({ type: "reported", bot, report: report(), at: 10 });
    on.happened({ type: "reported", bot, report: report({ activity: "thinking" }), at: 20 });
    expect(botStatus(on.state, bot, 30)).toMatchObject({ last_activity: 10, last_update: 20 });
    on.happened({ type: "reported", bot, report: report({ sector: 2 }), at: 30 });
    expect(botStatus(on.state, bot, 30)).toMatchObject({ last_activity: 30, last_update: 30, sector: 2 });
  });
});

test("events of unknown bots change nothing", () => {
  const on = stage();
  on.happened({ type: "exited", bot: "nobody", code: 1, signal: null, at: 1 });
  expect(on.state.bots.size).toBe(0);
});

test("ended bots do not count as live", () => {
  const on = stage();
  playing(on, "a");
  playing(on, "b");
  on.happened({ type: "exited", bot: "a", code: 1, signal: null, at: 9 });
  expect(liveCount(on.state)).toBe(1);
});

test("a bot's notes are passed on up to a share of each window", () => {
  const on = stage();
  playing(on, bot);
  for (let index = 0; index < notesPerWindow; index++) {
    expect(mayNote(on.state.bots.get(bot)!, 70_000)).toBe(true);
    on.happened({ type: "noted", bot, severity: "info", text: "again", at: 70_000 });
  }
  expect(mayNote(on.state.bots.get(bot)!, 70_001)).toBe(false);
  expect(mayNote(on.state.bots.get(bot)!, 140_000)).toBe(true);
});

test("folding what was stored gives the same bots again", () => {
  const on = stage();
  playing(on, "a");
  playing(on, "b");
  on.request([{ type: "ordered", bot: "a", order: { type: "goal", id: 1, goal: "exploration" }, at: 4 }]);
  on.happened({ type: "confirmed", bot: "a", order: { type: "goal", id: 1, goal: "exploration" }, at: 5 });
  on.happened({ type: "exited", bot: "b", code: null, signal: "SIGKILL", at: 6 });
  const again = newSwarm();
  for (const { event } of on.stored) apply(again, LifecycleEvent.parse(JSON.parse(JSON.stringify(event))));
  expect(again).toEqual(on.state);
});
