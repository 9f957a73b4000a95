import { expect, test } from "bun:test";
import { createReportClock, reportOf } from "../../src/player/report.ts";
import { BotReport } from "../../src/proto/status.ts";

const standing = {
  trader: undefined,
  sector: 7,
  credits: 300,
  creditsStart: 300,
  turnsExecuted: 0,
  turnsLeft: undefined,
  holds: 20,
  experience: 0,
  trades: 0,
  tradeAttempts: 0,
  haggleDeals: 0,
  haggleOffers: 0,
  haggleLost: 0,
  sectorsExplored: 0,
  portsKnown: 0,
};
const extras = {
  self: { gameLetter: "A", turnsMax: 200 },
  strategy: "s",
  goal: "g",
  activity: "a",
  troubles: 0,
  waits: false,
};

test("a report passes the link's schema, with and without what is not known yet", () => {
  expect(BotReport.parse(reportOf(standing, extras))).not.toHaveProperty("trader");
  expect(BotReport.parse(reportOf(standing, extras))).not.toHaveProperty("bank");
  const owned = { ship: "Merchant Freighter", fighters: 30, shields: 0, bank: 5000 };
  const full = reportOf({ ...standing, ...owned, trader: "Willy", turnsLeft: 12 }, extras);
  expect(BotReport.parse(full)).toMatchObject({
    ...owned,
    trader: "Willy",
    turns_left: 12,
    credits_start: 300,
  });
});

test("ordinary changes are told once a gap, urgent ones at once, and none is forgotten", () => {
  const clock = createReportClock(1000);
  expect(clock.changed(0, false)).toBe(true);
  expect(clock.dueInMs(0)).toBeUndefined();
  expect(clock.changed(400, false)).toBe(false);
  expect(clock.dueInMs(400)).toBe(600);
  expect(clock.changed(500, true)).toBe(true);
  expect(clock.dueInMs(600)).toBeUndefined();
  expect(clock.changed(600, false)).toBe(false);
  expect(clock.dueInMs(2000)).toBe(0);
});
