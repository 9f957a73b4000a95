/** Somebody watches a worker's own process at a real host, takes its keys, types, and gives them back in the middle of a line. */
import { afterAll, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkerMessage } from "../../src/proto/link.ts";
import type { ManagerMessage } from "../../src/proto/orders.ts";
import { binary, type Running, scratch, start, until, words } from "./harness.ts";

const { folder, remove } = scratch();
let host: Running | undefined;
let worker: ReturnType<typeof spawn> | undefined;
afterAll(async () => {
  worker?.child.kill("SIGKILL");
  await host?.stop("SIGKILL");
  remove();
});

const lease = "0123456789abcdef";

/** A worker under a manager that is played here: it is welcome, may dial, and what it tells is kept. */
function spawn(port: number) {
  const config = join(folder, "bot.yaml");
  const state = join(folder, "state");
  const recording = join(folder, "session.jsonl");
  writeFileSync(
    config,
    `connection: { host: 127.0.0.1, port: ${port}, game_letter: B }
character: { name: Lender, password: hush-hush }
# Slow enough for a person to come in between.
pace: { keys_per_second: 1000 }
`,
  );
  const heard: WorkerMessage[] = [];
  const say = (message: ManagerMessage) => child.send(message);
  const child = Bun.spawn({
    cmd: [
      binary,
      ...words("worker --bot-id b --config"),
      config,
      "--state-dir",
      state,
      "--record",
      recording,
    ],
    stdio: ["ignore", "ignore", "ignore"],
    serialization: "json",
    ipc(message: WorkerMessage) {
      heard.push(message);
      if ("n" in message && message.n !== undefined) say({ type: "ack", n: message.n });
      if (message.type === "hello") say({ type: "welcome", version: 2, heard: 0, orphan_grace: 5000 });
      if (message.type === "dialling") say({ type: "dial" });
    },
  });
  return { child, heard, say, recording };
}

test("the game is seen as it is played; taken, the keys are a person's; given back, the bot trades on", async () => {
  host = await start([...words("host --port 0 --sectors 300 --seed 7 --json --db"), join(folder, "host.db")]);
  const { heard, say, recording } = (worker = spawn(Number(host.first["port"])));
  const of = <T extends WorkerMessage["type"]>(type: T) =>
    heard.filter((message): message is Extract<WorkerMessage, { type: T }> => message.type === type);
  const screen = () => {
    const shown = of("shown");
    const from = shown.findLastIndex(({ fresh }) => fresh);
    return shown
      .slice(from)
      .map(({ text }) => text)
      .join("");
  };
  await until("it trades", () => of("traded").length > 0);
  expect(of("shown")).toEqual([]);

  say({ type: "watch", on: true });
  await until("what stands there is shown", () => of("online")[0]);
  expect(of("shown")[0]!.fresh).toBe(true);
  expect(screen()).toContain("Command [");
  expect(of("online")).toEqual([{ type: "online", live: true }]);
  // Colours and box drawing came through, telnet did not.
  expect(screen()).toContain("\x1b[");
  expect(screen()).not.toContain("\u00a0");

  say({ type: "take", lease });
  await until("the keys are taken", () => of("taken")[0]);
  const before = screen();
  expect(before.slice(-20)).toMatch(/\? : $/);
  await Bun.sleep(500);
  expect(screen()).toBe(before);

  say({ type: "type", lease, keys: "C" });
  await until("the computer answers", () => screen().includes("Computer command"));
  say({ type: "type", lease, keys: "F1" });
  await until("half a line stands there", () => screen().endsWith("1"));
  const trades = of("traded").length;
  say({ type: "give", lease });
  await until("given", () => of("given")[0]);
  expect(of("given")).toEqual([{ type: "given", lease, reason: "given back" }]);
  await until("it trades on", () => of("traded").length > trades + 2);

  say({ type: "watch", on: false });
  await Bun.sleep(150);
  const shown = of("shown").length;
  await until("it trades unseen", () => of("traded").length > trades + 5);
  expect(of("shown")).toHaveLength(shown);

  // Keys of a person are masked where the bot's own are not.
  const sent = readFileSync(recording, "utf8")
    .split("\n")
    .filter((line) => line.includes('"d":"C"'));
  expect(sent.some((line) => line.includes(`"hex":"${Buffer.from("F1").toString("hex")}"`))).toBe(false);
  expect(sent.some((line) => line.includes(`"hex":"${Buffer.from("**").toString("hex")}"`))).toBe(true);
}, 20_000);
