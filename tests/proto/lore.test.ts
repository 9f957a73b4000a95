import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  ageOf,
  LoreText,
  type Lore,
  lineOf,
  loreListMax,
  loreText,
  merged,
  placeOf,
  readLine,
  readLore,
} from "../../src/proto/lore.ts";
import { LorePlace } from "../../src/proto/link.ts";

const at = fc.integer({ min: 0, max: 2 ** 41 });
const near = fc.integer({ min: 0, max: 2 });
const optional = (one: fc.Arbitrary<number>) => fc.option(one, { nil: "" as const });
const aField = fc.oneof(
  fc
    .tuple(fc.constantFrom("", "1.", "12."), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
    .map(([times, bits]) => `x${times}${bits.toString(16)}`),
  fc.tuple(optional(fc.nat(500)), optional(fc.nat(500))).map(([low, high]) => `b${low}-${high}`),
  fc
    .array(fc.oneof(fc.nat(30), fc.nat(99_999_999)), { maxLength: loreListMax })
    .map((words) => `l${words.join(",")}`),
);
const small = fc.record({
  key: fc.constant("g852"),
  at: fc.oneof(at, near),
  value: fc.stringMatching(/^[0-9;,]{0,12}$/),
});
const capital = fc.record({
  key: fc.constant("H852"),
  at: fc.oneof(at, near),
  value: fc.array(aField, { minLength: 1, maxLength: 4 }).map((fields) => fields.join(";")),
});
/** As every piece comes in: read off its line. */
const asRead = (piece: Lore) => readLine(lineOf(piece))!;
const pieces = fc
  .oneof(fc.tuple(small, small, small), fc.tuple(capital, capital, capital))
  .map((three) => three.map(asRead) as [Lore, Lore, Lore]);

describe("merging is a join", () => {
  test("whichever of two pieces comes first, the same comes of it", () => {
    fc.assert(fc.property(pieces, ([a, b]) => expect(merged(a, b)).toEqual(merged(b, a))));
  });
  test("however three are put together, the same comes of it", () => {
    fc.assert(
      fc.property(pieces, ([a, b, c]) => expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)))),
    );
  });
  test("what is known already adds nothing: the piece held comes back itself", () => {
    fc.assert(
      fc.property(pieces, ([a, b]) => {
        const both = merged(a, b);
        expect(merged(both, a)).toBe(both);
        expect(merged(both, b)).toBe(both);
        expect(merged(a, a)).toBe(a);
      }),
    );
  });
});

test("what two pieces make is always a piece again, however full they are", () => {
  fc.assert(
    fc.property(pieces, ([a, b, c]) => {
      const all = merged(merged(a, b), c);
      expect(readLine(lineOf(all))).toEqual(all);
    }),
  );
});

test("of a small key the latest wins, of a capital one all that was told stays", () => {
  const told = (key: string, at: number, value: string) => asRead({ key, at, value });
  expect(merged(told("w1", 5, "2,3"), told("w1", 4, "7"))).toEqual({ key: "w1", at: 5, value: "2,3" });
  expect(merged(told("w1", 5, "2,3"), told("w1", 5, "7"))).toEqual({ key: "w1", at: 5, value: "7" });
  expect(merged(told("H1", 5, "x9;b80-;l5,7"), told("H1", 4, "x3;b75-120;l10,7"))).toEqual({
    key: "H1",
    at: 5,
    value: "xb;b80-120;l5,7,10",
  });
  expect(merged(told("H1", 5, "xff;x2.1"), told("H1", 4, "x1.3;x2.8")).value).toBe("x1.3;x2.9");
});

test("a piece's line is read as it was written; anything else is no piece", () => {
  fc.assert(
    fc.property(fc.oneof(small, capital), (piece) => {
      const read = asRead(piece);
      expect(asRead(read)).toEqual(read);
      expect({ key: read.key, at: read.at }).toEqual({ key: piece.key, at: piece.at });
    }),
  );
  for (const wrong of [
    "",
    "w1",
    "w1 ",
    "w1 5",
    "1w 5 x",
    "w1 5 two words",
    "w1 5 caf\u00e9",
    "w1 5 \u001b[2J",
    `w1 5 ${"x".repeat(121)}`,
    "w1 zzzzzzzzzz 5",
    "averylongkeyname 5 1",
    "H1 5 9",
    "H1 5 xg",
    "H1 5 x1;",
    "H1 5 b1",
    "H1 5 x0.1",
    "H1 5 x1;x1;x1;x1;x1",
    "H1 5 l1,1,1,1,1,1,1,1,1,1,1,1,1",
    "H1 5 x12345.1",
    "H1 5 x11111111111111111",
    "w1 -5 1",
  ])
    expect(readLine(wrong)).toBeUndefined();
});

test("a text gives its age and its pieces, and counts the lines that are none", () => {
  const lines = ["w1 5 2,3", "nonsense", "p1 6 3", ""];
  const read: Lore[] = [];
  expect(readLore(loreText(2, lines), (piece) => read.push(piece))).toEqual({ age: 2, dropped: 2 });
  expect(read.map(({ key }) => key)).toEqual(["w1", "p1"]);
  expect(readLore(loreText(0, []), () => read.push())).toEqual({ age: 0, dropped: 0 });
  expect(ageOf(loreText(7, ["w1 5 2"]))).toBe(7);
  for (const none of ["", "w1 5 2,3", "-1\nw1 5 2", "1234567\nw1 5 2", " 0"]) {
    expect(readLore(none, () => expect.unreachable())).toBeUndefined();
    expect(ageOf(none)).toBeUndefined();
  }
});

test("a place is a host, a port and a letter, whatever case they are written in", () => {
  expect(placeOf("BBS.Example.org", 2002, "a")).toBe("bbs.example.org:2002/A");
  expect(LorePlace.safeParse(placeOf("::1", 23, "B")).success).toBe(true);
  expect(LorePlace.safeParse("bbs.example.org").success).toBe(false);
  expect(LorePlace.safeParse(`${"x".repeat(300)}:1/A`).success).toBe(false);
  expect(LoreText.safeParse("0\n".padEnd(60_000, "x")).success).toBe(false);
});

test("a hostile line of 100,000 characters is refused in no time", () => {
  const hostile = [`H1 5 ${"x1;".repeat(33_000)}`, `H1 5 l${"1,".repeat(50_000)}`, "a".repeat(100_000)];
  for (const text of hostile) {
    const began = performance.now();
    expect(readLine(text)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(5);
  }
});
