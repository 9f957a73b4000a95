import { expect, test } from "bun:test";
import { createPace, noPace } from "../../src/player/pace.ts";

test("without limits nothing waits", () => {
  const pace = createPace(noPace, () => 0.5);
  expect([pace(0), pace(0), pace(1)]).toEqual([0, 0, 0]);
});

test("sends are kept so far apart, and time that has passed counts", () => {
  const pace = createPace({ gapMs: 100, thinkMs: [0, 0] }, () => 0);
  expect([pace(0), pace(0), pace(50), pace(1000)]).toEqual([0, 100, 150, 0]);
});

test("thinking takes between its bounds, by the dice", () => {
  const pace = createPace({ gapMs: 0, thinkMs: [200, 400] }, () => 0.25);
  expect(pace(10)).toBe(250);
});
