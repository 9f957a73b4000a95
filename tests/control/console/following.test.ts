import { expect, test } from "bun:test";
import type { Ears } from "../../../src/control/console/doors.ts";
import { runCommandLine } from "../../../src/control/console/program.ts";
import type { LiveMessage } from "../../../src/proto/events.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import type { BotState, BotStatus } from "../../../src/proto/status.ts";
import { bot, status } from "../../doubles/scribe.ts";
import { stage, type Scene } from "../../doubles/console.ts";

const swarmOf = (states: Record<string, BotState>, seq = 7) => ({
  ...status,
  seq,
  bots: Object.entries(states).map(([bot_id, state]): BotStatus => ({ ...bot, bot_id, state })),
});

/** A command line that looks on at bots in these states, and the line on which it is told more. */
function looking(line: string, states: Record<string, BotState>, scene: Scene = {}) {
  const { promise: dialled, resolve } = Promise.withResolvers<Ears<LiveMessage>>();
  let closed = 0;
  const played = stage({
    ...scene,
    doors: {
      live: async (_, ears) => {
        resolve(ears);
        return { say: () => false, close: () => void closed++ };
      },
      ...scene.doors,
    },
  });
  played.swarm.swarmStatus = async () => swarmOf(states);
  const ended = runCommandLine(line.split(" "), played.doors);
  let rev = 0;
  return {
    ...played,
    ended,
    dialled,
    closed: () => closed,
    /** The swarm's next telling. */
    tell: async (now: Record<string, BotState>, seq = 8) =>
      (await dialled).told({ type: "snapshot", rev: ++rev, status: swarmOf(now, seq) }),
  };
}

test("a wait ends when all are as wished, and leaves nothing behind", async () => {
  const look = looking("wait all --for running --json", { a: "QUEUED", b: "RUNNING" });
  await look.tell({ a: "REGISTERING", b: "RUNNING" });
  await look.tell({ a: "RUNNING", b: "RUNNING" });
  expect(await look.ended).toBe(0);
  expect(JSON.parse(look.told.out)).toMatchObject({
    for: "running",
    outcome: "reached",
    total: 2,
    missing: [],
  });
  expect([look.closed(), look.listening(), look.alarms()]).toEqual([1, 0, 0]);
});

test("what is as wished already is waited for no longer, even where no line can be had", async () => {
  const look = looking("wait a --for RUNNING", { a: "RUNNING" });
  expect(await look.ended).toBe(0);
  expect(look.told.out).toBe("1 of 1 RUNNING\n");
  expect([look.closed(), look.listening(), look.alarms()]).toEqual([0, 0, 0]);
});

test("when the time is up it is degraded, and told who is missing", async () => {
  const look = looking("wait all --for ended --timeout 5s", { a: "COMPLETED", b: "RUNNING" });
  await look.dialled;
  look.pass(4999);
  look.pass(1);
  expect(await look.ended).toBe(3);
  expect(look.told.out).toBe("1 of 2 ended\n");
  expect(look.told.err).toEndWith("Not within 5 s: 1 of 2 are ended\nb RUNNING\n");
});

test("bots that can no longer come to it end the wait with status 1", async () => {
  const look = looking("wait all --for RUNNING", { a: "SPAWNING", b: "RUNNING" });
  await look.tell({ a: "FAILED", b: "RUNNING" });
  expect(await look.ended).toBe(1);
  expect(look.told.err).toContain("Not all: 1 of 2 are RUNNING\na FAILED");
});

test("a telling that is older than what was asked for is not believed", async () => {
  const look = looking("wait a --for PAUSED --json", { a: "RUNNING" });
  await look.tell({ a: "PAUSED" }, 6);
  await look.tell({ a: "FAILED" });
  expect(await look.ended).toBe(1);
  expect(JSON.parse(look.told.out)).toMatchObject({
    outcome: "short",
    missing: [{ bot_id: "a", state: "FAILED" }],
  });
});

