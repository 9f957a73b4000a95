/** A person at a bot's terminal, through the whole of it: host, worker, manager, WebSocket. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FeedTold } from "../../src/proto/feed.ts";
import type { BotStatus } from "../../src/proto/status.ts";
import { ScreenShot, terminalSocketPath, TerminalTold } from "../../src/proto/terminal-view.ts";
import { lookOn } from "../doubles/onlooker.ts";
import { getJson, processesWith, scratch, start, until, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
const env = { XDG_STATE_HOME: join(folder, "home") };
let host: Running;
let manager: Running;
let url: string;
let bearer: Record<string, string>;

beforeAll(async () => {
  host = await start([...words("host --json --port 0 --seed 11 --db"), join(folder, "host.db")], { env });
  manager = await start(
    [...words("manager --json --port 0 --no-dashboard-port --state-file"), join(folder, "swarm.db")],
    { env },
  );
  url = String(manager.first["url"]);
  const token = readFileSync(join(env.XDG_STATE_HOME, "bbsbot/token"), "utf8").trim();
  bearer = { authorization: `Bearer ${token}` };
  await post("/swarm/spawn", {
    bot_id: "amber",
    config: { connection: { host: "127.0.0.1", port: host.first["port"] } },
  });
}, 30_000);

afterAll(async () => {
  await manager?.stop();
  await host?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
});

async function post(path: string, body: unknown): Promise<unknown> {
  const reply = await fetch(url + path, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
  return reply.json();
}
// oxlint-disable-next-line no-control-regex
const colours = /\u001b\[[\d;]*m/g;
const status = async () => (await getJson(`${url}/bot/amber/status`)) as unknown as BotStatus;
const goesOn = async (since: BotStatus) =>
  until("it goes on", async () => {
    const now = await status();
    return now.turns_executed > since.turns_executed + 3 && now.state === "RUNNING" && now;
  });

test("a bot is watched at play, its keys are taken, typed with and given back, and it goes on", async () => {
  const events = await lookOn(url, "/ws/events", FeedTold);
  await until("it trades", async () => (await status()).trades_executed > 0);
  const person = await lookOn(url, terminalSocketPath("amber"), TerminalTold, bearer);
  const shown = () =>
    person.heard
      .flatMap((told) => (told.type === "shown" ? [told.text] : []))
      .join("")
      .replaceAll(colours, "");
  await person.until((heard) => heard.length > 5);
  expect(person.heard[0]).toMatchObject({ type: "shown", fresh: true });
  expect(person.heard[1]).toEqual({ type: "line", live: true });

  person.say({ type: "take" });
  await person.until((heard) => heard.some(({ type }) => type === "taken"));
  const before = await status();
  expect(before.taken).toBe(true);
  const { length } = shown();
  person.say({ type: "type", keys: "D" });
  await person.until(() => /<Re-Display>[\s\S]*Command \[TL/.test(shown().slice(length)));
  const screen = ScreenShot.parse(await getJson(`${url}/bot/amber/screen`));
  expect(screen.live).toBe(true);
  expect(screen.rows.at(-1)).toStartWith("Command [TL");
  // In another's hands it does nothing of its own: nothing is written that nobody asked for.
  const still = shown().length;
  await Bun.sleep(500);
  expect([shown().length, (await status()).turns_executed]).toEqual([still, before.turns_executed]);

  person.say({ type: "give" });
  await person.until((heard) => heard.some(({ type }) => type === "given"));
  await goesOn(before);
  expect((await status()).taken).toBeUndefined();
  await person.leave();
  const told = events.heard.flatMap((batch) => batch.events.map(({ type }) => type));
  expect(told).toContain("traded");
  await events.leave();
}, 60_000);

test("keys are sent over HTTP, and the bot goes on by itself", async () => {
  const before = await status();
  const screen = ScreenShot.parse(await post("/bot/amber/send", { keys: "I", quiet_ms: 300 }));
  expect(screen.rows.join("\n")).toContain("Trader Name");
  await goesOn(before);
}, 60_000);
