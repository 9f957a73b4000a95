import { describe, expect, test } from "bun:test";
import type { LifecycleEvent, Moment } from "../../src/proto/events.ts";
import { unsavedMax } from "../../src/swarm/record.ts";
import { botOf, folded, newSwarm, playing, refusalOf, session, spawned, stage } from "./stories.ts";

const spawn = (count: number) => Array.from({ length: count }, (_, index) => spawned(`b${index}`));
const startsOf = (on: ReturnType<typeof stage>) =>
  on.effects.flatMap((effect) => (effect.type === "start" ? effect.bot : []));
const trade = (bot = "a", at = 5): Moment => ({
  type: "traded",
  bot,
  sector: 1,
  product: "Ore",
  units: 1,
  credits: 9,
  at,
});
const exited = (bot: string) => ({ type: "exited", bot, code: 1, signal: null, at: 5 }) as const;
const hello = (bot: string) => ({ type: "registered", bot, pid: 7, session, at: 3 }) as const;
const welcomes = (on: ReturnType<typeof stage>) =>
  on.effects.flatMap((effect) => (effect.type === "welcome" ? effect.bot : []));

describe("starts", () => {
  test("no more are in flight than the limiter allows, and each hello or end lets one follow", () => {
    const on = stage(newSwarm({ spawnParallel: 3 }));
    on.request(spawn(6));
    expect(startsOf(on)).toEqual(["b0", "b1", "b2"]);
    on.happened(hello("b0"));
    expect(startsOf(on)).toHaveLength(4);
    on.happened(exited("b1"));
    expect(startsOf(on)).toHaveLength(5);
    on.happened({ type: "heard", bot: "b0", at: 4 });
    expect(startsOf(on)).toHaveLength(5);
    on.happened({ type: "cutOff", bot: "b2", reason: "garbage", at: 5 });
    expect(startsOf(on)).toEqual(["b0", "b1", "b2", "b3", "b4", "b5"]);
  });

  test("groups wait for their time, and each starts together", () => {
    const on = stage();
    on.request([spawned("a"), { ...spawned("b"), start_at: 1000 }, { ...spawned("c"), start_at: 2000 }]);
    for (const [at, started] of [
      [999, ["a"]],
      [1000, ["a", "b"]],
      [5000, ["a", "b", "c"]],
    ] as const) {
      on.at = at;
      on.wake();
      expect(startsOf(on)).toEqual([...started]);
    }
  });

  test("that fail make 5,000 errors, on a stack of constant depth", () => {
    const on = stage(newSwarm({ maxBots: 5000, spawnParallel: 2 }), { starts: () => false });
    on.request(spawn(5000));
    expect([...on.state.bots.values()].every((bot) => bot.state === "ERROR")).toBe(true);
  });
});

describe("what has happened", () => {
  test("is applied at once, and stored together with the rest a moment later", () => {
    const on = stage();
    playing(on, "a");
    on.flush();
    on.commits.length = 0;
    on.happened(trade());
    on.happened({ type: "timedOut", bot: "a", silence_seconds: 60, at: 5 });
    on.happened({ type: "recovered", bot: "a", at: 6 });
    on.happened(exited("a"));
    expect([on.commits, on.isDirty(), botOf(on, "a").state]).toEqual([[], true, "ERROR"]);
    on.flush();
    on.flush();
    expect([on.commits, on.isDirty(), on.moments]).toEqual([[3], false, [trade()]]);
  });

  test("is stored before the request that comes after it, under its number", () => {
    const on = stage();
    playing(on, "a");
    on.happened(exited("a"));
    on.request([spawned("b")]);
    on.flush();
    expect(on.stored.map(({ seq, event }) => `${seq} ${event.type} ${event.bot}`)).toEqual([
      "1 spawned a",
      "2 started a",
      "3 registered a",
      "4 playing a",
      "5 exited a",
      "6 spawned b",
      "7 started b",
    ]);
    expect(on.state.seq).toBe(7);
  });

  test("while a request is being stored comes after it, in the state as in the store", () => {
    const on = stage(newSwarm({ spawnParallel: 1 }), {
      kept(heard, self) {
        if (heard.length > 0) self.happened({ type: "killed", bot: "b1", reason: "in between", at: 5 });
      },
    });
    playing(on, "a");
    on.request(spawn(3));
    on.heard(trade(), { session, n: 1 });
    const asked: LifecycleEvent = { type: "restartAsked", bot: "b1", reason: "asked", fresh: true, at: 5 };
    on.request([asked]);
    on.flush();
    expect(on.stored.slice(-2).map(({ event }) => event.type)).toEqual(["restartAsked", "killed"]);
    const again = folded(on, newSwarm({ spawnParallel: 1 }));
    expect([botOf({ state: again }, "b1").state, botOf(on, "b1").state]).toEqual(["DEAD", "DEAD"]);
  });

  test("without being a matter of life is applied and never stored", () => {
    const on = stage();
    playing(on, "a");
    on.flush();
    on.happened({ type: "heard", bot: "a", at: 9 });
    on.happened({ type: "measured", bot: "a", memory_mb: 50, cpu_percent: 1, at: 9 });
    on.happened({ type: "unlinked", bot: "a", at: 9 });
    expect(on.isDirty()).toBe(false);
    expect(botOf(on, "a")).toMatchObject({ lastWord: 9, memoryMb: 50, linked: false });
  });

  test("to bots that nobody knows changes nothing", () => {
    const on = stage();
    on.happened(exited("nobody"));
    expect(on.state.bots.size).toBe(0);
  });
});

