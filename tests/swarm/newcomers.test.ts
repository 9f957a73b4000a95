import { describe, expect, test } from "bun:test";
import { BotConfig } from "../../src/proto/config.ts";
import type { LifecycleEvent } from "../../src/proto/events.ts";
import { joinBot, madeBefore, newcomers, reconfigured, type SpawnTerms } from "../../src/swarm/newcomers.ts";
import { restartBot } from "../../src/swarm/requests.ts";
import { keysMax, keysMaxAgeMs } from "../../src/swarm/swarm.ts";
import { botStatus } from "../../src/swarm/totals.ts";
import {
  botOf,
  config,
  folded,
  newSwarm,
  playing,
  refusalOf,
  spawned,
  stage,
  type Stage,
} from "./stories.ts";

const named = (change: object = {}) => ({ config: BotConfig.parse(change), name: "test" });
const plain = { config, name: "test" };
const magellan = (game_letter = "A") =>
  named({ character: { name: "Magellan" }, connection: { game_letter } });
const eventsOf = (on: Stage, count: number, terms: SpawnTerms = {}, configs = [plain], at = 1) =>
  newcomers(on.state, configs, count, terms, at).map(({ event }) => event) as (LifecycleEvent & {
    type: "spawned";
  })[];
const idsOf = (...asked: Parameters<typeof eventsOf>) => eventsOf(...asked).map(({ bot }) => bot);
const exit = (on: Stage, bot: string) => on.happened({ type: "exited", bot, code: 1, signal: null, at: 2 });

describe("ids", () => {
  test("count from 000 on, never twice, around names that look like numbers", () => {
    const on = stage();
    on.request(eventsOf(on, 1, { botId: "bot_001" }));
    const first = eventsOf(on, 3);
    expect(first.map(({ bot }) => bot)).toEqual(["bot_000", "bot_002", "bot_003"]);
    on.request(first);
    exit(on, "bot_003");
    on.request([{ type: "cleared", bot: "bot_003", at: 3 }]);
    expect(idsOf(on, 1)).toEqual(["bot_004"]);
    expect(newcomers(folded(on), [plain], 1, {}, 4)[0]!.event.bot).toBe("bot_004");
  });

  test("that are or were in use are refused", () => {
    const on = stage();
    playing(on, "a");
    exit(on, "a");
    expect(refusalOf(() => idsOf(on, 1, { botId: "a" }))).toBe(
      'conflict: Cannot start bot "a": the id is taken (ERROR); "restart" starts it again',
    );
  });
});

describe("capacity", () => {
  test("is for all of a batch or for none, with the numbers", () => {
    const on = stage(newSwarm({ maxBots: 3 }));
    playing(on, "a");
    expect(refusalOf(() => idsOf(on, 3))).toBe("swarm_full: Cannot start 3 bots: 1 of 3 are live (max_bots)");
    expect(idsOf(on, 2)).toHaveLength(2);
    expect(on.state.bots.size).toBe(1);
  });

  test("counts who waits for its time, and not who has ended", () => {
    const on = stage(newSwarm({ maxBots: 1 }));
    on.request([{ ...spawned("a"), start_at: 1000 }]);
    expect(refusalOf(() => idsOf(on, 1))).toBe(
      "swarm_full: Cannot start one more bot: 1 of 1 are live (max_bots)",
    );
    on.request([{ type: "killed", bot: "a", reason: "by request", at: 2 }]);
    expect(idsOf(on, 1)).toEqual(["bot_000"]);
  });
});

test("bots take the configurations in turn, and the log gets them without secrets", () => {
  const configs = ["one", "two"].map((goal) =>
    named({ trading: { goal }, character: { password: "opensesame" } }),
  );
  const made = newcomers(stage().state, configs, 3, {}, 1);
  expect(made.map(({ config: { trading } }) => trading.goal)).toEqual(["one", "two", "one"]);
  expect(made[0]!.event).toMatchObject({
    goal: "one",
    config_name: "test",
    config: { character: { password: "***" } },
  });
  expect(JSON.stringify(made.map(({ event }) => event))).not.toContain("opensesame");
  expect(made[0]!.config.character.password).toBe("opensesame");
});

test("groups are to be started one after the other", () => {
  const made = eventsOf(stage(), 5, { groupSize: 2, groupDelayMs: 1500 }, [plain], 100);
  expect(made.map(({ start_at }) => start_at)).toEqual([undefined, undefined, 1600, 1600, 3100]);
});

