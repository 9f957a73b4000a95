import { describe, expect, test } from "bun:test";
import { createLines, type Line } from "../../src/control/lines.ts";
import type { WorkerMessage } from "../../src/proto/link.ts";
import { linkMessageMaxBytes, ManagerMessage } from "../../src/proto/orders.ts";
import { unsavedMax } from "../../src/swarm/record.ts";
import { botOf, joined, newSwarm, playing, report, session, spawned, stage } from "../swarm/stories.ts";

const other = "fedcba9876543210";
const hello = (bot_id = "a", mark = session) =>
  ({ type: "hello", version: 2, bot_id, pid: 7, session: mark }) as const;
const trade = (n: number) =>
  ({ type: "traded", n, sector: 1, product: "Ore", units: 1, credits: n }) as const;
const note = (n?: number) => ({ type: "note", severity: "info", text: "here", ...(n && { n }) }) as const;

/** Lines over a recorder whose deeds they perform. */
function office(terms: { maxCpu?: number; door?: string } = {}) {
  const ofGame: string[] = [];
  const ofDialling: string[] = [];
  const ofTerminal: string[] = [];
  const ofAdvice: string[] = [];
  const ofChoices: string[] = [];
  const welcomes: string[] = [];
  const on = stage(newSwarm(), {
    perform: (effect) => {
      if (effect.type === "welcome" || effect.type === "order") lines.perform(effect);
    },
    kept: (heard) => lines.acknowledge(heard),
  });
  const lines = createLines({
    state: on.state,
    recorder: on,
    now: () => 9,
    terms: { maxCpu: terms.maxCpu, door: terms.door, orphanGraceMs: 120_000 },
    ticksOf: (pid) => pid * 100,
    ofGame: (bot, message) => ofGame.push(`${bot} ${message.type}`),
    ofDialling: (bot, message) => ofDialling.push(`${bot} ${message.type}`),
    ofTerminal: (bot, message) => ofTerminal.push(`${bot} ${message.type}`),
    ofAdvice: (bot, message) => ofAdvice.push(`${bot} ${message.type}`),
    ofChoices: (bot, message) => ofChoices.push(`${bot} ${message.type}`),
    welcomed: (bot) => welcomes.push(bot),
  });
  /** A line to a worker, as its end sees it. One that `lingers` takes its time to close. */
  const open = (bot: string, lingers = false) => {
    const told: ManagerMessage[] = [];
    const closings: string[] = [];
    const line: Line = {
      send: (message) => told.push(ManagerMessage.parse(JSON.parse(JSON.stringify(message)))) > 0,
      close(refused) {
        closings.push(refused ?? "bye");
        if (!lingers && lines.detach(bot, line)) on.happened({ type: "unlinked", bot, at: 9 });
      },
    };
    lines.attach(bot, line);
    const say = (...messages: (WorkerMessage | object)[]) =>
      messages.forEach((message) => lines.heard(bot, line, message));
    return { line, told, closings, say, types: () => told.map(({ type }) => type) };
  };
  return { on, lines, open, ofGame, ofDialling, ofTerminal, ofAdvice, ofChoices, welcomes };
}

/** A bot on its line, playing. */
function playingOn(bot: string, where = office()) {
  where.on.request([spawned(bot)]);
  const end = where.open(bot);
  end.say(hello(bot), { type: "playing" });
  return { ...where, ...end };
}

describe("a worker that breaks the rules is recorded and cut off, and nothing more is taken from it", () => {
  const sins: [string, (object | string)[], string][] = [
    [
      "garbage",
      [hello(), { type: "report", report: {} }],
      "the worker sent what is no message: report.sector",
    ],
    ["no message at all", [hello(), "what?"], "the worker sent what is no message"],
    ["undefined", [hello(), undefined as unknown as object], "the worker sent what is no message"],
    ["another version", [{ ...hello(), version: 1 }], "the worker sent what is no message: version"],
    ["a word before its hello", [{ type: "playing" }], "the worker spoke before its hello"],
    ["a second hello", [hello(), hello()], "the worker said hello twice"],
    ["another's name", [hello("b")], 'the worker says it is "b"'],
    [
      "too much",
      [hello(), { ...note(), text: "x".repeat(linkMessageMaxBytes) }],
      `the most is ${linkMessageMaxBytes}`,
    ],
  ];
  for (const [name, messages, words] of sins)
    test(name, () => {
      const { on, open } = office();
      on.request([spawned("a")]);
      const { say } = open("a");
      say(...(messages as object[]));
      expect(botOf(on, "a")).toMatchObject({ state: "ERROR", error: expect.stringContaining(words) });
      expect(on.effects.at(-1)).toEqual({ type: "cut", bot: "a" });
      const { seq } = on.state;
      say({ type: "report", report: report() }, { type: "playing" }, hello());
      expect(on.state.seq).toBe(seq);
    });

  test("the most that is allowed is allowed", () => {
    const { on, line, lines } = playingOn("a");
    lines.heard("a", line, note(), linkMessageMaxBytes);
    expect(botOf(on, "a").state).toBe("RUNNING");
    lines.heard("a", line, note(), linkMessageMaxBytes + 1);
    expect(botOf(on, "a").state).toBe("ERROR");
  });
});

