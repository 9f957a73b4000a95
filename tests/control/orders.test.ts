import { describe, expect, test } from "bun:test";
import { failureOf } from "../doubles/failure.ts";
import { botOf, joined, playing, spawned, type Stage } from "../swarm/stories.ts";
import { office } from "./office.ts";

/** Ended, with its process gone. */
function over(on: Stage, bot: string): void {
  on.request([{ type: "killed", bot, reason: "x", at: 1000 }]);
  on.happened({ type: "exited", bot, code: 0, signal: null, at: 1000 });
}

test("a step waits for the bot to stand again, and an answer that takes longer does not wait for it", async () => {
  const { on, ask } = office();
  playing(on, "a", 1000);
  expect(await ask("stepBot", { bot_id: "a" })).toEqual({ bot_id: "a", order: "delivered", state: "PAUSED" });
  const slow = office({ obeys: false });
  playing(slow.on, "a", 1000);
  expect(await slow.ask("stepBot", { bot_id: "a" })).toEqual({
    bot_id: "a",
    order: "queued",
    state: "RUNNING",
  });
  over(on, "a");
  expect(await failureOf(ask("stepBot", { bot_id: "a" }))).toContain('Cannot step bot "a"');
});

describe("an order to many", () => {
  test("is judged and kept in one go, waited for once, and answered for each", async () => {
    const { on, ask, waits } = office();
    for (const bot of ["a", "b"]) playing(on, bot, 1000);
    over(on, "b");
    on.request([spawned("c")]);
    playing(on, "d", 1000);
    on.flush();
    const commits = on.commits.length;
    const answer = await ask("orderBots", { action: "pause", bots: ["x", "d", "c", "b", "a", "y", "x"] });
    expect(answer).toEqual({
      action: "pause",
      matched: 4,
      failed: 3,
      results: [
        { bot_id: "a", ok: true, state: "PAUSED", order: "delivered" },
        {
          bot_id: "b",
          ok: false,
          state: "DEAD",
          code: "conflict",
          detail: 'Cannot pause bot "b": it was killed (DEAD)',
        },
        { bot_id: "c", ok: true, state: "SPAWNING", order: "queued" },
        { bot_id: "d", ok: true, state: "PAUSED", order: "delivered" },
        { bot_id: "x", ok: false, code: "not_found", detail: 'There is no bot "x"' },
        { bot_id: "y", ok: false, code: "not_found", detail: 'There is no bot "y"' },
      ],
    });
    expect(on.commits.slice(commits)).toEqual([3]);
    expect(waits).toEqual([500]);
    const again = await ask("orderBots", { action: "pause", bots: ["a"] });
    expect(again.results).toEqual([{ bot_id: "a", ok: true, state: "PAUSED", order: "delivered" }]);
    expect(waits).toEqual([500]);
  });

  test("that nobody confirms is queued, after one wait for all", async () => {
    const { on, ask, waits } = office({ obeys: false });
    for (const bot of ["a", "b", "c"]) playing(on, bot, 1000);
    const { results } = await ask("orderBots", { action: "goal", goal: "banking", bots: "all" });
    expect(results.map(({ bot_id, order }) => `${bot_id} ${order}`)).toEqual([
      "a queued",
      "b queued",
      "c queued",
    ]);
    expect(waits).toEqual([500]);
    expect(botOf(on, "b").orders).toMatchObject([{ type: "goal", goal: "banking" }]);
  });

  test("means bots by state and label as well", async () => {
    const { on, ask } = office();
    on.request([{ ...spawned("red"), labels: { team: "red" } }, spawned("plain")]);
    playing(on, "a", 1000);
    const { results } = await ask("orderBots", { action: "kill", labels: "team=red" });
    expect(results.map(({ bot_id }) => bot_id)).toEqual(["red"]);
    expect((await ask("orderBots", { action: "resume", states: ["RUNNING"] })).matched).toBe(1);
    expect((await ask("orderBots", { action: "kill", bots: [] })).matched).toBe(0);
    expect(await failureOf(ask("orderBots", { action: "kill" }))).toContain(
      "expected bots, states or labels",
    );
  });

  test("to end gives each the reason that a single one gets, and waits for nobody", async () => {
    const { on, ask, waits } = office();
    for (const bot of ["a", "b"]) playing(on, bot, 1000);
    expect((await ask("orderBots", { action: "kill", bots: ["all"] })).results).toEqual([
      { bot_id: "a", ok: true, state: "RUNNING" },
      { bot_id: "b", ok: true, state: "RUNNING" },
    ]);
    expect([botOf(on, "a").killed, botOf(on, "b").killed, waits]).toEqual([
      "killed by request",
      "killed by request",
      [],
    ]);
    // Whoever asks again is told that nothing was done, which is nothing wrong.
    over(on, "b");
    const detail = "It had ended, or been killed, already";
    expect((await ask("orderBots", { action: "kill", bots: ["all"] })).results).toMatchObject([
      { bot_id: "a", ok: true, detail },
      { bot_id: "b", ok: true, detail },
    ]);
  });

  test("to begin again lets in as many as there is room for, and each trader once", async () => {
    const { on, ask } = office({ maxBots: 4 });
    const named = (bot: string, trader: string) => ({ ...spawned(bot, 1000), trader });
    for (const event of [named("a", "Zed"), named("b", "zed"), named("c", "Amy"), named("d", "Bo")]) {
      on.request([event]);
      over(on, event.bot);
    }
    on.request([joined("hand", 1000)]);
    playing(on, "busy", 1000);
    const { results } = await ask("orderBots", { action: "restart", bots: ["all"] });
    expect(results.map(({ bot_id, ok, code, detail }) => [bot_id, ok, code, detail])).toEqual([
      ["a", true, undefined, undefined],
      ["b", false, "conflict", "Cannot start two bots as one trader: zed"],
      ["c", true, undefined, undefined],
      ["d", false, "swarm_full", "Cannot start one more bot: 4 of 4 are live (max_bots)"],
      ["hand", false, "conflict", 'Cannot restart bot "hand": it was started by hand, not here'],
      ["busy", true, undefined, undefined],
    ]);
    expect(on.state.bots.get("d")?.state).toBe("DEAD");
  });

  test("is refused as a whole while the disk takes nothing: nobody has heard of it", async () => {
    const { on, ask } = office();
    for (const bot of ["a", "b"]) playing(on, bot, 1000);
    on.flush();
    on.full = true;
    const effects = on.effects.length;
    expect(await failureOf(ask("orderBots", { action: "pause", bots: ["all"] }))).toBe(
      "It cannot be kept: disk full",
    );
    expect([on.effects.length, botOf(on, "a").orders]).toEqual([effects, []]);
  });

  test("of 5000 takes well under a second", async () => {
    const { on, ask } = office({ maxBots: 5000 });
    on.request(
      Array.from({ length: 5000 }, (_, index) => ({ ...spawned(`b${index}`, 1000), trader: `t${index}` })),
    );
    for (const bot of on.state.bots.keys()) {
      on.happened({ type: "registered", bot, pid: 7, session: "0123456789abcdef", at: 1000 });
      on.happened({ type: "playing", bot, at: 1000 });
    }
    for (const action of ["pause", "kill", "restart"] as const) {
      const begun = performance.now();
      const { matched, failed } = await ask("orderBots", { action, bots: ["all"] });
      expect([action, matched, failed]).toEqual([action, 5000, 0]);
      const ms = performance.now() - begun;
      expect(ms).toBeLessThan(1000);
    }
  });
});
