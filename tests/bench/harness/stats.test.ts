/** Figures of runs as few numbers, and the power by which something grows. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { exponentOf, medianOf, quantileOf, spreadOf } from "../../../bench/harness/stats.ts";

test("the median is the middle one, or lies between the two in the middle", () => {
  expect(medianOf([9, 1, 5])).toBe(5);
  expect(medianOf([9, 1, 5, 7])).toBe(6);
  expect(medianOf([])).toBeNaN();
});

test("one odd run moves the range and not the deviation", () => {
  expect(spreadOf([10, 11, 9, 10, 500])).toEqual({ median: 10, min: 9, max: 500, mad: 1, runs: 5 });
});

test("a single run has no deviation", () => {
  expect(spreadOf([42])).toEqual({ median: 42, min: 42, max: 42, mad: 0, runs: 1 });
});

test("no figures, and what is no number, are refused", () => {
  expect(() => spreadOf([])).toThrow("Expected figures, found []");
  expect(() => spreadOf([1, Number.NaN])).toThrow("Expected figures, found [1, NaN]");
});

test("a quantile is one of the figures, and so large a share does not exceed it", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.99, 1].map((share) => quantileOf(hundred, share))).toEqual([1, 50, 99, 100]);
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, share) => {
        const found = quantileOf(all, share);
        expect(all).toContain(found);
        expect(all.filter((one) => one <= found).length).toBeGreaterThanOrEqual(share * all.length - 1e-9);
      },
    ),
  );
});

test("a power law's exponent is found, whatever its factor", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1, max: 3, noNaN: true }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      (power, factor) => {
        const points = [10, 100, 1000].map((size) => [size, factor * size ** power] as const);
        expect(exponentOf(points)).toBeCloseTo(power, 9);
      },
    ),
  );
});