test("the game is known from the first, and to the next manager", () => {
  const on = stage();
  const elsewhere = named({ connection: { host: "BBS.example", port: 23, game_letter: "c" } });
  on.request(eventsOf(on, 2, {}, [plain, elsewhere]));
  const places = (state = on.state) => [...state.bots.keys()].map((id) => botStatus(state, id, 2).place);
  expect(places()).toEqual(["localhost:2002/A", "bbs.example:23/C"]);
  on.request([reconfigured(on.state, "bot_000", elsewhere, 2).event]);
  expect(places()).toEqual(["bbs.example:23/C", "bbs.example:23/C"]);
  expect(places(folded(on))).toEqual(places());
});

describe("a trader", () => {
  const shared = "conflict: Cannot start two bots as one trader: Magellan in game A at localhost:2002";

  test("is given to one bot of a batch, and to one in each game", () => {
    expect(refusalOf(() => idsOf(stage(), 2, {}, [magellan()]))).toBe(shared);
    expect(idsOf(stage(), 2, {}, [magellan(), magellan("B")])).toHaveLength(2);
  });

  test("is taken while its bot lives, whoever started it, and however it is written", () => {
    const on = stage();
    on.request(eventsOf(on, 1, { botId: "one" }, [magellan()]));
    const trader = "MAGELLAN in game A at localhost:2002";
    const request = { pid: 5, config_name: "mine", strategy: "opportunistic", trader };
    expect(refusalOf(() => idsOf(on, 1, {}, [magellan()]))).toBe(shared);
    expect(refusalOf(() => joinBot(on.state, request, "hash", 2))).toStartWith("conflict");
    exit(on, "one");
    on.request([joinBot(on.state, request, "hash", 3)]);
    expect(refusalOf(() => idsOf(on, 1, {}, [magellan()]))).toBe(shared);
  });

  test("that another has become meanwhile is not given back by a restart", () => {
    const on = stage();
    on.request(eventsOf(on, 1, { botId: "one" }, [magellan()]));
    exit(on, "one");
    on.request(eventsOf(on, 1, { botId: "two" }, [magellan()]));
    expect(refusalOf(() => restartBot(on.state, "one", "by request", 5))).toBe(shared);
    exit(on, "two");
    expect(restartBot(on.state, "one", "by request", 5)).toHaveLength(1);
  });

  test("is its own bot's to take again, under another configuration", () => {
    const on = stage();
    on.request([...eventsOf(on, 1, { botId: "one" }, [magellan()]), spawned("two")]);
    expect(reconfigured(on.state, "one", magellan(), 2).event).toMatchObject({
      type: "reconfigured",
      bot: "one",
    });
    expect(refusalOf(() => reconfigured(on.state, "two", magellan(), 2))).toBe(shared);
  });
});

describe("joining", () => {
  const request = { pid: 5, config_name: "mine", strategy: "opportunistic" };
  const join = (on: Stage, bot_id?: string) => joinBot(on.state, { ...request, bot_id }, "hash", 1);

  test("takes a number, a name, or the id of one that came in by hand before and has ended", () => {
    const on = stage();
    on.request([join(on)]);
    expect(botOf(on, "bot_000")).toMatchObject({
      state: "REGISTERING",
      origin: "joined",
      pid: 5,
      tokenHash: "hash",
    });
    expect(refusalOf(() => join(on, "bot_000"))).toBe(
      'conflict: A bot "bot_000" is here already (REGISTERING)',
    );
    on.happened({ type: "completed", bot: "bot_000", reason: "done", at: 2 });
    expect(refusalOf(() => join(on, "bot_000"))).toBe(
      'conflict: A bot "bot_000" is here already (COMPLETED)',
    );
    on.happened({ type: "left", bot: "bot_000", at: 3 });
    on.request([join(on, "bot_000")]);
    expect(botOf(on, "bot_000")).toMatchObject({ state: "REGISTERING", endedAt: undefined, linked: false });
    expect(join(on, "named").bot).toBe("named");
  });

  test("never takes the id of a bot that was spawned", () => {
    const on = stage();
    playing(on, "a");
    exit(on, "a");
    expect(refusalOf(() => join(on, "a"))).toBe(
      'conflict: The id "a" is taken by a bot that was spawned here (ERROR)',
    );
  });

  test("is refused when the swarm is full", () => {
    const on = stage(newSwarm({ maxBots: 1 }));
    playing(on, "a");
    expect(refusalOf(() => join(on))).toStartWith("swarm_full");
  });
});

