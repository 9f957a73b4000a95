import { describe, expect, test } from "bun:test";
import { BotConfig } from "../../src/proto/config.ts";
import { failureOf } from "../doubles/failure.ts";
import { botOf, playing, report, session } from "../swarm/stories.ts";
import { office, row } from "./office.ts";

const inline = (goal: string) => BotConfig.parse({ trading: { goal } });

describe("spawning", () => {
  test("one bot: inline, by name, as text, or as everybody is", async () => {
    const { on, ask, prepared } = office();
    expect(await ask("spawnBot", { config: inline("banking"), bot_id: "a" })).toEqual({
      bot_id: "a",
      state: "SPAWNING",
      pid: 1000,
    });
    await ask("spawnBot", { config_path: "fleet/scout" });
    await ask("spawnBot", { config: inline("combat"), config_name: "mine.yaml" });
    await ask("spawnBot");
    await ask("spawnBot", { config_text: "told" });
    expect(prepared).toEqual([
      "a banking",
      "bot_000 exploration",
      "bot_001 combat",
      "bot_002 profit",
      "bot_003 told",
    ]);
    expect([...on.state.bots.values()].map(({ configName }) => configName)).toEqual([
      "inline",
      "fleet/scout",
      "mine.yaml",
      "inline",
      "inline",
    ]);
    expect((await ask("botConfig", { bot_id: "a" })).config).toMatchObject({ trading: { goal: "banking" } });
  });

  test("a batch, with the time that it will take", async () => {
    const { ask, prepared } = office();
    const configs = [inline("one"), inline("two")];
    expect(await ask("spawnSwarm", { configs, count: 5, group_size: 2, group_delay: 1.5 })).toEqual({
      bot_ids: ["bot_000", "bot_001", "bot_002", "bot_003", "bot_004"],
      count: 5,
      status: "spawning",
      total_bots: 5,
      group_size: 2,
      group_delay: 1.5,
      total_groups: 3,
      estimated_time_seconds: 3,
    });
    expect(prepared.map((line) => line.split(" ")[1])).toEqual(["one", "two", "one", "two", "one"]);
    const { total_groups, estimated_time_seconds, group_size } = await office({ rate: 0.5 }).ask(
      "spawnSwarm",
      {
        config_paths: ["fleet/scout"],
        count: 5,
      },
    );
    expect([total_groups, estimated_time_seconds, group_size]).toEqual([1, 10, 5]);
    expect(await office({ rate: null }).ask("spawnSwarm", { count: 5 })).toMatchObject({
      estimated_time_seconds: 0,
    });
  });

  test("is refused before anything is written or started", async () => {
    const { on, ask, prepared } = office({ maxBots: 2 });
    const config = inline("x");
    for (const [name, input, words] of [
      ["spawnBot", { config, config_path: "fleet/scout" }, "either config or config_path"],
      ["spawnBot", { config_text: "x", config_path: "fleet/scout" }, "either config_path or config_text"],
      ["spawnSwarm", { configs: [config], config_paths: ["fleet/scout"] }, "either configs or config_paths"],
      ["spawnSwarm", { configs: [config], config_text: "x" }, "either configs or config_text"],
      ["spawnBot", { config_path: "../etc" }, 'No configuration "../etc"'],
      ["spawnSwarm", { count: 3 }, "Cannot start 3 bots: 0 of 2 are live"],
    ] as const)
      expect(await failureOf(ask(name, input))).toContain(words);
    on.full = true;
    expect(await failureOf(ask("spawnBot"))).toContain("It cannot be kept");
    expect([on.state.bots.size, on.effects, prepared]).toEqual([0, [], ["bot_000 profit"]]);
  });

  test("a text is for many bots as well, for those that are missing, and for one that begins again", async () => {
    const { ask, prepared } = office();
    await ask("spawnSwarm", { config_text: "many", count: 2 });
    await ask("scaleSwarm", { config_text: "more", count: 3 });
    await ask("respawnBot", { bot_id: "bot_000", config_text: "other", config_name: "mine.yaml" });
    expect(prepared).toEqual(["bot_000 many", "bot_001 many", "bot_002 more", "bot_000 other"]);
    expect(await ask("botConfig", { bot_id: "bot_000" })).toMatchObject({ config_name: "mine.yaml" });
  });

  test("asked for again with its key starts nothing again; another request with it is refused", async () => {
    const { on, ask } = office();
    const one = { bot_id: "a", idempotency_key: "one" };
    const batch = { count: 3, group_size: 2, group_delay: 1, idempotency_key: "many" };
    const scale = { count: 6, idempotency_key: "scale" };
    const first = [
      await ask("spawnBot", one),
      await ask("spawnSwarm", batch),
      await ask("scaleSwarm", scale),
    ];
    const again = [
      await ask("spawnBot", one),
      await ask("spawnSwarm", batch),
      await ask("scaleSwarm", scale),
    ];
    expect(again).toEqual(first);
    expect(on.state.bots.size).toBe(6);
    expect(await failureOf(ask("spawnBot", { bot_id: "b", idempotency_key: "one" }))).toContain(
      "was used for another",
    );
    expect(await failureOf(ask("spawnBot", { idempotency_key: "many" }))).toContain("was used for another");
    on.at += 25 * 3_600_000;
    await ask("spawnSwarm", batch);
    expect(on.state.bots.size).toBe(9);
  });
});

