/** The worker's end of the talk with its manager: nothing that counts is lost, whatever breaks and when. */
import { expect, test } from "bun:test";
import type { WorkerMessage } from "../../src/proto/link.ts";
import type { ManagerMessage, Order } from "../../src/proto/orders.ts";
import { createSession, noteMaxChars, outboxMax, untoldMax } from "../../src/proto/session.ts";
import { seeded } from "../cuts.ts";

const begin = () => createSession("0123456789abcdef", "b1", 7);
const welcome = (heard: number): ManagerMessage => ({
  type: "welcome",
  version: 2,
  heard,
  orphan_grace: 1000,
});
const note = (text: string): WorkerMessage => ({ type: "note", severity: "info", text });
const order = (wish: Order): ManagerMessage => ({ type: "order", order: wish });
const typesOf = (messages: readonly WorkerMessage[]) => messages.map(({ type }) => type);
const numbersOf = (messages: readonly WorkerMessage[]) =>
  messages.flatMap((message) => ("n" in message && message.n !== undefined ? [message.n] : []));

test("nothing but hello is said before the manager has answered, on each new line", () => {
  const session = begin();
  expect(session.opened()).toEqual({
    type: "hello",
    version: 2,
    bot_id: "b1",
    pid: 7,
    session: "0123456789abcdef",
  });
  expect(session.say(note("a")).send).toEqual([]);
  expect(session.say({ type: "playing" }).send).toEqual([]);
  expect(session.isWelcome()).toBe(false);
  expect(typesOf(session.told(welcome(0)).send)).toEqual(["note", "playing"]);
  expect(numbersOf(session.say(note("b")).send)).toEqual([2]);
  session.closed();
  expect(session.say(note("c")).send).toEqual([]);
  session.opened();
  expect(session.say(note("d")).send).toEqual([]);
  expect(numbersOf(session.told(welcome(1)).send)).toEqual([2, 3, 4]);
  session.opened();
  expect(session.say(note("e")).send).toEqual([]);
});

test("what is acknowledged is told no more; the rest is told again by its old numbers", () => {
  const session = begin();
  session.opened();
  session.told(welcome(0));
  for (const text of ["a", "b", "c"]) session.say(note(text));
  session.told({ type: "ack", n: 2 });
  expect(numbersOf(session.unheard())).toEqual([3]);
  session.opened();
  expect(session.told(welcome(2)).send).toEqual([{ type: "note", severity: "info", text: "c", n: 3 }]);
});

test("of the present the latest is told again, in its order, and what was seen meanwhile once", () => {
  const session = begin();
  session.opened();
  session.told(welcome(0));
  session.say({ type: "shares", place: "h:1/A" });
  session.say({ type: "claim", names: ["5"] });
  session.say({ type: "playing" });
  session.closed();
  session.say({ type: "claim", names: ["7"] });
  session.say({ type: "lore", lore: "0\nw1 5 2" });
  session.say({ type: "dialling", server: "h:1" });
  session.opened();
  expect(session.told(welcome(0)).send).toEqual([
    { type: "shares", place: "h:1/A" },
    { type: "playing" },
    { type: "claim", names: ["7"] },
    { type: "dialling", server: "h:1" },
    { type: "lore", lore: "0\nw1 5 2" },
  ]);
  expect(session.told({ type: "dial" }).pass).toEqual({ type: "dial" });
  session.opened();
  expect(typesOf(session.told(welcome(0)).send)).toEqual(["shares", "playing", "claim"]);
});

test("what a game shows and who has the keys is told on a line that is welcome, and never later", () => {
  const session = begin();
  const lease = "0123456789abcdef";
  const words: WorkerMessage[] = [
    { type: "shown", text: "Command", fresh: true },
    { type: "online", live: true },
    { type: "taken", lease },
    { type: "given", lease, reason: "given back" },
  ];
  session.opened();
  for (const word of words) expect(session.say(word)).toEqual({ send: [], keep: undefined });
  expect(session.told(welcome(0)).send).toEqual([]);
  for (const word of words) expect(session.say(word)).toEqual({ send: [word], keep: undefined });
  session.opened();
  expect(session.told(welcome(0)).send).toEqual([]);
  const asked: ManagerMessage = { type: "take", lease };
  expect(session.told(asked)).toEqual({ send: [], pass: asked });
});

test("an order that comes twice is carried out once, and confirmed again when it was", () => {
  const session = begin();
  session.opened();
  session.told(welcome(0));
  const pause = order({ type: "pause", id: 3 });
  expect(session.told(pause).pass).toEqual(pause);
  expect(session.told(pause)).toEqual({ send: [], pass: undefined });
  session.say({ type: "confirmed", id: 3 });
  session.opened();
  expect(session.told(welcome(0)).send).toEqual([{ type: "confirmed", id: 3 }]);
  expect(session.told(pause)).toEqual({ send: [{ type: "confirmed", id: 3 }], pass: undefined });
  const older = order({ type: "goal", id: 2, goal: "rest" });
  expect(session.told(older)).toEqual({ send: [], pass: undefined });
});

