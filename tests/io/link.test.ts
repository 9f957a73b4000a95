/** A link over a Unix socket to a manager that dies, hangs and comes back; and over IPC to one that spawned the worker. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOutboxFile } from "../../src/io/outbox-file.ts";
import { readOutbox } from "../../src/io/outbox.ts";
import { unixLine } from "../../src/io/line-unix.ts";
import { createLink, lastWordsMaxMs, type Link, type LinkParts } from "../../src/io/link.ts";
import type { WorkerMessage } from "../../src/proto/link.ts";
import { linkMessageMaxBytes, type ManagerMessage } from "../../src/proto/orders.ts";
import { createSession } from "../../src/proto/session.ts";
import { failureOf } from "../doubles/failure.ts";

const id = "00112233aabbccdd";
let folder: string;
let door: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bbsbot-link-"));
  door = join(folder, "door");
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  rmSync(folder, { recursive: true, force: true });
});

interface Scripted {
  /** By line, in the order in which they were dialled. */
  readonly heard: WorkerMessage[][];
  say(message: ManagerMessage | string): void;
  until(what: string, found: () => boolean): Promise<void>;
  die(): Promise<void>;
}

/** Listens at the door; answers each hello with `welcome`, unless it is told to be mute, and acknowledges what is numbered. */
async function manager(
  { mute = false, deaf = false, heard: before = 0, grace = 2000 } = {},
  path = door,
): Promise<Scripted> {
  const heard: WorkerMessage[][] = [];
  const open = new Set<Socket>();
  let changed = () => {};
  let last: Socket | undefined;
  const say: Scripted["say"] = (message) =>
    last!.write(typeof message === "string" ? message : `${JSON.stringify(message)}\n`);
  const server: Server = createServer((socket) => {
    const mine: WorkerMessage[] = [];
    let text = "";
    last = socket;
    open.add(socket);
    heard.push(mine);
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    socket.on("data", (bytes) => {
      const lines = (text + String(bytes)).split("\n");
      text = lines.pop()!;
      for (const line of lines) {
        const message = JSON.parse(line) as WorkerMessage;
        mine.push(message);
        if (message.type === "hello" && !mute)
          say({ type: "welcome", version: 2, heard: before, door, orphan_grace: grace });
        if ("n" in message && message.n !== undefined && !deaf) say({ type: "ack", n: message.n });
      }
      changed();
    });
    changed();
  });
  await new Promise<void>((ready) => server.listen(path, ready));
  const die = async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((done) => server.close(() => done()));
  };
  ends.push(die);
  return {
    heard,
    say,
    die,
    async until(what, found) {
      const deadline = performance.now() + 4000;
      while (!found()) {
        if (performance.now() > deadline) throw new Error(`Not ${what}: ${JSON.stringify(heard)}`);
        await new Promise<void>((resolve) => {
          changed = resolve;
          setTimeout(resolve, 100);
        });
      }
    },
  };
}

function link(parts: Partial<LinkParts> = {}): {
  link: Link;
  passed: ManagerMessage[];
  /** Times that a line broke. */
  broken: () => number;
  lost: Promise<string>;
} {
  const passed: ManagerMessage[] = [];
  let broken = 0;
  const { promise: lost, resolve } = Promise.withResolvers<string>();
  const made = createLink({
    botId: "b",
    session: createSession(id, "b", 1),
    handler: { message: (message) => passed.push(message), broke: () => void broken++, lost: resolve },
    first: unixLine(door),
    again: () => unixLine(door),
    ...parts,
  });
  made.welcomed.catch(() => undefined);
  ends.push(() => made.close());
  return { link: made, passed, broken: () => broken, lost };
}

const note = (text: string): WorkerMessage => ({ type: "note", severity: "info", text });
const types = (messages: readonly WorkerMessage[] | undefined) => messages?.map(({ type }) => type);

test("a manager that dies and comes back is told what the dead one had not kept, and how things are", async () => {
  const first = await manager({ deaf: true });
  const { link: mine, passed, broken } = link();
  await mine.welcomed;
  mine.say({ type: "shares", place: "h:1/A" });
  mine.say(note("one"));
  mine.say(note("two"));
  await first.until("all heard", () => first.heard[0]?.length === 4);
  first.say({ type: "order", order: { type: "goal", id: 1, goal: "rest" } });
  await first.until("ordered", () => passed.length === 1);
  expect(broken()).toBe(0);
  await first.die();
  await first.until("the break told", () => broken() > 0);
  mine.say({ type: "confirmed", id: 1 });
  mine.say(note("three"));
  const second = await manager({ heard: 1 });
  await second.until("told", () => second.heard[0]?.length === 5);
  expect(second.heard[0]).toMatchObject([
    { type: "hello", session: id },
    { type: "note", text: "two", n: 2 },
    { type: "note", text: "three", n: 3 },
    { type: "shares" },
    { type: "confirmed", id: 1 },
  ]);
  second.say({ type: "order", order: { type: "goal", id: 1, goal: "rest" } });
  await second.until("confirmed again", () => second.heard[0]?.length === 6);
  expect(passed).toHaveLength(1);
});

