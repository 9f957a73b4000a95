import { afterAll, beforeAll, expect, test } from "bun:test";
import { failureOf } from "../doubles/failure.ts";
import { RegisterReply } from "../../src/proto/link.ts";
import { testManager, type TestManager } from "../doubles/manager.ts";
import { report, session } from "../swarm/stories.ts";

let on: TestManager;
beforeAll(async () => {
  on = await testManager();
});
afterAll(() => on.end());

async function registered() {
  const reply = await fetch(`${on.url}/worker/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ version: 2, pid: 4242, config_name: "mine.yaml", strategy: "opportunistic" }),
  });
  return RegisterReply.parse(await reply.json());
}

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
    say({ type: "ended", n: 1, how: "stopped", reason: "told to stop" });
    socket.close();
  };
  say({ type: "hello", version: 2, bot_id: id, pid: 4242, session });
  return { socket, heard, closed, say };
}

test("a worker started by hand registers, is watched and obeys like the rest", async () => {
  const { bot_id, ws, token } = await registered();
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  const worker = await dial(ws, bot_id);
  worker.say({ type: "playing" });
  worker.say({ type: "report", report: report({ credits: 777 }) });
  await on.until(bot_id, ({ state, credits }) => state === "RUNNING" && credits === 777);
  expect((await on.swarm.pauseBot({ bot_id })).order).toBe("delivered");
  expect(worker.heard[0]).toMatchObject({ type: "welcome", version: 2 });
  expect((await on.swarm.resumeBot({ bot_id })).state).toBe("RUNNING");
  await on.swarm.killBot({ bot_id });
  await worker.closed;
  await on.until(bot_id, ({ state, pid }) => state === "DEAD" && pid === undefined);
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

test("a worker whose connection breaks may dial again: what waited is told then, and nothing twice", async () => {
  const { ws, bot_id } = await registered();
  const first = await dial(ws, bot_id, false);
  first.say({ type: "playing" });
  await on.until(bot_id, ({ state }) => state === "RUNNING");
  first.socket.close();
  await on.until(bot_id, ({ linked }) => !linked);
  expect((await on.swarm.pauseBot({ bot_id })).order).toBe("queued");
  const second = await dial(ws, bot_id);
  await on.until(bot_id, ({ state }) => state === "PAUSED");
  expect(second.heard.filter(({ type }) => type === "order")).toHaveLength(1);
  second.socket.close();
});

test("what is no message cuts the worker off, with the reason", async () => {
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
