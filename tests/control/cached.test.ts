import { expect, test } from "bun:test";
import { cached, cachedMaxMs } from "../../src/control/cached.ts";

test("what many ask for is made once, and again when it is old or something happened", () => {
  let [made, at, seq] = [0, 1000, 7];
  const ask = cached({ make: () => ++made, now: () => at, stamp: () => seq });
  expect([ask(), ask(), ask()]).toEqual([1, 1, 1]);
  at += cachedMaxMs - 1;
  expect(ask()).toBe(1);
  at += 1;
  expect([ask(), ask()]).toEqual([2, 2]);
  seq++;
  expect([ask(), ask()]).toEqual([3, 3]);
});

test("what fails is not kept", () => {
  let fail = true;
  const ask = cached({
    make: () => {
      if (fail) throw new Error("not now");
      return "made";
    },
    now: () => 0,
    stamp: () => 0,
  });
  expect(ask).toThrow("not now");
  fail = false;
  expect(ask()).toBe("made");
});
