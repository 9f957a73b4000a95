/** What the page asks of a manager beside the rest: steps, decisions, bargains made out, the map, ids alone. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { remoteSwarm } from "../../src/control/client.ts";
import { BotConfig } from "../../src/proto/config.ts";
import type { Swarm } from "../../src/proto/operations.ts";
import { type Running, scratch, start, until, words } from "./harness.ts";

const { folder, remove } = scratch();
const running: Running[] = [];
let url = "";
let swarm: Swarm;
const bot = "bot_000";

beforeAll(async () => {
  const token = "of-enough-letters-for-a-token";
  writeFileSync(join(folder, "token"), `${token}\n`, { mode: 0o600 });
  const host = await start([
    ...words("host --port 0 --sectors 300 --seed 7 --json --db"),
    join(folder, "host.db"),
  ]);
  running.push(host);
  const manager = await start([
    ...words("manager --port 0 --no-dashboard-port --json --page-read-only --token-file"),
    join(folder, "token"),
    "--state-file",
    join(folder, "swarm.db"),
  ]);
  running.push(manager);
  url = String(manager.first["url"]);
  swarm = remoteSwarm(url, (request) => fetch(request), token);
  const connection = { host: "127.0.0.1", port: Number(host.first["port"]), game_letter: "B" };
  await swarm.spawnBot({ bot_id: bot, config: BotConfig.parse({ connection }) });
  await until("it trades", async () => (await swarm.botStatus({ bot_id: bot })).trades_executed > 3, 60_000);
}, 90_000);
afterAll(async () => {
  for (const one of running.toReversed()) await one.stop();
  remove();
}, 20_000);

const standing = async () => {
  const { order, state, activity } = await swarm.botStatus({ bot_id: bot });
  return order?.state === "delivered" && state === "PAUSED" && activity === "paused";
};

test("a bot is led step by step, and says what it chose and why", async () => {
  await swarm.pauseBot({ bot_id: bot });
  await until("it stands", standing);
  const before = (await swarm.botDecisions({ bot_id: bot })).decisions;
  expect(before.length).toBeGreaterThan(3);
  expect(before.every(({ intent, why, sector }) => intent !== "" && why !== "" && sector >= 0)).toBe(true);
  expect(before.map(({ at }) => at)).toEqual(before.map(({ at }) => at).sort((a, b) => b - a));
  for (let times = 1; times <= 3; times++) {
    await swarm.stepBot({ bot_id: bot });
    await until("it stands again", standing);
    const { decisions } = await swarm.botDecisions({ bot_id: bot });
    // The last hundred are kept.
    expect(decisions.filter(({ at }) => at > before[0]!.at)).toHaveLength(times);
  }
  await swarm.resumeBot({ bot_id: bot });
}, 30_000);

test("of a trade the hidden price is told as the bot made it out, and how often it offered", async () => {
  const { events } = await swarm.swarmEvents({ types: ["traded"], severity: "info", limit: 100 });
  expect(events.length).toBeGreaterThan(3);
  for (const { credits, hidden, offers } of events as unknown as Record<string, number>[]) {
    expect(offers).toBeGreaterThan(0);
    expect(Math.abs(credits! / hidden!)).toBeGreaterThan(0.7);
    expect(Math.abs(credits! / hidden!)).toBeLessThan(1.4);
  }
});

test("the map is told once, and again when it has changed", async () => {
  await until("a bot has seen some of it, and docked", async () => {
    const { sectors, ports } = await swarm.map({});
    return (
      sectors.length > 5 &&
      sectors.some(([, marks]) => (marks! & 2) === 2) &&
      ports.some(([, , ore]) => ore! >= 0)
    );
  });
  await swarm.pauseBot({ bot_id: bot });
  await until("it stands", standing);
  const map = await until("all is told", async () => {
    const first = await swarm.map({});
    await Bun.sleep(100);
    return (await swarm.map({ known: first.rev })).unchanged && first;
  });
  // The highest sector heard of, until a bot has read how many there are.
  expect([map.size > 5, map.size <= 300]).toEqual([true, true]);
  expect(map.sectors.length).toBeGreaterThan(5);
  expect(map.ports.some(([, , ore]) => ore! >= 0)).toBe(true);
  // Where it stands now it may not have told yet; of what it has seen on its way it has.
  expect(map.sectors.some(([, marks]) => (marks! & 2) === 2)).toBe(true);
});

test("ids come alone where no more is wanted", async () => {
  const { bots, ids } = await swarm.listBots({ sort: "-credits", limit: 5000, ids_only: true });
  expect([bots, ids]).toEqual([[], [bot]]);
});

test("from the page nothing is changed where it only looks on", async () => {
  expect(await (await fetch(`${url}/page/settings.json`)).json()).toEqual({ read_only: true });
  const kill = await fetch(`${url}/bot/${bot}`, { method: "DELETE", headers: { origin: url } });
  expect([kill.status, ((await kill.json()) as { detail: string }).detail]).toEqual([
    401,
    expect.stringContaining("This page only looks on"),
  ]);
});
