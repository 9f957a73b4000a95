/** The wire to a host on this machine: one connection at a time, and nothing of an earlier one on the next. */
import { afterAll, beforeEach, expect, test } from "bun:test";
import { createThrift } from "../src/thrift.ts";
import { createWire, type Wire } from "../src/wire.ts";

let calls = 0;
let hungUp = 0;
let heardByHost = "";
let wrote = "";
let changed = () => {};
const server = Bun.listen({
  hostname: "127.0.0.1",
  port: 0,
  socket: {
    open(socket) {
      socket.write(`Call ${++calls}? `);
      changed();
    },
    data(_, bytes) {
      heardByHost += new TextDecoder().decode(bytes);
      changed();
    },
    close() {
      hungUp++;
      changed();
    },
  },
});
afterAll(() => server.stop(true));
beforeEach(() => {
  calls = hungUp = 0;
  heardByHost = wrote = "";
});

/** A wire whose keys are held for ever when it is `thrifty`; and what it tells. */
function wire(port = server.port, thrifty = false) {
  const told: string[] = [];
  const tell = (what: string) => {
    told.push(what);
    changed();
  };
  let used = 0;
  const held: (() => void)[] = [];
  const thrift = createThrift({
    maxPercent: thrifty ? 1 : undefined,
    usedMs: () => (used += 1000),
    now: () => performance.now() + used,
    later(_, work) {
      held.push(work);
      return () => {};
    },
    patienceMs: 1000,
  });
  const made: Wire = createWire({
    host: "127.0.0.1",
    port,
    recorder: undefined,
    unknown: { saw: () => {}, typed: () => {}, keep: () => undefined },
    thrift,
    enter: (work) => work(),
    connected: () => tell("connected"),
    wrote: (bytes) => void (wrote += new TextDecoder().decode(bytes)),
    heard: (event) => tell(event.type === "erased" ? "erased" : event.text),
    closed: (reason, reached) => tell(`closed, ${reached ? "" : "not "}reached: ${reason}`),
  });
  return { wire: made, told, held };
}

async function until(found: () => boolean) {
  for (const deadline = performance.now() + 4000; !found();) {
    if (performance.now() > deadline) throw new Error(`Not within 4 s: ${found.toString()}`);
    await new Promise<void>((resolve) => {
      changed = resolve;
      setTimeout(resolve, 100);
    });
  }
}

test("a call that is made while another is under way replaces it, without a word", async () => {
  const { wire: mine, told } = wire();
  mine.call();
  mine.call();
  await until(() => told.length === 2);
  mine.call();
  await until(() => told.length === 4);
  expect(told.filter((what) => what === "connected")).toHaveLength(2);
  expect(told.filter((what) => what.startsWith("closed"))).toEqual([]);
  // What the game writes is handed on as it comes, of each call that is heard.
  expect(wrote).toBe(told.filter((what) => what.startsWith("Call")).join(""));
  await until(() => calls - hungUp === 1);
  mine.end();
  await until(() => calls === hungUp);
});

test("a host that is not there is told as not reached, one that hung up as reached", async () => {
  const gone = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: { open: (socket) => void socket.end(), data: () => undefined },
  });
  const { wire: mine, told } = wire(gone.port);
  mine.call();
  await until(() => told.length === 2);
  expect(told).toEqual(["connected", "closed, reached: closed by the game"]);
  gone.stop(true);
  mine.call();
  await until(() => told.length === 3);
  expect(told[2]).toBe("closed, not reached: connection refused");
});

test("whoever hangs up is told so once, and what was held reaches nobody", async () => {
  const { wire: mine, told, held } = wire(server.port, true);
  mine.call();
  await until(() => told.length === 2);
  mine.send("old\r", false);
  mine.send("older\r", false);
  mine.hangUp();
  mine.hangUp();
  await until(() => told.length === 3);
  expect(told[2]).toBe("closed, reached: hung up");
  mine.call();
  await until(() => told.length === 5);
  expect(held).toHaveLength(1);
  held[0]!();
  mine.end();
  await until(() => calls === hungUp);
  expect([told.length, heardByHost]).toEqual([5, ""]);
});
