import { describe, expect, test } from "bun:test";
import { bodyMaxBytes, httpFace } from "../../src/control/http.ts";
import { remoteSwarm } from "../../src/control/client.ts";
import { operations, type Swarm } from "../../src/proto/operations.ts";
import { Problem, Refusal, refusalCodes, type RefusalCode } from "../../src/proto/refusal.ts";
import { swarmStatus } from "../../src/swarm/totals.ts";
import { config, playing, stage } from "../swarm/stories.ts";

const status = () => {
  const on = stage();
  playing(on, "a");
  return swarmStatus(on.state, "test", 5000);
};
/** A swarm that writes down what it is asked. */
function scribe() {
  const asked: [string, unknown][] = [];
  const replies: { [K in keyof Swarm]: unknown } = {
    spawnBot: { bot_id: "bot_000", state: "SPAWNING" },
    spawnSwarm: { bot_ids: ["bot_000"], count: 1 },
    swarmStatus: status(),
    botStatus: status().bots[0],
    pauseBot: { bot_id: "a", order: "delivered", state: "PAUSED" },
    resumeBot: { bot_id: "a", order: "queued", state: "PAUSED" },
    setGoal: { bot_id: "a", order: "queued", state: "PAUSED", goal: "banking" },
    killBot: { killed: "a" },
  };
  const swarm = Object.fromEntries(
    Object.entries(replies).map(([name, reply]) => [
      name,
      async (input: unknown) => {
        asked.push([name, input]);
        return reply;
      },
    ]),
  ) as unknown as Swarm;
  const complaints: unknown[] = [];
  const app = httpFace(swarm, (error) => complaints.push(error));
  const ask = async (method: string, path: string, body?: string, type: string | null = "application/json") =>
    app.request(path, {
      method,
      ...(body !== undefined && { body }),
      ...(body !== undefined && type !== null && { headers: { "content-type": type } }),
    });
  const client = remoteSwarm("http://manager.test", async (request) => app.fetch(request));
  return { asked, replies, swarm, app, ask, client, complaints };
}
const problemOf = async (reply: Response) => {
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  return Problem.parse(await reply.json());
};

describe("every operation of the table", () => {
  const inputs: { [K in keyof Swarm]: Parameters<Swarm[K]>[0] } = {
    spawnBot: { config, config_name: "mine", bot_id: "a" },
    spawnSwarm: { configs: [config, config], config_name: "mine", count: 7 },
    swarmStatus: {},
    botStatus: { bot_id: "a" },
    pauseBot: { bot_id: "a" },
    resumeBot: { bot_id: "a" },
    setGoal: { bot_id: "a", goal: "50% of all, & more? #1/2" },
    killBot: { bot_id: "a" },
  };
  for (const name of Object.keys(operations) as (keyof Swarm)[])
    test(`${name} goes through HTTP and comes back as it was`, async () => {
      const { asked, replies, client } = scribe();
      expect(await client[name](inputs[name] as never)).toEqual(replies[name] as never);
      expect(asked).toEqual([[name, inputs[name]]]);
    });

  test("answers with the status of the table", async () => {
    const { ask } = scribe();
    expect((await ask("POST", "/swarm/spawn")).status).toBe(201);
    expect((await ask("POST", "/swarm/spawn-batch", '{"count":3}')).status).toBe(201);
    expect((await ask("GET", "/swarm/status")).status).toBe(200);
    expect((await ask("DELETE", "/bot/a")).status).toBe(200);
  });

  test("takes what stands in the address as well as in the body", async () => {
    const { ask, asked } = scribe();
    await ask("POST", "/swarm/spawn-batch?count=12");
    await ask("POST", "/bot/a/set-goal?goal=banking");
    await ask("POST", "/bot/a/set-goal", '{"goal":"combat","bot_id":"b"}');
    expect(asked[0]![1]).toMatchObject({ count: 12 });
    expect(asked.slice(1).map(([, input]) => input)).toEqual([
      { bot_id: "a", goal: "banking" },
      { bot_id: "a", goal: "combat" },
    ]);
  });
});

describe("refusals", () => {
  for (const code of Object.keys(refusalCodes) as RefusalCode[])
    test(`${code} is a problem of its status, and a Refusal again at the client`, async () => {
      const { swarm, ask, client } = scribe();
      swarm.botStatus = async () => {
        throw new Refusal(code, `refused as ${code}`, [{ path: "x", message: "y" }]);
      };
      const reply = await ask("GET", "/bot/a/status");
      expect(reply.status).toBe(refusalCodes[code].http);
      expect(await problemOf(reply)).toMatchObject({
        code,
        detail: `refused as ${code}`,
        status: reply.status,
      });
      const thrown = await client.botStatus({ bot_id: "a" }).catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(Refusal);
      expect(thrown).toMatchObject({ code, errors: [{ path: "x", message: "y" }] });
    });

  const badRequests: [string, string, string | undefined, number, string][] = [
    ["POST", "/swarm/spawn", '{"confg":{}}', 400, 'Unrecognized key: "confg"'],
    [
      "POST",
      "/swarm/spawn",
      '{"config":{"session":{"max_turns_per_session":"ten"}}}',
      400,
      "config.session.max_turns",
    ],
    ["POST", "/swarm/spawn", '{"config":', 400, "not JSON"],
    ["POST", "/swarm/spawn", "[]", 400, "JSON object"],
    ["POST", "/swarm/spawn-batch", '{"count":0}', 400, "count"],
    ["POST", "/bot/a/set-goal", "{}", 400, "goal"],
    ["GET", "/bot/..%2f..%2fetc/status", undefined, 400, "bot id"],
    ["GET", "/bot/A%00/status", undefined, 400, "bot id"],
    ["GET", "/nowhere", undefined, 404, "/nowhere"],
    ["GET", "/swarm/spawn", undefined, 405, "takes POST, not GET"],
    ["POST", "/swarm/spawn", `{"config_name":"${"x".repeat(bodyMaxBytes)}"}`, 413, "larger than"],
  ];
  for (const [method, path, body, expected, words] of badRequests)
    test(`${method} ${path} ${(body ?? "without a body").slice(0, 40)} is ${expected}`, async () => {
      const { ask, asked } = scribe();
      const reply = await ask(method, path, body);
      expect(reply.status).toBe(expected);
      expect((await problemOf(reply)).detail).toContain(words);
      expect(asked).toEqual([]);
    });

  test("forms and plain text are not taken: no page elsewhere can fill one in for us", async () => {
    const { ask, asked } = scribe();
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])
      expect((await ask("POST", "/swarm/spawn", "{}", type)).status).toBe(415);
    expect(asked).toEqual([]);
    expect((await ask("POST", "/swarm/spawn", "{}", "application/json; charset=utf-8")).status).toBe(201);
  });

  test("a larger body is for batches only", async () => {
    const { ask } = scribe();
    const configs = Array(3000).fill({
      trading: { goal: "x".repeat(200) },
      session: {},
      connection: { host: "h".repeat(200) },
    });
    const body = JSON.stringify({ configs });
    expect(body.length).toBeGreaterThan(bodyMaxBytes);
    expect((await ask("POST", "/swarm/spawn-batch", body)).status).toBe(201);
  });

  test("a bug is a 500 that tells nothing of the inside, and is complained of", async () => {
    const { swarm, ask, complaints } = scribe();
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
    expect(error).toMatchObject({ code: "manager_unreachable" });
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
    ])
      expect(await asking(async () => reply)).toMatchObject({ code: "manager_unreachable" });
  });
});
