import { expect, test } from "bun:test";
import { isQuiet } from "../../src/swarm/react.ts";
import { createRecorder } from "../../src/swarm/record.ts";
import { silent } from "../../src/swarm/health.ts";
import { newSwarm, playing, spawned, stage } from "./stories.ts";

const spawn = (count: number) => Array.from({ length: count }, (_, index) => spawned(`b${index}`));
const starts = (on: ReturnType<typeof stage>) => on.effects.filter(({ type }) => type === "start").length;

test("no more starts are in flight than the limiter allows, and each hello or end lets one follow", () => {
  const on = stage(newSwarm({ spawnParallel: 3 }));
  on.request(spawn(6));
  expect(starts(on)).toBe(3);
  on.happened({ type: "registered", bot: "b0", pid: 1, at: 2 });
  expect(starts(on)).toBe(4);
  on.happened({ type: "exited", bot: "b1", code: 1, signal: null, at: 3 });
  expect(starts(on)).toBe(5);
  on.happened({ type: "heard", bot: "b0", at: 4 });
  expect(starts(on)).toBe(5);
  on.happened({ type: "timedOut", bot: "b2", silence_seconds: 60, at: 5 });
  expect(on.effects.flatMap((effect) => (effect.type === "start" ? effect.bot : []))).toEqual([
    "b0",
    "b1",
    "b2",
    "b3",
    "b4",
    "b5",
  ]);
});

test("5,000 bots that cannot be started all become errors, on a stack of constant depth", () => {
  const state = newSwarm({ maxBots: 5000, spawnParallel: 2 });
  const recorder = createRecorder(
    state,
    () => {},
    (effect) => {
      if (effect.type === "start")
        recorder.happened({ type: "startFailed", bot: effect.bot, reason: "no such program", at: 2 });
    },
    () => {},
    () => {},
  );
  recorder.request(spawn(5000));
  expect([...state.bots.values()].every((bot) => bot.state === "ERROR")).toBe(true);
});

test("stored numbers are those of the state, without gap or repeat", () => {
  const on = stage(newSwarm({ spawnParallel: 1 }));
  on.request(spawn(3));
  on.happened({ type: "registered", bot: "b0", pid: 1, at: 2 });
  on.happened({ type: "heard", bot: "b0", at: 2 });
  expect(on.stored.map(({ seq }) => seq)).toEqual(on.stored.map((_, index) => index + 1));
  expect(on.state.seq).toBe(on.stored.length);
});

test("a request that cannot be stored changes nothing", () => {
  const on = stage();
  on.full = true;
  expect(() => on.request(spawn(1))).toThrow("disk full");
  expect(on.state.bots.size).toBe(0);
  expect(on.effects).toEqual([]);
});

test("what has happened counts though the disk is full, and is stored when it takes things again", () => {
  const on = stage();
  playing(on, "a");
  const before = on.stored.length;
  on.full = true;
  on.happened({ type: "exited", bot: "a", code: 1, signal: null, at: 5 });
  expect(on.state.bots.get("a")!.state).toBe("ERROR");
  expect(on.complaints).toHaveLength(1);
  expect(on.stored).toHaveLength(before);
  on.full = false;
  on.request(spawn(1));
  expect(on.stored.slice(before).map(({ seq, event }) => [seq, event.type])).toEqual([
    [before + 1, "exited"],
    [before + 2, "spawned"],
    [before + 3, "started"],
  ]);
});

test("orders to a bot that is not there yet are told when it says hello, the newest of each kind", () => {
  const on = stage();
  on.request(spawn(1));
  for (const order of [
    { type: "pause", id: 1 },
    { type: "goal", id: 2, goal: "exploration" },
    { type: "resume", id: 3 },
  ] as const)
    on.request([{ type: "ordered", bot: "b0", order, at: 2 }]);
  expect(on.effects.map(({ type }) => type)).toEqual(["start"]);
  on.happened({ type: "registered", bot: "b0", pid: 1, at: 3 });
  expect(on.effects.slice(1)).toEqual([
    { type: "welcome", bot: "b0" },
    { type: "order", bot: "b0", order: { type: "goal", id: 2, goal: "exploration" } },
    { type: "order", bot: "b0", order: { type: "resume", id: 3 } },
  ]);
});

test("silence is judged only where somebody could speak", () => {
  const on = stage(newSwarm({ spawnParallel: 2 }));
  on.request(spawn(3));
  on.happened({ type: "registered", bot: "b0", pid: 1, at: 50_000 });
  expect(silent(on.state, 60_000, 60_001).map(({ bot }) => bot)).toEqual([]);
  const late = silent(on.state, 60_000, 111_000);
  expect(late).toMatchObject([
    { type: "timedOut", bot: "b0", silence_seconds: 61 },
    { bot: "b1" },
    { bot: "b2" },
  ]);
  for (const event of late) on.happened(event);
  expect(on.state.bots.get("b0")).toMatchObject({
    state: "ERROR",
    error: "no word from the worker for 61 s",
  });
  expect(on.effects.filter(({ type }) => type === "cut")).toHaveLength(3);
  expect(silent(on.state, 60_000, 200_000)).toEqual([]);
});

test("a swarm is quiet when its last process is gone, not before", () => {
  const on = stage();
  expect(isQuiet(on.state)).toBe(true);
  playing(on, "a");
  on.happened({ type: "completed", bot: "a", reason: "done", at: 2 });
  expect(isQuiet(on.state)).toBe(false);
  on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: 3 });
  expect(isQuiet(on.state)).toBe(true);
});
