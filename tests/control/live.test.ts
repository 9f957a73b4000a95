import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { listen } from "../../src/listen.ts";
import { createLive } from "../../src/control/live.ts";
import { LiveMessage } from "../../src/proto/events.ts";
import { botStatus, swarmStatus, swarmTotals } from "../../src/swarm/totals.ts";
import { sinner, testManager, type TestManager } from "../doubles/manager.ts";
import { playing, report, stage } from "../swarm/stories.ts";

let on: TestManager;
beforeAll(async () => {
  on = await testManager({ status_broadcast_interval: 0.3 });
});
afterAll(() => on.end());

/** A viewer of the manager and all it was told. */
async function viewer() {
  const socket = new WebSocket(`${on.url.replace("http", "ws")}/ws/swarm`);
  const told: LiveMessage[] = [];
  socket.onmessage = ({ data }) => told.push(LiveMessage.parse(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => (socket.onclose = ({ code }) => resolve(code)));
  const until = async (wanted: (message: LiveMessage) => boolean) => {
    for (let tries = 0; tries < 300; tries++) {
      const found = told.find(wanted);
      if (found) return found;
      await Bun.sleep(10);
    }
    throw new Error(`Never told: ${JSON.stringify(told).slice(0, 1000)}`);
  };
  await until(({ type }) => type === "snapshot");
  return { socket, told, closed, until };
}

test("a bot that changed often is told once, as it is now, and nobody watching costs nothing", () => {
  const { state, happened, ...rest } = stage();
  playing({ state, happened, ...rest }, "a");
  const published: LiveMessage[] = [];
  let viewers = 1;
  const live = createLive({
    snapshot: () => swarmStatus(state, "test", 1),
    totals: () => swarmTotals(state, "test", 1),
    bot: (id) => botStatus(state, id, 1),
    viewers: () => viewers,
    publish: (text) => published.push(LiveMessage.parse(JSON.parse(text))),
  });
  for (let credits = 1; credits <= 10; credits++) {
    const event = { type: "reported", bot: "a", report: report({ credits }), at: credits } as const;
    happened(event);
    live.told(event);
  }
  live.told({ type: "heard", bot: "b", at: 1 });
  live.flush();
  live.flush();
  expect(published).toHaveLength(1);
  expect(published[0]).toMatchObject({
    type: "changes",
    bots: [{ bot_id: "a", credits: 10 }],
    totals: { total_credits: 10 },
  });
  live.heartbeat();
  expect(published[1]).toMatchObject({ type: "changes", bots: [] });
  viewers = 0;
  live.told({ type: "playing", bot: "a", at: 2 });
  live.flush();
  viewers = 1;
  live.flush();
  expect(published).toHaveLength(2);
});

test("a viewer gets a snapshot, then each change, then totals though nothing changes", async () => {
  const early = await viewer();
  expect(early.told[0]).toMatchObject({ type: "snapshot", status: { bots: [] } });
  const { bot_id } = await on.swarm.spawnBot({ config: sinner("completing"), config_name: "test" });
  const last = await early.until(
    (message) => message.type === "changes" && message.bots.some((bot) => bot.state === "COMPLETED"),
  );
  expect(last.seq).toBeGreaterThan(early.told[0]!.seq);
  const late = await viewer();
  expect(late.told[0]).toMatchObject({
    type: "snapshot",
    status: { bots: [{ bot_id, state: "COMPLETED" }] },
  });
  await late.until((message) => message.type === "changes" && message.bots.length === 0);
  early.socket.close();
  late.socket.close();
});

test("a viewer that does not read is cut off, and the one who reads misses nothing of 20 MB", async () => {
  const text = JSON.stringify({ filler: "x".repeat(20_000) });
  const listening = listen({
    host: "127.0.0.1",
    port: 0,
    dashboard_port: null,
    max_bots: 1,
    log: () => {},
    app: () => new Response(),
    door: { mount() {}, admit: () => "", opened: () => ({ heard() {}, closed() {} }) },
    live: { greeting: () => "{}", told() {}, flush() {}, heartbeat() {} },
  });
  const { port } = new URL(listening.url);
  const reading = new WebSocket(`ws://127.0.0.1:${port}/ws/swarm`);
  let got = 0;
  reading.onmessage = () => got++;
  await new Promise((resolve) => (reading.onopen = resolve));
  const stalled = connect(Number(port), "127.0.0.1", () =>
    stalled.write(
      `GET /ws/swarm HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    ),
  );
  stalled.pause();
  while (listening.viewers() < 2) await Bun.sleep(5);
  for (let sent = 0; sent < 1000; sent++) {
    listening.publish(text);
    if (sent % 20 === 0) await Bun.sleep(1);
  }
  for (let tries = 0; got < 1001 && tries < 200; tries++) await Bun.sleep(10);
  expect(got).toBe(1001);
  expect(listening.viewers()).toBe(1);
  stalled.destroy();
  reading.close();
  await listening.stop();
});
