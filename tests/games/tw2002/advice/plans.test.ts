import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  isBend,
  leavesAll,
  planIn,
  withinUsual,
  wordsOf,
} from "../../../../src/games/tw2002/advice/plans.ts";
import { planMaxChars, planWhyMaxChars, planWordsMaxChars } from "../../../../src/proto/advice.ts";

const wishIn = (value: unknown) => planIn(JSON.stringify(value))?.wish;

test("each plan is read with its parameters, and what is left out is as usual", () => {
  expect(wishIn({ plan: "trade" })).toEqual({ plan: "trade", explore: "usual", within: withinUsual });
  expect(wishIn({ plan: "trade", explore: "more", near: 7, within: 3 })).toEqual({
    plan: "trade",
    explore: "more",
    near: 7,
    within: 3,
  });
  expect(wishIn({ plan: "work", ports: [4, 5] })).toEqual({ plan: "work", ports: [4, 5] });
  expect(wishIn({ plan: "explore", toward: null })).toEqual({ plan: "explore" });
  expect(wishIn({ plan: "move", sector: 9 })).toEqual({ plan: "move", sector: 9, within: withinUsual });
  expect(wishIn({ plan: "upgrade", what: "ship", spend: 5000.5 })).toEqual({
    plan: "upgrade",
    what: "ship",
    spend: 5000.5,
  });
  expect(wishIn({ plan: "bank", credits: "all" })).toEqual({ plan: "bank" });
  expect(wishIn({ plan: "fight", sector: 9 })).toEqual({ plan: "fight", sector: 9 });
});

test("models' habits are put up with: digits as words, capitals, things that nobody asked for", () => {
  const said = planIn(
    '{"plan":" Work ","ports":["12"," 45 "],"confidence":0.9,"review_turns":"80","why":["because"]}',
  );
  expect(said).toEqual({ wish: { plan: "work", ports: [12, 45] }, why: "", reviewTurns: 80 });
});

test("what is no plan is none", () => {
  for (const text of [
    "",
    "null",
    "[]",
    '"trade"',
    "{}",
    "trade",
    '{"plan":"trade"',
    '{"plan":["trade"]}',
    '{"plan":"toString"}',
    '{"plan":"__proto__"}',
    '{"__proto__":{"plan":"trade"}}',
    '{"plan":"rob","sector":5}',
    '{"plan":"work","ports":[1]}',
    '{"plan":"work","ports":[1,2,3]}',
    '{"plan":"work","ports":[1,-2]}',
    '{"plan":"move","sector":1.5}',
    '{"plan":"move","sector":1e999}',
    '{"plan":"move","sector":"0x10"}',
    '{"plan":"move","sector":30001}',
    '{"plan":"move","sector":[5]}',
    '{"plan":"trade","explore":"wildly"}',
    '{"plan":"trade","near":5,"within":0}',
    '{"plan":"upgrade","what":"planet"}',
    '{"plan":"upgrade","what":"ship","spend":-1}',
    '{"plan":"trade","review_turns":-5}',
    "[".repeat(1000),
    `{"plan":"trade","why":"${"x".repeat(planMaxChars)}"}`,
  ])
    expect([text.slice(0, 60), planIn(text)]).toEqual([text.slice(0, 60), undefined]);
});

test("only a plan that changes nothing leaves all to the rules, and only one that stays anywhere bends them", () => {
  const kinds = (value: object) => {
    const wish = wishIn(value)!;
    return [leavesAll(wish), isBend(wish)];
  };
  expect(kinds({ plan: "trade" })).toEqual([true, true]);
  expect(kinds({ plan: "trade", explore: "less" })).toEqual([false, true]);
  expect(kinds({ plan: "trade", near: 3 })).toEqual([false, false]);
  expect(kinds({ plan: "bank" })).toEqual([false, false]);
});

test("reasons are cleaned and cut, and any text at all is a plan or none", () => {
  expect(planIn(JSON.stringify({ plan: "bank", why: `\u001b[31m${"x".repeat(500)}` }))?.why).toBe(
    `·[31m${"x".repeat(planWhyMaxChars - 5)}`,
  );
  const value = fc.oneof(
    fc.string({ maxLength: 1000, unit: "binary" }),
    fc.json({ maxDepth: 8 }),
    fc
      .record({
        plan: fc.constantFrom("trade", "work", "explore", "move", "upgrade", "bank", "fight", "constructor"),
        ports: fc.oneof(fc.anything(), fc.tuple(fc.integer(), fc.integer())),
        sector: fc.oneof(fc.anything(), fc.integer()),
        toward: fc.anything(),
        near: fc.oneof(fc.anything(), fc.double()),
        within: fc.anything(),
        what: fc.constantFrom("ship", "holds", 7, "x"),
        spend: fc.oneof(fc.double(), fc.anything()),
        why: fc.oneof(fc.string({ unit: "binary" }), fc.anything()),
        review_turns: fc.oneof(fc.double(), fc.integer()),
      })
      .map(
        (plan) =>
          JSON.stringify(plan, (_, inner) => (typeof inner === "bigint" ? String(inner) : inner)) ?? "",
      ),
  );
  fc.assert(
    fc.property(value, (text) => {
      const said = planIn(text);
      if (!said) return;
      expect(said.why.length).toBeLessThanOrEqual(planWhyMaxChars);
      expect(wordsOf(said.wish).length).toBeLessThanOrEqual(planWordsMaxChars);
      for (const part of Object.values(said.wish))
        if (typeof part === "number") expect(Number.isFinite(part) && part >= 0).toBeTrue();
    }),
    { numRuns: 500 },
  );
}, 60_000);