describe("a welcome", () => {
  test("is kept with the tick at which its process was started: by now another may have its number", () => {
    const { on, open } = office();
    on.request([spawned("a")]);
    on.happened({ type: "started", bot: "a", pid: 7, ticks: 5, at: 9 });
    open("a").say(hello());
    expect(botOf(on, "a")).toMatchObject({ pid: 7, ticks: 5 });
    on.request([spawned("b")]);
    open("b").say({ ...hello("b"), pid: 8 });
    expect(botOf(on, "b")).toMatchObject({ pid: 8, ticks: 800 });
  });

  test("tells what the worker keeps to, where to come back, and how long to play on", () => {
    const { on, told } = playingOn("a", office({ maxCpu: 50, door: "/run/manager.sock" }));
    expect(told).toEqual([
      {
        type: "welcome",
        version: 2,
        heard: 0,
        max_cpu: 50,
        door: "/run/manager.sock",
        orphan_grace: 120_000,
      },
    ]);
    expect(botOf(on, "a")).toMatchObject({ session, pid: 7, ticks: 700, linked: true });
  });

  test("names no door to who came in by hand", () => {
    const { on, open } = office({ door: "/run/manager.sock" });
    on.request([joined("hand")]);
    const { say, told } = open("hand");
    say(hello("hand"));
    expect(told).toEqual([{ type: "welcome", version: 2, heard: 0, orphan_grace: 120_000 }]);
  });

  test("on the next line tells which messages are kept, and what people want", () => {
    const { on, open, say } = playingOn("a");
    say(note(1), note(2));
    on.flush();
    const pause = { type: "pause", id: 1 } as const;
    on.request([{ type: "ordered", bot: "a", order: pause, at: 9 }]);
    say({ type: "confirmed", id: 1 });
    const next = open("a");
    next.say(hello());
    expect(next.told).toEqual([
      { type: "welcome", version: 2, heard: 2, orphan_grace: 120_000 },
      { type: "order", order: pause },
    ]);
    expect(botOf(on, "a")).toMatchObject({ state: "PAUSED", linked: true });
  });

  test("carries on what the bot had done under its former worker", () => {
    const { on, open, say } = playingOn("a");
    say({ type: "report", report: report({ turns_executed: 40 }) });
    on.happened({ type: "restartAsked", bot: "a", reason: "by request", fresh: false, at: 9 });
    on.at = 10;
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: 10 });
    const next = open("a");
    next.say(hello("a", other));
    expect(next.told).toMatchObject([{ type: "welcome", heard: 0, carried: { turns_executed: 40 } }]);
  });
});

describe("lines of one bot", () => {
  test("follow each other: the former is closed, and its end means nothing", () => {
    const { on, lines, closings, line, open, say } = playingOn("a");
    const next = open("a");
    expect(closings).toEqual(["bye"]);
    expect(botOf(on, "a").linked).toBe(true);
    expect(lines.detach("a", line)).toBe(false);
    say({ type: "report", report: report({ sector: 99 }) });
    expect(botOf(on, "a").report).toBeUndefined();
    next.say(hello());
    expect([botOf(on, "a").state, next.types(), next.closings]).toEqual(["RUNNING", ["welcome"], []]);
  });

  test("of somebody else are closed for good, and the worker plays on and comes back", () => {
    const { on, open, lines } = playingOn("a");
    const stranger = open("a");
    stranger.say(hello("a", other), { type: "report", report: report({ sector: 99 }) });
    expect(stranger.closings).toEqual(["another worker is this bot"]);
    expect(stranger.told).toEqual([]);
    expect(lines.isOpen("a")).toBe(false);
    expect(botOf(on, "a")).toMatchObject({ state: "RUNNING", session, linked: false, report: undefined });
    const back = open("a");
    back.say(hello(), { type: "report", report: report({ sector: 5 }) });
    expect(back.types()).toEqual(["welcome"]);
    expect(botOf(on, "a")).toMatchObject({ state: "RUNNING", linked: true, report: { sector: 5 } });
  });
});

