/** How workers that were no children of this manager end, as it finds out. */
import { expect, test } from "bun:test";
import type { Hands } from "../src/hands.ts";
import { keepWorkers } from "../src/workers.ts";
import type { WorkerHooks } from "../src/io/process.ts";
import { createLines } from "../src/control/lines.ts";
import { botOf, newSwarm, spawned, stage } from "./swarm/stories.ts";

/** The workers of a swarm on a machine that does nothing but what `more` says. */
function workersOf(on: ReturnType<typeof stage>, more: Partial<Hands> = {}) {
  const nobody = () => {
    throw new Error("This hand is not needed here");
  };
  const hands: Hands = {
    startWorker: nobody,
    signalWorker: nobody,
    draftIn: nobody,
    useDraft: nobody,
    isThere: () => false,
    isSeated: () => false,
    startTicks: () => undefined,
    workersOf: nobody,
    readOutbox: () => undefined,
    readLastScreen: () => undefined,
    tailLog: () => ({ lines: [], offset: 0, next_offset: 0, size: 0 }),
    listenLines: nobody,
    openCgroups: () => undefined,
    openAdvisor: nobody,
    later: () => () => {},
    random: () => 0.5,
    ...more,
  };
  const now = () => 5;
  const { state } = on;
  const lines = createLines({
    state,
    recorder: on,
    now,
    terms: { maxCpu: undefined, door: undefined, orphanGraceMs: 0 },
    ticksOf: () => undefined,
    ofGame: () => {},
    ofDialling: () => {},
    ofTerminal: () => {},
    ofAdvice: () => {},
    ofChoices: () => {},
    welcomed: () => {},
  });
  return keepWorkers({
    hands,
    folderOf: (bot) => `/bots/${bot}`,
    state,
    recorder: on,
    lines,
    now,
    begun: () => {},
    whyEnded: () => undefined,
  });
}

/** One bot whose start a former manager began: process 7 is not there, and was never greeted. */
function cutShort() {
  const on = stage(newSwarm());
  on.request([{ ...spawned("a"), start_at: 1000 }]);
  on.happened({ type: "started", bot: "a", pid: 7, ticks: 70, at: 2 });
  return { on, workers: workersOf(on) };
}

test("the end of a process that was shared, told late, is not the end of the bot's next one", () => {
  const on = stage(newSwarm(), { starts: () => false });
  on.request([spawned("a")]);
  const begun: WorkerHooks[] = [];
  const workers = workersOf(on, {
    startWorker(_bot, _folder, hooks) {
      begun.push(hooks);
      return { pid: 6 + begun.length, ticks: 5, packed: true, send: () => true, close: () => {} };
    },
  });
  workers.start("a");
  // The channel broke, and its seat was found empty before the process was heard of.
  begun[0]!.closed();
  workers.watch();
  expect(botOf(on, "a").process).toBe("gone");
  on.request([{ type: "restartAsked", bot: "a", reason: "by request", fresh: false, at: 6 }]);
  workers.start("a");
  begun[0]!.exited(null, "SIGKILL", "all ended");
  expect(botOf(on, "a")).toMatchObject({ process: "starting", pid: 8 });
  begun[1]!.exited(null, "SIGKILL", "all ended");
  expect(botOf(on, "a").process).toBe("gone");
});

test("a start that was cut short is no crash: it is made again", () => {
  const { on, workers } = cutShort();
  on.at = 10;
  workers.watch();
  on.flush();
  expect(on.stored.map(({ event }) => event.type)).toContain("exited");
  expect(botOf(on, "a")).toMatchObject({ crashTimes: [] });
  expect(on.effects.at(-1)).toEqual({ type: "start", bot: "a" });
});

test("a bot that was killed while it was being started stays dead, though its start was cut short", () => {
  const { on, workers } = cutShort();
  on.request([{ type: "killed", bot: "a", reason: "by request", at: 3 }]);
  workers.watch();
  expect(botOf(on, "a")).toMatchObject({ state: "DEAD", process: "gone", killed: "by request" });
});
