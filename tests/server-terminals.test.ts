import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { FeedTold } from "../src/proto/feed.ts";
import { Problem } from "../src/proto/refusal.ts";
import { terminalSocketPath, TerminalTold } from "../src/proto/terminal-view.ts";
import { failureOf } from "./doubles/failure.ts";
import { sinner, testManager, type TestManager } from "./doubles/manager.ts";
import { lookOn } from "./doubles/onlooker.ts";
import { rawViewer } from "./doubles/viewer.ts";
import { watch } from "./doubles/watcher.ts";

let on: TestManager;
beforeAll(async () => {
  on = await testManager();
});
afterAll(() => on.end());

const prompt = "Command [TL=00:00:00]:[1] (?=Help)?";

async function performer(where = on, sin = "performing"): Promise<string> {
  const { bot_id } = await where.swarm.spawnBot({ config: sinner(sin), config_name: sin });
  await where.until(bot_id, ({ state }) => state === "RUNNING");
  return bot_id;
}
const view = (bot: string, headers?: Record<string, string>) =>
  lookOn(on.url, terminalSocketPath(bot), TerminalTold, headers);
const has = (type: TerminalTold["type"]) => (heard: readonly TerminalTold[]) =>
  heard.some((told) => told.type === type);

describe("a bot's terminal", () => {
  test("is seen, taken, typed into and given back, and everybody hears of it", async () => {
    const bot = await performer();
    const swarm = await watch(on.url);
    const [person, other] = [await view(bot), await view(bot)];
    await person.until(has("line"));
    expect(person.heard).toEqual([
      { type: "shown", text: `${prompt} `, fresh: true },
      { type: "line", live: true },
    ]);
    await other.until(has("line"));
    person.say({ type: "take" });
    await person.until(has("taken"));
    await other.until((heard) => heard.some((told) => told.type === "held" && told.by_other));
    expect((await on.swarm.botStatus({ bot_id: bot })).taken).toBe(true);
    other.say({ type: "take" });
    other.say({ type: "type", keys: "evil" });
    await other.until((heard) => heard.filter(({ type }) => type === "given").length === 2);
    person.say({ type: "type", keys: "D" });
    await other.until((heard) => heard.some((told) => told.type === "shown" && told.text === "D\r\n"));
    expect(JSON.stringify(other.heard)).not.toContain("evil");
    const isTakenLive = () => swarm.state?.bots.get(bot)?.taken;
    for (let tries = 0; !isTakenLive() && tries < 100; tries++) await Bun.sleep(10);
    expect(isTakenLive()).toBe(true);
    await person.leave();
    await other.until((heard) => heard.some((told) => told.type === "held" && !told.by_other));
    expect((await on.swarm.botStatus({ bot_id: bot })).taken).toBeUndefined();
    other.say({ type: "take" });
    await other.until(has("taken"));
    for (let tries = 0; !isTakenLive() && tries < 100; tries++) await Bun.sleep(10);
    await on.swarm.killBot({ bot_id: bot });
    await other.until((heard) => heard.some((told) => told.type === "line" && !told.live));
    for (let tries = 0; isTakenLive() && tries < 100; tries++) await Bun.sleep(10);
    expect(isTakenLive()).toBeUndefined();
    await Promise.all([other.leave(), swarm.leave()]);
  });

  test("is shown on, and typed into, over HTTP", async () => {
    const bot = await performer();
    const screen = await on.swarm.botScreen({ bot_id: bot });
    expect(screen).toMatchObject({ bot_id: bot, rows: [prompt], live: true });
    const sent = await on.swarm.sendKeys({ bot_id: bot, keys: "D", quiet_ms: 50 });
    expect(sent).toMatchObject({ bot_id: bot, rows: [`${prompt} D`, ""], cursor: { row: 1, column: 0 } });
    const person = await view(bot);
    person.say({ type: "take" });
    await person.until(has("taken"));
    const refused = await fetch(`${on.url}/bot/${bot}/send`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ keys: "D" }),
    });
    expect([refused.status, Problem.parse(await refused.json()).code]).toEqual([409, "conflict"]);
    person.say({ type: "give" });
    await person.until(has("given"));
    expect((await on.swarm.sendKeys({ bot_id: bot, keys: "x", quiet_ms: 50 })).rows).toContain("x");
    await person.leave();
    const mute = await performer(on, "good");
    expect(await failureOf(on.swarm.botScreen({ bot_id: mute }))).toContain("did not show it in time");
  });

  test("is lost with its worker, and found again with the next one", async () => {
    const own = await testManager({ restart: { policy: "on_crash", crashes: 5, window: 60 } });
    const bot = await performer(own);
    const person = await lookOn(own.url, terminalSocketPath(bot), TerminalTold);
    person.say({ type: "take" });
    await person.until(has("taken"));
    const { pid } = await own.until(bot, ({ taken }) => taken === true);
    process.kill(pid!, "SIGKILL");
    await person.until(has("given"));
    const shows = (heard: readonly TerminalTold[]) =>
      heard.filter((told) => told.type === "shown" && told.fresh);
    await person.until((heard) => shows(heard).length === 2);
    await person.until((heard) => heard.at(-1)?.type === "line");
    expect(person.heard.at(-1)).toEqual({ type: "line", live: true });
    person.say({ type: "take" });
    await person.until((heard) => heard.at(-1)?.type === "taken");
    await own.end();
    expect(await person.closed).toBeNumber();
  }, 15_000);

  test("is not to be had of a bot that nobody knows: an answer, not a socket", async () => {
    for (const path of ["/ws/bot/nobody/terminal", "/ws/bot/%00%ff/terminal", "/ws/bot/%/terminal"]) {
      const reply = await fetch(on.url + path, { headers: { connection: "Upgrade", upgrade: "websocket" } });
      expect([path, reply.status]).toEqual([path, 404]);
      expect(Problem.parse(await reply.json()).code).toBe("not_found");
    }
    expect((await fetch(`${on.url}/ws/bot/terminal`)).status).toBe(404);
    const bot = await performer();
    expect((await fetch(on.url + terminalSocketPath(bot))).status).toBe(400);
  });

  test("suffers nothing from viewers who talk nonsense, much, or all at once", async () => {
    const bot = await performer();
    const calm = await view(bot);
    for (const word of ["{", '{"type":"shown"}', "x".repeat(60_000)]) {
      const fool = await view(bot);
      fool.say(word);
      expect(await fool.closed).toBe(1008);
    }
    const giant = await view(bot);
    giant.say("x".repeat(10 * 2 ** 20));
    expect(await giant.closed).not.toBe(1000);
    const hasty = await view(bot);
    for (let n = 0; n < 200; n++) hasty.say({ type: "beat" });
    expect(await hasty.closed).toBe(1008);
    const racers = await Promise.all(Array.from({ length: 10 }, () => view(bot)));
    racers.forEach(({ say }) => say({ type: "take" }));
    await Promise.all(
      racers.map(({ until }) => until((heard) => has("taken")(heard) || has("given")(heard))),
    );
    expect(racers.filter(({ heard }) => has("taken")(heard))).toHaveLength(1);
    await Promise.all(racers.map(({ leave }) => leave()));
    calm.say({ type: "take" });
    await calm.until(has("taken"));
    await calm.leave();
  });

  test("goes on for those who read while one that does not is cut off", async () => {
    const bot = await performer(on, "chattering:2");
    const port = Number(new URL(on.url).port);
    const reader = await view(bot);
    await reader.until(has("shown"));
    const stalled = rawViewer(port, { path: terminalSocketPath(bot) });
    await stalled.head;
    stalled.say(1, JSON.stringify({ type: "take" }));
    await reader.until((heard) => heard.some((told) => told.type === "held" && told.by_other));
    stalled.stall();
    const before = process.memoryUsage.rss();
    // What the system itself keeps for a socket is some MB; then a MiB waits in the manager.
    const deadline = performance.now() + 8000;
    const isGivenBack = () => reader.heard.some((told) => told.type === "held" && !told.by_other);
    while (!isGivenBack() && performance.now() < deadline) await Bun.sleep(50);
    expect(isGivenBack()).toBe(true);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(150);
    const { length } = reader.heard;
    await reader.until((heard) => heard.length > length + 10);
    stalled.leave();
    await reader.leave();
    await on.swarm.killBot({ bot_id: bot });
  }, 20_000);
});

test("the swarm's events are told as they happen, in words", async () => {
  const listener = await lookOn(on.url, "/ws/events", FeedTold);
  const bot = await performer();
  await on.swarm.pauseBot({ bot_id: bot });
  const all = () => listener.heard.flatMap(({ events }) => events).filter((event) => event.bot === bot);
  await listener.until(() => all().some(({ type }) => type === "confirmed"));
  expect(all().map(({ type }) => type)).toEqual([
    "spawned",
    "started",
    "registered",
    "playing",
    "ordered",
    "confirmed",
  ]);
  expect(all().every(({ text, severity }) => text !== "" && severity === "info")).toBe(true);
  for (let n = 0; n < 100; n++) listener.say("x");
  expect(await listener.closed).toBe(1008);
});
