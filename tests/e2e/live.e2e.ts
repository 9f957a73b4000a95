import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LiveMessage } from "../../src/proto/events.ts";
import type { LiveState } from "../../src/proto/live-fold.ts";
import type { BotStatus, SwarmStatus } from "../../src/proto/status.ts";
import { rawViewer } from "../doubles/viewer.ts";
import { watch, type Watcher } from "../doubles/watcher.ts";
import { getJson, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
let host: Running;
let manager: Running;
let url: string;
const command = (line: string) => run([...words(line), "--url", url]);
const startManager = async (port: number) => {
  manager = await start([
    ...words(`manager --json --port ${port} --no-dashboard-port --max-bots 12 --state-file`),
    join(folder, "swarm.db"),
  ]);
  url = String(manager.first["url"]);
};

beforeAll(async () => {
  host = await start([...words("host --json --port 0 --seed 11 --db"), join(folder, "host.db")]);
  const port = Number(host.first["port"]);
  writeFileSync(join(folder, "bot.yaml"), `connection:\n  host: 127.0.0.1\n  port: ${port}\n`);
  await startManager(0);
}, 30_000);

afterAll(async () => {
  await manager?.stop();
  await host?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
});

const status = async () => (await getJson(`${url}/swarm/status`)) as unknown as SwarmStatus;
/** What must be the same however it is told: all but what goes by the clock, and the processes' appetite. */
const lasting = (bots: Iterable<BotStatus>) =>
  Array.from(bots, (bot) => [bot.bot_id, bot.state, bot.credits, bot.turns_executed, bot.trader, bot.error])
    .map(String)
    .sort();
const states = (state: LiveState | undefined) => Array.from(state?.bots.values() ?? [], (bot) => bot.state);
const agrees = async (watcher: Watcher) => {
  const told = lasting(watcher.state!.bots.values());
  return told.join() === lasting((await status()).bots).join();
};

test("a viewer who was there all along, one who came late and one who came back know what the API tells", async () => {
  const early = await watch(url);
  expect(LiveMessage.parse(early.greeting)).toMatchObject({ type: "snapshot", status: { bots: [] } });
  const spawned = await run([
    ...words("spawn-swarm --count 4 --config"),
    join(folder, "bot.yaml"),
    "--url",
    url,
  ]);
  expect(spawned.stderr).toBe("");
  await until("four at play", () => states(early.state).filter((state) => state === "RUNNING").length === 4);
  const leaver = await watch(url);
  await leaver.leave();
  const first = early.state!.totals.total_turns;
  await until("turns go by", () => early.state!.totals.total_turns > first);
  const back = await watch(url, leaver.state);
  expect(LiveMessage.parse(back.greeting)).toMatchObject({ type: "changes" });
  for (const id of early.state!.bots.keys()) await command(`pause ${id}`);
  await until("all paused", () => states(early.state).every((state) => state === "PAUSED"));
  const late = await watch(url);
  for (const watcher of [early, back, late])
    await until("it agrees with the API", () => agrees(watcher), 10_000);
  await Promise.all([early, back, late].map((watcher) => watcher.leave()));
}, 60_000);

test("bots that are killed and cleared are gone for viewers, too", async () => {
  const viewer = await watch(url);
  await command("kill bot_000");
  await until("it is dead", () => viewer.state!.bots.get("bot_000")?.state === "DEAD");
  const headers = { "content-type": "application/json", origin: url };
  const cleared = await fetch(`${url}/swarm/clear`, { method: "POST", headers, body: "{}" });
  expect(cleared.status).toBe(200);
  await until("it is gone", () => !viewer.state!.bots.has("bot_000"));
  await viewer.leave();
}, 30_000);

test("a viewer of a manager that was killed gets the whole from the next, under a higher revision", async () => {
  const before = await watch(url);
  await manager.stop("SIGKILL");
  await before.closed;
  await startManager(Number(new URL(url).port));
  const after = await watch(url, before.state);
  expect(after.greeting?.type).toBe("snapshot");
  expect(after.state!.rev).toBeGreaterThan(before.state!.rev);
  expect([...after.state!.bots.keys()].sort()).toEqual([...before.state!.bots.keys()].sort());
  await after.leave();
}, 30_000);

test("whoever talks is cut off, and nobody else notices", async () => {
  const port = Number(new URL(url).port);
  const quiet = await watch(url);
  const talker = rawViewer(port);
  expect(await talker.head).toContain("101");
  for (let times = 0; times < 200; times++) talker.say(1, "x");
  await talker.closed;
  const heard = quiet.heard;
  await until("it hears on", () => quiet.heard > heard);
  await quiet.leave();
}, 30_000);
