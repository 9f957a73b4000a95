import { describe, expect, test } from "bun:test";
import { BotConfig } from "../../src/proto/config.ts";
import { Refusal } from "../../src/proto/refusal.ts";
import * as requests from "../../src/swarm/requests.ts";
import { config, newSwarm, playing, stage } from "./stories.ts";

const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "not refused";
};
const batch = (count: number) => ({ configs: [config], config_name: "test", count });
const single = (bot_id?: string) => ({ config, config_name: "test", bot_id });

describe("spawning", () => {
  test("numbers bots from 000 on, never twice, around names that look like numbers", () => {
    const on = stage();
    on.request([requests.spawnBot(on.state, single("bot_001"), 1).event]);
    const first = requests.spawnSwarm(on.state, batch(3), 1).map(({ event }) => event);
    expect(first.map(({ bot }) => bot)).toEqual(["bot_000", "bot_002", "bot_003"]);
    on.request(first);
    on.happened({ type: "exited", bot: "bot_003", code: 1, signal: null, at: 2 });
    expect(requests.spawnBot(on.state, single(), 3).event.bot).toBe("bot_004");
  });

  test("refuses a whole batch that does not fit, with the numbers", () => {
    const on = stage(newSwarm({ maxBots: 3 }));
    playing(on, "a");
    expect(refusal(() => requests.spawnSwarm(on.state, batch(3), 1))).toBe(
      "swarm_full: Cannot start 3 bots: 1 of 3 are live (max_bots)",
    );
    expect(requests.spawnSwarm(on.state, batch(2), 1)).toHaveLength(2);
  });

  test("an ended bot makes room", () => {
    const on = stage(newSwarm({ maxBots: 1 }));
    playing(on, "a");
    expect(refusal(() => requests.spawnBot(on.state, single(), 1))).toStartWith("swarm_full");
    on.happened({ type: "completed", bot: "a", reason: "done", at: 2 });
    expect(requests.spawnBot(on.state, single(), 3).event.bot).toBe("bot_000");
  });

  test("refuses an id that is or was in use", () => {
    const on = stage();
    playing(on, "a");
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: 2 });
    expect(refusal(() => requests.spawnBot(on.state, single("a"), 1))).toBe(
      'conflict: Cannot start bot "a": the id is taken (ERROR), and ids are not used twice',
    );
  });

  test("refuses several bots for one trader, and takes one trader in several games", () => {
    const named = (game_letter: string) =>
      BotConfig.parse({ character: { name: "Magellan" }, connection: { game_letter } });
    const ask = (configs: BotConfig[], count: number) =>
      refusal(() => requests.spawnSwarm(stage().state, { configs, config_name: "test", count }, 1));
    expect(ask([named("A")], 2)).toBe(
      "conflict: Cannot start two bots as one trader: Magellan in game A at localhost:2002",
    );
    expect(ask([named("A"), named("B")], 2)).toBe("not refused");
    const on = stage();
    const spawn = (bot_id: string) =>
      requests.spawnBot(on.state, { config: named("A"), config_name: "test", bot_id }, 1);
    on.request([spawn("one").event]);
    expect(refusal(() => spawn("two"))).toStartWith("conflict: Cannot start two bots as one trader");
    on.happened({ type: "exited", bot: "one", code: 1, signal: null, at: 2 });
    expect(refusal(() => spawn("two"))).toBe("not refused");
  });

  test("bots take the configurations in turn, and the log gets them without secrets", () => {
    const configs = ["one", "two"].map((goal) =>
      BotConfig.parse({ trading: { goal }, character: { password: "opensesame" } }),
    );
    const made = requests.spawnSwarm(stage().state, { configs, config_name: "test", count: 3 }, 1);
    expect(made.map(({ event }) => event.goal)).toEqual(["one", "two", "one"]);
    expect(JSON.stringify(made.map(({ event }) => event))).not.toContain("opensesame");
    expect(made[0]!.config.character.password).toBe("opensesame");
  });
});

