import { expect, test } from "bun:test";
import { BotConfig } from "../../../src/proto/config.ts";
import { bot, scribe, status } from "../../doubles/scribe.ts";
import { typed, type Scene } from "../../doubles/console.ts";

const config = BotConfig.parse({});
const files: Scene = {
  doors: {
    readBotConfig: async (file) => BotConfig.parse({ trading: { goal: file } }),
    configFiles: async (words) =>
      words.flatMap((word) => (word === "bots" ? ["bots/a.yaml", "bots/b.yaml"] : [word])),
  },
};

test("a bot is spawned from a file, with labels and a name", async () => {
  const {
    status: code,
    out,
    asked,
  } = await typed("spawn x.yaml --bot-id scout --label team=red --label role=x", files);
  expect([code, out]).toEqual([0, "a SPAWNING\n"]);
  expect(asked).toMatchObject([
    [
      "spawnBot",
      {
        config: { trading: { goal: "x.yaml" } },
        config_name: "x.yaml",
        bot_id: "scout",
        labels: { team: "red", role: "x" },
      },
    ],
  ]);
  expect(await typed("spawn --bot-id No")).toMatchObject({ status: 2, asked: [] });
  expect(await typed("spawn --label nonsense")).toMatchObject({ status: 2, asked: [] });
});

test("a swarm takes files, folders and patterns in turn", async () => {
  const { asked, out } = await typed("spawn-swarm --count 5 --config bots --config c.yaml", files);
  expect(out).toBe("2 bots: a to b\n");
  const [, input] = asked[0] as [string, { configs: BotConfig[]; count: number; config_name: string }];
  expect(input.configs.map(({ trading }) => trading.goal)).toEqual(["bots/a.yaml", "bots/b.yaml", "c.yaml"]);
  expect([input.count, input.config_name]).toEqual([5, "bots,c.yaml"]);
});

test("a ramp is groups of so many with so much time between", async () => {
  const input = async (line: string) => (await typed(`spawn-swarm --count 10 ${line}`)).asked[0]?.[1];
  expect(await input("--ramp 5")).toMatchObject({ group_size: 5, group_delay: 1 });
  expect(await input("--ramp 0.5")).toMatchObject({ group_size: 1, group_delay: 2 });
  expect(await input("--group-size 3 --group-delay 2m")).toMatchObject({ group_size: 3, group_delay: 120 });
  expect(await input("--ramp 5 --group-size 3")).toBeUndefined();
  expect(await input("")).not.toHaveProperty("group_size");
});

test("nothing to spawn, and a wish that is none, are told before anything is asked", async () => {
  expect(await typed("spawn-swarm")).toMatchObject({ status: 2, asked: [] });
  const run = await typed("spawn-swarm --count 2 --wait=asleep");
  expect(run).toMatchObject({ status: 2, asked: [] });
  expect(run.err).toContain('Cannot wait for "asleep"');
});

test("scaling down asks, scaling up does not", async () => {
  const scribed = scribe();
  const alive = [bot, { ...bot, bot_id: "b" }, { ...bot, bot_id: "c", state: "DEAD" as const }];
  const doors = {
    swarm: async () => ({ ...scribed.swarm, swarmStatus: async () => ({ ...status, bots: alive }) }),
  };
  expect(await typed("scale 1", { doors })).toMatchObject({
    status: 2,
    err: "Kill 1 bot of 2? Nobody can be asked here: add --yes to go ahead\n",
  });
  expect((await typed("scale 1", { doors, answers: ["no"] })).err).toContain("Nothing was done");
  expect(scribed.asked).toEqual([]);
  expect((await typed("scale 1 --yes", { doors })).out).toBe("2 bots: 1 started, 0 killed\n");
  expect((await typed("scale 2", { doors })).status).toBe(0);
  expect(scribed.asked).toEqual([
    ["scaleSwarm", { count: 1 }],
    ["scaleSwarm", { count: 2 }],
  ]);
  expect((await typed("scale 1 --dry-run", { doors })).out).toBe("2 bots: 0 would be started, 1 killed\n");
  expect(JSON.parse((await typed("scale 5 --dry-run --json", { doors })).out)).toEqual({
    count: 2,
    start: 3,
    kill: 0,
  });
  expect(scribed.asked).toHaveLength(2);
  expect((await typed("scale 5001")).status).toBe(2);
});

test("a bot is started anew with another file", async () => {
  expect((await typed("respawn a x.yaml", files)).asked).toMatchObject([
    [
      "respawnBot",
      { bot_id: "a", config_name: "x.yaml", config: { ...config, trading: { goal: "x.yaml" } } },
    ],
  ]);
});

test("a file of the manager's own is named, and a key makes asking again harmless", async () => {
  const asked = async (words: string) => (await typed(words, files)).asked;
  expect(await asked("spawn --config-path fleet/scout --key k1")).toEqual([
    ["spawnBot", { config_path: "fleet/scout", idempotency_key: "k1" }],
  ]);
  expect(await asked("spawn-swarm --config-path a --config-path b --count 5 --key k2 --no-wait")).toEqual([
    ["spawnSwarm", { config_paths: ["a", "b"], count: 5, idempotency_key: "k2" }],
  ]);
  expect(await asked("scale 3 --yes --config-path a --key k3")).toEqual([
    ["scaleSwarm", { count: 3, config_path: "a", idempotency_key: "k3" }],
  ]);
  expect(await asked("respawn a --config-path b")).toEqual([
    ["respawnBot", { bot_id: "a", config_path: "b" }],
  ]);
  expect(await typed("spawn x.yaml --config-path a", files)).toMatchObject({ status: 2, asked: [] });
  expect(await typed("respawn a", files)).toMatchObject({ status: 2, asked: [] });
});
