import { expect, test } from "bun:test";
import { isAsWished, isOver, tally, wishes, type Wish } from "../../../src/control/console/wishes.ts";
import { endedStates, botStates, type BotState } from "../../../src/proto/status.ts";
import { bot } from "../../doubles/scribe.ts";

const fits = (wish: Wish) => botStates.filter((state) => isAsWished(wish, { ...bot, state }));

test("running is whoever is in the game or done with it, healthy who plays and is heard", () => {
  expect(fits("running")).toEqual(["RUNNING", "PAUSED", "STUCK", "COMPLETED"]);
  expect(fits("healthy")).toEqual(["RUNNING"]);
  expect(isAsWished("healthy", { ...bot, linked: false })).toBe(false);
  expect(isAsWished("healthy", { ...bot, sector: 0 })).toBe(false);
  for (const state of botStates) expect(fits(state)).toEqual([state]);
  expect(wishes).toEqual(["running", "healthy", "ended", ...botStates]);
});

test("the ends are the lifecycle's, but for a bot that will be started again", () => {
  expect(fits("ended")).toEqual(botStates.filter((state) => endedStates.has(state)));
  expect(isOver({ state: "ERROR", next_start_at: 5 })).toBe(false);
});

test("where the end is wished, one that was killed has not failed", () => {
  const dead = { ...bot, state: "DEAD" as const };
  expect(tally("ended", [dead]).failed).toBe(0);
  expect(tally("running", [dead]).failed).toBe(1);
});

test("bots are counted as far as they have come, whatever came of them", () => {
  const states: BotState[] = [
    "QUEUED",
    "SPAWNING",
    "REGISTERING",
    "RUNNING",
    "BACKOFF",
    "FAILED",
    "COMPLETED",
  ];
  const bots = states.map((state) => ({ ...bot, state }));
  expect(tally("running", [...bots, undefined])).toEqual({
    total: 8,
    spawned: 7,
    registered: 4,
    loggedIn: 3,
    retrying: 1,
    failed: 1,
    reached: 2,
    hopeless: 2,
  });
  expect(tally("ended", [...bots, undefined])).toMatchObject({ reached: 3, hopeless: 0 });
});
