/** An assistant that commands fifty bots through nothing but MCP: with the official client of each generation, over each way. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client as ClientV2, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema, ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { binary, processesWith, scratch, start, until, words, type Running } from "./harness.ts";

const count = 50;
const { folder, remove } = scratch();
const tokenFile = join(folder, "token");
const secret = "5up3r-5ecret-of-this-test";
let host: Running;
let manager: Running;
let url: string;

beforeAll(async () => {
  writeFileSync(tokenFile, `${secret}\n`, { mode: 0o600 });
  host = await start([
    ...words("host --json --port 0 --seed 11 --sectors 500 --db"),
    join(folder, "host.db"),
  ]);
  manager = await start([
    ...words("manager --json --port 0 --no-dashboard-port --token-file"),
    tokenFile,
    "--state-file",
    join(folder, "swarm.db"),
  ]);
  url = String(manager.first["url"]);
}, 30_000);
afterAll(async () => {
  await manager?.stop();
  await host?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
});

type Fields = Record<string, unknown>;

/** What an assistant has in hand, whichever client it is. */
interface Assistant {
  call(name: string, args?: Fields, told?: (progress: string) => void): Promise<Fields>;
  read(uri: string): Promise<Fields>;
  watch(uri: string): Promise<unknown>;
  /** Resources that it was told have changed. */
  readonly updated: string[];
  /** Questions that its user was asked. */
  readonly asked: string[];
  /** What its user answers next. */
  says: "yes" | "no";
  close(): Promise<void>;
}

interface Answered {
  readonly isError?: boolean | undefined;
  readonly content?: unknown;
  readonly structuredContent?: unknown;
}

function fieldsOf({ isError, content, structuredContent }: Answered): Fields {
  const [{ text }] = content as [{ text: string }];
  if (isError) return { refused: text };
  expect(JSON.parse(text)).toEqual(structuredContent);
  return structuredContent as Fields;
}
const contentsOf = ({ contents }: { contents: unknown }) =>
  JSON.parse((contents as [{ text: string }])[0].text) as Fields;
const answerOf = (says: Assistant["says"], { requestedSchema }: { requestedSchema?: unknown }) => {
  const { properties } = requestedSchema as { properties: Fields };
  const content = Object.fromEntries(Object.keys(properties).map((key) => [key, true]));
  return says === "yes" ? { action: "accept" as const, content } : { action: "decline" as const };
};

/** The newer era, each request for itself. */
async function overHttp(): Promise<Assistant> {
  const client = new ClientV2(
    { name: "assistant", version: "2" },
    { capabilities: { elicitation: {} }, versionNegotiation: { mode: "auto" } },
  );
  const hand: Assistant = {
    updated: [],
    asked: [],
    says: "no",
    call: async (name, args = {}, told) =>
      fieldsOf(
        await client.callTool(
          { name, arguments: args },
          told && { onprogress: ({ message }) => told(message ?? "") },
        ),
      ),
    read: async (uri) => contentsOf(await client.readResource({ uri })),
    watch: (uri) => client.listen({ resourceSubscriptions: [uri] }),
    close: () => client.close(),
  };
  client.setRequestHandler("elicitation/create", ({ params }) => {
    hand.asked.push(params.message);
    return answerOf(hand.says, params as { requestedSchema?: unknown });
  });
  client.setNotificationHandler(
    "notifications/resources/updated",
    ({ params }) => void hand.updated.push(params.uri),
  );
  await client.connect(
    new StreamableHTTPClientTransport(new URL("/mcp", url), {
      requestInit: { headers: { authorization: `Bearer ${secret}` } },
    }),
  );
  expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
  return hand;
}

/** The older era, in a session. */
async function overStdio(): Promise<Assistant> {
  const client = new ClientV1({ name: "assistant", version: "1" }, { capabilities: { elicitation: {} } });
  const hand: Assistant = {
    updated: [],
    asked: [],
    says: "no",
    call: async (name, args = {}, told) =>
      fieldsOf(
        (await client.callTool(
          { name, arguments: args },
          undefined,
          told && { onprogress: ({ message }) => told(message ?? "") },
        )) as Answered,
      ),
    read: async (uri) => contentsOf(await client.readResource({ uri })),
    watch: (uri) => client.subscribeResource({ uri }),
    close: () => client.close(),
  };
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    hand.asked.push(params.message);
    return answerOf(hand.says, params as { requestedSchema?: unknown });
  });
  client.setNotificationHandler(
    ResourceUpdatedNotificationSchema,
    ({ params }) => void hand.updated.push(params.uri),
  );
  await client.connect(
    new StdioClientTransport({
      command: binary,
      args: ["mcp", "--url", url, "--token-file", tokenFile],
      env: { PATH: process.env["PATH"] ?? "", HOME: folder },
    }),
  );
  return hand;
}

for (const [name, open] of [
  ["the client of today over HTTP", overHttp],
  ["the client of before over stdio", overStdio],
] as const)
  test(`${name} spawns fifty bots, finds the worst, holds it, sets its goal, and kills all`, async () => {
    const hand = await open();
    const progress: string[] = [];
    const connection = { host: "127.0.0.1", port: Number(host.first["port"]) };
    const spawned = await hand.call(
      "tw2002_spawn_swarm",
      { count, configs: [{ connection, trading: { strategy: "opportunistic" } }] },
      (message) => progress.push(message),
    );
    expect(spawned).toMatchObject({ count });
    expect(progress.length).toBeGreaterThan(0);
    await until(
      "fifty bots at play",
      async () => {
        const { by_state } = (await hand.call("tw2002_get_swarm_status")) as {
          by_state: Record<string, number>;
        };
        return by_state["RUNNING"] === count;
      },
      150_000,
    );
    const { bots, matched } = (await hand.call("tw2002_list_bots", {
      states: ["RUNNING"],
      sort: "credits_per_turn",
      limit: 3,
    })) as { bots: { bot_id: string; credits_per_turn?: number }[]; matched: number };
    expect(matched).toBe(count);
    expect(bots.length).toBe(3);
    const [{ bot_id }] = bots as [{ bot_id: string }];
    const uri = `bbsbot://bot/${bot_id}`;
    await hand.watch(uri);

    expect(await hand.call("tw2002_pause_bot", { bot_id })).toMatchObject({ bot_id });
    expect(await hand.call("tw2002_set_bot_goal", { bot_id, goal: "exploration" })).toMatchObject({ bot_id });
    await until("the change told", () => hand.updated.includes(uri));
    await until("the bot held, with its new goal", async () => {
      const bot = await hand.read(uri);
      return bot["state"] === "PAUSED" && bot["goal"] === "exploration";
    });
    const refused = await hand.call("tw2002_kill_all");
    expect(refused["refused"]).toContain("Nothing was done");
    expect(hand.asked).toEqual([expect.stringContaining(String(count))]);
    hand.says = "yes";
    expect(await hand.call("tw2002_kill_all")).toMatchObject({ count });
    expect(hand.asked.length).toBe(2);
    await until(
      "all bots gone",
      async () =>
        (await hand.call("tw2002_list_bots", { states: ["RUNNING", "PAUSED", "STUCK"] }))["matched"] === 0,
    );
    await hand.close();
    expect(processesWith("mcp --url " + url)).toEqual([]);
  }, 240_000);
