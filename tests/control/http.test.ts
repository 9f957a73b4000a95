import { leastOf } from "../doubles/asked.ts";
import { describe, expect, test } from "bun:test";
import { addressMaxChars, remoteSwarm } from "../../src/control/client.ts";
import { batchBodyMaxBytes, bodyMaxBytes, gzipMinChars, httpFace } from "../../src/control/http.ts";
import { operations, type OperationInput, type OperationName } from "../../src/proto/operations.ts";
import { BotConfig } from "../../src/proto/config.ts";
import { Problem, Refusal, refusalCodes, type RefusalCode } from "../../src/proto/refusal.ts";
import { replies, scribe } from "../doubles/scribe.ts";

const config = BotConfig.parse({});

function stage() {
  const { swarm, asked } = scribe();
  const complaints: unknown[] = [];
  const app = httpFace(swarm, (error) => complaints.push(error));
  const ask = async (
    method: string,
    path: string,
    body?: string,
    type: string | null = "application/json",
    headers: Record<string, string> = {},
  ) =>
    app.request(path, {
      method,
      headers: { ...headers, ...(body !== undefined && type !== null && { "content-type": type }) },
      ...(body !== undefined && { body }),
    });
  const client = remoteSwarm("http://manager.test", async (request) => app.fetch(request));
  return { asked, swarm, app, ask, client, complaints };
}
const problemOf = async (reply: Response) => {
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  return Problem.parse(await reply.json());
};

describe("every operation of the table", () => {
  const inputs: { [K in OperationName]: OperationInput<K> } = {
    spawnBot: { config, config_name: "mine", bot_id: "a", idempotency_key: "k" },
    spawnSwarm: { configs: [config, config], config_name: "mine", count: 7, group_size: 2, group_delay: 1.5 },
    scaleSwarm: { count: 0 },
    swarmStatus: {},
    swarmTotals: { labels: ["team=red"] },
    timeSeries: { bot_id: "a", strategy: "explore", since: 5, points: 12 },
    killAll: {},
    clearSwarm: {},
    botStatus: { bot_id: "a" },
    botConfig: { bot_id: "a" },
    botEvents: { bot_id: "a", before: 99, limit: 3 },
    botLogs: { bot_id: "a", offset: 4096, limit: 10 },
    botLogTail: { bot_id: "a", lines: 5 },
    pauseBot: { bot_id: "a" },
    resumeBot: { bot_id: "a" },
    setGoal: { bot_id: "a", goal: "50% of all, & more? #1/2" },
    restartBot: { bot_id: "a" },
    respawnBot: { bot_id: "a", config_path: "fleet/scout" },
    killBot: { bot_id: "a" },
    listBots: {
      bots: ["bot_0*", "a"],
      states: ["RUNNING"],
      labels: ["team=red"],
      query: "x y",
      sort: "-credits",
      ids_only: true,
      limit: 5,
      cursor: "10",
    },
    orderBots: { action: "goal", goal: "profit", bots: ["all"], states: ["RUNNING"], labels: ["team"] },
    swarmEvents: { types: ["traded"], severity: "warning", since: 1, until: 9, limit: 5, cursor: "9.8" },
    botScreen: { bot_id: "a" },
    botDecisions: { bot_id: "a" },
    advisor: {},
    stepBot: { bot_id: "a" },
    map: { place: "localhost:2002/A", known: 7, changes: true },
    sendKeys: { bot_id: "a", keys: "D\r", quiet_ms: 200 },
    sector: { sector: 7, place: "localhost:2002/A" },
    routes: { limit: 3, holds: 20, turns_per_warp: 3, max_hops: 2 },
    path: { from: 1, to: 2 },
  };
  for (const name of Object.keys(operations) as OperationName[])
    test(`${name} goes through HTTP and comes back as it was`, async () => {
      const { asked, client } = stage();
      expect(await client[name](inputs[name] as never)).toEqual(replies[name] as never);
      expect(asked).toEqual([[name, inputs[name]]]);
    });

  test("answers with the status of the table", async () => {
    const { ask } = stage();
    for (const name of Object.keys(operations) as OperationName[]) {
      const { method, path, body } = leastOf(name);
      expect([path, (await ask(method, path, body)).status]).toEqual([path, operations[name].success]);
    }
  });

  test("takes what stands in the address as well as in the body", async () => {
    const { ask, asked } = stage();
    await ask("POST", "/swarm/spawn-batch?count=12");
    await ask("POST", "/swarm/spawn?config_path=fleet/scout&bot_id=b");
    await ask("POST", "/bot/a/set-goal?goal=banking");
    await ask("POST", "/bot/a/set-goal", '{"goal":"combat","bot_id":"b"}');
    expect(asked.map(([, input]) => input)).toEqual([
      { count: 12 },
      { config_path: "fleet/scout", bot_id: "b" },
      { bot_id: "a", goal: "banking" },
      { bot_id: "a", goal: "combat" },
    ]);
  });

  test("a selection that is too long for an address is posted, and is the same question", async () => {
    const { asked, app } = stage();
    const seen: string[] = [];
    const client = remoteSwarm("http://manager.test", async (request) => {
      seen.push(`${request.method} ${request.url.length}`);
      return app.fetch(request);
    });
    const bots = Array.from({ length: 5000 }, (_, at) => `bot_${at}`);
    await client.listBots({ bots, sort: "bot_id", limit: 1000, cursor: undefined });
    await client.swarmEvents({ bots, severity: "info", limit: 5 });
    await client.listBots({ bots: ["a"], sort: "bot_id", limit: 1000 });
    expect(asked).toEqual([
      ["listBots", { bots, sort: "bot_id", limit: 1000 }],
      ["swarmEvents", { bots, severity: "info", limit: 5 }],
      ["listBots", { bots: ["a"], sort: "bot_id", limit: 1000 }],
    ]);
    expect(seen.map((one) => one.split(" ")[0])).toEqual(["POST", "POST", "GET"]);
    expect(seen.every((one) => Number(one.split(" ")[1]) < addressMaxChars)).toBe(true);
  });

  test("the Idempotency-Key may stand in its header, quoted or not, where an operation has one", async () => {
    const { ask, asked } = stage();
    await ask("POST", "/swarm/spawn", "{}", "application/json", { "idempotency-key": '"once"' });
    await ask("POST", "/swarm/scale", '{"count":1}', "application/json", { "idempotency-key": "twice" });
    await ask("POST", "/swarm/kill-all", undefined, null, { "idempotency-key": "no matter" });
    expect(asked.map(([, input]) => input)).toEqual([
      { idempotency_key: "once" },
      { count: 1, idempotency_key: "twice" },
      {},
    ]);
  });
});

