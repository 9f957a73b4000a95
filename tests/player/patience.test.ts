import { expect, test } from "bun:test";
import { createPatience, growthMax, settleMaxMs, settleMinMs } from "../../src/player/patience.ts";

/** After so many answers that took so long each. */
function after(...roundTripsMs: number[]) {
  const patience = createPatience(30_000);
  let now = 0;
  for (const roundTrip of roundTripsMs) {
    patience.sent(now);
    patience.heard((now += roundTrip));
  }
  return patience;
}

test("where answers come quickly the configured time holds", () => {
  expect(after().timeoutMs(0)).toBe(30_000);
  expect(after(50, 60, 50).timeoutMs(0)).toBe(30_000);
});

test("a slow host is waited for longer, within bounds, and a quick one no longer again", () => {
  const slow = after(8_000, 20_000, 25_000);
  expect(slow.timeoutMs(0)).toBeGreaterThan(60_000);
  expect(after(1e6, 1e6).timeoutMs(0)).toBe(growthMax * 30_000);
  expect(after(25_000, ...Array.from({ length: 40 }, () => 100)).timeoutMs(0)).toBe(30_000);
});

test("connections that led nowhere make for more patience with the next, within the same bounds", () => {
  const none = after();
  expect([0, 1, 2, 9].map((failures) => none.timeoutMs(failures))).toEqual([
    30_000, 60_000, 120_000, 120_000,
  ]);
});

test("what comes unasked, or after the line was lost, tells nothing of answers", () => {
  const patience = createPatience(30_000);
  patience.heard(1e6);
  patience.sent(1e6);
  patience.forget();
  patience.heard(9e6);
  expect(patience.timeoutMs(0)).toBe(30_000);
});

test("a line has settled after a few of its own round trips, never at once and never after minutes", () => {
  expect(after(10, 10, 10).settleMs()).toBe(settleMinMs);
  expect(after(200, 300, 200).settleMs()).toBeGreaterThan(600);
  expect(after(60_000).settleMs()).toBe(settleMaxMs);
});