test("labels of a request reach the bots that it makes, scales up to or changes", async () => {
  const { on, ask } = office();
  const labels = { team: "red" };
  await ask("spawnBot", { bot_id: "a", labels });
  await ask("spawnSwarm", { count: 2, config_paths: ["fleet/scout"], labels });
  await ask("spawnSwarm", { count: 1, labels });
  await ask("scaleSwarm", { count: 5, labels });
  expect((await ask("listBots", { labels: "team=red" })).matched).toBe(5);
  await ask("respawnBot", { bot_id: "a", labels: { team: "blue" } });
  expect(botOf(on, "a").labels).toEqual({ team: "blue" });
});

test("scaling starts what is missing, kills the youngest, and does nothing where nothing is to do", async () => {
  const { on, ask } = office();
  expect(await ask("scaleSwarm", { count: 3 })).toEqual({
    count: 3,
    started: ["bot_000", "bot_001", "bot_002"],
    killed: [],
  });
  expect(await ask("scaleSwarm", { count: 1 })).toEqual({
    count: 1,
    started: [],
    killed: ["bot_002", "bot_001"],
  });
  expect(botOf(on, "bot_002").killed).toBe("scaled to 1");
  expect(await ask("scaleSwarm", { count: 1 })).toEqual({ count: 1, started: [], killed: [] });
  expect(await failureOf(ask("scaleSwarm", { count: 11 }))).toContain(
    "Cannot start 10 bots: 3 of 10 are live",
  );
});

describe("orders", () => {
  test("are delivered when the bot says so in time", async () => {
    const { on, ask, waits } = office();
    playing(on, "a");
    expect(await ask("pauseBot", { bot_id: "a" })).toEqual({
      bot_id: "a",
      order: "delivered",
      state: "PAUSED",
    });
    expect(waits).toEqual([500]);
    expect(await ask("pauseBot", { bot_id: "a" })).toEqual({
      bot_id: "a",
      order: "delivered",
      state: "PAUSED",
    });
    expect(await ask("resumeBot", { bot_id: "a" })).toMatchObject({ order: "delivered", state: "RUNNING" });
    const goal = await ask("setGoal", { bot_id: "a", goal: " banking " });
    expect(goal).toEqual({ bot_id: "a", order: "delivered", state: "RUNNING", goal: "banking" });
    expect(await ask("botStatus", { bot_id: "a" })).toMatchObject({ goal: "banking" });
  });

  test("are queued when it does not, or has no line: then nobody waits", async () => {
    const { on, ask, waits } = office({ obeys: false });
    playing(on, "a");
    expect(await ask("pauseBot", { bot_id: "a" })).toMatchObject({ order: "queued", state: "RUNNING" });
    on.happened({ type: "unlinked", bot: "a", at: 1000 });
    expect(await ask("setGoal", { bot_id: "a", goal: "x" })).toMatchObject({ order: "queued", goal: "x" });
    expect(waits).toEqual([500]);
    expect(botOf(on, "a").orders.map(({ type }) => type)).toEqual(["pause", "goal"]);
  });

  test("to nobody, and while the disk is full, are refused", async () => {
    const { on, ask } = office();
    playing(on, "a");
    expect(await failureOf(ask("pauseBot", { bot_id: "x" }))).toBe('There is no bot "x"');
    on.full = true;
    expect(await failureOf(ask("pauseBot", { bot_id: "a" }))).toBe("It cannot be kept: disk full");
    expect(botOf(on, "a").orders).toEqual([]);
  });
});

