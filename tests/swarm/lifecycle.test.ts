import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isLifecycle, LifecycleEvent, TelemetryEvent, type SwarmEvent } from "../../src/proto/events.ts";
import { botStates, type BotState } from "../../src/proto/status.ts";
import { drawLifecycle, lifecycle, moves, type Move } from "../../src/swarm/lifecycle.ts";
import { apply } from "../../src/swarm/swarm.ts";
import { botOf, report, session, spawned, stage, type Stage } from "./stories.ts";

type Step = SwarmEvent | { readonly type: "wake"; readonly at: number };

const bot = "a";
const at = 5;
const pause = { type: "confirmed", bot, order: { type: "pause", id: 1 }, at } as const;
const resume = { type: "confirmed", bot, order: { type: "resume", id: 2 }, at } as const;
const greeted = { type: "registered", bot, pid: 7, session, at } as const;
const plays = { type: "playing", bot, at } as const;
const silent = { type: "timedOut", bot, silence_seconds: 60, at } as const;
const exited = { type: "exited", bot, code: 1, signal: null, at } as const;
const killed = { type: "killed", bot, reason: "by request", at } as const;
const completed = { type: "completed", bot, reason: "done", at } as const;
const stopped = { type: "stopped", bot, reason: "told to", at } as const;
const failed = { type: "failed", bot, reason: "wrong password", at } as const;
const again = { type: "restartAsked", bot, reason: "by request", fresh: false, at } as const;
const backedOff = { type: "backedOff", bot, until: 100, crashes: 1, reason: "crashed", at } as const;
const gaveUp = { type: "gaveUp", bot, reason: "too often", at } as const;
const recovered = { type: "recovered", bot, at } as const;
/** Lets the clock run until whoever waits for its time is started: the first time, and after a crash. */
const wake = { type: "wake", at: 60 } as const;
const wakeLater = { type: "wake", at: 100 } as const;

/** The way of a bot that waits for its time into each state. */
const ways: Record<BotState, readonly Step[]> = {
  QUEUED: [],
  SPAWNING: [wake],
  REGISTERING: [wake, greeted],
  RUNNING: [wake, greeted, plays],
  PAUSED: [wake, greeted, plays, pause],
  STUCK: [wake, greeted, plays, silent],
  BACKOFF: [wake, exited, backedOff],
  COMPLETED: [wake, greeted, plays, completed, exited],
  DEAD: [killed],
  ERROR: [wake, exited],
  FAILED: [wake, exited, gaveUp],
};

interface Journey extends Stage {
  /** States, from one event to the next. */
  readonly arrows: string[];
}

function bring(steps: readonly Step[]): Journey {
  const arrows: string[] = [];
  let before: BotState | undefined;
  const told = () => {
    const { state } = botOf(on, bot);
    if (before !== undefined && state !== before) arrows.push(`${before} --> ${state}`);
    before = state;
  };
  const on: Journey = Object.assign(stage(undefined, { told }), { arrows });
  on.request([{ ...spawned(bot), start_at: 40 }]);
  follow(on, steps);
  return on;
}

function follow(on: Stage, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.type !== "wake") on.happened(step);
    else {
      on.at = step.at;
      on.wake();
    }
  }
}

/** What leads from a state over a cell, in the world's own events. */
const endings = {
  "stick STUCK": [silent],
  "complete COMPLETED": [completed],
  "end DEAD": [killed, stopped],
  "fail ERROR": [exited],
  "queue QUEUED": [again, stopped, exited],
};
const stories: Record<string, readonly Step[]> = {
  "QUEUED start SPAWNING": [wake],
  "QUEUED end DEAD": [killed],
  "QUEUED fail ERROR": [{ type: "startFailed", bot, reason: "no such program", at }],
  "SPAWNING greet REGISTERING": [greeted],
  "REGISTERING play RUNNING": [plays],
  "REGISTERING hold PAUSED": [pause],
  "RUNNING hold PAUSED": [pause],
  "PAUSED release RUNNING": [resume],
  "STUCK revive RUNNING": [recovered],
  "BACKOFF start SPAWNING": [wakeLater],
  "BACKOFF end DEAD": [killed],
  "BACKOFF fail ERROR": [{ type: "startFailed", bot, reason: "no such program", at }],
  "BACKOFF queue QUEUED": [again],
  "COMPLETED queue QUEUED": [again],
  "DEAD queue QUEUED": [again],
  "ERROR backOff BACKOFF": [backedOff],
  "ERROR giveUp FAILED": [gaveUp],
  "ERROR end DEAD": [killed],
  "ERROR queue QUEUED": [again],
  "FAILED end DEAD": [killed],
  "FAILED queue QUEUED": [again],
  ...Object.fromEntries(
    (["SPAWNING", "REGISTERING", "RUNNING", "PAUSED", "STUCK"] as const).flatMap((from) =>
      Object.entries(endings).map(([leads, steps]) => [`${from} ${leads}`, steps] as const),
    ),
  ),
};

