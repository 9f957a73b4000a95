import { describe, expect, test } from "bun:test";
import { botAsBefore } from "../../src/control/compat.ts";
import { BotStatus, SwarmStatus } from "../../src/proto/status.ts";
import { bot, facesOf, rows, scribe, status } from "../doubles/scribe.ts";

const on = scribe();
const app = facesOf(on);
const get = async (path: string) => (await app.request(path)).json() as Promise<Record<string, unknown>>;

describe("the statuses over HTTP", () => {
  test("a bot's tells ours, and the same under the first system's names, in its units", async () => {
    const told = await get("/bot/a/status");
    expect(BotStatus.parse(told)).toEqual(bot);
    expect(told).toMatchObject({
      username: "Amber",
      ship_name: "Merchant Cruiser",
      bank_balance: 70,
      cargo_estimated_value: 30,
      net_worth_estimate: 1400,
      credits_delta: 1000,
      trade_successes: 4,
      trade_failures: 2,
      last_action: "trade at 852",
      activity_context: "trade at 852",
      last_action_time: 1_700_000_005.5,
      last_update_time: 1_700_000_006.25,
      status_reported_at: 1_700_000_006.25,
    });
  });
  test("what is not known of a bot is null, and what it has not is 0: scripts read both without asking", async () => {
    expect(await get("/bot/a/status")).toMatchObject({
      error_message: null,
      error_timestamp: null,
      exit_reason: null,
    });
    const { trader: _, ship: __, bank: ___, cargo_value: ____, last_activity: _____, ...young } = bot;
    expect(botAsBefore(young)).toMatchObject({
      username: null,
      ship_name: null,
      bank_balance: 0,
      cargo_estimated_value: 0,
      last_action_time: null,
    });
    const failed = botAsBefore({ ...bot, state: "FAILED", error: "it crashed", error_at: 1_700_000_000_500 });
    expect(failed).toMatchObject({
      error_message: "it crashed",
      error_timestamp: 1_700_000_000.5,
      exit_reason: "it crashed",
    });
    expect(botAsBefore({ ...bot, state: "COMPLETED" }).exit_reason).toBe("target_reached");
  });
  test("the swarm's likewise", async () => {
    const told = await get("/swarm/status");
    expect(SwarmStatus.parse(told)).toEqual(status);
    expect(told).toMatchObject({
      total_net_worth_estimate: 1400,
      timeseries_interval_seconds: 10,
      bots: [{ bank_balance: 70, username: "Amber" }],
    });
  });
});

describe("the time series", () => {
  test("its info", async () => {
    expect(await get("/swarm/timeseries/info")).toEqual({ interval_seconds: 10, samples: 2 });
  });
  test("its latest rows, as many as wanted", async () => {
    on.asked.length = 0;
    const told = await get("/swarm/timeseries/recent?limit=30");
    expect(on.asked).toEqual([["timeSeries", { since: 1_700_000_030_000 - 300_000, points: 30 }]]);
    expect(told).toMatchObject({
      info: { interval_seconds: 10, samples: 2 },
      rows: [
        { ts: 1_700_000_000, total_credits: 300 },
        { ...rows[1], ts: 1_700_000_020.5, total_turns: 50 },
      ],
    });
    await get("/swarm/timeseries/recent");
    expect(on.asked.at(-1)).toMatchObject(["timeSeries", { points: 200 }]);
  });
  test("what a window brought", async () => {
    on.asked.length = 0;
    const told = await get("/swarm/timeseries/summary?window_minutes=5");
    expect(on.asked).toMatchObject([["timeSeries", { since: 1_700_000_030_000 - 300_000 }]]);
    expect(told).toMatchObject({
      window_minutes: 5,
      delta: { seconds: 20.5, credits: 1000, net_worth_estimate: 1100, turns: 50, trades: 0 },
      last: { total_credits: 1300 },
    });
  });
  test("a summary of nothing has neither a difference nor a last row", async () => {
    const empty = scribe();
    empty.swarm.timeSeries = async () => ({ interval_seconds: 10, rows: [] });
    const reply = await facesOf(empty).request("/swarm/timeseries/summary");
    expect(await reply.json()).toEqual({ window_minutes: 120, samples: 0 });
  });
  test("limits that it had are kept", async () => {
    for (const path of [
      "recent?limit=0",
      "recent?limit=5001",
      "recent?limit=x",
      "summary?window=5",
      "info?x=1",
    ])
      expect([path, (await app.request(`/swarm/timeseries/${path}`)).status]).toEqual([path, 400]);
  });
});

describe("health", () => {
  test("is ok", async () => {
    expect(await get("/health")).toEqual({ status: "ok", version: "0.0.0-test", uptime: 9 });
  });
  test("or says why not", async () => {
    const reply = await facesOf(scribe(), { degraded: "the disk is full" }).request("/health");
    expect(await reply.json()).toMatchObject({ status: "degraded", reason: "the disk is full" });
  });
});

test("its workers' own routes are not here", async () => {
  for (const path of ["/bot/a/register", "/bot/a/status"])
    expect((await app.request(path, { method: "POST" })).status).toBeGreaterThanOrEqual(404);
  expect(on.asked.map(([name]) => name)).not.toContain("spawnBot");
});
