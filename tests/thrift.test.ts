/** A worker keeps to its share of a core by sending later. */
import { expect, test } from "bun:test";
import { createThrift, holdMaxMs } from "../src/thrift.ts";

/** A worker on a clock of its own: each send costs so much work, and is followed by the next one as soon as it has left. */
function busy(
  maxPercent: number | undefined,
  costMs: number,
  answerMs: number,
  forMs: number,
  patienceMs = 10_000,
) {
  let clock = 0;
  let used = 0;
  let looks = 0;
  let due: { at: number; work: () => void } | undefined;
  const sent: number[] = [];
  const waits: number[] = [];
  const thrift = createThrift({
    maxPercent,
    usedMs: () => (looks++, used),
    now: () => clock,
    later(ms, work) {
      due = { at: clock + ms, work };
      return () => (due = undefined);
    },
    patienceMs,
  });
  while (clock < forMs) {
    clock += answerMs + costMs;
    used += costMs;
    const asked = clock;
    thrift.pass(() => {
      sent.push(clock);
      waits.push(clock - asked);
    });
    if (due) {
      const { at, work } = due;
      due = undefined;
      clock = at;
      work();
    }
  }
  return {
    percent: (100 * used) / clock,
    longest: Math.max(...waits),
    held: waits.filter((ms) => ms > 0).length,
    looks,
  };
}

test("the share is kept on average, whatever a piece of work costs", () => {
  for (const [percent, cost] of [
    [50, 1],
    [50, 40],
    [20, 5],
    [5, 20],
  ] as const)
    expect(busy(percent, cost, 0, 60_000).percent).toBeWithin(percent * 0.8, percent * 1.06);
});

test("far below its share nothing is ever held, and next to nothing looked at", () => {
  const { held, looks } = busy(50, 1, 9, 60_000);
  expect(held).toBe(0);
  expect(looks).toBeLessThan(60_000 / 50 + 2);
  expect(busy(undefined, 10, 0, 1000)).toMatchObject({ held: 0, looks: 0 });
});

test("nothing is held for longer than it may be", () => {
  expect(busy(1, 500, 0, 60_000).longest).toBe(holdMaxMs);
  expect(busy(1, 500, 0, 60_000, 250).longest).toBe(250);
});

test("what is held leaves in its order, and what is forgotten never does", () => {
  let clock = 0;
  let used = 0;
  const timers: (() => void)[] = [];
  const { pass, forget } = createThrift({
    maxPercent: 10,
    usedMs: () => used,
    now: () => clock,
    later(_, work) {
      timers.push(work);
      return () => timers.splice(timers.indexOf(work), 1);
    },
    patienceMs: 1000,
  });
  const left: string[] = [];
  clock = used = 500;
  for (const key of ["a", "b", "c"]) pass(() => left.push(key));
  expect([left.length, timers.length]).toEqual([0, 1]);
  timers.pop()!();
  expect(left).toEqual(["a", "b", "c"]);
  clock = used = 1000;
  pass(() => left.push("d"));
  forget();
  expect([left.length, timers.length]).toEqual([3, 0]);
});