test("of each kind of order the last confirmation is told again; a resume replaces a pause", () => {
  const session = begin();
  session.opened();
  session.told(welcome(0));
  const all: Order[] = [
    { type: "pause", id: 1 },
    { type: "goal", id: 2, goal: "a" },
    { type: "resume", id: 3 },
    { type: "goal", id: 4, goal: "b" },
  ];
  for (const one of all) {
    session.told(order(one));
    session.say({ type: "confirmed", id: one.id });
  }
  session.opened();
  expect(session.told(welcome(0)).send).toEqual([
    { type: "confirmed", id: 3 },
    { type: "confirmed", id: 4 },
  ]);
});

test("beyond the limit the oldest are given up, which is told once; the last word never is", () => {
  const session = begin();
  session.say({ type: "ended", how: "completed", reason: "done" });
  for (let i = 0; i < outboxMax + 9; i++) session.say(note(String(i)));
  session.opened();
  const told = session.told(welcome(0)).send;
  expect(told).toHaveLength(outboxMax + 1);
  expect(told[0]).toMatchObject({ type: "ended", n: 1 });
  expect(told[1]).toMatchObject({
    type: "note",
    n: 11,
    text: expect.stringContaining("10 trades and notes"),
  });
  expect(numbersOf(told)).toEqual(numbersOf(told).toSorted((a, b) => a - b));
  expect(new Set(numbersOf(told)).size).toBe(told.length);
  session.told({ type: "ack", n: 11 });
  expect(session.unheard()[0]).toMatchObject({ n: 12 });
});

test("of what was seen without a line so much is told later and no more; texts are cut to what a manager takes", () => {
  const session = begin();
  for (let i = 0; i < untoldMax + 5; i++) session.say({ type: "lore", lore: `0\nw${i} 5 2` });
  expect(session.say(note("x".repeat(noteMaxChars + 1))).keep).toMatchObject({
    text: "x".repeat(noteMaxChars),
  });
  session.opened();
  expect(session.told(welcome(0)).send).toHaveLength(1 + untoldMax);
});

/** A manager as it should be: keeps what is new by its number, acknowledges when it has been kept for good, forgets the rest when it dies. */
function runHistory(seed: number) {
  const dice = seeded(seed);
  const session = begin();
  const kept: WorkerMessage[] = [];
  let underWay: WorkerMessage[] = [];
  let uncommitted: WorkerMessage[] = [];
  let said = 0;
  const heard = () => Math.max(0, ...numbersOf(kept));
  const reach = () => {
    for (const message of underWay) {
      const [n] = numbersOf([message]);
      if (n !== undefined && n > Math.max(heard(), ...numbersOf(uncommitted))) uncommitted.push(message);
    }
    underWay = [];
  };
  const acts: (() => void)[] = [
    () => underWay.push(...session.say(note(String(++said))).send),
    () => underWay.push(...session.say({ type: "report", report: {} as never }).send),
    reach,
    () => {
      kept.push(...uncommitted.splice(0));
      // An acknowledgement may be lost as well.
      if (session.isWelcome() && dice() < 0.7) session.told({ type: "ack", n: heard() });
    },
    () => {
      // The line breaks, with what is on it; or the manager dies, with what it has not kept.
      session.closed();
      underWay = [];
      if (dice() < 0.5) uncommitted = [];
      if (dice() < 0.8) session.opened();
    },
    () => {
      if (!session.isWelcome()) {
        session.opened();
        reach();
        kept.push(...uncommitted.splice(0));
        underWay.push(...session.told(welcome(heard())).send);
      }
    },
  ];
  for (let i = 0; i < 300; i++) acts[Math.floor(dice() * acts.length)]!();
  session.opened();
  kept.push(...uncommitted.splice(0));
  underWay = [...session.told(welcome(heard())).send];
  reach();
  kept.push(...uncommitted);
  session.told({ type: "ack", n: heard() });
  return { kept, said, left: session.unheard() };
}

test("whatever breaks in whatever order, each numbered message arrives once and in order", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { kept, said, left } = runHistory(seed);
    expect(numbersOf(kept)).toEqual(Array.from({ length: said }, (_, i) => i + 1));
    expect(kept.map((message) => message.type === "note" && message.text)).toEqual(
      Array.from({ length: said }, (_, i) => String(i + 1)),
    );
    expect(left).toEqual([]);
  }
});
