import { afterEach, expect, test } from "bun:test";
import { z } from "zod";
import { againMs, dialAgainMaxMs, dialViewer, type Viewer } from "../../src/io/viewer.ts";
import { Refusal, refusalCodes, type RefusalCode } from "../../src/proto/refusal.ts";
import { until } from "../e2e/harness.ts";

type Line = Bun.ServerWebSocket<{ path: string }>;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A manager's socket: who may come in, and what came. */
function manager(refuses: () => Response | undefined = () => undefined, port = 0) {
  const lines: Line[] = [];
  const seen: { path: string; token: string | null }[] = [];
  const heard: unknown[] = [];
  const server = Bun.serve<{ path: string }>({
    port,
    hostname: "127.0.0.1",
    fetch(request, self) {
      const { pathname, search } = new URL(request.url);
      const path = pathname + search;
      if (request.headers.has("upgrade")) seen.push({ path, token: request.headers.get("authorization") });
      const refusal = refuses();
      if (refusal) return refusal;
      if (self.upgrade(request, { data: { path } })) return undefined;
      return problem("bad_input", "that is for WebSockets");
    },
    websocket: {
      open: (line) => void lines.push(line),
      message: (_, text) => void heard.push(JSON.parse(String(text))),
    },
  });
  const stop = () => void server.stop(true);
  open.push(stop);
  return { lines, seen, heard, stop, port: server.port!, url: `http://127.0.0.1:${server.port}` };
}

const problem = (code: RefusalCode, detail: string, status: number = refusalCodes[code].http) =>
  new Response(JSON.stringify({ type: "about:blank", title: "no", status, code, detail }), { status });

/** Somebody who looks on, and all that it was told. */
async function viewer(url: string, again = true, messageMaxChars = 1000) {
  const log: unknown[] = [];
  const line: Viewer<unknown> = await dialViewer({
    url: () => new URL(`/ws/x?n=${log.length}`, url),
    token: "a/secret,of mine=",
    schema: z.object({ n: z.int() }),
    messageMaxChars,
    again,
    told: ({ n }) => log.push(n),
    opened: () => log.push("opened"),
    closed: (reason, final) => log.push({ reason, final }),
    waitMs: () => 5,
  });
  open.push(() => line.close());
  return { log, line };
}
const refusalOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Refusal) => ({ code: error.code, message: error.message }),
  );

test("the token is shown, what is told arrives, what is said, too", async () => {
  const { url, lines, seen, heard } = manager();
  const { log, line } = await viewer(url);
  expect(seen).toEqual([{ path: "/ws/x?n=0", token: "Bearer a/secret,of mine=" }]);
  lines[0]!.send('{"n":1}');
  expect(line.say({ keys: "d" })).toBe(true);
  await until("both", () => log.length === 2 && heard.length === 1);
  expect([log, heard]).toEqual([["opened", 1], [{ keys: "d" }]]);
});

test("a line that breaks is dialled again, at the address of the moment, and what is said meanwhile is not kept", async () => {
  let open = true;
  const { url, lines, seen } = manager(() => (open ? undefined : problem("unavailable", "starting")));
  const { log, line } = await viewer(url);
  open = false;
  lines[0]!.close(1001, "restarting");
  await until("it knows", () => log.length === 2);
  expect(line.say({})).toBe(false);
  await until("it tries", () => seen.length > 3);
  open = true;
  await until("it is back", () => log.length === 3);
  lines[1]!.send('{"n":2}');
  await until("it hears", () => log.length === 4);
  expect(log).toEqual(["opened", { reason: "The manager is gone: restarting", final: false }, "opened", 2]);
  expect(seen.at(-1)?.path).toBe("/ws/x?n=2");
});

test("one that is not to be dialled again says so, and so does one that is refused on its way back", async () => {
  const { url, lines } = manager();
  const once = await viewer(url, false);
  lines[0]!.terminate();
  await until("it knows", () => once.log.length === 2);
  expect(once.log[1]).toEqual({ reason: expect.stringContaining("The manager is gone"), final: true });

  let open = true;
  const other = manager(() => (open ? undefined : problem("not_found", 'No bot is called "x"')));
  const { log } = await viewer(other.url);
  open = false;
  other.lines[0]!.terminate();
  await until("it is over", () => log.length === 3);
  expect(log[2]).toEqual({ reason: 'No bot is called "x"', final: true });
  await Bun.sleep(30);
  expect(other.seen.length).toBe(2);
});

test("a first dial that is refused is thrown as the manager's own refusal", async () => {
  for (const [code, status] of [
    ["unauthorized", 401],
    ["not_found", 404],
    ["forbidden", 421],
    ["unavailable", 503],
  ] as const) {
    const { url } = manager(() => problem(code, `because ${status}`, status));
    expect(await refusalOf(viewer(url))).toEqual({ code, message: `because ${status}` });
  }
});

test("nobody there, and somebody else there, are told apart", async () => {
  const gone = manager();
  gone.stop();
  expect(await refusalOf(viewer(gone.url))).toEqual({
    code: "manager_unreachable",
    message: `Cannot reach the manager at ${gone.url}: nothing listens there`,
  });
  const { url } = manager(() => new Response("<html>\u001b]0;x\u0007", { status: 200 }));
  expect(await refusalOf(viewer(url))).toEqual({
    code: "manager_unreachable",
    message: `What answers at ${url} has no /ws/x (HTTP 200)`,
  });
  const moved = manager(() => new Response(null, { status: 302, headers: { location: gone.url } }));
  expect((await refusalOf(viewer(moved.url)))?.message).toEndWith("(HTTP 302)");
});

test("what is no message of ours, or too long, ends the line for good", async () => {
  for (const text of ["garbage", '{"n":"x"}', `{"n":1,"x":"${"y".repeat(1000)}"}`, Buffer.from("{}")]) {
    const { url, lines, seen } = manager();
    const { log } = await viewer(url);
    lines[0]!.send(text);
    lines[0]!.send('{"n":3}');
    await until("it is over", () => log.length === 2);
    expect(log[1]).toEqual({ reason: expect.stringContaining("speaks another language"), final: true });
    await Bun.sleep(20);
    expect([log.length, seen.length]).toEqual([2, 1]);
  }
});

test("after close nothing is told and nothing is dialled", async () => {
  const { url, lines, seen } = manager();
  const { log, line } = await viewer(url);
  line.close();
  line.close();
  await until("the other side knows", () => lines[0]!.readyState === WebSocket.CLOSED);
  await Bun.sleep(20);
  expect([log, seen.length, line.say({})]).toEqual([["opened"], 1, false]);
});

test("waits double up to their most", () => {
  const waits = [0, 1, 2, 10, 1000].map(againMs);
  for (const wait of waits) expect(wait).toBeLessThanOrEqual(dialAgainMaxMs);
  expect(waits[2]!).toBeGreaterThan(waits[0]! * 2);
  expect(waits[4]!).toBeGreaterThan(dialAgainMaxMs / 2);
});