describe("what a path takes", () => {
  test("HEAD is GET without its body", async () => {
    const { ask } = stage();
    const reply = await ask("HEAD", "/swarm/status");
    expect([reply.status, reply.headers.get("content-type"), await reply.text()]).toEqual([
      200,
      "application/json; charset=utf-8",
      "",
    ]);
  });
  test("OPTIONS tells the methods, and lets no other site in", async () => {
    const { ask, asked } = stage();
    const reply = await ask("OPTIONS", "/bot/a/pause");
    expect([reply.status, reply.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    expect(reply.headers.get("access-control-allow-origin")).toBeNull();
    expect((await ask("OPTIONS", "/bot/a")).headers.get("allow")).toBe("DELETE, OPTIONS");
    expect((await ask("OPTIONS", "/nowhere")).status).toBe(404);
    expect(asked).toEqual([]);
  });
  test("405 tells the methods, too", async () => {
    const { ask } = stage();
    const reply = await ask("DELETE", "/swarm/status");
    expect([reply.status, reply.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });
});

describe("refusals", () => {
  for (const code of Object.keys(refusalCodes) as RefusalCode[])
    test(`${code} is a problem of its status, and a Refusal again at the client`, async () => {
      const { swarm, ask, client } = stage();
      swarm.botStatus = async () => {
        throw new Refusal(code, `refused as ${code}`, [{ path: "x", message: "y" }]);
      };
      const reply = await ask("GET", "/bot/a/status");
      expect(reply.status).toBe(refusalCodes[code].http);
      const body = await reply.clone().json();
      expect(body).toMatchObject({ error: `refused as ${code}` });
      const { title, ...problem } = await problemOf(reply);
      expect(title).not.toBe("Error");
      expect(problem).toMatchObject({ code, detail: `refused as ${code}`, status: reply.status });
      const thrown = await client.botStatus({ bot_id: "a" }).catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(Refusal);
      expect(thrown).toMatchObject({ code, errors: [{ path: "x", message: "y" }] });
    });

  const badRequests: [string, string, string | undefined, number, string][] = [
    ["POST", "/swarm/spawn", '{"confg":{}}', 400, 'Unrecognized key: "confg"'],
    ["GET", "/swarm/status?verbose=1", undefined, 400, '"verbose"'],
    ["GET", "/bot/a/logs?limt=5", undefined, 400, '"limt"'],
    ["GET", "/bot/a/logs?limit=5&limit=6", undefined, 400, '"limit" more than once'],
    ["GET", "/bot/a/logs?__proto__=5", undefined, 400, "__proto__"],
    ["POST", "/swarm/spawn", '{"__proto__":{"bot_id":"x"}}', 400, "__proto__"],
    ["GET", "/bot/a/logs?limit=-1", undefined, 400, "limit"],
    ["GET", "/bot/a/logs?limit=1001", undefined, 400, "limit"],
    [
      "POST",
      "/swarm/spawn",
      '{"config":{"session":{"max_turns_per_session":"ten"}}}',
      400,
      "config.session.max_turns",
    ],
    ["POST", "/swarm/spawn", '{"config":', 400, "not JSON"],
    ["POST", "/swarm/spawn", "[".repeat(100_000), 400, "not JSON"],
    ["POST", "/swarm/spawn", "[]", 400, "JSON object"],
    ["POST", "/swarm/spawn-batch", '{"count":0}', 400, "count"],
    ["POST", "/bot/a/set-goal", "{}", 400, "goal"],
    ["GET", "/bot/..%2f..%2fetc/status", undefined, 400, "bot id"],
    ["GET", "/bot/A%00/status", undefined, 400, "bot id"],
    ["GET", "/nowhere", undefined, 404, "/nowhere"],
    ["POST", "/bot/a/register", "{}", 404, "/bot/a/register"],
    ["GET", "/swarm/spawn", undefined, 405, "takes POST, not GET"],
    ["POST", "/swarm/spawn", `{"config_name":"${"x".repeat(bodyMaxBytes)}"}`, 413, "larger than"],
  ];
  for (const [method, path, body, expected, words] of badRequests)
    test(`${method} ${path} ${(body ?? "without a body").slice(0, 40)} is ${expected}`, async () => {
      const { ask, asked } = stage();
      const reply = await ask(method, path, body);
      expect(reply.status).toBe(expected);
      const { detail } = await problemOf(reply);
      expect(detail).toContain(words);
      expect(asked).toEqual([]);
    });

  test("forms and plain text are not taken: no page elsewhere can fill one in for us", async () => {
    const { ask, asked } = stage();
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])
      expect((await ask("POST", "/swarm/spawn", "{}", type)).status).toBe(415);
    expect(asked).toEqual([]);
    expect((await ask("POST", "/swarm/spawn", "{}", "application/json; charset=utf-8")).status).toBe(201);
  });

  test("a body of nothing has no type, whatever is said of it: many clients call it a form", async () => {
    const { ask, asked } = stage();
    expect((await ask("POST", "/bot/a/pause", "", "application/x-www-form-urlencoded")).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  test("a larger body is for batches only", async () => {
    const { ask } = stage();
    const configs = Array(3000).fill({
      trading: { goal: "x".repeat(200) },
      session: {},
      connection: { host: "h".repeat(200) },
    });
    const body = JSON.stringify({ configs });
    expect(body.length).toBeGreaterThan(bodyMaxBytes);
    expect((await ask("POST", "/swarm/spawn-batch", body)).status).toBe(201);
    expect((await ask("POST", "/swarm/spawn-batch", " ".repeat(batchBodyMaxBytes + 1))).status).toBe(413);
  });

  test("a body without a length is counted as it comes, and given up at the limit", async () => {
    const { app, asked } = stage();
    let given = 0;
    const body = new ReadableStream({
      pull(controller) {
        given += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    const headers = { "content-type": "application/json" };
    const reply = await app.request("/swarm/spawn", {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);
    expect(reply.status).toBe(413);
    expect(given).toBeLessThan(bodyMaxBytes + 5 * 65_536);
    expect(asked).toEqual([]);
  });

  test("a body that is no JSON is not quoted: it may hold a password", async () => {
    const { ask } = stage();
    const reply = await ask("POST", "/swarm/spawn", '{"config":{"character":{"password": hunter2}}}');
    const { detail } = await problemOf(reply);
    expect(detail).toContain("not JSON");
    expect(detail).not.toContain("hunter2");
  });

  test("a bug is a 500 that tells nothing of the inside, and is complained of", async () => {
    const { swarm, ask, complaints } = stage();
    swarm.swarmStatus = async () => {
      throw new TypeError("undefined is not /root/secret");
    };
    const reply = await ask("GET", "/swarm/status");
    expect(reply.status).toBe(500);
    expect(JSON.stringify(await problemOf(reply))).not.toContain("secret");
    expect(complaints).toHaveLength(1);
  });
});

describe("the client", () => {
  const asking = (fetch: () => Promise<Response>) =>
    remoteSwarm("http://127.0.0.1:9", fetch)
      .swarmStatus({})
      .catch((error: unknown) => error);
  test("says when nobody answers", async () => {
    const error = await asking(() => Promise.reject(new TypeError("connection refused")));
    expect(error).toMatchObject({
      code: "manager_unreachable",
      message: expect.stringContaining("http://127.0.0.1:9"),
    });
  });
  test("knows a stranger by what it answers", async () => {
    for (const reply of [
      new Response("<html>"),
      Response.json({ hello: 1 }),
      new Response("{}", { status: 418 }),
      new Response(null, { status: 302, headers: { location: "http://evil.example/" } }),
    ])
      expect(await asking(async () => reply)).toMatchObject({ code: "manager_unreachable" });
  });
  test("sends the token with everything, and follows nobody elsewhere with it", async () => {
    const sent: Request[] = [];
    const client = remoteSwarm(
      "http://127.0.0.1:9",
      async (request) => {
        sent.push(request);
        return Response.json(replies.killBot);
      },
      "the secret of the day",
    );
    await client.killBot({ bot_id: "a" });
    await client.killAll({}).catch(() => undefined);
    expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual(
      Array(2).fill("Bearer the secret of the day"),
    );
    expect(sent.map(({ redirect }) => redirect)).toEqual(["manual", "manual"]);
  });
});

describe("a long answer", () => {
  const long = "x".repeat(gzipMinChars);
  const asking = async (accept: string | undefined, reason: string) => {
    const { swarm } = scribe();
    swarm.botConfig = async () => ({ bot_id: "a", config_name: reason, config: null });
    const app = httpFace(swarm, () => {}, { gzip: async (text) => Bun.gzipSync(text) });
    return app.request("/bot/a/config", {
      headers: accept === undefined ? {} : { "accept-encoding": accept },
    });
  };

  test("goes gzipped to whoever takes that, and is the same", async () => {
    const reply = await asking("br;q=0.5, gzip", long);
    expect(reply.headers.get("content-encoding")).toBe("gzip");
    expect(reply.headers.get("vary")).toBe("accept-encoding");
    const bytes = await reply.arrayBuffer();
    expect(bytes.byteLength).toBeLessThan(gzipMinChars / 10);
    const text = new TextDecoder().decode(Bun.gunzipSync(bytes));
    expect(text).toBe(await (await asking(undefined, long)).text());
  });

  test("goes as it is to others, and so does a short one", async () => {
    for (const [accept, reason] of [
      [undefined, long],
      ["br", long],
      ["gzip", "short"],
    ] as const)
      expect((await asking(accept, reason)).headers.get("content-encoding")).toBeNull();
  });
});
