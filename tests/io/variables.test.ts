import { expect, test } from "bun:test";
import { fillVariables } from "../../src/io/variables.ts";

const env = { A: "one", EMPTY: "", DOLLARS: "${A}" };
const fill = (text: string) => fillVariables(text, env, 1000);

test("references give way to values, and the rest of a text stays", () => {
  const cases: [written: string, filled: string][] = [
    ["${A}", "one"],
    ["<${A}${A}>", "<oneone>"],
    ["${B:-two}", "two"],
    ["${EMPTY:-two}", "two"],
    ["${EMPTY}", ""],
    ["${B:-}", ""],
    ["${B:-a: [b] $c}", "a: [b] $c"],
    ["$A $ {A} }", "$A $ {A} }"],
    ["$${A}", "${A}"],
    ["$$${A}", "$${A}"],
    ["${DOLLARS}", "${A}"],
  ];
  for (const [written, filled] of cases) expect([written, fill(written).text]).toEqual([written, filled]);
});

test("only a text that is nothing but references is wholly made by them", () => {
  for (const text of ["${A}", "${A}${EMPTY}", "${B:-x}"])
    expect([text, fill(text).whole]).toEqual([text, true]);
  for (const text of ["${A} ", " ${A}", "$${A}", "a"])
    expect([text, fill(text).whole]).toEqual([text, false]);
});

test("what is unset or malformed is told with its place", () => {
  expect(fill("a ${B}").troubles).toMatchObject([
    { at: 2, reason: expect.stringContaining('"B" is not set') },
  ]);
  for (const text of ["${", "${}", "${A", "${1}", "${A-x}", "${A:x}", "${a b}", `\${${"N".repeat(200)}}`])
    expect([text, fill(text).troubles.length]).toEqual([text, 1]);
});

test("a text grows to its limit and no further, and troubles are told a few times", () => {
  const { text, troubles } = fillVariables("${A}".repeat(50_000), env, 100);
  expect(text.length).toBeLessThanOrEqual(100);
  expect(troubles[0]?.reason).toContain("too large");
  expect(troubles.length).toBeLessThanOrEqual(21);
  expect(fill("${B}".repeat(1000)).troubles.length).toBeLessThanOrEqual(21);
});
