import { expect, test } from "bun:test";
import type { Doors, Ears } from "../../../src/control/console/doors.ts";
import { runCommandLine } from "../../../src/control/console/program.ts";
import type { LiveMessage } from "../../../src/proto/events.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import type { BotStatus } from "../../../src/proto/status.ts";
import { stage } from "../../doubles/console.ts";
import { hostile, steering } from "../../doubles/hostile.ts";
import { bot, status as swarm } from "../../doubles/scribe.ts";
import { until } from "../../e2e/harness.ts";

const { bots: _, ...totals } = swarm;
const one = (bot_id: string, change: Partial<BotStatus> = {}): BotStatus => ({ ...bot, bot_id, ...change });

/** Somebody who watches these bots; the test tells what changes. */
function type(line: string, bots: BotStatus[]) {
  let ears: Ears<LiveMessage> | undefined;
  let rev = 1;
  let isClosed = false;
  const live: Doors["live"] = async (_at, given) => {
    ears = given;
    given.opened?.();
    given.told({ type: "snapshot", rev, status: { ...swarm, bots } });
    return { say: () => false, close: () => (isClosed = true) };
  };
  const on = stage({ doors: { live } });
  const status = runCommandLine(line.split(" "), on.doors);
  return {
    ...on,
    status,
    ears: () => ears!,
    isClosed: () => isClosed,
    change: (changed: { bot_id: string; [key: string]: unknown }[], gone: string[] = []) =>
      ears!.told({ type: "changes", rev: ++rev, totals, bots: changed, gone }),
    begins: () => until("it watches", () => on.told.err !== ""),
    lines: () =>
      on.told.out
        .split("\n")
        .slice(0, -1)
        .map((text) => text.replace(/^\S+ +/, "")),
  };
}

test("each change of state, goal or order is a line, and nothing else is", async () => {
  const on = type("watch", [one("a"), one("b")]);
  await on.begins();
  on.change([{ bot_id: "a", state: "PAUSED", credits: 7, order: { id: 2, type: "pause", state: "queued" } }]);
  on.change([{ bot_id: "b", credits: 8 }]);
  on.change(
    [{ bot_id: "b", goal: "banking" }, { ...one("c", { state: "QUEUED", order: undefined }) }],
    ["a"],
  );
  await until("all", () => on.lines().length === 6);
  on.interrupt();
  expect(await on.status).toBe(130);
  expect(on.lines()).toEqual([
    "a  state  RUNNING → PAUSED",
    "a  order  pause, delivered → pause, queued",
    "b  goal  profit → banking",
    "c  state  none → QUEUED",
    "c  goal  none → profit",
    "a  state  PAUSED → none",
  ]);
  expect([on.told.err, on.isClosed(), on.listening()]).toEqual([
    "Watching 2 bots; Ctrl-C ends it\n",
    true,
    0,
  ]);
});

test("only those who are meant are told of, by what they are or were", async () => {
  const on = type("watch --state RUNNING --json", [one("a"), one("b", { state: "DEAD" })]);
  await on.begins();
  on.change([
    { bot_id: "a", state: "PAUSED" },
    { bot_id: "b", goal: "x" },
  ]);
  on.change([{ bot_id: "a", goal: "y" }]);
  on.change([{ bot_id: "b", state: "RUNNING" }]);
  await until("both", () => on.told.out.split("\n").length === 3);
  on.interrupt();
  await on.status;
  expect(
    on.told.out
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as unknown),
  ).toEqual([
    { at: 1_700_000_000_000, bot_id: "a", field: "state", from: "RUNNING", to: "PAUSED" },
    { at: 1_700_000_000_000, bot_id: "b", field: "state", from: "DEAD", to: "RUNNING" },
  ]);
});

test("--until ended ends when all have ended, at once where they have", async () => {
  const on = type("watch a b --until ended", [one("a"), one("b", { state: "COMPLETED" }), one("c")]);
  await on.begins();
  on.change([{ bot_id: "c", state: "DEAD" }]);
  on.change([{ bot_id: "a", state: "FAILED" }]);
  expect(await on.status).toBe(0);
  expect(on.lines()).toEqual(["a  state  RUNNING → FAILED"]);
  expect(await type("watch b --until ended", [one("b", { state: "DEAD" })]).status).toBe(0);
});

test("an id that names no bot, and a manager that is not there, are refused", async () => {
  const on = type("watch a x y", [one("a")]);
  expect(await on.status).toBe(5);
  expect(on.told.err).toContain('There is no bot "x", "y"');
  const { doors, told } = stage({
    doors: { live: () => Promise.reject(new Refusal("manager_unreachable", "nothing listens there")) },
  });
  expect(await runCommandLine(["watch"], doors)).toBe(4);
  expect(told.err).toBe("nothing listens there\n");
});

test("a line that broke is told of, and what changed meanwhile comes after it", async () => {
  const on = type("watch", [one("a")]);
  await on.begins();
  on.ears().closed!("The manager is gone: \u001b[2J", false);
  on.ears().opened!();
  on.change([{ bot_id: "a", state: "DEAD" }]);
  await until("told", () => on.lines().length === 1);
  expect(on.told.err).toContain("The manager is gone: ·[2J; waiting for it\nThe manager is back\n");
  on.ears().closed!("no more", true);
  expect(await on.status).toBe(4);
});

test("nothing of a bot steers a terminal", async () => {
  for (const flags of ["", " --json", " --color always"]) {
    const on = type(`watch${flags}`, [one("a")]);
    await on.begins();
    on.change([{ bot_id: "a", goal: hostile, order: { id: 1, type: hostile, state: "queued" } }]);
    await until("told", () => on.told.out.split("\n").length === 3);
    on.interrupt();
    await on.status;
    expect(steering(on.told.out + on.told.err)).toEqual([]);
  }
});
