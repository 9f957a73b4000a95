import { expect, test } from "bun:test";
import { quieted, quietMs } from "../../src/dashboard/quieted.ts";

test("a bot that keeps failing is told of once in a while, another at once", () => {
  const isNews = quieted();
  expect(isNews("a", 1000)).toBe(true);
  expect(isNews("a", 1000 + quietMs - 1)).toBe(false);
  expect(isNews("b", 1001)).toBe(true);
  expect(isNews("a", 1000 + quietMs)).toBe(true);
});
