/** The book of commands finds what was lost, or the storms prove nothing. */
import { expect, test } from "bun:test";
import { compare } from "./orders.ts";

const goal = (name: string, outcome: "acknowledged" | "refused" | "unknown" = "acknowledged") =>
  ({ wish: "goal", goal: name, outcome }) as const;
const told = (wish: "pause" | "resume", outcome: "acknowledged" | "refused" | "unknown" = "acknowledged") =>
  ({ wish, goal: undefined, outcome }) as const;
const kept = (...words: string[]) =>
  words.map((word) =>
    word === "pause" || word === "resume" ? { type: word } : { type: "goal", goal: word },
  );

test("what was acknowledged and is kept in its order is in order", () => {
  const commands = [goal("1"), told("pause"), goal("2"), told("resume"), goal("3")];
  expect(compare(commands, kept("1", "pause", "2", "resume", "3"))).toEqual({ lost: [], twice: [] });
});

test("an acknowledged command that is not kept is lost, and so is one in the wrong place", () => {
  const commands = [goal("1"), told("pause"), goal("2")];
  expect(compare(commands, kept("1", "2")).lost).toEqual(["pause"]);
  expect(compare(commands, kept("1", "pause")).lost).toEqual(["2"]);
  expect(compare([goal("1"), goal("2")], kept("2", "1")).lost).toEqual(["2"]);
});

test("what was refused or never answered may be kept or not; what is kept twice is told", () => {
  const commands = [
    goal("1", "unknown"),
    told("pause", "unknown"),
    told("resume"),
    goal("2", "refused"),
    goal("3"),
  ];
  expect(compare(commands, kept("3")).lost).toEqual([]);
  expect(compare(commands, kept("1", "pause", "resume", "3")).lost).toEqual([]);
  expect(compare([goal("1")], kept("1", "1")).twice).toEqual(["1"]);
});

test("a command that changes nothing need leave no trace", () => {
  expect(compare([told("resume"), told("pause"), told("pause")], kept("pause")).lost).toEqual([]);
});
