import { expect, test } from "bun:test";
import { seated, wordMaxBytes, wordsPerSecondMax } from "../../../src/control/terminal/socket.ts";
import { keysMax } from "../../../src/proto/terminal.ts";
import { stall } from "./stall.ts";

/** A viewer behind a socket. */
function dial(mayNotType?: string) {
  const all = stall("a");
  const sent: { type: string; reason?: string }[] = [];
  const closings: [number, string][] = [];
  let at = 0;
  const socket = {
    send: (text: string) => void sent.push(JSON.parse(text)),
    close: (code: number, reason: string) => void closings.push([code, reason]),
  };
  const ears = seated(all.terminals, { bot: "a", mayNotType }, socket, () => at);
  const say = (...words: unknown[]) => words.forEach((word) => ears.heard(JSON.stringify(word)));
  all.orders();
  return { ...all, ...ears, say, sent, closings, wait: (ms: number) => void (at += ms) };
}

test("takes, types, beats and gives back", () => {
  const { say, orders, terminals, sent } = dial();
  say({ type: "take" });
  terminals.heard("a", { type: "taken", lease: "lease000" });
  say({ type: "type", keys: "D\r" }, { type: "beat" }, { type: "give" });
  expect(orders()).toEqual(["a take lease000", "a type lease000 D\r", "a renew lease000", "a give lease000"]);
  expect(sent).toEqual([{ type: "taken" }, { type: "given", reason: "Given back" }]);
});

test("who may only look is told why, and none of it reaches the bot", () => {
  const { say, orders, sent, closings } = dial("This needs the manager's token");
  say({ type: "take" }, { type: "type", keys: "D" }, { type: "beat" }, { type: "give" });
  expect(orders()).toEqual([]);
  expect(sent.map(({ reason }) => reason)).toEqual(Array(3).fill("This needs the manager's token"));
  expect(closings).toEqual([]);
});

test("whoever talks nonsense is sent away, and nothing more is taken from it", () => {
  const nonsense: string[] = [
    "",
    "take",
    "null",
    "[]",
    "{",
    '{"type":"steal"}',
    '{"type":"type"}',
    '{"type":"type","keys":""}',
    `{"type":"type","keys":${JSON.stringify("x".repeat(keysMax + 1))}}`,
    `{"type":"take","more":"${"x".repeat(wordMaxBytes)}"}`,
    "[".repeat(10_000),
    "x".repeat(10 * 2 ** 20),
  ];
  for (const text of nonsense) {
    const { heard, say, orders, closings } = dial();
    say({ type: "take" });
    heard(text);
    say({ type: "take" });
    expect([text.slice(0, 40), orders()]).toEqual([
      text.slice(0, 40),
      ["a take lease000", "a give lease000"],
    ]);
    expect(closings).toEqual([[1008, "That is no word of a terminal's viewer"]]);
  }
});

test("the most keys of one word, each of which JSON must escape, are taken", () => {
  const { say, orders, terminals, closings } = dial();
  say({ type: "take" });
  terminals.heard("a", { type: "taken", lease: "lease000" });
  say({ type: "type", keys: "\u001b".repeat(keysMax) });
  expect([orders().length, closings]).toEqual([2, []]);
});

test("whoever talks too much is sent away, pings counted; a person who holds down a key is not", () => {
  const patient = dial();
  for (let n = 0; n < 1000; n++) {
    patient.say({ type: "beat" });
    patient.wait(25);
  }
  expect(patient.closings).toEqual([]);
  const hasty = dial();
  for (let n = 0; n < wordsPerSecondMax; n++) hasty.say({ type: "beat" });
  expect(hasty.closings).toEqual([]);
  hasty.say({ type: "take" });
  expect([hasty.closings, hasty.orders()]).toEqual([[[1008, "More than 100 words in a second"]], []]);
  const pinger = dial();
  for (let n = 0; n <= 2 * wordsPerSecondMax; n++) pinger.pinged();
  expect(pinger.closings).toHaveLength(1);
});

test("a socket that closes gives the keys back", () => {
  const { say, closed, orders } = dial();
  say({ type: "take" });
  closed();
  closed();
  expect(orders()).toEqual(["a take lease000", "a give lease000"]);
});