describe("what is kept for good", () => {
  test("is acknowledged to each worker, up to its last, on its own line", () => {
    const where = office();
    const a = playingOn("a", where);
    const b = playingOn("b", where);
    a.say(note(1), note(2));
    b.say(note(1));
    expect([a.types(), b.types()]).toEqual([["welcome"], ["welcome"]]);
    where.on.flush();
    expect([a.told.at(-1), b.told.at(-1)]).toEqual([
      { type: "ack", n: 2 },
      { type: "ack", n: 1 },
    ]);
    a.say(note(2));
    where.on.flush();
    expect([a.types(), where.on.moments.length]).toEqual([["welcome", "ack"], 3]);
  });

  test("of a former worker is not acknowledged to its successor, who counts anew", () => {
    const { lines, types } = playingOn("a");
    lines.acknowledge([{ bot: "a", session: other, upTo: 3 }]);
    expect(types()).toEqual(["welcome"]);
  });

  test("makes a worker whose messages could not be taken begin again where we stopped", () => {
    const { on, open } = playingOn("a");
    const { say, told, closings } = open("a", true);
    say(hello());
    on.flush();
    told.length = 0;
    on.full = true;
    for (let n = 1; n <= unsavedMax + 3; n++) say(trade(n));
    on.flush();
    expect(closings).toEqual([]);
    on.full = false;
    on.flush();
    expect(told.at(-1)).toEqual({ type: "ack", n: unsavedMax });
    expect(closings).toEqual(["bye"]);
    // Until its line is down it goes on, and none of it may be taken: something is missing before it.
    say(trade(unsavedMax + 4));
    on.flush();
    expect(on.keptUpTo("a", session)).toBe(unsavedMax);
    expect(on.moments).toHaveLength(unsavedMax);
    const next = open("a");
    next.say(hello());
    expect(next.told).toMatchObject([{ type: "welcome", heard: unsavedMax }]);
    next.say(trade(unsavedMax + 1));
    on.flush();
    expect(next.told.at(-1)).toEqual({ type: "ack", n: unsavedMax + 1 });
  });
});

test("what is said of the game, of the way to it, to those who watch, to a model and to those who ask is passed on, and is a sign of life", () => {
  const { on, say, ofGame, ofDialling, ofTerminal, ofAdvice, ofChoices } = playingOn("a");
  say({ type: "dialling", server: "h:1" }, { type: "dialled", server: "h:1", reached: true });
  say({ type: "shares", place: "h:1/A" }, { type: "claim", names: [] });
  say({ type: "shown", text: "Command?" }, { type: "online", live: true });
  say({ type: "recounted", choices: [{ at: 5, intent: "trade", why: "it pays", sector: 7 }] });
  say({ type: "ask", id: 1, at: 4, picture: "{}" }, { type: "weighed", id: 1, at: 9, outcome: "accepted" });
  expect([ofGame, ofDialling, ofTerminal, ofAdvice, ofChoices]).toEqual([
    ["a shares", "a claim"],
    ["a dialling", "a dialled"],
    ["a shown", "a online"],
    ["a ask", "a weighed"],
    ["a recounted"],
  ]);
  expect(botOf(on, "a").lastWord).toBe(9);
});

test("each welcome is told of once it is on its way, and only where there is a line", () => {
  const { lines, open, welcomes } = playingOn("a");
  expect(welcomes).toEqual(["a"]);
  open("a").say(hello());
  expect(welcomes).toEqual(["a", "a"]);
  lines.perform({ type: "welcome", bot: "nobody", carried: undefined });
  expect(welcomes).toEqual(["a", "a"]);
});

test("who has ended is not listened to, and a bot without a line can be told nothing", () => {
  const { on, say, lines, ofGame, told } = playingOn("a");
  say({ type: "ended", n: 1, how: "completed", reason: "done" }, { type: "claim", names: [] });
  expect([botOf(on, "a").state, ofGame]).toEqual(["COMPLETED", []]);
  lines.close("a", "bye");
  lines.tell("a", { type: "dial" });
  lines.perform({ type: "order", bot: "a", order: { type: "stop", id: 1 } });
  expect(told.map(({ type }) => type)).toEqual(["welcome"]);
  playing(on, "b");
  lines.tell("b", { type: "dial" });
});
