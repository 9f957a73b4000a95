import { describe, expect, test } from "bun:test";
import type { Operation } from "../../../src/proto/operation.ts";
import { operations } from "../../../src/proto/operations.ts";
import { refusalCodes, Refusal, type RefusalCode } from "../../../src/proto/refusal.ts";
import { createMcpServer } from "../../../src/control/mcp/server.ts";
import { wordsMax } from "../../../src/control/mcp/tools/looking.ts";
import type { BotConfig } from "../../../src/proto/config.ts";
import { replies, scribe } from "../../doubles/scribe.ts";
import { failureOf } from "../../doubles/failure.ts";
import { assistant, eras } from "./rig.ts";

/** Arguments with which each tool can be called. */
const calls: Readonly<Record<string, Record<string, unknown>>> = {
  tw2002_spawn_bot: { config: { trading: { strategy: "explore" } } },
  tw2002_spawn_swarm: { configs: [{}], count: 2 },
  tw2002_scale_swarm: { count: 2 },
  tw2002_get_swarm_status: {},
  tw2002_list_bots: {},
  tw2002_get_bot_status: { bot_id: "a" },
  tw2002_get_bot_events: { bot_id: "a" },
  tw2002_tail_bot_logs: { bot_id: "a" },
  tw2002_get_time_series: {},
  tw2002_get_bot_screen: { bot_id: "a" },
  tw2002_pause_bot: { bot_id: "a" },
  tw2002_resume_bot: { bot_id: "a" },
  tw2002_set_bot_goal: { bot_id: "a", goal: "banking" },
  tw2002_restart_bot: { bot_id: "a" },
  tw2002_kill_bot: { bot_id: "a" },
  tw2002_kill_all: {},
  tw2002_order_bots: { action: "pause", bots: ["all"] },
  tw2002_get_sector: { sector: 7 },
  tw2002_get_best_routes: {},
  tw2002_find_path: { from: 1, to: 2 },
};
const toolRows = (Object.values(operations) as Operation[]).filter(({ mcp }) => mcp);

