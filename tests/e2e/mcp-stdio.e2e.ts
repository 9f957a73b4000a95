/** `bbsbot mcp` as a process: what it writes where, when it ends, and how it takes what no client should send. */
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { binary, processesWith, scratch, start, until, words } from "./harness.ts";

const { folder, remove } = scratch();
const env = { PATH: process.env["PATH"] ?? "", HOME: folder, XDG_STATE_HOME: join(folder, "state") };
const nowhere = "http://127.0.0.1:9";

afterAll(() => {
  expect(processesWith(folder)).toEqual([]);
  remove();
});

const hello = {
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};
const call = (id: number, name: string, args = {}) => ({
  id,
  method: "tools/call",
  params: { name, arguments: args },
});

/** Writes these lines, then leaves. */
async function told(argv: readonly string[], lines: readonly (object | string)[]) {
  const child = Bun.spawn([binary, "mcp", "--url", nowhere, ...argv], {
    cwd: folder,
    env,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
  for (const line of lines)
    void child.stdin.write(
      `${typeof line === "string" ? line : JSON.stringify({ jsonrpc: "2.0", ...line })}\n`,
    );
  // It may have heard enough before.
  await Promise.resolve(child.stdin.end()).catch(() => {});
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  const answers = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, answers, stderr };
}

test("what was asked before stdin ended is answered, on stdout and nowhere else", async () => {
  const { code, answers, stderr } = await told(
    [],
    [
      hello,
      { method: "notifications/initialized" },
      call(1, "tw2002_get_swarm_status"),
      { id: 2, method: "tools/list" },
    ],
  );
  expect(code).toBe(0);
  expect(stderr).toBe("");
  expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([0, 1, 2]));
  expect(JSON.stringify(answers.find(({ id }) => id === 1))).toContain("bbsbot manager");
});

test("lines that are no messages are complained of on stderr, and the next one is answered", async () => {
  const { code, answers, stderr } = await told(
    [],
    ["hello", "[]", '{"jsonrpc":"2.0"}', "\u001b]0;title\u0007", hello, { id: 5, method: "ping" }],
  );
  expect(code).toBe(0);
  expect(answers.map(({ id }) => id)).toEqual([0, 5]);
  // oxlint-disable-next-line no-control-regex
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test("a message without end is not kept", async () => {
  const { code, answers } = await told([], ["x".repeat(9 * 1024 * 1024), hello]);
  expect(code).toBe(0);
  expect(answers).toEqual([]);
});

test("with --read-only no tool changes anything", async () => {
  const { answers } = await told(
    ["--read-only"],
    [hello, { id: 1, method: "tools/list" }, call(2, "tw2002_kill_all")],
  );
  const { tools } = answers.find(({ id }) => id === 1)!["result"] as {
    tools: { name: string; annotations: { readOnlyHint: boolean } }[];
  };
  expect(tools.length).toBeGreaterThan(5);
  expect(tools.filter(({ annotations }) => !annotations.readOnlyHint)).toEqual([]);
  expect(JSON.stringify(answers.find(({ id }) => id === 2))).toMatch(/not found/i);
});

test("a manager that is started later is found, with its token, and its changes are told", async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  const updated: string[] = [];
  client.setNotificationHandler(
    "notifications/resources/updated",
    ({ params }) => void updated.push(params.uri),
  );
  await client.connect(new StdioClientTransport({ command: binary, args: ["mcp", "--url", url], env }));
  await client.listen({ resourceSubscriptions: ["bbsbot://swarm"] });
  const spawn = () =>
    client.callTool({
      name: "tw2002_spawn_bot",
      arguments: { bot_id: "late", config: { connection: { host: "127.0.0.1", port: 9 } } },
    });
  expect((await spawn()).isError).toBe(true);

  const manager = await start(
    [...words(`manager --json --port ${port} --no-dashboard-port --state-file`), join(folder, "swarm.db")],
    { env },
  );
  expect((await spawn()).isError).toBeFalsy();
  await until("the change told", () => updated.includes("bbsbot://swarm"));
  await client.close();
  await manager.stop();
  expect(processesWith(`mcp --url ${url}`)).toEqual([]);
});

test("SIGTERM ends it, and the end of a manager ends the streams of its clients", async () => {
  const manager = await start(
    [...words("manager --json --port 0 --no-dashboard-port --state-file"), join(folder, "other.db")],
    { env },
  );
  const url = String(manager.first["url"]);
  const secret = (await Bun.file(join(folder, "state/bbsbot/token")).text()).trim();
  const headers = {
    authorization: `Bearer ${secret}`,
    accept: "application/json, text/event-stream",
    "content-type": "application/json",
  };
  const opened = await fetch(`${url}/mcp`, {
    method: "POST",
    headers,
    body: JSON.stringify({ jsonrpc: "2.0", ...hello }),
  });
  await opened.text();
  const session = { "mcp-session-id": opened.headers.get("mcp-session-id")! };
  const stream = await fetch(`${url}/mcp`, { headers: { ...headers, ...session } });
  expect(stream.status).toBe(200);
  const ended = stream.text().catch(() => "");
  expect(await manager.stop()).toBe(0);
  await ended;

  const child = Bun.spawn([binary, "mcp", "--url", url], {
    env,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  void child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...hello })}\n`);
  await child.stdin.flush();
  await child.stdout.getReader().read();
  child.kill("SIGTERM");
  expect(await child.exited).toBe(0);
});

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
  const taken = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port } = taken;
  await taken.stop(true);
  return port!;
}
