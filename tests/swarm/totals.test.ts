import { expect, test } from "bun:test";
import { SwarmStatus } from "../../src/proto/status.ts";
import { botStatus, swarmStatus } from "../../src/swarm/totals.ts";
import { botOf, newSwarm, onCrash, playing, refusalOf, report, spawned, stage } from "./stories.ts";

const about = { version: "1.2.3", degraded: undefined };
const exited = (bot: string, at = 6) => ({ type: "exited", bot, code: 1, signal: null, at }) as const;
const reported = (bot: string, change: Parameters<typeof report>[0], at = 5) =>
  ({ type: "reported", bot, report: report(change), at }) as const;

test("totals count every bot's last word, and what is earned per turn leaves out what each began with", () => {
  const on = stage();
  for (const bot of ["a", "b", "c"]) playing(on, bot);
  on.happened(
    reported("a", { credits: 500, turns_executed: 10, trades_executed: 2, bank: 1000, cargo_value: 70 }),
  );
  on.happened(reported("b", { credits: 200, turns_executed: 30, bank: 5 }));
  on.happened(exited("b"));
  const status = swarmStatus(on.state, about, 61_000);
  expect(SwarmStatus.parse(status)).toEqual(status);
  expect(status).toMatchObject({
    total_bots: 3,
    running: 2,
    errors: 1,
    max_bots: 10,
    total_credits: 700,
    total_bank_credits: 1005,
    total_net_worth: 1775,
    total_turns: 40,
    total_trades: 2,
    credits_per_turn: 2.5,
    uptime_seconds: 61,
    version: "1.2.3",
    seq: on.state.seq,
    by_state: { RUNNING: 2, ERROR: 1, SPAWNING: 0, FAILED: 0 },
  });
  expect(status.degraded).toBeUndefined();
  expect(status.bots.map((bot) => bot.credits_per_turn)).toEqual([20, -3.33, 0]);
  expect(status.bots.map((bot) => bot.net_worth)).toEqual([1570, 205, 0]);
});

test("every state counts once, and those that are helped up are told apart", () => {
  const on = stage(newSwarm({ spawnParallel: 1 }), { policy: onCrash });
  for (const bot of ["run", "held", "stuck", "back", "done", "dead", "failed"]) playing(on, bot);
  on.happened({ type: "confirmed", bot: "held", order: { type: "pause", id: 1 }, at: 2 });
  on.happened({ type: "timedOut", bot: "stuck", silence_seconds: 60, at: 2 });
  on.happened(exited("back"));
  on.happened({ type: "completed", bot: "done", reason: "done", at: 2 });
  on.request([{ type: "killed", bot: "dead", reason: "by request", at: 2 }]);
  on.happened(exited("dead"));
  on.happened({ type: "failed", bot: "failed", reason: "wrong password", at: 2 });
  on.request([spawned("starts"), { ...spawned("waits"), start_at: 999 }]);
  const status = swarmStatus(on.state, { ...about, degraded: "disk full" }, 9);
  expect(status).toMatchObject({
    total_bots: 9,
    running: 1,
    paused: 1,
    recovering: 2,
    completed: 1,
    stopped: 1,
    errors: 1,
    degraded: "disk full",
    by_state: { STUCK: 1, BACKOFF: 1, QUEUED: 1, SPAWNING: 1 },
  });
  expect(Object.values(status.by_state).reduce((sum, count) => sum + count, 0)).toBe(9);
});

test("a bot tells its process while it has one, its line, and when it will be started", () => {
  const on = stage(newSwarm(), { policy: onCrash });
  playing(on, "a");
  on.happened({ type: "measured", bot: "a", memory_mb: 61.5, cpu_percent: 2.5, at: 3 });
  expect(botStatus(on.state, "a", 2001)).toMatchObject({
    pid: 7,
    linked: true,
    config: "test",
    memory_mb: 61.5,
    cpu_percent: 2.5,
    uptime_seconds: 2,
    restarts: 0,
  });
  on.happened(exited("a", 5000));
  const waits = botStatus(on.state, "a", 6000);
  expect(waits).toMatchObject({ state: "BACKOFF", linked: false, next_start_at: 5100, error_at: 5000 });
  expect(waits.pid).toBeUndefined();
  on.at = 5100;
  on.wake();
  const starts = botStatus(on.state, "a", 6000);
  expect(starts).toMatchObject({ state: "SPAWNING", pid: 1001, restarts: 1 });
  expect([starts.memory_mb, starts.next_start_at]).toEqual([undefined, undefined]);
});

test("what a bot does and wants is its last word; an order shows where it stands", () => {
  const on = stage();
  playing(on, "a");
  on.happened(reported("a", { strategy: "explore", goal: "exploration", turns_max: 70, sector: 9 }));
  const order = { type: "goal", id: 1, goal: "banking" } as const;
  on.request([{ type: "ordered", bot: "a", order, at: 6 }]);
  expect(botStatus(on.state, "a", 9)).toMatchObject({
    strategy: "explore",
    goal: "exploration",
    turns_max: 70,
    sector: 9,
    order: { id: 1, type: "goal", state: "queued" },
  });
  on.happened({ type: "confirmed", bot: "a", order, at: 7 });
  expect(botStatus(on.state, "a", 9)).toMatchObject({ goal: "banking", order: { state: "delivered" } });
});

test("a bot without a worker does nothing that its last worker did: it waits, or tells why it is over", () => {
  const on = stage(newSwarm(), { policy: onCrash });
  for (const bot of ["back", "dead", "done"]) {
    playing(on, bot);
    on.happened(reported(bot, { activity: "trade at 852" }, 2));
  }
  const doing = (bot: string) => botStatus(on.state, bot, 9).activity;
  expect(doing("back")).toBe("trade at 852");
  on.happened(exited("back"));
  expect(doing("back")).toBe("waits to be started");
  on.request([{ type: "killed", bot: "dead", reason: "killed by request", at: 3 }]);
  expect(doing("dead")).toBe("trade at 852");
  on.happened(exited("dead"));
  expect(doing("dead")).toBe("killed by request");
  const last = report({ activity: "completed: all turns used" });
  on.happened({ type: "completed", bot: "done", reason: "all turns used", report: last, at: 4 });
  on.happened(exited("done"));
  expect(doing("done")).toBe("completed: all turns used");
});

test("a status is a value of its own", () => {
  const on = stage();
  playing(on, "a");
  on.request([{ type: "ordered", bot: "a", order: { type: "pause", id: 1 }, at: 2 }]);
  const before = botStatus(on.state, "a", 3);
  on.happened({ type: "confirmed", bot: "a", order: { type: "pause", id: 1 }, at: 4 });
  expect(before.order?.state).toBe("queued");
  expect(botOf(on, "a").lastOrder?.state).toBe("delivered");
  expect(refusalOf(() => botStatus(on.state, "x", 1))).toBe('not_found: There is no bot "x"');
});
