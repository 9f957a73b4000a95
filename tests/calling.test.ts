/** When the host is called: by leave of the manager, or without it where there is nobody to give it. */
import { expect, test } from "bun:test";
import { createCalling, permissionLongestMs, permissionMaxMs } from "../src/calling.ts";
import type { WorkerMessage } from "../src/proto/link.ts";

/** A calling on a clock of its own. `random` in the middle: no jitter. */
function bench({ linked = true, random = 0.5 } = {}) {
  let clock = 0;
  let heardMs = 0;
  let up = linked;
  let timer: { at: number; work: () => void } | undefined;
  const said: WorkerMessage[] = [];
  const calls: number[] = [];
  const calling = createCalling({
    link: linked
      ? { say: (message) => said.push(message), isUp: () => up, heardMs: () => heardMs }
      : undefined,
    server: "h:2002",
    call: () => calls.push(clock),
    random: () => random,
    now: () => clock,
    later(ms, work) {
      const mine = (timer = { at: clock + ms, work });
      return () => {
        if (timer === mine) timer = undefined;
      };
    },
  });
  return {
    calling,
    said,
    calls,
    types: () => said.map(({ type }) => type),
    hear: () => (heardMs = clock + 1),
    breakLine: () => (up = false),
    pass(ms: number) {
      const end = clock + ms;
      while (timer && timer.at <= end) {
        const { at, work } = timer;
        timer = undefined;
        clock = at;
        work();
      }
      clock = end;
    },
  };
}

test("leave is asked for at once, and the call made when it comes, however long the life would have waited", () => {
  const { calling, said, calls, pass } = bench();
  calling.want(60_000, false);
  expect(said).toEqual([{ type: "dialling", server: "h:2002" }]);
  pass(500);
  expect(calls).toEqual([]);
  calling.allowed();
  calling.allowed();
  expect(calls).toEqual([500]);
  calling.called(true);
  expect(said.at(-1)).toEqual({ type: "dialled", server: "h:2002", reached: true });
  pass(120_000);
  expect(calls).toEqual([500]);
});

test("a firm wait is kept, and leave asked for after it", () => {
  const { calling, said, calls, pass } = bench();
  calling.want(60_000, true);
  calling.allowed();
  pass(59_999);
  expect([said.length, calls.length]).toEqual([0, 0]);
  pass(1);
  expect(said).toHaveLength(1);
  calling.allowed();
  expect(calls).toEqual([60_000]);
});

test("a manager that says nothing any more keeps nobody from calling", () => {
  const { calling, calls, pass } = bench();
  calling.want(0, false);
  pass(permissionMaxMs - 1);
  expect(calls).toEqual([]);
  pass(1);
  expect(calls).toEqual([permissionMaxMs]);
  calling.want(60_000, false);
  pass(60_000);
  expect(calls).toEqual([permissionMaxMs, permissionMaxMs + 60_000]);
});

test("one that is there is waited for, and asked about it ever more seldom", () => {
  const { calling, said, calls, hear, pass } = bench();
  calling.want(0, false);
  for (let s = 0; s < 12 * 3600; s++) {
    const before = said.length;
    pass(1000);
    if (said.length > before) hear();
  }
  expect(calls).toEqual([]);
  const notes = said.filter(({ type }) => type === "note").length;
  expect(notes).toBeGreaterThan(10);
  expect(notes).toBeLessThan(10 + (12 * 3_600_000) / permissionLongestMs);
  calling.allowed();
  expect(calls).toHaveLength(1);
});

test("without a line or without a manager the life's own wait counts, a little off by chance", () => {
  for (const [random, waited] of [
    [0, 800],
    [0.5, 1000],
    [1, 1200],
  ] as const) {
    const alone = bench({ linked: false, random });
    alone.calling.want(1000, false);
    alone.pass(5000);
    expect(alone.calls).toEqual([waited]);
    const broken = bench({ random });
    broken.breakLine();
    broken.calling.want(1000, false);
    broken.pass(5000);
    expect([broken.calls, broken.said]).toEqual([[waited], []]);
  }
});

test("what is wanted anew replaces what was wanted, and after the end nothing is called", () => {
  const { calling, calls, types, pass } = bench();
  calling.want(1000, false);
  calling.want(2000, true);
  calling.allowed();
  pass(2000);
  expect(types()).toEqual(["dialling", "dialling"]);
  calling.stop();
  calling.allowed();
  pass(100_000);
  expect(calls).toEqual([]);
});