describe("orders", () => {
  test("grow by one for each order to a bot", () => {
    const on = stage();
    playing(on, "a");
    const pause = requests.orderBot(on.state, "a", { type: "pause" }, 1)!;
    expect(pause).toMatchObject({ type: "ordered", order: { type: "pause", id: 1 } });
    on.request([pause]);
    expect(requests.orderBot(on.state, "a", { type: "resume" }, 1)).toMatchObject({ order: { id: 2 } });
  });

  test("need nothing when the bot already is as wished", () => {
    const on = stage();
    playing(on, "a");
    expect(requests.orderBot(on.state, "a", { type: "resume" }, 1)).toBeUndefined();
    on.happened({ type: "confirmed", bot: "a", order: { type: "pause", id: 1 }, at: 2 });
    expect(requests.orderBot(on.state, "a", { type: "pause" }, 1)).toBeUndefined();
  });

  test("a resume is not skipped while a pause is under way", () => {
    const on = stage();
    playing(on, "a");
    on.request([requests.orderBot(on.state, "a", { type: "pause" }, 1)!]);
    expect(requests.orderBot(on.state, "a", { type: "resume" }, 1)).toBeDefined();
  });

  test("are refused for unknown, ended and killed bots", () => {
    const on = stage();
    playing(on, "a");
    playing(on, "b");
    on.happened({ type: "completed", bot: "a", reason: "done", at: 2 });
    on.request(requests.killBot(on.state, "b", "by request", 3));
    expect(refusal(() => requests.orderBot(on.state, "x", { type: "pause" }, 1))).toBe(
      'not_found: There is no bot "x"',
    );
    expect(refusal(() => requests.orderBot(on.state, "a", { type: "pause" }, 1))).toBe(
      'conflict: Cannot pause bot "a": it has ended (COMPLETED)',
    );
    expect(refusal(() => requests.orderBot(on.state, "b", { type: "goal", goal: "auto" }, 1))).toBe(
      'conflict: Cannot give a goal to bot "b": it was killed (RUNNING)',
    );
  });
});

describe("killing", () => {
  test("twice is once", () => {
    const on = stage();
    playing(on, "a");
    const events = requests.killBot(on.state, "a", "by request", 1);
    expect(events.map(({ type }) => type)).toEqual(["killed", "ordered"]);
    on.request(events);
    expect(requests.killBot(on.state, "a", "by request", 2)).toEqual([]);
    on.happened({ type: "stopped", bot: "a", reason: "told to", at: 3 });
    expect(requests.killBot(on.state, "a", "by request", 4)).toEqual([]);
  });

  test("an unknown bot is refused, a completed one stays completed, a failed one becomes DEAD and keeps its reason", () => {
    const on = stage();
    expect(refusal(() => requests.killBot(on.state, "x", "by request", 1))).toStartWith("not_found");
    playing(on, "a");
    on.happened({ type: "completed", bot: "a", reason: "done", at: 2 });
    expect(requests.killBot(on.state, "a", "by request", 3)).toEqual([]);
    playing(on, "b");
    on.happened({ type: "exited", bot: "b", code: 9, signal: null, at: 3 });
    on.request(requests.killBot(on.state, "b", "by request", 4));
    expect(on.state.bots.get("b")).toMatchObject({
      state: "DEAD",
      error: expect.stringContaining("exit code 9"),
    });
  });
});

describe("joining", () => {
  const request = { pid: 5, config_name: "mine", strategy: "opportunistic" };
  test("takes a number, a name, or the id of a bot that has ended", () => {
    const on = stage();
    on.request([requests.joinBot(on.state, request, 1)]);
    expect(on.state.bots.get("bot_000")).toMatchObject({ state: "REGISTERING", origin: "joined", pid: 5 });
    expect(refusal(() => requests.joinBot(on.state, { ...request, bot_id: "bot_000" }, 2))).toStartWith(
      "conflict",
    );
    on.happened({ type: "lost", bot: "bot_000", at: 3 });
    on.request([requests.joinBot(on.state, { ...request, bot_id: "bot_000" }, 4)]);
    expect(on.state.bots.get("bot_000")).toMatchObject({ state: "REGISTERING", error: undefined });
    expect(requests.joinBot(on.state, { ...request, bot_id: "named" }, 4).bot).toBe("named");
  });
  test("is refused when the swarm is full", () => {
    const on = stage(newSwarm({ maxBots: 1 }));
    playing(on, "a");
    expect(refusal(() => requests.joinBot(on.state, request, 1))).toStartWith("swarm_full");
  });
});

test("at a start, whoever was alive is found abandoned", () => {
  const on = stage();
  playing(on, "a");
  playing(on, "b");
  on.happened({ type: "completed", bot: "b", reason: "done", at: 2 });
  on.request(requests.abandonAll(on.state, 9));
  expect(on.state.bots.get("a")).toMatchObject({
    state: "ERROR",
    error: "the manager stopped while this bot ran",
  });
  expect(on.state.bots.get("b")!.state).toBe("COMPLETED");
});
