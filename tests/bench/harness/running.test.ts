/** Which benchmarks are meant, and in which order they are run. */
import { expect, test } from "bun:test";
import type { Benchmark } from "../../../bench/harness/benchmark.ts";
import { chosen } from "../../../bench/harness/running.ts";

const one = (name: string, cost: Benchmark["cost"] = "quick"): Benchmark => ({
  name,
  unit: "",
  kind: "cost",
  cost,
  run: () => 1,
});
const all = [
  one("ws: readers", "whole"),
  one("reader: lines"),
  one("host: a line", "slow"),
  one("host: a caller"),
];
const names = (...words: string[]) => chosen(all, words).map(({ name }) => name);

test("all of them, quick ones first", () => {
  expect(names()).toEqual(["reader: lines", "host: a caller", "host: a line", "ws: readers"]);
});

test("a group's name means the group, any other word whatever contains it", () => {
  expect(names("reader")).toEqual(["reader: lines"]);
  expect(names("read")).toEqual(["reader: lines", "ws: readers"]);
  expect(names("ws", "caller")).toEqual(["host: a caller", "ws: readers"]);
  expect(names("nothing")).toEqual([]);
});