test("a manager that stays away for longer than it allowed is lost; what was to be told lies in the folder, and no last word", async () => {
  const first = await manager({ grace: 300, deaf: true });
  const session = createSession(id, "b", 1);
  const outbox = createOutboxFile(folder, id, session.unheard, expect.unreachable);
  const { link: mine, lost } = link({ session, outbox });
  await mine.welcomed;
  await first.die();
  const began = performance.now();
  mine.say(note("alone"));
  expect(await lost).toContain("did not come back");
  expect(performance.now() - began).toBeWithin(250, 800);
  mine.say({ type: "ended", how: "stopped", reason: "nobody is left" });
  await mine.close();
  expect(readOutbox(folder)?.messages).toMatchObject([{ type: "note", text: "alone" }]);
});

test("a manager that answers no hello does not count as there", async () => {
  await manager({ mute: true });
  const { link: mine } = link({ welcomeWithinMs: 200 });
  expect(await failureOf(mine.welcomed)).toContain("did not answer");
});

test("after a break a manager that takes the call and says nothing is lost, too, when its time is up", async () => {
  const first = await manager({ grace: 300 });
  const { link: mine, lost } = link();
  await mine.welcomed;
  await first.die();
  await manager({ mute: true });
  expect(await lost).toContain("did not come back");
});

test("before the first welcome there is no second way for a worker whose only line breaks", async () => {
  const { link: mine } = link({ again: () => undefined });
  expect(await failureOf(mine.welcomed)).toContain("gone");
});

test("rubbish is passed over, and a line that never ends is cut and dialled again", async () => {
  const scripted = await manager();
  const { link: mine, passed } = link();
  await mine.welcomed;
  scripted.say('{"type":"order"}\nnot JSON\n{"type":"dial"');
  scripted.say("}\n");
  await scripted.until("the whole message", () => passed.length === 1);
  expect(passed).toEqual([{ type: "dial" }]);
  scripted.say("x".repeat(linkMessageMaxBytes + 1));
  await scripted.until("a second hello", () => types(scripted.heard[1])?.[0] === "hello");
});

test("the last word waits for its acknowledgement, and no longer than it may", async () => {
  const scripted = await manager({ deaf: true });
  const { link: mine } = link();
  await mine.welcomed;
  mine.say({ type: "ended", how: "completed", reason: "done" });
  let closed = false;
  const closing = mine.close().then(() => (closed = true));
  await scripted.until("ended", () => types(scripted.heard[0])?.at(-1) === "ended");
  await Bun.sleep(50);
  expect(closed).toBe(false);
  const acknowledged = performance.now();
  scripted.say({ type: "ack", n: 1 });
  await closing;
  expect(performance.now() - acknowledged).toBeLessThan(lastWordsMaxMs / 2);
});

const worker = join(import.meta.dir, "../doubles/linked.ts");

test("over IPC: hello, welcome, and when the manager closes that line its door; nobody is told twice", async () => {
  const heard: WorkerMessage[] = [];
  const { promise: said, resolve: saidTwo } = Promise.withResolvers<void>();
  const child = Bun.spawn({
    cmd: [process.execPath, worker],
    stdio: ["ignore", "ignore", "inherit"],
    serialization: "json",
    ipc(message: WorkerMessage) {
      heard.push(message);
      if (message.type === "hello")
        child.send({ type: "welcome", version: 2, heard: 0, door, orphan_grace: 3000 });
      if (types(heard)?.filter((type) => type === "note").length === 2) saidTwo();
    },
  });
  await said;
  expect(heard).toMatchObject([{ type: "hello", pid: child.pid }, { n: 1 }, { n: 2 }]);
  child.send({ type: "ack", n: 1 });
  const next = await manager({ heard: 1 });
  child.disconnect();
  await next.until("told again", () => types(next.heard[0])?.includes("note") === true);
  expect(next.heard[0]).toMatchObject([{ type: "hello", pid: child.pid, session: id }, { n: 2 }]);
  next.say({ type: "order", order: { type: "stop", id: 1 } });
  expect(await child.exited).toBe(0);
});

test("over IPC: a worker whose manager dies before it answered ends at once", async () => {
  const { promise: greeted, resolve } = Promise.withResolvers<void>();
  const child = Bun.spawn({
    cmd: [process.execPath, worker],
    stdio: ["ignore", "ignore", "inherit"],
    serialization: "json",
    ipc: () => resolve(),
  });
  await greeted;
  child.disconnect();
  expect(await child.exited).toBe(4);
});