describe("a full disk", () => {
  test("refuses what is asked, and nothing changes", () => {
    const on = stage();
    on.full = true;
    expect(refusalOf(() => on.request(spawn(1)))).toBe("disk_full: It cannot be kept: disk full");
    expect(refusalOf(() => on.request(spawn(1)))).toStartWith("disk_full");
    expect([on.state.bots.size, on.effects, on.state.seq]).toEqual([0, [], 0]);
    expect([on.degraded(), on.complaints.length]).toEqual(["disk full", 1]);
    on.full = false;
    on.flush();
    expect(on.degraded()).toBeUndefined();
    on.full = true;
    expect(refusalOf(() => on.request(spawn(1)))).toStartWith("disk_full");
    expect(on.complaints).toHaveLength(2);
  });

  test("does not undo what has happened, which is stored later, in order", () => {
    const on = stage();
    playing(on, "a");
    on.flush();
    const before = on.stored.length;
    on.full = true;
    on.happened(exited("a"));
    on.flush();
    expect(botOf(on, "a").state).toBe("ERROR");
    expect(on.stored).toHaveLength(before);
    on.full = false;
    on.request(spawn(1));
    on.flush();
    expect(on.stored.slice(before).map(({ seq, event }) => `${seq - before} ${event.type}`)).toEqual([
      "1 exited",
      "2 spawned",
      "3 started",
    ]);
  });

  test("lets nobody be started until it takes things again", () => {
    const on = stage(newSwarm({ spawnParallel: 1 }));
    on.request(spawn(2));
    on.full = true;
    on.happened(hello("b0"));
    on.wake();
    expect(startsOf(on)).toEqual(["b0"]);
    on.full = false;
    on.flush();
    expect(startsOf(on)).toEqual(["b0", "b1"]);
  });
});

test("a worker is started when all that its former one told is kept, and not before: it begins its folder anew", () => {
  const on = stage(newSwarm(), {
    perform(effect, self) {
      if (effect.type === "start") unkeptAtStart.push(self.isDirty());
    },
  });
  const unkeptAtStart: boolean[] = [];
  on.at = 10;
  on.request(spawn(1));
  on.happened(hello("b0"));
  on.happened({ type: "restartAsked", bot: "b0", reason: "by request", fresh: false, at: 3 });
  on.heard(trade("b0"), { session, n: 1 });
  on.full = true;
  on.happened(exited("b0"));
  expect(startsOf(on)).toEqual(["b0"]);
  on.full = false;
  on.flush();
  expect([startsOf(on), unkeptAtStart]).toEqual([
    ["b0", "b0"],
    [false, false],
  ]);
});

test("a request that needs nothing, for what happened is as it wants, is answered when that is kept", () => {
  const on = stage();
  on.request([]);
  expect(on.commits).toEqual([]);
  on.request(spawn(1));
  on.happened({ type: "killed", bot: "b0", reason: "it takes too much", at: 2 });
  on.full = true;
  expect(refusalOf(() => on.request([]))).toStartWith("disk_full");
  on.full = false;
  on.request([]);
  expect(on.stored.at(-1)?.event.type).toBe("killed");
});

describe("a welcome", () => {
  test("is said after the hello is stored, and not before", () => {
    const on = stage();
    on.request(spawn(1));
    on.happened(hello("b0"));
    expect([welcomes(on), on.stored.at(-1)?.event.type]).toEqual([["b0"], "registered"]);
  });

  test("is owed while the disk is full, and paid by whatever is stored first", () => {
    for (const pay of ["flush", "request"] as const) {
      const on = stage();
      on.request(spawn(2));
      on.full = true;
      on.happened(hello("b0"));
      on.happened(hello("b1"));
      expect(welcomes(on)).toEqual([]);
      on.flush();
      expect(welcomes(on)).toEqual([]);
      on.full = false;
      if (pay === "flush") on.flush();
      else on.request([spawned("other")]);
      expect(welcomes(on)).toEqual(["b0", "b1"]);
      on.flush();
      expect(welcomes(on)).toHaveLength(2);
    }
  });

  test("is for those whose process is there", () => {
    const on = stage();
    on.request(spawn(1));
    on.happened(exited("b0"));
    on.happened(hello("b0"));
    expect(welcomes(on)).toEqual([]);
    expect(botOf(on, "b0")).toMatchObject({ state: "ERROR", process: "gone", linked: false });
  });
});

describe("orders", () => {
  test("to a bot that is not there yet are told after its welcome, the newest of each kind", () => {
    const on = stage();
    on.request(spawn(1));
    for (const order of [
      { type: "pause", id: 1 },
      { type: "goal", id: 2, goal: "exploration" },
      { type: "resume", id: 3 },
    ] as const)
      on.request([{ type: "ordered", bot: "b0", order, at: 2 }]);
    expect(on.effects.map(({ type }) => type)).toEqual(["start"]);
    on.happened(hello("b0"));
    expect(on.effects.slice(1)).toEqual([
      { type: "welcome", bot: "b0", carried: undefined },
      { type: "order", bot: "b0", order: { type: "goal", id: 2, goal: "exploration" } },
      { type: "order", bot: "b0", order: { type: "resume", id: 3 } },
    ]);
  });

  test("cannot be given from within a deed", () => {
    const on = stage(newSwarm(), { perform: (_, self) => self.request([spawned("b")]) });
    expect(() => on.request([spawned("a")])).toThrow("from within a deed");
  });
});

test("what nobody promised to keep does not fill the memory while the disk is full", () => {
  let most = 0;
  const on = stage(newSwarm(), { store: ({ moments }) => void (most = Math.max(most, moments.length)) });
  playing(on, "a");
  on.full = true;
  for (let count = 0; count < unsavedMax + 500; count++) on.happened(trade());
  on.full = false;
  on.flush();
  expect(most).toBe(unsavedMax);
});
