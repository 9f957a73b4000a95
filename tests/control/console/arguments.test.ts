import { expect, test } from "bun:test";
import {
  labelAssignment,
  labelPair,
  managerAddress,
  perSecond,
  seconds,
  stateList,
} from "../../../src/control/console/arguments.ts";

test("states may be written in either case, with commas, in several flags", () => {
  expect(stateList("running,PAUSED", ["STUCK"])).toEqual(["STUCK", "RUNNING", "PAUSED"]);
  for (const wrong of ["", ",", "RUNING", "RUNNING,all"])
    expect(() => stateList(wrong)).toThrow(`found "${wrong}"`);
});

test("labels are gathered; one for a new bot has a value", () => {
  expect(labelPair("team", ["role=x"])).toEqual(["role=x", "team"]);
  expect(labelAssignment("team=red", { role: "x" })).toEqual({ role: "x", team: "red" });
  for (const wrong of ["", "=red", "Team=red", "a b"]) expect(() => labelPair(wrong)).toThrow("team=red");
  for (const wrong of ["team", "team=a b", `${"k".repeat(33)}=v`])
    expect(() => labelAssignment(wrong)).toThrow("team=red");
});

test("times are told in people's units", () => {
  expect(["90", "90s", "500ms", "1.5m", "2h", "1d", "0"].map(seconds)).toEqual([
    90, 90, 0.5, 90, 7200, 86_400, 0,
  ]);
  for (const wrong of ["", "m", "-1", "1w", "1e3", "999999999"])
    expect(() => seconds(wrong)).toThrow(`found "${wrong}"`);
});

test("a pace in bots a second becomes groups that are as many and as fast", () => {
  for (const text of ["1", "5", "2.5", "0.1", "1000"]) {
    const { size, delay } = perSecond(text);
    expect(size).toBe(Math.max(1, Math.round(Number(text))));
    expect(size / delay).toBeCloseTo(Number(text), 2);
  }
  for (const wrong of ["0", "1001", "x", "-1", ""])
    expect(() => perSecond(wrong)).toThrow(`found "${wrong}"`);
});

test("an address has nothing behind its port; an empty one is none", () => {
  for (const right of ["", "http://localhost:8000", "https://[::1]:1/"])
    expect(managerAddress(right)).toBe(right);
  expect(["localhost:8000", "[::1]:1"].map(managerAddress)).toEqual([
    "http://localhost:8000",
    "http://[::1]:1",
  ]);
  for (const wrong of [
    "foo",
    "ftp://x",
    "x:1/api",
    "http://x/api",
    "http://x?a",
    "http://x#a",
    "http://u:p@x",
  ])
    expect(() => managerAddress(wrong)).toThrow(`found "${wrong}"`);
});