describe.each(eras)("in the %s era", (era) => {
  test("each tool answers by its schema, and its text says what its structured content says", async () => {
    const { client, call, complaints, close } = await assistant({ era });
    // With the list at hand, the client holds every answer against its schema.
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(calls));
    for (const { name } of tools) {
      const { isError, text, value } = await call(name, calls[name]);
      expect([name, isError]).toEqual([name, false]);
      expect(JSON.parse(text)).toEqual(value);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  test("a refusal is an answer that says what to do next, for every code", async () => {
    for (const code of Object.keys(refusalCodes) as RefusalCode[]) {
      const { call, complaints, close } = await assistant({
        era,
        swarm: {
          botStatus() {
            throw new Refusal(code, "It cannot be");
          },
        },
      });
      const { isError, text, value } = await call("tw2002_get_bot_status", { bot_id: "a" });
      expect([isError, value]).toEqual([true, undefined as never]);
      expect(text).toMatch(/^It cannot be\. .{20,}/);
      expect(complaints).toEqual([]);
      await close();
    }
  });
});

test("tools are those of the table, in a settled order, no more than 20, with the names people were promised", async () => {
  const { client, close } = await assistant();
  const { tools } = await client.listTools();
  const names = tools.map(({ name }) => name);
  expect(names.toSorted()).toEqual(toolRows.map(({ mcp }) => mcp!.name).toSorted());
  expect(names.length).toBeLessThanOrEqual(20);
  expect(names).toEqual((await client.listTools()).tools.map(({ name }) => name));
  const promised =
    "spawn_bot spawn_swarm get_swarm_status get_bot_status kill_bot pause_bot resume_bot set_bot_goal";
  for (const word of promised.split(" ")) expect(names).toContain(`tw2002_${word}`);
  await close();
});

test("each tool says all four annotations, and what every argument is for", async () => {
  const { client, close } = await assistant();
  const { tools } = await client.listTools();
  for (const { name, title, description, annotations, inputSchema, outputSchema } of tools) {
    const { mcp, writes } = toolRows.find(({ mcp }) => mcp!.name === name)!;
    expect(title).toBe(mcp!.title);
    expect(annotations).toEqual({
      readOnlyHint: !writes,
      destructiveHint: mcp!.destructive,
      idempotentHint: mcp!.idempotent,
      openWorldHint: mcp!.openWorld,
    });
    expect(description!.length).toBeGreaterThan(60);
    expect(inputSchema["additionalProperties"]).toBe(false);
    for (const [argument, schema] of Object.entries((inputSchema.properties ?? {}) as Record<string, object>))
      expect([name, argument, typeof (schema as { description?: string }).description]).toEqual([
        name,
        argument,
        "string",
      ]);
    expect(outputSchema?.type).toBe("object");
  }
  // All of it stands in a model's context from the first word on.
  expect(new TextEncoder().encode(JSON.stringify(tools)).length).toBeLessThan(24_000);
  await close();
});

test("schemas keep to words that every host understands", async () => {
  const { client, close } = await assistant();
  const { tools } = await client.listTools();
  const said = JSON.stringify(tools);
  expect(said).not.toMatch(
    /prefixItems|"type":\[|"additionalProperties":\{\}|\$ref|\\p\{|"items":(true|false)/i,
  );
  await close();
});

test("a configuration is shown with what people say of a bot, and with no key that names a file", async () => {
  const { client, close } = await assistant();
  const said = JSON.stringify((await client.listTools()).tools);
  for (const word of ["strategy", "goal", "host", "port", "game_letter"])
    expect(said).toContain(`"${word}":{`);
  expect(said).not.toContain("_file");
  // Once, and not with every tool that takes one.
  expect(said.split('"game_letter":{').length).toBe(2);
  await close();
});

test("no tool asks for the whole swarm to tell a part of it", async () => {
  const { call, asked, close } = await assistant();
  for (const [name, args] of Object.entries(calls)) await call(name, args);
  expect(asked.map(([operation]) => operation)).not.toContain("swarmStatus");
  await close();
});

test("what models write in place of what is asked for is taken as it is meant", async () => {
  const { call, asked, close } = await assistant();
  await call("tw2002_list_bots", { bots: '["bot_0*"]', states: "running", labels: { team: "red" } });
  await call("tw2002_list_bots", { bots: "bot_1,bot_2", states: ["Dead"], labels: ["team"] });
  await call("tw2002_order_bots", { action: "pause", labels: '{"team": "red"}' });
  expect(asked.map(([, input]) => input)).toEqual([
    expect.objectContaining({ bots: ["bot_0*"], states: ["RUNNING"], labels: ["team=red"] }),
    expect.objectContaining({ bots: ["bot_1", "bot_2"], states: ["DEAD"], labels: ["team"] }),
    { action: "pause", labels: ["team=red"] },
  ]);
  await close();
});

test("what is not there is told with what to do about it, and never as an empty list", async () => {
  const nobody = () => {
    throw new Refusal("not_found", "There is nothing of the kind");
  };
  const { call, close } = await assistant({
    swarm: {
      botStatus: nobody,
      timeSeries: () => ({ interval_seconds: 10, rows: [] }),
      swarmEvents: () => ({ events: [] }),
      sector: nobody,
      routes: nobody,
      path: nobody,
    },
  });
  for (const name of ["get_bot_events", "get_time_series"])
    expect((await call(`tw2002_${name}`, { bot_id: "x" })).text).toContain("tw2002_list_bots");
  expect((await call("tw2002_get_time_series")).value).toMatchObject({ rows: [] });
  for (const name of ["tw2002_get_sector", "tw2002_get_best_routes", "tw2002_find_path"]) {
    const { text } = await call(name, calls[name]);
    expect(text).toContain("learn it while they play");
    expect(text).not.toContain("ids");
  }
  await close();
});

test("a reading connection has no tool that changes anything, and calls none", async () => {
  const { client, call, asked, close } = await assistant({ readOnly: true });
  const { tools } = await client.listTools();
  expect(tools.length).toBe(toolRows.filter(({ writes }) => !writes).length);
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
  expect(await failureOf(call("tw2002_kill_all"))).toContain("not found");
  expect(asked).toEqual([]);
  await close();
});

test("what people say most takes one call", async () => {
  const { call, asked, close } = await assistant();
  await call("tw2002_spawn_swarm", { count: 50, configs: [{ trading: { strategy: "opportunistic" } }] });
  expect(asked).toEqual([["spawnSwarm", expect.objectContaining({ count: 50 })]]);
  asked.length = 0;
  const { value } = await call("tw2002_get_swarm_status");
  expect(value).toMatchObject({ total_bots: 1, by_state: { RUNNING: 1 }, best: [{ bot_id: "a" }] });
  expect(value).not.toHaveProperty("bots");
  asked.length = 0;
  await call("tw2002_pause_bot", { bot_id: "bot_042" });
  expect(asked).toEqual([["pauseBot", { bot_id: "bot_042" }]]);
  await close();
});

test("how bots fare with their models is a line of the swarm's status, and no line where none has one", async () => {
  const { bots } = replies.advisor;
  const idle = { ...bots, bots: 0, asked: 0 };
  const { call, close } = await assistant();
  const { value } = await call("tw2002_get_swarm_status");
  expect(value["advice"]).toBe(
    "openai_compatible a mind is away, 700 calls, 1400000 tokens and 0.75 of money today, No answer within 30 s. " +
      "Of 5 bots with a model play 4 by plans at 100 credits a turn, 0 by rules at 60 credits a turn, " +
      "1 by fallback at -0.25 credits a turn; 50 of 60 plans asked for were taken",
  );
  await close();
  const without = await assistant({ swarm: { advisor: () => ({ advisors: [], bots: idle }) } });
  expect((await without.call("tw2002_get_swarm_status")).value).not.toHaveProperty("advice");
  await without.close();
});

test("a configuration is an object or the name of one, and not both in one call", async () => {
  const { call, asked, close } = await assistant();
  await call("tw2002_spawn_bot", { config: "fleet/scout.yaml" });
  await call("tw2002_spawn_swarm", { configs: ["one.yaml", "two.yaml"], count: 4 });
  await call("tw2002_scale_swarm", { count: 4, config: "one.yaml" });
  expect(asked.filter(([name]) => name !== "swarmTotals")).toEqual([
    ["spawnBot", { config_path: "fleet/scout.yaml" }],
    ["spawnSwarm", { config_paths: ["one.yaml", "two.yaml"], count: 4 }],
    ["scaleSwarm", { config_path: "one.yaml", count: 4 }],
  ]);
  asked.length = 0;
  // Models write an object as its text now and then, and a single one without a list.
  await call("tw2002_spawn_bot", { config: '{"trading": {"goal": "banking"}}' });
  await call("tw2002_spawn_swarm", { configs: '[{"trading": {"goal": "banking"}}]', count: 2 });
  await call("tw2002_spawn_swarm", { configs: { trading: { goal: "banking" } }, count: 2 });
  const goals = asked.map(([, input]) => {
    const { config, configs } = input as { config?: BotConfig; configs?: BotConfig[] };
    return (config ?? configs?.[0])?.trading.goal;
  });
  expect(goals).toEqual(["banking", "banking", "banking"]);
  asked.length = 0;
  expect((await call("tw2002_spawn_bot", { config: '{"trading": ' })).text).toContain("give the object");
  const { isError, text } = await call("tw2002_spawn_swarm", { configs: ["one.yaml", {}] });
  expect([isError, asked]).toEqual([true, []]);
  expect(text).toContain("either all as objects or all as names");
  await close();
});

test("arguments that do not fit are named, with those that do", async () => {
  const { call, asked, close } = await assistant();
  const unknown = await call("tw2002_list_bots", { filter: "rich", limit: 101 });
  expect(unknown.isError).toBe(true);
  expect(unknown.text).toContain('"filter"');
  expect(unknown.text).not.toContain(". : ");
  expect(unknown.text).toContain("limit:");
  expect(unknown.text).toContain("Arguments: bots, states, labels, query, sort, limit, cursor");
  const nested = await call("tw2002_spawn_bot", { config: { trading: { strategy: "steal" } } });
  expect(nested.text).toContain("config.trading.strategy");
  const astray = await call("tw2002_spawn_swarm", { configs: [{}, { trading: { gaol: "profit" } }] });
  expect(astray.text).toContain('"gaol"');
  expect(astray.text).toContain("configs.1.trading takes strategy, goal, reserve_credits");
  const place = await call("tw2002_spawn_bot", { config: { conection: {}, character: { nam: "Amber" } } });
  expect(place.text).toContain("config takes labels, connection, character, trading");
  expect(place.text).toContain("config.character takes name, password, ship_name");
  expect(place.text).not.toContain("_file");
  const ids = Array.from({ length: wordsMax + 1 }, (_, i) => `bot_${i}`);
  expect((await call("tw2002_list_bots", { bots: ids })).text).toContain(`at most ${wordsMax} ids`);
  expect((await call("tw2002_order_bots", { action: "pause" })).text).toContain('"all" for every bot');
  expect(asked).toEqual([]);
  await close();
});

test("a bug is told as one, without a word of where", async () => {
  const { call, complaints, close } = await assistant({
    swarm: {
      botStatus() {
        throw new TypeError("undefined is not a bot at /home/someone/secret.ts");
      },
    },
  });
  const { isError, text } = await call("tw2002_get_bot_status", { bot_id: "a" });
  expect([isError, complaints.length]).toEqual([true, 1]);
  expect(text).not.toMatch(/secret|TypeError|\bat \//);
  await close();
});

test("a server is made in less than 2 ms, for one is made for every request", () => {
  const make = () =>
    createMcpServer({
      swarm: scribe().swarm,
      readOnly: false,
      version: "1",
      changes: () => () => {},
      now: () => 0,
      later: () => {},
      complain: () => {},
    });
  // The best of some batches: a busy machine says nothing of the code.
  const batches = Array.from({ length: 10 }, () => {
    const before = performance.now();
    for (let i = 0; i < 20; i++) make();
    return (performance.now() - before) / 20;
  });
  expect(Math.min(...batches)).toBeLessThan(2);
});
