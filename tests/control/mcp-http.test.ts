import { expect, test } from "bun:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { McpServer, type JSONRPCMessage } from "@modelcontextprotocol/server";
import { createMcpHttp, exchangesMax, listenersMax, messageMaxBytes } from "../../src/control/mcp/http.ts";
import { createReplay, keptMax, keptMaxChars } from "../../src/control/mcp/replay.ts";
import { sessionIdleMs, sessionsMax, streamsPerSession } from "../../src/control/mcp/sessions.ts";
import { bounded } from "../../src/control/mcp/stream.ts";
import { failureOf } from "../doubles/failure.ts";

const address = new URL("http://localhost/mcp");
const uri = "fleet://one";

/** A transport over a server of two tools, with a clock that goes when told to. */
function house() {
  let at = 0;
  let ids = 0;
  const waiting = new Map<number, { at: number; work: () => void }>();
  const closed: string[] = [];
  const made: string[] = [];
  const listeners = new Set<(uri: string) => void>();
  const errors: unknown[] = [];
  const released = Promise.withResolvers<void>();
  const http = createMcpHttp({
    makeServer(era, request) {
      made.push(new URL(request.url).search);
      const server = new McpServer(
        { name: "stand-in", version: "1" },
        { capabilities: { resources: { subscribe: true }, tools: {} } },
      );
      server.registerTool("count", { description: "Counts" }, () => ({
        content: [{ type: "text", text: era }],
      }));
      server.registerTool("wait", { description: "Waits" }, async () => {
        await released.promise;
        return { content: [{ type: "text", text: "waited" }] };
      });
      server.registerResource("one", uri, {}, () => ({ contents: [{ uri, text: "one" }] }));
      server.server.setRequestHandler("resources/subscribe", () => ({}));
      server.server.onclose = () => void closed.push(era);
      return server;
    },
    newId: () => `session-${++ids}`,
    now: () => at,
    later(ms, work) {
      const id = waiting.size + Math.random();
      waiting.set(id, { at: at + ms, work });
      return () => void waiting.delete(id);
    },
    changes(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    complain: (error) => errors.push(error),
  });
  return {
    http,
    closed,
    made,
    listeners,
    errors,
    release: released.resolve,
    timers: () => waiting.size,
    /** Lets time pass, a second at a step. */
    pass(ms: number) {
      for (const end = at + ms; at < end; at += 1000)
        for (const [id, timer] of waiting)
          if (timer.at <= at) {
            waiting.delete(id);
            timer.work();
          }
    },
  };
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  new Request(address, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const hello = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  },
};
const call = (name: string, id: number | string = 7) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: {} },
});

/** Opens a session; its name as a header. */
async function opened({ http }: ReturnType<typeof house>) {
  const answer = await http.fetch(post(hello));
  expect(answer.status).toBe(200);
  await answer.text();
  return { "mcp-session-id": answer.headers.get("mcp-session-id")! };
}

/** What an assistant is, in one era or the other. */
async function assistant({ http }: ReturnType<typeof house>, mode: "legacy" | "auto", search = "") {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL(search, address), {
    fetch: (url, init) => http.fetch(new Request(url, init)),
  });
  await client.connect(transport);
  return { client, transport };
}

test("one address serves both eras", async () => {
  const at = house();
  for (const [mode, era] of [
    ["legacy", "legacy"],
    ["auto", "modern"],
  ] as const) {
    const { client } = await assistant(at, mode);
    const { content } = await client.callTool({ name: "count" });
    expect(content).toEqual([{ type: "text", text: era }]);
    await client.close();
  }
  expect(at.errors).toEqual([]);
});

test("a session ends when its client says so, and is not found from then on", async () => {
  const at = house();
  const session = await opened(at);
  const bye = await at.http.fetch(new Request(address, { method: "DELETE", headers: session }));
  expect(bye.status).toBe(200);
  expect(at.http.sessions()).toBe(0);
  expect(at.closed).toEqual(["legacy"]);
  const late = await at.http.fetch(post(call("count"), session));
  expect(late.status).toBe(404);
  expect(await late.json()).toMatchObject({ id: 7, error: { code: -32_001 } });
});

test("whoever has no session is told to open one", async () => {
  const { http } = house();
  const answer = await http.fetch(post(call("count")));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    id: 7,
    error: { message: expect.stringContaining("initialize") },
  });
  expect((await http.fetch(new Request(address))).status).toBe(400);
  expect(http.sessions()).toBe(0);
});

