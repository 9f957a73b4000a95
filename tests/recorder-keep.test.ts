/** When the recorder is made to store, and to start who waits for his time. */
import { expect, test } from "bun:test";
import { keepTime } from "../src/recorder-keep.ts";
import { newSwarm, spawned, stage } from "./swarm/stories.ts";

/** The recorder's clock over a stage; `pass` lets so many milliseconds go by and tells how often something was due. */
function clock() {
  const due = new Map<() => void, number>();
  const on = stage(newSwarm(), { told: (event) => time.told(event) });
  on.at = 10;
  const time = keepTime({
    state: on.state,
    recorder: on,
    now: () => on.at,
    later(ms, work) {
      due.set(work, on.at + ms);
      return () => due.delete(work);
    },
  });
  function pass(ms: number): number {
    let deeds = 0;
    for (const until = on.at + ms; on.at < until; on.at++)
      for (const [work, at] of due)
        if (at <= on.at) {
          due.delete(work);
          work();
          deeds++;
        }
    return deeds;
  }
  return { on, time, pass };
}

const startsOf = (on: ReturnType<typeof stage>) => on.effects.filter(({ type }) => type === "start").length;

test("who waits for his time when a manager begins is started then, though nothing else happens", () => {
  const { on, time, pass } = clock();
  // As the log tells it: nobody hears of it.
  on.request([{ ...spawned("a"), start_at: 500 }]);
  time.stop();
  pass(1000);
  expect(startsOf(on)).toBe(0);
  on.at = 10;
  time.flush();
  pass(480);
  expect(startsOf(on)).toBe(0);
  pass(20);
  expect(startsOf(on)).toBe(1);
});

test("while nothing can be kept, who waits is not looked at again and again; afterwards he is started", () => {
  const { on, pass } = clock();
  on.request([{ ...spawned("a"), start_at: 50 }]);
  on.full = true;
  on.happened({ type: "timedOut", bot: "a", silence_seconds: 1, at: 11 });
  expect(pass(10_000)).toBeLessThan(10);
  expect([startsOf(on), on.degraded()]).toEqual([0, "disk full"]);
  on.full = false;
  on.flush();
  expect(startsOf(on)).toBe(1);
});
