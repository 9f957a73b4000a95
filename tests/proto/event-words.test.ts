import { describe, expect, test } from "bun:test";
import { eventTypes, severityOf, toldEvent, wordsOf } from "../../src/proto/event-words.ts";
import { LifecycleEvent, momentTypes, type KeptEvent, type Moment } from "../../src/proto/events.ts";
import { ToldEvent } from "../../src/proto/feed.ts";
import { joined, report, spawned } from "../swarm/stories.ts";

const bot = "a";
const at = 1000;
const order = { type: "goal", id: 3, goal: "get rich" } as const;

/** One of each kind. */
const examples: { readonly [T in KeptEvent["type"]]: Extract<KeptEvent, { type: T }> } = {
  spawned: { ...spawned(bot, at), labels: { team: "red" } },
  reconfigured: { ...spawned(bot, at), type: "reconfigured" },
  joined: joined(bot, at),
  started: { type: "started", bot, at, pid: 7, ticks: 70 },
  startFailed: { type: "startFailed", bot, at, reason: "no such program" },
  registered: { type: "registered", bot, at, pid: 7, session: "0123456789abcdef" },
  playing: { type: "playing", bot, at },
  ordered: { type: "ordered", bot, at, order },
  confirmed: { type: "confirmed", bot, at, order: { type: "pause", id: 4 } },
  killed: { type: "killed", bot, at, reason: "killed by request" },
  restartAsked: { type: "restartAsked", bot, at, reason: "by request", fresh: true },
  completed: { type: "completed", bot, at, reason: "all turns used", report: report() },
  stopped: { type: "stopped", bot, at, reason: "told to stop" },
  failed: { type: "failed", bot, at, reason: "wrong password" },
  exited: { type: "exited", bot, at, code: null, signal: "SIGKILL" },
  lost: { type: "lost", bot, at },
  left: { type: "left", bot, at },
  timedOut: { type: "timedOut", bot, at, silence_seconds: 60 },
  stalled: { type: "stalled", bot, at, idle_seconds: 900 },
  recovered: { type: "recovered", bot, at },
  cutOff: { type: "cutOff", bot, at, reason: "no message of ours" },
  backedOff: { type: "backedOff", bot, at, until: 1500, crashes: 2, reason: "SIGSEGV" },
  gaveUp: { type: "gaveUp", bot, at, reason: "crashed 5 times\nits log" },
  cleared: { type: "cleared", bot, at },
  abandoned: { type: "abandoned", bot, at },
  noted: { type: "noted", bot, at, severity: "warning", text: "was robbed" },
  traded: {
    type: "traded",
    bot,
    at,
    sector: 852,
    product: "organics",
    units: 20,
    credits: -500,
    hidden: 480,
    offers: 3,
  },
};

test("every kind of event that is kept has its words", () => {
  const kinds = LifecycleEvent.options.map((one) => one.shape.type.value);
  expect(eventTypes.toSorted()).toEqual([...kinds, ...(momentTypes as Set<Moment["type"]>)].sort());
  expect(Object.values(examples).map((event) => `${severityOf(event)}: ${wordsOf(event)}`)).toEqual([
    "info: is to be started from test",
    "info: goes on with test",
    "info: joined, started by hand from mine (pid 5)",
    "info: started (pid 7)",
    "error: could not be started: no such program",
    "info: registered (pid 7)",
    "info: is playing",
    'info: was ordered: goal "get rich"',
    "info: confirmed: pause",
    "info: is to end: killed by request",
    "info: is to be started anew: by request",
    "info: completed: all turns used",
    "info: stopped: told to stop",
    "error: failed: wrong password",
    "warning: process ended (SIGKILL)",
    "error: lost its connection and did not come back",
    "info: left",
    "warning: is stuck: not a word for 60 s",
    "warning: is stuck: nothing has changed in its game for 900 s",
    "info: is stuck no more",
    "error: was cut off: no message of ours",
    "warning: crashed (SIGSEGV); started again in 500 ms",
    "error: is given up: crashed 5 times",
    "info: was taken off the list",
    "warning: was running when the former manager stopped",
    "warning: was robbed",
    "info: bought 20 organics for 500 credits in sector 852",
  ]);
});

test("the end of a process is as grave as it was unexpected", () => {
  const exited = (more: object) => severityOf({ ...examples.exited, signal: null, ...more });
  expect([exited({ code: 0 }), exited({ code: 1 }), exited({ code: 1, log: "panic" })]).toEqual([
    "info",
    "warning",
    "error",
  ]);
});

describe("an event is told", () => {
  test("with what people may know of it", () => {
    expect(toldEvent(examples.spawned)).toEqual({
      type: "spawned",
      bot,
      at,
      severity: "info",
      text: "is to be started from test",
      config_name: "test",
      strategy: "opportunistic",
      goal: "profit",
      turns_max: 0,
      labels: { team: "red" },
    });
    expect(toldEvent(examples.ordered)).toMatchObject({ order });
    expect(toldEvent(examples.traded)).toMatchObject({ sector: 852, credits: -500, hidden: 480, offers: 3 });
  });

  test("without configurations, hashes, keys, logs and reports, whatever comes along with it", () => {
    const secrets = {
      config: { character: { password: "canary" } },
      key: { id: "canary", digest: "canary" },
      token_hash: "canary",
      log: "canary",
      session: "canary",
      report: { canary: "canary" },
      canary: "canary",
    };
    for (const event of Object.values(examples))
      expect(JSON.stringify(toldEvent({ ...event, ...secrets } as KeptEvent))).not.toContain("canary");
  });

  test("on one line, with nothing in it that a terminal obeys", () => {
    const hostile =
      Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("") +
      "\u001b]52;c;aGk=\u0007\u001b[2J\u009b2J\u202ereversed\u2066\u200f\u2028\ufeff";
    for (const event of Object.values(examples)) {
      const poisoned = Object.fromEntries(
        Object.entries(event).map(([key, value]) => [
          key,
          typeof value === "string" && !["type", "bot", "severity"].includes(key) ? hostile : value,
        ]),
      );
      if ("order" in poisoned) poisoned["order"] = { ...order, goal: hostile };
      const told = toldEvent({ ...poisoned, words: hostile } as KeptEvent);
      expect(ToldEvent.safeParse(told).success).toBe(true);
      // What JSON would escape is not there at all, and what it lets through neither.
      for (const text of JSON.stringify(told).matchAll(/"((?:[^"\\]|\\.)*)"/g))
        // oxlint-disable-next-line no-control-regex
        expect(JSON.parse(text[0])).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
        );
    }
  });
});
