import { describe, expect, test } from "bun:test";
import { Refusal } from "../../src/proto/refusal.ts";
import type { LifecycleEvent } from "../../src/proto/events.ts";
import { unsavedMax } from "../../src/swarm/record.ts";
import { botOf, folded, newSwarm, playing, session, spawned, stage } from "./stories.ts";

const other = "fedcba9876543210";
const trade = (credits: number, bot = "a") =>
  ({ type: "traded", bot, sector: 1, product: "Ore", units: 1, credits, at: 5 }) as const;

describe("a worker's numbered messages", () => {
  test("count once, and are acknowledged when they are stored, not before", () => {
    const on = stage();
    playing(on, "a");
    on.flush();
    expect(on.heard(trade(1), { session, n: 1 })).toBe("taken");
    expect(on.heard(trade(2), { session, n: 2 })).toBe("taken");
    expect(on.heard(trade(2), { session, n: 2 })).toBe("known");
    expect([on.acknowledged, on.keptUpTo("a", session)]).toEqual([[], 0]);
    on.flush();
    expect(on.acknowledged).toEqual([{ bot: "a", session, upTo: 2 }]);
    expect(on.keptUpTo("a", session)).toBe(2);
    expect(on.heard(trade(1), { session, n: 1 })).toBe("known");
    on.flush();
    expect(on.moments.map((moment) => moment.type === "traded" && moment.credits)).toEqual([1, 2]);
  });

  test("of a new session begin anew", () => {
    const on = stage();
    playing(on, "a");
    on.heard(trade(1), { session, n: 7 });
    on.flush();
    expect(on.keptUpTo("a", other)).toBe(0);
    expect(on.heard(trade(2), { session: other, n: 1 })).toBe("taken");
    on.flush();
    expect([on.keptUpTo("a", other), on.keptUpTo("a", session)]).toEqual([1, 0]);
  });

  test("that a former manager has taken are known to the next", () => {
    const on = stage(newSwarm(), { remembered: [{ bot: "a", session, upTo: 4 }] });
    playing(on, "a");
    expect(on.keptUpTo("a", session)).toBe(4);
    expect([on.heard(trade(1), { session, n: 4 }), on.heard(trade(2), { session, n: 5 })]).toEqual([
      "known",
      "taken",
    ]);
  });

  test("that make no event that is kept are acknowledged all the same", () => {
    const on = stage();
    playing(on, "a");
    on.heard({ type: "heard", bot: "a", at: 5 }, { session, n: 1 });
    expect(on.isDirty()).toBe(true);
    on.flush();
    expect(on.acknowledged).toEqual([{ bot: "a", session, upTo: 1 }]);
  });

  test("are not taken when too many wait for the disk, and are when it has taken those", () => {
    const on = stage();
    playing(on, "a");
    on.flush();
    on.full = true;
    for (let n = 1; n <= unsavedMax; n++) expect(on.heard(trade(n), { session, n })).toBe("taken");
    expect(on.heard(trade(0), { session, n: unsavedMax + 1 })).toBe("full");
    expect(on.heard(trade(0), { session, n: unsavedMax })).toBe("known");
    on.full = false;
    on.flush();
    expect(on.heard(trade(0), { session, n: unsavedMax + 1 })).toBe("taken");
    expect(on.moments).toHaveLength(unsavedMax);
  });

  test("are forgotten with their bot", () => {
    const on = stage();
    playing(on, "a");
    on.heard(trade(1), { session, n: 1 });
    on.happened({ type: "completed", bot: "a", reason: "done", at: 6 });
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: 7 });
    on.flush();
    on.request([{ type: "cleared", bot: "a", at: 8 }]);
    expect(on.keptUpTo("a", session)).toBe(0);
  });
});

/** A morning in the life of a swarm; answers with what was promised to anybody. */
function morning(failsAt: readonly number[]) {
  let commits = 0;
  const on = stage(newSwarm({ spawnParallel: 2 }), {
    store() {
      if (failsAt.includes(++commits)) throw new Error("disk full");
    },
    perform(effect) {
      if (effect.type !== "welcome") return;
      const known = on.stored.some(({ event }) => event.type === "registered" && event.bot === effect.bot);
      if (!known) throw new Error(`${effect.bot} was welcomed before it was known for good`);
    },
  });
  const promised: LifecycleEvent[] = [];
  const request = (events: readonly LifecycleEvent[]) => {
    const before = JSON.stringify([...on.state.bots]);
    try {
      on.request(events);
      promised.push(...events);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(JSON.stringify([...on.state.bots])).toBe(before);
    }
  };
  for (const bot of ["a", "b", "c"]) request([spawned(bot)]);
  for (const bot of ["a", "b", "c"]) on.happened({ type: "registered", bot, pid: 1, session, at: 2 });
  on.flush();
  for (let n = 1; n <= 6; n++) {
    on.heard(trade(n), { session, n });
    if (n % 2 === 0) on.flush();
  }
  request([{ type: "ordered", bot: "a", order: { type: "pause", id: 1 }, at: 4 }]);
  on.happened({ type: "exited", bot: "b", code: 1, signal: null, at: 5 });
  request([{ type: "killed", bot: "c", reason: "by request", at: 6 }]);
  on.flush();
  return { on, promised, commits };
}

test("whichever commits fail, numbers have no gap and nothing promised is missing", () => {
  const { commits } = morning([]);
  expect(commits).toBeGreaterThan(8);
  for (let first = 1; first <= commits + 1; first++)
    for (let run = 1; run <= 4; run++) {
      const { on, promised } = morning(Array.from({ length: run }, (_, index) => first + index));
      // Everything acknowledged was stored at that moment already: the books as they are must hold it.
      const stored = on.stored.map(({ event }) => JSON.stringify(event));
      for (const event of promised) expect(stored).toContain(JSON.stringify(event));
      for (const { upTo } of on.acknowledged.filter(({ bot }) => bot === "a")) {
        const credits = on.moments.map((moment) => (moment.type === "traded" ? moment.credits : 0));
        expect(credits).toEqual(expect.arrayContaining(Array.from({ length: upTo }, (_, n) => n + 1)));
      }
      for (let tries = 0; on.isDirty() && tries < 10; tries++) on.flush();
      expect(on.stored.map(({ seq }) => seq)).toEqual(on.stored.map((_, index) => index + 1));
      expect(on.state.seq).toBe(on.stored.length);
      const again = folded(on, newSwarm({ spawnParallel: 2 }));
      for (const bot of on.state.bots.keys()) expect(again.bots.get(bot)?.state).toBe(botOf(on, bot).state);
      expect(on.moments).toHaveLength(6);
      expect(on.degraded()).toBeUndefined();
    }
});
