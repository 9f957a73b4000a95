import { expect, test } from "bun:test";
import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { createMcpServer } from "../../../src/control/mcp/server.ts";
import { askedMax, speakOnStdio } from "../../../src/control/mcp/stdio.ts";
import { unreadMaxBytes } from "../../../src/control/mcp/stream.ts";
import type { Swarm } from "../../../src/proto/operations.ts";
import { bot, scribe } from "../../doubles/scribe.ts";

const hello = {
  id: "hello",
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

/** A line whose client writes, and reads only when it is let. */
function line(swarm: Partial<Swarm> = {}) {
  const input = new PassThrough();
  const answers: { id: unknown; error?: { message: string } }[] = [];
  let text = "";
  let waiting: (() => void) | undefined;
  let reads = true;
  const output = new Writable({
    highWaterMark: 16 * 1024,
    write(chunk: Buffer, _, done) {
      const lines = (text + chunk.toString()).split("\n");
      text = lines.pop()!;
      answers.push(...lines.map((line) => JSON.parse(line)));
      if (reads) done();
      else waiting = done;
    },
  });
  const spoken = speakOnStdio({
    input,
    output,
    later: (_, work) => {
      const timer = setTimeout(work, 0);
      return () => clearTimeout(timer);
    },
    makeServer: () =>
      createMcpServer({
        swarm: { ...scribe().swarm, ...swarm },
        readOnly: false,
        version: "1",
        changes: () => () => {},
        now: Date.now,
        later: () => {},
        complain: () => {},
      }),
    complain: (error) => {
      throw error;
    },
  });
  return {
    ...spoken,
    input,
    output,
    answers,
    say: (message: object) => input.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`),
    /** Writes so many requests as a pipe does: what is not taken waits.  */
    async ask(count: number) {
      for (let id = 0; id < count; id++) {
        const request = {
          jsonrpc: "2.0",
          id,
          method: "tools/list",
          params: { _meta: { pad: "x".repeat(4000) } },
        };
        if (!input.write(`${JSON.stringify(request)}\n`)) await once(input, "drain");
        await turns(1);
      }
    },
    reads(now: boolean) {
      reads = now;
      if (now) waiting?.();
    },
  };
}
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};
const until = async (what: () => boolean) => {
  while (!what()) await new Promise(setImmediate);
};

test("a client that does not read is heard no further until it has, and loses nothing", async () => {
  const on = line();
  on.say(hello);
  await until(() => on.answers.length === 1);
  on.reads(false);
  const asked = 120;
  void on.ask(asked);
  await until(() => on.input.isPaused());
  await turns(100);
  expect(on.output.writableLength).toBeLessThan(2 * unreadMaxBytes);
  expect(on.input.readableLength).toBeGreaterThan(0);
  on.reads(true);
  await until(() => on.answers.length === asked + 1);
  expect(on.answers.slice(1).map(({ id }) => id)).toEqual(Array.from({ length: asked }, (_, id) => id));
  expect(on.answers.filter(({ error }) => error)).toEqual([]);
  on.finish();
  await on.ended;
});

test("what was written before the end is answered, also when it was not read at once", async () => {
  const on = line();
  on.say(hello);
  await until(() => on.answers.length === 1);
  on.reads(false);
  const written = on.ask(62);
  await until(() => on.input.isPaused());
  await written;
  on.finish();
  on.reads(true);
  await on.ended;
  expect(on.answers.length).toBe(63);
});

test("so many requests of one client are answered at a time; one more is refused, and its cancelled ones make room", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const on = line({
    async botStatus() {
      await promise;
      return bot;
    },
  });
  on.say(hello);
  await until(() => on.answers.length === 1);
  const ask = (id: number) =>
    on.say({
      id,
      method: "tools/call",
      params: { name: "tw2002_get_bot_status", arguments: { bot_id: "a" } },
    });
  for (let id = 0; id < askedMax; id++) ask(id);
  ask(1000);
  await until(() => on.answers.length === 2);
  expect(on.answers[1]).toMatchObject({
    id: 1000,
    error: { message: expect.stringContaining(`${askedMax} requests`) },
  });
  on.say({ method: "notifications/cancelled", params: { requestId: 0 } });
  ask(1001);
  await turns(20);
  expect(on.answers.length).toBe(2);
  resolve();
  await until(() => on.answers.length === askedMax + 2);
  expect(on.answers.slice(2).filter(({ error }) => error)).toEqual([]);
  on.finish();
  await on.ended;
});
