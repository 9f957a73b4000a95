/** Callers who mean harm, at real sockets: whatever they do, a player beside them is served as before. */
import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningHost, runHost } from "../src/host.ts";
import { callIn, type Caller } from "./e2e/caller.ts";

let host: RunningHost;
let folder: string;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await host.stop();
  rmSync(folder, { recursive: true });
});

async function open(maxCallers = 200): Promise<Caller> {
  folder = mkdtempSync(join(tmpdir(), "bbsbot-hostile-"));
  host = await runHost({
    port: 0,
    db: join(folder, "host.db"),
    maxCallers,
    games: [{ letter: "A", seed: 1, settings: { sectors: 200, turnsPerDay: 60_000, homePlanets: false } }],
  });
  return callIn(host.port, "victim");
}

const bytes = (text: string) => Buffer.from(text, "latin1");
function dial(then: (socket: Socket) => void = () => {}): Socket {
  const socket = createConnection({ port: host.port, host: "127.0.0.1" });
  sockets.push(socket);
  socket.on("error", () => {});
  socket.on("connect", () => then(socket));
  return socket;
}

/** The longest the victim waits for an answer, in ms, over so many commands. */
async function longestWait(victim: Caller, commands: number): Promise<number> {
  let longest = 0;
  for (let count = 0; count < commands; count++) {
    const began = performance.now();
    await victim.command("D");
    longest = Math.max(longest, performance.now() - began);
  }
  return longest;
}

/** Nobody who plays by hand notices less. */
const noticedMs = 250;

/** What a hostile caller does once he is connected; run by several of them at a time. */
const deeds: Record<string, (socket: Socket) => void> = {
  "garbage in every byte": (socket) => {
    const junk = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 167 + 13) % 256));
    for (let part = 0; part < 16; part++) socket.write(junk);
  },
  "a line of ten megabytes": (socket) => {
    socket.write(bytes("\xff\xfc\xf6"));
    for (let part = 0; part < 10; part++) socket.write(bytes("a".repeat(1_048_576)));
  },
  "telnet commands without end": (socket) => {
    socket.write(bytes("\xff\xfc\xf6"));
    socket.write(bytes("\xff\xfa\x18" + "x".repeat(1_000_000)));
    socket.write(bytes("\xff\xfd\x01\xff\xfb\x01".repeat(100_000)));
  },
  "keys by the thousand from one who never reads": (socket) => {
    socket.pause();
    socket.write(bytes("\xff\xfc\xf6slow reader\rA\rT\rN\rYpw\rpw\r\r\rBolt\rY"));
    for (let part = 0; part < 20; part++) socket.write(bytes("D/I".repeat(10_000)));
  },
};

for (const [deed, act] of Object.entries(deeds)) {
  test(`${deed}: a player beside it is still answered at once`, async () => {
    const victim = await open();
    for (let count = 0; count < 5; count++) dial(act);
    await Bun.sleep(50);
    expect(await longestWait(victim, 40)).toBeLessThan(noticedMs);
    expect(await victim.command("/")).toContain("Turns 60,000");
  }, 20_000);
}

test("lines that never say a word fill the house only until they are dropped, and those inside play on", async () => {
  const victim = await open(40);
  for (let count = 0; count < 60; count++) dial();
  await Bun.sleep(200);
  expect(host.callers()).toBe(40);
  expect(await longestWait(victim, 20)).toBeLessThan(noticedMs);
  await Bun.sleep(5500);
  expect(host.callers()).toBe(1);
  (await callIn(host.port, "newcomer")).hangUp();
}, 20_000);

test("connections that come and go in a hurry cost nobody his place", async () => {
  const victim = await open();
  const churn = (async () => {
    for (let count = 0; count < 300; count++) {
      const socket = dial((open) => open.destroy());
      await new Promise((resolve) => socket.on("close", resolve));
    }
  })();
  expect(await longestWait(victim, 40)).toBeLessThan(noticedMs);
  await churn;
  await Bun.sleep(100);
  expect(host.callers()).toBe(1);
}, 20_000);
