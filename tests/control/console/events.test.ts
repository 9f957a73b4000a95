import { expect, test } from "bun:test";
import type { Doors, Ears } from "../../../src/control/console/doors.ts";
import { runCommandLine } from "../../../src/control/console/program.ts";
import type { FeedTold, ToldEvent } from "../../../src/proto/feed.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import type { Swarm } from "../../../src/proto/operations.ts";
import { stage } from "../../doubles/console.ts";
import { hostile, steering } from "../../doubles/hostile.ts";
import { bot } from "../../doubles/scribe.ts";
import { until } from "../../e2e/harness.ts";

const start = Date.UTC(2038, 10, 23, 2, 30);
const event = (n: number, change: Partial<ToldEvent> = {}): ToldEvent => ({
  type: "noted",
  bot: "a",
  at: start + n,
  severity: "info",
  text: `thing ${n}`,
  ...change,
});

/** A manager that has kept these events, and a feed that the test tells. */
function type(line: string, kept: ToldEvent[], pageMax = 1000, early: ToldEvent[] = []) {
  const asked: unknown[] = [];
  let ears: Ears<FeedTold> | undefined;
  let isClosed = false;
  const down = { is: false };
  const swarm = {
    async swarmEvents({ limit, cursor, ...input }: Parameters<Swarm["swarmEvents"]>[0]) {
      asked.push(JSON.parse(JSON.stringify(input)));
      if (down.is) throw new Refusal("manager_unreachable", "gone");
      const all = kept.filter(({ at }) => at >= (input.since ?? 0)).toReversed();
      const from = Number(cursor ?? 0);
      const to = from + Math.min(limit, pageMax);
      return { events: all.slice(from, to), ...(to < all.length && { next_cursor: String(to) }) };
    },
    listBots: async () => ({ matched: 1, bots: [{ ...bot, bot_id: "b" }] }),
  } as unknown as Swarm;
  const doors: Partial<Doors> = {
    swarm: async () => swarm,
    async feed(_, given) {
      ears = given;
      given.opened?.();
      given.told({ type: "events", events: early });
      return { say: () => false, close: () => (isClosed = true) };
    },
  };
  const on = stage({ doors });
  const status = runCommandLine(line.split(" "), on.doors);
  const lines = () => on.told.out.split("\n").slice(0, -1);
  return {
    ...on,
    asked,
    down,
    status,
    lines,
    ears: () => ears!,
    isClosed: () => isClosed,
    texts: () => lines().map((one) => /(\w+ \d+)$/.exec(one)?.[1]),
    shows: (count: number) => until(`${count} events`, () => (on.pass(5000), lines().length >= count)),
  };
}
const counted = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => event(from + n));
const texts = (from: number, to: number) => counted(from, to).map(({ text }) => text);

test("history comes oldest first, page after page, as much as was asked for", async () => {
  const on = type("events all -n 25 --types noted,traded --severity info", counted(0, 100), 10);
  expect(await on.status).toBe(0);
  expect(on.texts()).toEqual(texts(75, 100));
  expect(on.asked[0]).toEqual({ bots: ["all"], types: ["noted", "traded"], severity: "info" });
  const bare = type("events", counted(0, 300));
  await bare.status;
  expect(bare.lines().length).toBe(100);
  expect(bare.lines()[0]).toBe("2038-11-23T02:30:00.200Z  a  noted  thing 200");
  const recent = type("events --since 2038-11-23T02:30:00.010Z", counted(0, 300));
  await recent.status;
  expect(recent.texts()).toEqual(texts(10, 300));
});

test("as JSON each event is an object with all its fields", async () => {
  const on = type("events --json", [event(1, { type: "traded", credits: 5 })]);
  expect(await on.status).toBe(0);
  expect(JSON.parse(on.told.out)).toEqual(event(1, { type: "traded", credits: 5 }));
});

test("past and present make one stream: what both have is told once, what came in between, too", async () => {
  const kept = counted(0, 5);
  // The first of these is known to both.
  const on = type("events -f", kept, 1000, [event(4), event(5)]);
  await on.shows(6);
  on.ears().told({ type: "events", events: [event(6)] });
  await on.shows(7);
  on.interrupt();
  expect(await on.status).toBe(130);
  expect(on.texts()).toEqual(texts(0, 7));
  expect([on.isClosed(), on.listening(), on.alarms()]).toEqual([true, 0, 0]);
});

test("after a broken line, and after events that were left out, the past is asked for what was missed", async () => {
  const kept = counted(0, 3);
  const on = type("events -f", kept);
  await on.shows(3);
  on.ears().closed!("The manager is gone: restarting", false);
  kept.push(...counted(3, 6));
  on.down.is = true;
  on.ears().opened!();
  await until("it asked in vain", () => on.asked.length > 1);
  on.down.is = false;
  on.ears().told({ type: "events", events: [event(6)] });
  kept.push(event(6));
  await on.shows(7);
  kept.push(...counted(7, 20));
  on.ears().told({ type: "events", events: [event(19)], missed: 12 });
  await on.shows(20);
  on.interrupt();
  await on.status;
  expect(on.texts()).toEqual(texts(0, 20));
  expect(on.told.err).toBe("The manager is gone: restarting; waiting for it\nThe manager is back\n");
});

test("what is told live is chosen as the past is: by bot, kind, severity, and label", async () => {
  const live = [
    event(1, { bot: "b", type: "traded", severity: "warning" }),
    event(2, { bot: "c", type: "traded", severity: "warning" }),
    event(3, { bot: "b", type: "noted", severity: "error" }),
    event(4, { bot: "b", type: "traded", severity: "info" }),
  ];
  for (const choice of ["b", "b*", "--label team=red", "--state RUNNING"]) {
    const on = type(`events -f ${choice} --types traded --severity warning`, [], 1000, live);
    await on.shows(1);
    on.interrupt();
    await on.status;
    expect(on.texts()).toEqual(["thing 1"]);
  }
});

test("a feed that is refused for good ends it with the reason", async () => {
  const on = type("events -f", counted(0, 1));
  await on.shows(1);
  on.ears().closed!("What answers there speaks another language", true);
  expect(await on.status).toBe(4);
  expect(on.told.err).toBe("What answers there speaks another language\n");
});

test("nothing in an event steers a terminal", async () => {
  for (const flags of ["", " --json", " --color always"]) {
    const on = type(`events${flags}`, [
      event(1, { text: hostile, type: hostile, bot: hostile, note: hostile, severity: "error" }),
    ]);
    expect(await on.status).toBe(0);
    expect(steering(on.told.out + on.told.err)).toEqual([]);
    expect(on.lines().length).toBe(1);
  }
});

test("wrong words are refused before anybody is asked", async () => {
  for (const line of [
    "events --types a!b",
    "events --severity grave",
    "events -n x",
    "events --since tomorrow",
    "events a/b",
  ])
    expect(await type(line, []).status).toBe(2);
});
