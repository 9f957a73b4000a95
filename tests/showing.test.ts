/** What a worker shows of its game: nothing unwatched, then what stands there, then what comes, at a pace and within limits. */
import { expect, test } from "bun:test";
import type { WorkerMessage } from "../src/proto/link.ts";
import { WorkerMessage as Schema } from "../src/proto/link.ts";
import { linkMessageMaxBytes } from "../src/proto/orders.ts";
import { terminalChunkMax, terminalPaceMs, terminalRingMax } from "../src/proto/terminal.ts";
import { createShowing } from "../src/showing.ts";

function begin() {
  const said: WorkerMessage[] = [];
  let work: (() => void) | undefined;
  const showing = createShowing({
    say: (message) => said.push(message),
    later(ms, later) {
      expect(ms).toBe(terminalPaceMs);
      expect(work).toBeUndefined();
      work = later;
      return () => (work = undefined);
    },
  });
  return {
    ...showing,
    write: (text: string) => showing.wrote(Uint8Array.from(text, (one) => one.charCodeAt(0))),
    /** All that was said since the last time. */
    said: () => said.splice(0),
    /** The pace has passed; whether anything waited for it. */
    tick() {
      const due = work;
      work = undefined;
      due?.();
      return due !== undefined;
    },
  };
}

test("unwatched it says nothing and asks for no time", () => {
  const { online, write, tick, said } = begin();
  online(true);
  write("hello");
  expect([tick(), said()]).toEqual([false, []]);
  online(false);
  expect(said()).toEqual([]);
});

test("whoever begins to watch gets what stands there and whether there is a line, at once", () => {
  const { online, write, watch, said } = begin();
  watch(true);
  expect(said()).toEqual([
    { type: "shown", text: "", fresh: true },
    { type: "online", live: false },
  ]);
  watch(false);
  online(true);
  write("\x1b[1mhello\x1b[0m");
  watch(true);
  expect(said()).toEqual([
    { type: "shown", text: "\x1b[1mhello\x1b[0m", fresh: true },
    { type: "online", live: true },
  ]);
});

test("what comes is gathered, and told once, at its time or when it is asked for", () => {
  const { online, write, watch, tick, said, now } = begin();
  online(true);
  watch(true);
  said();
  for (const text of ["a", "b", "c"]) write(text);
  expect(said()).toEqual([]);
  expect([tick(), said()]).toEqual([true, [{ type: "shown", text: "abc" }]]);
  expect([tick(), said()]).toEqual([false, []]);
  write("now");
  now();
  expect([said(), tick()]).toEqual([[{ type: "shown", text: "now" }], false]);
  write("d");
  watch(false);
  expect([tick(), said()]).toEqual([false, []]);
});

test("much is told in pieces, and more than is kept as a new beginning", () => {
  const { online, write, watch, tick, said } = begin();
  online(true);
  watch(true);
  said();
  write("x".repeat(terminalChunkMax + 1));
  tick();
  expect(said().map((one) => (one.type === "shown" ? [one.text.length, one.fresh] : one))).toEqual([
    [terminalChunkMax, undefined],
    [1, undefined],
  ]);
  write(`${"x".repeat(terminalRingMax)}end`);
  tick();
  const [only, ...more] = said();
  expect(more).toEqual([]);
  expect(only).toMatchObject({ type: "shown", fresh: true });
  expect(only?.type === "shown" && only.text.endsWith("end") && only.text.length).toBe(terminalRingMax);
});

test("a new line begins anew; of an old one the last is told before its end", () => {
  const { online, write, watch, tick, said } = begin();
  online(true);
  watch(true);
  write("bye");
  said();
  online(false);
  expect(said()).toEqual([
    { type: "shown", text: "bye" },
    { type: "online", live: false },
  ]);
  online(true);
  expect(said()).toEqual([
    { type: "shown", text: "", fresh: true },
    { type: "online", live: true },
  ]);
  write("hello");
  expect([tick(), said()]).toEqual([true, [{ type: "shown", text: "hello" }]]);
});

test("what was last seen of a line that is gone can still be seen", () => {
  const { online, write, watch, said } = begin();
  online(true);
  write("bye");
  online(false);
  watch(true);
  expect(said()).toEqual([
    { type: "shown", text: "bye", fresh: true },
    { type: "online", live: false },
  ]);
});

test("whatever a game writes, no message is longer than a manager takes", () => {
  for (const unit of [0x01, 0x1b, 0xc4, 0x22, 0x5c, 0x00]) {
    const { online, wrote, watch, tick, said } = begin();
    online(true);
    const flood = new Uint8Array(terminalRingMax).fill(unit);
    wrote(flood);
    watch(true);
    wrote(flood);
    tick();
    wrote(flood);
    wrote(flood);
    tick();
    const messages = said();
    expect(messages.length).toBeGreaterThan(3);
    for (const message of messages) {
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(linkMessageMaxBytes);
      expect(Schema.safeParse(message).success).toBe(true);
    }
  }
});