describe("ending and beginning anew", () => {
  test("kill, kill-all, clear and restart", async () => {
    const { on, ask } = office();
    for (const bot of ["a", "b", "c"]) playing(on, bot);
    expect(await ask("killBot", { bot_id: "a" })).toEqual({ killed: "a" });
    expect(await ask("killAll")).toEqual({ killed: ["b", "c"], count: 2 });
    for (const bot of ["a", "b"]) on.happened({ type: "exited", bot, code: 0, signal: null, at: 1001 });
    expect(await ask("restartBot", { bot_id: "b" })).toEqual({ bot_id: "b", state: "SPAWNING", pid: 1003 });
    expect(await ask("clearSwarm")).toEqual({ cleared: 1, bot_ids: ["a"] });
    expect(await ask("restartBot", { bot_id: "c" })).toEqual({ bot_id: "c", state: "RUNNING", pid: 7 });
  });

  test("respawn is the same bot under another configuration", async () => {
    const { on, ask, prepared } = office();
    playing(on, "a");
    on.happened({ type: "reported", bot: "a", report: report({ turns_executed: 410 }), at: 900 });
    expect(await ask("respawnBot", { bot_id: "a", config_path: "fleet/scout" })).toMatchObject({
      bot_id: "a",
      pid: 7,
    });
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: 1000 });
    on.happened({ type: "registered", bot: "a", pid: 8, session, at: 1001 });
    expect(prepared).toEqual(["a exploration"]);
    expect(await ask("botStatus", { bot_id: "a" })).toMatchObject({
      config: "fleet/scout",
      goal: "exploration",
      restarts: 1,
      state: "REGISTERING",
      // What it had done under the former one does not count against the new one's limits.
      turns_executed: 0,
    });
    expect(await failureOf(ask("respawnBot", { bot_id: "a", config_path: "none" }))).toContain('"none"');
  });
});

test("a configuration is used when the request that brings it is kept, and before anything follows from it", async () => {
  const { on, ask, used } = office();
  await ask("spawnBot", { bot_id: "a", config_path: "fleet/scout" });
  expect([used, on.effects.length]).toEqual([["a exploration"], 1]);
  on.full = true;
  expect(await failureOf(ask("respawnBot", { bot_id: "a", config: inline("combat") }))).toContain("kept");
  expect(used).toEqual(["a exploration"]);
});

test("a bot's events are told newest first, with those of a moment ago, as they are and in words", async () => {
  const { on, ask } = office();
  playing(on, "a", 1000);
  expect(on.isDirty()).toBe(true);
  const { events, state } = await ask("botEvents", { bot_id: "a", limit: 2 });
  expect([state, events]).toEqual([
    "RUNNING",
    [
      { type: "playing", bot: "a", at: 1000, severity: "info", text: "is playing" },
      {
        type: "registered",
        bot: "a",
        at: 1000,
        severity: "info",
        text: "registered (pid 7)",
        pid: 7,
        session,
      },
    ],
  ]);
  expect((await ask("botEvents", { bot_id: "a", before: 1000 })).events).toEqual([]);
});

test("everything else about a bot, and about the swarm, is told as it is", async () => {
  const { on, ask } = office();
  playing(on, "a");
  on.happened({ type: "reported", bot: "a", report: report({ credits: 900, bank: 100 }), at: 1000 });
  expect(await ask("swarmStatus")).toMatchObject({ total_net_worth: 1000, version: "1.2.3", running: 1 });
  playing(on, "b");
  on.happened({ type: "reported", bot: "b", report: report({ credits: 50 }), at: 1000 });
  const totals = async (selection: object = {}) => {
    const { total_bots, total_credits, by_state, max_bots } = await ask("swarmTotals", selection);
    return [total_bots, total_credits, by_state.RUNNING, max_bots];
  };
  const { max_bots } = await ask("swarmStatus");
  expect(await totals()).toEqual([2, 950, 2, max_bots]);
  expect(await totals({ bots: "b,nobody" })).toEqual([1, 50, 1, max_bots]);
  expect(await totals({ states: "PAUSED" })).toEqual([0, 0, 0, max_bots]);
  expect(await ask("timeSeries", { points: 2 })).toEqual({ interval_seconds: 5, rows: [row, row] });
  expect((await ask("botLogs", { bot_id: "a", offset: "40", limit: 3 })).lines).toEqual(["a from 40, 3"]);
  expect(await ask("botLogTail", { bot_id: "a" })).toMatchObject({ bot_id: "a", lines: ["a, last 100"] });
  for (const name of [
    "botStatus",
    "botConfig",
    "botEvents",
    "botLogs",
    "botLogTail",
    "restartBot",
    "killBot",
  ] as const)
    expect([name, await failureOf(ask(name, { bot_id: "x" }))]).toEqual([name, 'There is no bot "x"']);
});
