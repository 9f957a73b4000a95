import { expect, test } from "bun:test";
import {
  createTyping,
  noPace,
  paceFor,
  politeKeysPerSecond,
  type Typing,
  unsentMaxKeys,
} from "../../src/player/pace.ts";
import { BotConfig } from "../../src/proto/config.ts";

/** All keys with the moment at which each leaves. */
function departures(typing: Typing): [string, number][] {
  const gone: [string, number][] = [];
  for (let at = typing.nextAtMs(); at !== undefined; at = typing.nextAtMs())
    for (const { keys } of typing.due(at)) gone.push([keys, at]);
  return gone;
}

test("without limits an answer leaves at once and in one piece", () => {
  const typing = createTyping(noPace, () => 0.5);
  typing.book("M87\r", false, 10);
  expect(typing.due(10)).toEqual([{ keys: "M87\r", secret: false }]);
  expect(typing.nextAtMs()).toBeUndefined();
});

test("keys typed ahead are counted one by one: none leaves before its time, and their order stays", () => {
  const typing = createTyping({ gapMs: 100, thinkMs: [0, 0] }, () => 0);
  typing.book("M8\r", false, 0);
  typing.book("PT", true, 50);
  expect(typing.due(99)).toEqual([{ keys: "M", secret: false }]);
  expect(departures(typing)).toEqual([
    ["8", 100],
    ["\r", 200],
    ["P", 300],
    ["T", 400],
  ]);
  typing.book("D", false, 450);
  expect(typing.nextAtMs()).toBe(500);
  expect(typing.due(1000)).toEqual([{ keys: "D", secret: false }]);
  typing.book("D", false, 1000);
  expect(typing.nextAtMs()).toBe(1000);
});

test("thinking comes before an answer, between its bounds by the dice, and not before each key of it", () => {
  const typing = createTyping({ gapMs: 10, thinkMs: [200, 400] }, () => 0.25);
  typing.book("87", false, 10);
  expect(departures(typing)).toEqual([
    ["8", 260],
    ["7", 270],
  ]);
});

test("what is forgotten never leaves", () => {
  const typing = createTyping({ gapMs: 10, thinkMs: [0, 0] }, () => 0);
  typing.book("87", false, 0);
  typing.due(0);
  typing.forget();
  expect([typing.nextAtMs(), typing.due(1e6)]).toEqual([undefined, []]);
});

test("keys that nobody would ever type are a bug", () => {
  const typing = createTyping({ gapMs: 1, thinkMs: [0, 0] }, () => 0);
  expect(() => typing.book("x".repeat(unsentMaxKeys + 1), false, 0)).toThrow("keys wait");
});

test("a bot is polite on other people's hosts, quick on its own machine, and does as its file says", () => {
  const gap = (host: string, pace: object = {}) =>
    paceFor(BotConfig.parse({ connection: { host }, pace })).gapMs;
  expect(["localhost", "127.0.0.1", "::1"].map((host) => gap(host))).toEqual([0, 0, 0]);
  expect(["tw.example.org", "127.0.0.1.example.org"].map((host) => gap(host))).toEqual([
    1000 / politeKeysPerSecond,
    1000 / politeKeysPerSecond,
  ]);
  expect(gap("tw.example.org", { keys_per_second: null })).toBe(0);
  expect(gap("localhost", { keys_per_second: 4 })).toBe(250);
  expect(() => BotConfig.parse({ pace: { think_ms: [5, 1] } })).toThrow("the lesser number first");
});
