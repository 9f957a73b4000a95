/** A worker's process between a manager that is played by the test and a host that takes calls and says nothing. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOutbox } from "../src/io/outbox.ts";
import { BotConfig } from "../src/proto/config.ts";
import type { WorkerMessage } from "../src/proto/link.ts";
import type { ManagerMessage } from "../src/proto/orders.ts";

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bbsbot-bot-"));
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** A host on a port of its own; the number of calls it has taken. */
function host() {
  let calls = 0;
  const server = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: { open: () => void calls++, data: () => undefined },
  });
  ends.push(() => server.stop(true));
  return { port: server.port, calls: () => calls };
}

/** The worker, as its manager starts it. */
function spawn(port: number, session: object = {}) {
  const file = join(folder, "bot.yaml");
  const config = BotConfig.parse({ connection: { host: "127.0.0.1", port }, session });
  writeFileSync(file, JSON.stringify(config));
  const heard: WorkerMessage[] = [];
  let changed = () => {};
  const child = Bun.spawn({
    cmd: [
      process.execPath,
      join(import.meta.dir, "../src/cli.ts"),
      "worker",
      "--config",
      file,
      "--bot-id",
      "b",
    ],
    stdio: ["ignore", "ignore", "ignore"],
    serialization: "json",
    ipc(message: WorkerMessage) {
      heard.push(message);
      if ("n" in message && message.n !== undefined) say({ type: "ack", n: message.n });
      changed();
    },
  });
  ends.push(async () => {
    child.kill("SIGKILL");
    await child.exited;
  });
  const say = (message: ManagerMessage) => child.send(message);
  /** The `count`th message of a type, once it has come. */
  const said = async <T extends WorkerMessage["type"]>(
    type: T,
    count = 1,
  ): Promise<Extract<WorkerMessage, { type: T }>> => {
    for (const deadline = performance.now() + 8000; performance.now() < deadline;) {
      const found = heard.filter((message) => message.type === type)[count - 1];
      if (found) return found as Extract<WorkerMessage, { type: T }>;
      await new Promise<void>((resolve) => {
        changed = resolve;
        setTimeout(resolve, 200);
      });
    }
    throw new Error(`The worker never said "${type}" ${count} times: ${JSON.stringify(heard)}`);
  };
  return { child, heard, say, said };
}

const welcome = (more: object = {}): ManagerMessage => ({
  type: "welcome",
  version: 2,
  heard: 0,
  door: join(folder, "door"),
  orphan_grace: 300,
  ...more,
});

test("it calls nobody before it is welcome, and then when it is its turn", async () => {
  const game = host();
  const { said, say, heard } = spawn(game.port);
  expect(await said("hello")).toMatchObject({
    bot_id: "b",
    session: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  await Bun.sleep(300);
  expect([game.calls(), heard.length]).toEqual([0, 1]);
  say(welcome());
  expect(await said("dialling")).toEqual({ type: "dialling", server: `127.0.0.1:${game.port}` });
  await Bun.sleep(100);
  expect(game.calls()).toBe(0);
  say({ type: "dial" });
  expect(await said("dialled")).toMatchObject({ reached: true });
  expect(game.calls()).toBe(1);
});

test("when its manager dies before it was welcome it ends at once, and nothing was played", async () => {
  const game = host();
  const { child, said } = spawn(game.port);
  await said("hello");
  child.disconnect();
  expect(await child.exited).toBe(4);
  expect(game.calls()).toBe(0);
});

test("when its manager is gone for good it leaves and ends, and says no last word: under the next one it goes on", async () => {
  const game = host();
  const { child, said, say } = spawn(game.port);
  await said("hello");
  say(welcome());
  await said("dialling");
  child.disconnect();
  expect(await child.exited).toBe(4);
  expect(readOutbox(folder)?.messages.filter(({ type }) => type === "ended")).toEqual([]);
});

test("a host that is not there is no failure: it waits, can be paused and stopped", async () => {
  const game = host();
  await ends.pop()!();
  const { child, said, say, heard } = spawn(game.port);
  await said("hello");
  say(welcome());
  await said("dialling");
  for (let i = 1; i <= 8; i++) {
    say({ type: "dial" });
    expect(await said("dialled", i)).toMatchObject({ reached: false });
    await said("dialling", i + 1);
  }
  expect(heard.filter(({ type }) => type === "ended")).toEqual([]);
  say({ type: "order", order: { type: "pause", id: 1 } });
  expect(await said("confirmed")).toEqual({ type: "confirmed", id: 1 });
  say({ type: "order", order: { type: "stop", id: 2 } });
  expect(await said("ended")).toMatchObject({ how: "stopped", report: { waits: false } });
  expect(await child.exited).toBe(0);
});

test("SIGTERM while it waits for the host ends it in order", async () => {
  const game = host();
  const { child, said, say } = spawn(game.port);
  await said("hello");
  say(welcome());
  await said("dialling");
  child.kill("SIGTERM");
  expect(await said("ended")).toMatchObject({ how: "stopped" });
  expect(await child.exited).toBe(0);
});

test("a bot that has used up its turns in former lives is done at once", async () => {
  const { child, said, say } = spawn(1, { max_turns_per_session: 100 });
  await said("hello");
  const carried = {
    credits_start: 300,
    turns_executed: 100,
    trades_executed: 7,
    trade_attempts: 8,
    haggle_deals: 6,
    haggle_offers: 5,
    haggle_lost: 4,
    troubles: 3,
  };
  say(welcome({ carried }));
  expect(await said("ended")).toMatchObject({
    how: "completed",
    reason: "Turn limit reached: 100 of 100 used",
    report: carried,
  });
  expect(await child.exited).toBe(0);
});