describe("a request's key", () => {
  const key = { id: "k", digest: "spawn 3" };
  const asked = () => {
    const on = stage();
    on.request(eventsOf(on, 3, { key }, [plain], 1000));
    return on;
  };
  const made = ["bot_000", "bot_001", "bot_002"];

  test("tells what it made, under the next manager, too, and after they were cleared", () => {
    const on = asked();
    expect(madeBefore(on.state, key, 2000)).toEqual(made);
    for (const bot of made) on.happened({ type: "exited", bot, code: 1, signal: null, at: 1500 });
    on.request(made.map((bot) => ({ type: "cleared", bot, at: 1600 }) as const));
    expect(madeBefore(folded(on), key, 2000)).toEqual(made);
    expect(madeBefore(on.state, undefined, 2000)).toBeUndefined();
    expect(madeBefore(on.state, { ...key, id: "other" }, 2000)).toBeUndefined();
  });

  test("is refused for another request", () => {
    expect(refusalOf(() => madeBefore(asked().state, { ...key, digest: "spawn 4" }, 2000))).toBe(
      'key_reused: The Idempotency-Key "k" was used for another request',
    );
  });

  test("is forgotten after a day, whether or not anybody asked for anything since, and counts anew", () => {
    const on = asked();
    expect(madeBefore(on.state, key, 999 + keysMaxAgeMs)).toEqual(made);
    const later = 1000 + keysMaxAgeMs;
    expect(madeBefore(on.state, key, later)).toBeUndefined();
    expect(madeBefore(on.state, { ...key, digest: "spawn 4" }, later)).toBeUndefined();
    on.request(eventsOf(on, 1, { key }, [plain], later));
    expect(madeBefore(on.state, key, later + 1)).toEqual(["bot_003"]);
    on.request(eventsOf(on, 1, { key: { ...key, id: "next" } }, [plain], later + 2));
    expect([...on.state.keys.keys()]).toEqual(["k", "next"]);
  });

  test("is one of so many; the oldest are forgotten first", () => {
    const on = stage(newSwarm({ maxBots: keysMax + 10 }));
    const events = Array.from({ length: keysMax + 5 }, (_, index) => ({
      ...spawned(`b${index}`, 1000 + index),
      start_at: 1e9,
      key: { id: `k${index}`, digest: "d" },
    }));
    on.request(events);
    expect(on.state.keys.size).toBe(keysMax);
    expect(madeBefore(on.state, { id: "k4", digest: "d" }, 20_000)).toBeUndefined();
    expect(madeBefore(on.state, { id: "k5", digest: "d" }, 20_000)).toEqual(["b5"]);
  });
});

describe("labels", () => {
  const red = { ...named({ labels: { team: "red", wave: "1" } }), labels: { team: "blue", job: "scout" } };

  test("are those of the request and of the configuration, the request's before the other's, under the next manager, too", () => {
    const on = stage();
    on.request(eventsOf(on, 1, { botId: "a" }, [red]));
    on.request(eventsOf(on, 1, { botId: "b" }));
    const labels = { team: "blue", wave: "1", job: "scout" };
    for (const state of [on.state, folded(on)]) {
      expect(botStatus(state, "a", 5).labels).toEqual(labels);
      expect(botStatus(state, "b", 5)).not.toHaveProperty("labels");
    }
  });

  test("go with the configuration: a bot that goes on with another has those of that one", () => {
    const on = stage();
    on.request(eventsOf(on, 1, { botId: "a" }, [red]));
    on.request([reconfigured(on.state, "a", named({ labels: { team: "green" } }), 2).event]);
    expect(botOf(on, "a").labels).toEqual({ team: "green" });
    on.request([reconfigured(on.state, "a", plain, 3).event]);
    expect(botOf({ state: folded(on) }, "a").labels).toBeUndefined();
  });

  test("are told by a worker that was started by hand as well", () => {
    const on = stage();
    const hand = { bot_id: "hand", pid: 1, config_name: "m", strategy: "s", labels: { team: "red" } };
    on.request([joinBot(on.state, hand, "hash", 1)]);
    expect(botStatus(folded(on), "hand", 5).labels).toEqual({ team: "red" });
  });

  test("are refused when there are too many of both together", () => {
    const some = (from: number) =>
      Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`l${from + index}`, "x"]));
    const many = { ...named({ labels: some(0) }), labels: some(9) };
    expect(refusalOf(() => eventsOf(stage(), 1, {}, [many]))).toBe(
      "bad_input: Expected at most 16 labels, found 18 in the request and the configuration",
    );
  });
});

test("no bot is called by the word that stands for all of them", () => {
  const on = stage();
  const words = 'bad_input: A bot cannot be called "all": that stands for every bot';
  expect(refusalOf(() => eventsOf(on, 1, { botId: "all" }))).toBe(words);
  const hand = { bot_id: "all", pid: 1, config_name: "m", strategy: "s" };
  expect(refusalOf(() => joinBot(on.state, hand, "hash", 1))).toBe(words);
});