test("two hundred sessions that were opened and left are gone after a while, and so is the timer", async () => {
  const at = house();
  for (let count = 0; count < 200; count++) await opened(at);
  expect(at.http.sessions()).toBe(200);
  expect(at.timers()).toBe(1);
  at.pass(sessionIdleMs / 2);
  const used = await opened(at);
  at.pass(sessionIdleMs / 2 + 60_000);
  await Bun.sleep(0);
  expect(at.http.sessions()).toBe(1);
  expect(at.closed.length).toBe(200);
  expect(await (await at.http.fetch(post(call("count"), used))).text()).toContain("legacy");
  at.pass(sessionIdleMs + 60_000);
  await Bun.sleep(0);
  expect(at.http.sessions()).toBe(0);
  expect(at.timers()).toBe(0);
});

test("a session to which somebody listens stays, and goes when they hang up", async () => {
  const at = house();
  const session = await opened(at);
  const stream = await at.http.fetch(
    new Request(address, { headers: { ...session, accept: "text/event-stream" } }),
  );
  expect(stream.status).toBe(200);
  at.pass(3 * sessionIdleMs);
  expect(at.http.sessions()).toBe(1);
  await stream.body!.cancel();
  at.pass(sessionIdleMs + 60_000);
  await Bun.sleep(0);
  expect(at.http.sessions()).toBe(0);
});

test("of one session too many the one that was silent longest makes room", async () => {
  const at = house();
  const first = await opened(at);
  const second = await opened(at);
  for (let count = 2; count < sessionsMax; count++) await opened(at);
  at.pass(1000);
  await (await at.http.fetch(post(call("count"), first))).text();
  await opened(at);
  expect(at.http.sessions()).toBe(sessionsMax);
  expect((await at.http.fetch(post(call("count"), first))).status).toBe(200);
  expect((await at.http.fetch(post(call("count"), second))).status).toBe(404);
});

test("no session makes room while all of them are listened to", async () => {
  const at = house();
  for (let count = 0; count < sessionsMax; count++) {
    const session = await opened(at);
    await at.http.fetch(new Request(address, { headers: { ...session, accept: "text/event-stream" } }));
  }
  const answer = await at.http.fetch(post(hello));
  expect(answer.status).toBe(503);
  await at.http.close();
  expect(at.http.sessions()).toBe(0);
});

test("a session has so many requests open and no more", async () => {
  const at = house();
  const session = await opened(at);
  const answers = await Promise.all(
    Array.from({ length: streamsPerSession }, (_, id) => at.http.fetch(post(call("wait", id), session))),
  );
  expect((await at.http.fetch(post(call("count"), session))).status).toBe(429);
  at.release();
  for (const answer of answers) expect(await answer.text()).toContain("waited");
  expect((await at.http.fetch(post(call("count"), session))).status).toBe(200);
});

test("so many requests of the newer era are answered at a time, and listeners are not counted among them", async () => {
  const at = house();
  const { client } = await assistant(at, "auto");
  const refused = () =>
    client.callTool({ name: "count" }).then(
      () => "",
      (error: Error) => error.message,
    );
  const waiting = Array.from({ length: exchangesMax }, () => client.callTool({ name: "wait" }));
  expect(await refused()).toContain(`${exchangesMax} requests`);
  await (await client.listen({ resourceSubscriptions: [uri] })).close();
  at.release();
  await Promise.all(waiting);
  expect(await refused()).toBe("");
  await client.close();
});

test("a server is made for the request that asks for it, whatever its address says beside the path", async () => {
  const at = house();
  for (const mode of ["legacy", "auto"] as const) {
    at.made.length = 0;
    const { client } = await assistant(at, mode, "?read-only");
    await client.callTool({ name: "count" });
    expect(new Set(at.made)).toEqual(new Set(["?read-only"]));
    await client.close();
  }
});

test("what is no message is refused in the words of the protocol", async () => {
  const { http } = house();
  const refused = async (request: Request) => {
    const answer = await http.fetch(request);
    expect(await answer.json()).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
    return answer.status;
  };
  expect(await refused(post("{"))).toBe(400);
  expect(await refused(post("null"))).toBe(400);
  expect(await refused(post("[]"))).toBe(400);
  expect(await refused(post(hello, { "content-type": "text/plain" }))).toBe(415);
  expect(await refused(post(`"${"x".repeat(messageMaxBytes)}"`))).toBe(413);
});

