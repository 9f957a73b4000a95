import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { namedBy, patternsMax, Selection, selects, strangers } from "../../src/proto/selection.ts";
import type { BotState } from "../../src/proto/status.ts";

const bot = (bot_id: string, state: BotState = "RUNNING", labels?: Record<string, string>) => ({
  bot_id,
  state,
  ...(labels && { labels }),
});
const swarm = [
  bot("bot_000", "RUNNING", { team: "red", wave: "1" }),
  bot("bot_001", "PAUSED", { team: "blue" }),
  bot("bot_010", "DEAD", { team: "" }),
  bot("scout", "RUNNING"),
];
const meant = (selection: object) =>
  swarm.filter(selects(Selection.parse(selection))).map(({ bot_id }) => bot_id);

describe("a selection means", () => {
  test("everybody without a word, and with the word for it", () => {
    expect(meant({})).toHaveLength(4);
    expect(meant({ bots: "nobody,all" })).toHaveLength(4);
  });

  test("bots by id and by pattern", () => {
    expect(meant({ bots: "scout,bot_001,nobody" })).toEqual(["bot_001", "scout"]);
    expect(meant({ bots: ["bot_00*"] })).toEqual(["bot_000", "bot_001"]);
    expect(meant({ bots: ["bot_0?0", "*t"] })).toEqual(["bot_000", "bot_010", "scout"]);
    expect(meant({ bots: ["bot_0"] })).toEqual([]);
  });

  test("one of the states, and all of the labels, with their value or with any", () => {
    expect(meant({ states: "DEAD,PAUSED" })).toEqual(["bot_001", "bot_010"]);
    expect(meant({ labels: "team" })).toEqual(["bot_000", "bot_001", "bot_010"]);
    expect(meant({ labels: "team=" })).toEqual(["bot_010"]);
    expect(meant({ labels: "team=red,wave=1" })).toEqual(["bot_000"]);
    expect(meant({ labels: "team=red,wave=2" })).toEqual([]);
    expect(meant({ labels: "constructor" })).toEqual([]);
    expect(meant({ bots: ["bot_*"], states: ["RUNNING"], labels: ["team"] })).toEqual(["bot_000"]);
  });

  test("nobody by an empty list: whoever names none wants none", () => {
    for (const key of ["bots", "states", "labels"]) expect([key, meant({ [key]: [] })]).toEqual([key, []]);
  });
});

test("ids that name nobody are told once each, patterns are not", () => {
  const known = (id: string) => id === "scout";
  expect(strangers({ bots: ["x", "scout", "y*", "all", "x"] }, known)).toEqual(["x"]);
});

test("what is neither id nor pattern is refused, and more patterns than can be tried", () => {
  for (const word of ["Bot", "a.b", "-a", "", "a".repeat(65), "bot 1"])
    expect([word, Selection.safeParse({ bots: [word] }).success]).toEqual([word, false]);
  const patterns = Array.from({ length: patternsMax + 1 }, (_, index) => `*${index}`);
  expect(Selection.safeParse({ bots: patterns }).error?.issues[0]?.message).toBe(
    "expected at most 100 patterns",
  );
  expect(Selection.safeParse({ bots: patterns.slice(1) }).success).toBe(true);
});

describe("a pattern", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "_"), maxLength: 12 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "_", "*", "?"), maxLength: 12 });

  test("means what the same words mean as a regular expression", () => {
    fc.assert(
      fc.property(pattern, text, (words, id) => {
        fc.pre(/[*?]/.test(words));
        const same = new RegExp(`^${words.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(namedBy([words])(id)).toBe(same.test(id));
      }),
      { numRuns: 2000 },
    );
  });

  test("of many stars takes no longer than another", () => {
    const named = namedBy(["*a".repeat(31) + "*b"]);
    const begun = performance.now();
    for (let round = 0; round < 1000; round++) expect(named("a".repeat(64))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