/** Where a cell leads to one of several states, by how far the worker had come. */
const byStanding: Record<string, readonly Step[]> = {
  "PAUSED release REGISTERING": [wake, greeted, pause],
  "STUCK revive PAUSED": [wake, greeted, plays, pause, silent],
  "STUCK revive REGISTERING": [wake, greeted, silent],
  "STUCK revive SPAWNING": [wake, silent],
};
const lastSteps: Partial<Record<Move, readonly Step[]>> = { release: [resume], revive: [recovered] };

const cells = botStates.flatMap((from) =>
  Object.entries(lifecycle[from]).flatMap(([move, cell]) =>
    [cell].flat().map((to) => ({ from, move: move as Move, to, name: `${from} ${move} ${to}` })),
  ),
);

describe("the table", () => {
  for (const { from, move, to, name } of cells)
    test(name, () => {
      const special = byStanding[name];
      const steps = special ? lastSteps[move] : stories[name];
      if (!steps) throw new Error("No story is told of this cell");
      const on = bring(special ?? ways[from]);
      expect(botOf(on, bot).state).toBe(from);
      on.arrows.length = 0;
      follow(on, steps);
      expect(on.arrows[0]).toBe(`${from} --> ${to}`);
    });

  test("has no story without a cell", () => {
    const told = [...Object.keys(stories), ...Object.keys(byStanding)];
    // STUCK is not stuck once more.
    const known = told.filter((name) => name !== "STUCK stick STUCK");
    expect(known.filter((name) => cells.every((cell) => cell.name !== name))).toEqual([]);
  });

  test("uses each move, and gives each state a way in", () => {
    expect(moves.filter((move) => cells.every((cell) => cell.move !== move))).toEqual([]);
    const reached = new Set(cells.map(({ to }) => to));
    expect(botStates.filter((state) => !reached.has(state))).toEqual([]);
  });
});

/** Each event, and the moves that it may make. */
const mayMake: Record<SwarmEvent["type"], readonly [event: Step, ...moves: Move[]]> = {
  spawned: [spawned("another")],
  joined: [{ ...spawned("another"), type: "joined", pid: 1 }],
  reconfigured: [{ ...spawned(bot), type: "reconfigured" }],
  started: [{ type: "started", bot, pid: 9, at }, "start"],
  startFailed: [{ type: "startFailed", bot, reason: "no such program", at }, "fail", "end"],
  registered: [greeted, "greet"],
  playing: [plays, "play"],
  ordered: [{ ...pause, type: "ordered" }],
  confirmed: [pause, "hold"],
  killed: [killed, "end"],
  restartAsked: [again, "queue"],
  completed: [completed, "complete"],
  stopped: [stopped, "end"],
  failed: [failed, "fail", "end"],
  exited: [exited, "fail", "end", "queue"],
  lost: [{ type: "lost", bot, at }, "fail", "end", "queue"],
  left: [{ type: "left", bot, at }, "fail", "end", "queue"],
  abandoned: [{ type: "abandoned", bot, at }, "fail", "end"],
  timedOut: [silent, "stick"],
  stalled: [{ type: "stalled", bot, idle_seconds: 600, at }, "stick"],
  recovered: [recovered, "revive"],
  cutOff: [{ type: "cutOff", bot, reason: "garbage", at }, "fail", "end"],
  backedOff: [backedOff, "backOff"],
  gaveUp: [gaveUp, "giveUp"],
  cleared: [{ type: "cleared", bot, at }],
  reported: [{ type: "reported", bot, report: report(), at }],
  noted: [{ type: "noted", bot, severity: "info", text: "", at }],
  traded: [{ type: "traded", bot, sector: 1, product: "Organics", units: 1, credits: 1, at }],
  heard: [{ type: "heard", bot, at }],
  unlinked: [{ type: "unlinked", bot, at }],
  measured: [{ type: "measured", bot, memory_mb: 1, cpu_percent: 1, at }],
  handed: [{ type: "handed", bot, taken: true, at }],
  placed: [{ type: "placed", bot, place: "h:1/A", at }],
};

describe("whatever happens in whatever state, nothing leads where the table does not", () => {
  for (const from of botStates)
    test(from, () => {
      for (const [type, [event, ...allowed]] of Object.entries(mayMake)) {
        const { state } = bring(ways[from]);
        apply(state, event as SwarmEvent);
        const to = state.bots.get(bot)?.state;
        if (type === "cleared" && to === undefined) continue;
        const leads = [from, ...allowed.flatMap((move) => lifecycle[from][move] ?? [])];
        expect([type, leads]).toEqual([type, expect.arrayContaining([to!])]);
      }
    });

  test("and each kind of event was tried", () => {
    const kinds = [...LifecycleEvent.options, ...TelemetryEvent.options].map((one) => one.shape.type.value);
    expect(Object.keys(mayMake).sort()).toEqual([...kinds].sort());
    expect(Object.values(mayMake).filter(([event]) => isLifecycle(event as SwarmEvent))).toHaveLength(
      LifecycleEvent.options.length,
    );
  });
});

test("the picture in ARCHITECTURE.md is the table's", () => {
  const page = readFileSync(join(import.meta.dir, "../../ARCHITECTURE.md"), "utf8");
  const [, drawn] = /^## A bot's life\n[\s\S]*?```mermaid\n([\s\S]*?)\n```/m.exec(page) ?? [];
  expect(drawn).toBe(drawLifecycle());
});