test("changes are asked for only while somebody listens, and reach them", async () => {
  const at = house();
  const { client } = await assistant(at, "auto");
  expect(at.listeners.size).toBe(0);
  const heard = Promise.withResolvers<string>();
  client.setNotificationHandler("notifications/resources/updated", ({ params }) => heard.resolve(params.uri));
  const subscription = await client.listen({ resourceSubscriptions: [uri] });
  expect(at.listeners.size).toBe(1);
  for (const changed of at.listeners) {
    changed("fleet://another");
    changed(uri);
  }
  expect(await heard.promise).toBe(uri);
  await subscription.close();
  expect(at.listeners.size).toBe(0);
  await client.close();
});

test("so many listen to changes and no more", async () => {
  const at = house();
  const { client } = await assistant(at, "auto");
  const listen = () => client.listen({ resourceSubscriptions: [uri] });
  for (let count = 0; count < listenersMax; count++) await listen();
  expect(await failureOf(listen())).toMatch(/limit/i);
  await client.close();
});

test("when it closes, every stream ends", async () => {
  const at = house();
  const session = await opened(at);
  const { client } = await assistant(at, "auto");
  await client.listen({ resourceSubscriptions: [uri] });
  const stream = await at.http.fetch(
    new Request(address, { headers: { ...session, accept: "text/event-stream" } }),
  );
  const pending = await at.http.fetch(post(call("wait"), session));
  await at.http.close();
  await stream.text();
  await pending.text();
  expect(at.http.sessions()).toBe(0);
  expect(at.listeners.size).toBe(0);
  expect(at.timers()).toBe(0);
  await client.close();
});

test("a stream that nobody reads breaks off at its limit, and what feeds it is told", async () => {
  const told = Promise.withResolvers<void>();
  let isCancelled = false;
  let feed: ReadableStreamDefaultController<Uint8Array>;
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => void (feed = controller),
    cancel: () => void (isCancelled = true),
  });
  const stream = bounded(source, told.resolve, { maxBytes: 1000 });
  for (let count = 0; count < 11; count++) feed!.enqueue(new Uint8Array(100));
  await told.promise;
  expect(isCancelled).toBe(true);
  expect(await failureOf(stream.getReader().read())).toContain("does not read");
});

test("a stream that is read goes on for as long as it likes, with pieces as long as they are", async () => {
  let ends = 0;
  let feed: ReadableStreamDefaultController<Uint8Array>;
  const source = new ReadableStream<Uint8Array>({ start: (controller) => void (feed = controller) });
  const reader = bounded(source, () => ends++, { maxBytes: 500 }).getReader();
  let total = 0;
  for (const size of [100, 2000, 400, 600]) {
    feed!.enqueue(new Uint8Array(size));
    total += (await reader.read()).value!.length;
  }
  feed!.close();
  expect((await reader.read()).done).toBe(true);
  expect(total).toBe(3100);
  expect(ends).toBe(1);
});

test("a stream that has nothing to tell yet is open all the same", async () => {
  const at = house();
  const session = await opened(at);
  const stream = await at.http.fetch(
    new Request(address, { headers: { ...session, accept: "text/event-stream" } }),
  );
  const { value } = await stream.body!.getReader().read();
  expect(new TextDecoder().decode(value)).toBe(":\n\n");
});

test("a broken stream is taken up where it was, and no other stream's messages with it", async () => {
  const replay = createReplay();
  const said = (method: string): JSONRPCMessage => ({ jsonrpc: "2.0", method });
  const first = await replay.storeEvent("a", {} as JSONRPCMessage);
  await replay.storeEvent("a", said("one"));
  await replay.storeEvent("b", said("other"));
  await replay.storeEvent("a", said("two"));
  const again: unknown[] = [];
  const send = async (_: string, message: JSONRPCMessage) => void again.push(message);
  expect(await replay.getStreamIdForEventId!(first)).toBe("a");
  expect(await replay.replayEventsAfter(first, { send })).toBe("a");
  expect(again).toEqual([said("one"), said("two")]);
});

test("what is kept for broken streams is bounded in number and in size", async () => {
  const replay = createReplay();
  const known = (id: string) => replay.getStreamIdForEventId!(id);
  const small: JSONRPCMessage = { jsonrpc: "2.0", method: "x" };
  for (let count = 0; count <= keptMax; count++) await replay.storeEvent("a", small);
  expect(await known("1")).toBeUndefined();
  expect(await known("2")).toBe("a");
  await replay.storeEvent("a", { ...small, params: { text: "x".repeat(keptMaxChars / 2) } });
  await replay.storeEvent("a", { ...small, params: { text: "x".repeat(keptMaxChars / 2) } });
  expect(await known(String(keptMax + 1))).toBeUndefined();
  expect(await known(String(keptMax + 3))).toBe("a");
});
