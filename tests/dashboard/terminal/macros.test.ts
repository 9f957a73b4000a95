import { expect, test } from "bun:test";
import {
  macroNameMax,
  macrosMax,
  readMacros,
  withMacro,
  writeMacros,
  type Keep,
  type Macro,
} from "../../../src/dashboard/terminal/macros.ts";
import { Refusal } from "../../../src/proto/refusal.ts";

function keeping(text: string | null = null): Keep {
  let kept = text;
  return { getItem: () => kept, setItem: (_, value) => void (kept = value) };
}
const macro = (name: string, keys = "D"): Macro => ({ name, keys, enter: false });

test("macros are found again as they were kept", () => {
  const keep = keeping();
  writeMacros(keep, [macro("look"), { name: "dock", keys: "P\\rT", enter: true }]);
  expect(readMacros(keep)).toEqual([macro("look"), { name: "dock", keys: "P\\rT", enter: true }]);
});

test("what is none of ours is left out", () => {
  expect(readMacros(keeping())).toEqual([]);
  expect(readMacros(keeping("{"))).toEqual([]);
  expect(readMacros(keeping('{"a":1}'))).toEqual([]);
  const odd = JSON.stringify([null, 1, { name: "x" }, { ...macro("y"), enter: "yes" }, macro("z")]);
  expect(readMacros(keeping(odd))).toEqual([macro("z")]);
});

test("one of the same name replaces the other", () => {
  expect(withMacro([macro("a"), macro("b")], macro(" a ", "I"))).toEqual([macro("b"), macro("a", "I")]);
});

test("a macro without a name, with keys that are none, or one too many is refused", () => {
  const many = Array.from({ length: macrosMax }, (_, at) => macro(`m${at}`));
  expect(() => withMacro([], macro(" "))).toThrow(Refusal);
  expect(() => withMacro([], macro("x".repeat(macroNameMax + 1)))).toThrow(Refusal);
  expect(() => withMacro([], macro("x", "\\q"))).toThrow("is no key");
  expect(() => withMacro(many, macro("x"))).toThrow(`${macrosMax} macros`);
  expect(withMacro(many, macro("m3", "I"))).toHaveLength(macrosMax);
});