test("Ctrl-C ends the looking on, and says that the bots go on", async () => {
  const look = looking("spawn-swarm --count 2 --wait --json", { a: "RUNNING", b: "QUEUED" });
  await look.dialled;
  look.interrupt();
  expect(await look.ended).toBe(130);
  expect(look.told.err).toEndWith("No longer looking on; the bots go on by themselves\n");
  expect(JSON.parse(look.told.out)).toMatchObject({ bot_ids: ["a", "b"], wait: { outcome: "interrupted" } });
  expect(look.asked.map(([name]) => name)).toEqual(["spawnSwarm"]);
});

test("a line that is there only when nobody looks on any more is closed all the same", async () => {
  const { promise, resolve } = Promise.withResolvers<{ say: () => boolean; close: () => void }>();
  const look = looking("wait a --for ended", { a: "RUNNING" }, { doors: { live: () => promise } });
  while (look.listening() === 0) await Promise.resolve();
  look.interrupt();
  expect(await look.ended).toBe(130);
  const closed = new Promise<void>((close) => resolve({ say: () => false, close }));
  await closed;
});

test("bots off the list have ended, and run no more", async () => {
  const ended = looking("wait a b --for ended", { a: "DEAD", b: "RUNNING" });
  await ended.tell({ a: "DEAD" });
  expect(await ended.ended).toBe(0);
  const running = looking("wait a b --for running", { a: "RUNNING", b: "QUEUED" });
  await running.tell({ a: "RUNNING" });
  expect(await running.ended).toBe(1);
});

test("a bot that is none and a swarm of none are status 5, a word that is no state 2", async () => {
  expect(await looking("wait nope --for ended", { a: "DEAD" }).ended).toBe(5);
  expect(await looking("wait all --for ended", {}).ended).toBe(5);
  const wrong = looking("wait all --for asleep", {});
  expect(await wrong.ended).toBe(2);
  expect(wrong.told.err).toContain(
    'Cannot wait for "asleep": expected one of running, healthy, ended, QUEUED',
  );
  expect(await looking("wait --for ended", {}).ended).toBe(2);
  expect(await looking("wait all", {}).ended).toBe(2);
});

test("a line that breaks is told of, and one that is gone for good ends the wait", async () => {
  const look = looking("wait all --for ended", { a: "RUNNING" });
  const ears = await look.dialled;
  ears.closed?.("it \u001b[2J died", false);
  expect(look.told.err).toContain("The manager's line is gone, dialling again: it ·[2J died\n");
  ears.closed?.("token refused", true);
  expect(await look.ended).toBe(4);
  expect(look.told.err).toEndWith("The manager's line is gone: token refused\n");
  expect([look.listening(), look.alarms()]).toEqual([0, 0]);
  const live = () => Promise.reject(new Refusal("manager_unreachable", "nobody there"));
  expect(await looking("wait all --for ended", { a: "RUNNING" }, { doors: { live } }).ended).toBe(4);
});

test("on a terminal a swarm is looked on at without being asked to, in a pipe only with --wait", async () => {
  const seen = looking("spawn-swarm --count 2", { a: "RUNNING", b: "RUNNING" }, { tty: 80 });
  expect(await seen.ended).toBe(0);
  expect(seen.told).toEqual({
    out: "2 bots: a to b\n",
    err: expect.stringContaining(
      `2 bots [${"#".repeat(40)}] 100% running, 0s\n2 spawned, 2 registered`,
    ) as string,
  });
  for (const [line, scene] of [
    ["spawn-swarm --count 2", {}],
    ["spawn-swarm --count 2 --no-wait", { tty: 80 }],
    ["spawn-swarm --count 2 --json", { tty: 80 }],
  ] as const) {
    const blind = looking(line, { a: "QUEUED", b: "QUEUED" }, scene);
    expect([await blind.ended, blind.told.err]).toEqual([0, ""]);
  }
});
