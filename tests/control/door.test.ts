import { afterAll, beforeAll, expect, test } from "bun:test";
import { failureOf } from "../doubles/failure.ts";
import { createDoor, redialGraceMs } from "../../src/control/door.ts";
import { createLines } from "../../src/control/lines.ts";
import { joinBot } from "../../src/swarm/requests.ts";
import { RegisterReply } from "../../src/proto/link.ts";
import { Problem } from "../../src/proto/refusal.ts";
import { testManager, type TestManager } from "../doubles/manager.ts";
import { report, stage } from "../swarm/stories.ts";

let on: TestManager;
beforeAll(async () => {
  on = await testManager();
});
afterAll(() => on.end());

const register = (change: Record<string, unknown> = {}) =>
  fetch(`${on.url}/worker/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      version: 1,
      pid: 4242,
      config_name: "mine.yaml",
      strategy: "opportunistic",
      ...change,
    }),
  });
const registered = async (change: Record<string, unknown> = {}) =>
  RegisterReply.parse(await (await register(change)).json());

/** A worker started by hand, as far as its socket goes: says hello, obeys when `obeys`. */
async function dial(ws: string, id: string, obeys = true) {
  const socket = new WebSocket(ws);
  const heard: { type: string; order?: { id: number; type: string } }[] = [];
  const closed = new Promise<number>((resolve) => (socket.onclose = ({ code }) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("refused"));
  });
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data));
    heard.push(message);
    if (!obeys || message.type !== "order") return;
    say({ type: "confirmed", id: message.order.id });
    if (message.order.type !== "stop") return;
    say({ type: "ended", how: "stopped", reason: "told to stop" });
    socket.close();
  };
  say({ type: "hello", version: 1, bot_id: id, pid: 4242 });
  return { socket, heard, closed, say };
}

test("a worker started by hand registers, is watched and obeys like the rest", async () => {
  const { bot_id, ws, token } = await registered();
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(await on.swarm.botStatus({ bot_id })).toMatchObject({
    state: "REGISTERING",
    config: "mine.yaml",
    pid: 4242,
  });
  const worker = await dial(ws, bot_id);
  worker.say({ type: "playing" });
  worker.say({ type: "report", report: report({ credits: 777 }) });
  await on.until(bot_id, ({ state, credits }) => state === "RUNNING" && credits === 777);
  expect((await on.swarm.pauseBot({ bot_id })).order).toBe("delivered");
  expect(worker.heard[0]).toMatchObject({ type: "welcome", version: 1 });
  expect((await on.swarm.resumeBot({ bot_id })).state).toBe("RUNNING");
  await on.swarm.killBot({ bot_id });
  await worker.closed;
  await on.until(bot_id, ({ state, pid }) => state === "DEAD" && pid === undefined);
});

test("a name is kept, is refused while in use, and may be taken again after its end", async () => {
  const { ws } = await registered({ bot_id: "zaphod" });
  const twice = await register({ bot_id: "zaphod" });
  expect(twice.status).toBe(409);
  expect(Problem.parse(await twice.json()).detail).toContain('"zaphod" is here already');
  const worker = await dial(ws, "zaphod");
  worker.say({ type: "ended", how: "completed", reason: "turn limit" });
  worker.socket.close();
  await on.until("zaphod", ({ state, pid }) => state === "COMPLETED" && pid === undefined);
  expect(await failureOf(dial(ws, "zaphod"))).toContain("refused");
  const again = await registered({ bot_id: "zaphod" });
  expect((await on.swarm.botStatus({ bot_id: "zaphod" })).state).toBe("REGISTERING");
  expect(await failureOf(dial(ws, "zaphod"))).toContain("refused");
  (await dial(again.ws, "zaphod")).socket.close();
});

test("without the right token nobody gets in", async () => {
  const { ws, bot_id } = await registered();
  const other = await registered();
  const wrong = [
    ws.replace(/token=.*/, ""),
    ws.replace(/token=.*/, "token="),
    ws.replace(/token=.*/, `token=${other.token}`),
    ws.replace(bot_id, "nobody"),
    ws.slice(0, -1),
  ];
  for (const address of wrong) expect(await failureOf(dial(address, bot_id))).toContain("refused");
});

test("requests that do not fit are refused with the place", async () => {
  const reply = await register({ version: 2 });
  expect(reply.status).toBe(400);
  expect(Problem.parse(await reply.json()).errors).toMatchObject([{ path: "version" }]);
  expect((await register({ bot_id: "../../etc" })).status).toBe(400);
});

test("a worker whose connection breaks may dial again: orders that waited are told then", async () => {
  const { ws, bot_id } = await registered();
  const first = await dial(ws, bot_id, false);
  first.say({ type: "playing" });
  await on.until(bot_id, ({ state }) => state === "RUNNING");
  first.socket.close();
  await first.closed;
  expect((await on.swarm.pauseBot({ bot_id })).order).toBe("queued");
  const second = await dial(ws, bot_id);
  await on.until(bot_id, ({ state }) => state === "PAUSED");
  expect(second.heard.filter(({ type }) => type === "order")).toHaveLength(1);
  second.socket.close();
});

test("a worker that does not come back in its grace is an error; one that did is not", () => {
  const { state, request, happened } = stage();
  const timers: { ms: number; work: () => void }[] = [];
  const recorder = { request, happened };
  let at = 1000;
  const now = () => at;
  const lines = createLines(state, happened, now, () => undefined);
  const later = (ms: number, work: () => void) => void timers.push({ ms, work });
  const door = createDoor({ state, recorder, lines, now, newToken: () => "t", later });
  const socket = { send() {}, close() {} };
  const hello = JSON.stringify({ type: "hello", version: 1, bot_id: "a", pid: 1 });
  request([joinBot(state, { bot_id: "a", pid: 1, config_name: "mine", strategy: "opportunistic" }, at)]);

  const first = door.opened("a", socket);
  first.heard(hello);
  first.closed();
  const second = door.opened("a", socket);
  second.heard(hello);
  at += redialGraceMs;
  expect(timers.map(({ ms }) => ms)).toEqual([redialGraceMs]);
  timers.shift()!.work();
  expect(state.bots.get("a")!.state).toBe("REGISTERING");

  second.closed();
  at += redialGraceMs;
  timers.shift()!.work();
  expect(state.bots.get("a")).toMatchObject({
    state: "ERROR",
    process: "gone",
    error: "the connection to the worker was lost",
  });
});

test("garbage and too much cut the worker off", async () => {
  for (const [send, words] of [
    ["this is not JSON", "no JSON"],
    [JSON.stringify({ type: "note", severity: "info", text: "x".repeat(70_000) }), "the most is 65536"],
    [JSON.stringify({ type: "report", report: {} }), "no message"],
  ] as const) {
    const { ws, bot_id } = await registered();
    const worker = await dial(ws, bot_id);
    worker.socket.send(send);
    expect(await worker.closed).toBe(1008);
    const status = await on.until(bot_id, ({ state }) => state === "ERROR");
    expect(status.error).toContain(words);
  }
});
