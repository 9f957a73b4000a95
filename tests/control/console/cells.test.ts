import { expect, test } from "bun:test";
import {
  cellsIn,
  clean,
  cut,
  filled,
  fitting,
  rendered,
  sides,
  widthOf,
} from "../../../src/control/console/cells.ts";
import { printable } from "../../../src/proto/printable.ts";

const everyCharacter = function* () {
  for (let code = 0; code < 0x110000; code++) yield String.fromCodePoint(code);
};

test("every character of Unicode is cleaned or takes at least the cells that Bun's table gives it", () => {
  const wrong: string[] = [];
  for (const character of everyCharacter()) {
    const kept = clean(character);
    if (widthOf(kept) < Bun.stringWidth(kept)) wrong.push(character);
  }
  expect(wrong).toEqual([]);
});

test("whatever is not printable is not clean either, nor is half a character or a mark without a width", () => {
  for (const character of everyCharacter()) {
    if (printable(character) !== character) expect(clean(character)).toBe("·");
  }
  expect(clean("a\u001b[31m\u009b2J\r\n\u0007\b\u202ex\u2066")).toBe("a·[31m·2J·····x·");
  expect(clean("e\u0301 \ud800 \u{e0041} \u1160")).toBe("e· · · ·");
  expect(clean("Sh│ps of Ünder 漢字 ▲")).toBe("Sh│ps of Ünder 漢字 ▲");
});

test("text is cut by cells, with a mark where something is missing", () => {
  expect(cut("trade at 852", 12)).toBe("trade at 852");
  expect(cut("trade at 852", 8)).toBe("trade a…");
  expect(cut("漢字漢字", 8)).toBe("漢字漢字");
  // A wide character that would stand half outside is left out.
  expect(cut("漢字漢字", 6)).toBe("漢字…");
  expect(widthOf(cut("漢字漢字", 7))).toBe(7);
  expect(cut("x", 0)).toBe("");
  expect(cut("xy", 1)).toBe("…");
  expect(cut("😀".repeat(1e6), 5)).toBe("😀😀…");
});

test("text fills its cells to the left or to the right", () => {
  expect(filled("漢", 5)).toBe("漢   ");
  expect(filled("12", 5, true)).toBe("   12");
  expect(filled("漢字漢", 4)).toBe("漢… ");
});

test("phrases are left out where there is no more room, whole ones only", () => {
  const phrases = ["one", "two", "three"].map((text) => ({ text }));
  const told = (width: number) =>
    fitting(phrases, width)
      .map(({ text }) => text)
      .join("");
  expect(told(15)).toBe("one  two  three");
  expect(told(14)).toBe("one  two");
  expect(told(2)).toBe("");
});

test("of two sides the right one is kept", () => {
  const row = (width: number) =>
    rendered(sides([{ text: "bbsbot top" }], { text: "connected" }, width), width, false);
  expect(row(24)).toBe("bbsbot top     connected");
  expect(row(16)).toBe("bbsb…  connected");
  expect(row(8)).toBe("connect…");
});

test("without colour only the cursor's row is reversed, and that one is as wide as the terminal", () => {
  const spans = [{ text: "ab", style: "bad" }, { text: "cd", style: "bad" }, { text: "e" }] as const;
  expect(rendered({ spans }, 10, true)).toBe("\x1b[31mabcd\x1b[0me");
  expect(rendered({ spans }, 10, false)).toBe("abcde");
  expect(rendered({ spans: [{ text: "ab" }], style: "inverse" }, 4, false)).toBe("\x1b[7mab  \x1b[0m");
  expect(rendered({ spans: [{ text: "ab" }], style: "dim" }, 4, true)).toBe("\x1b[2mab\x1b[0m");
  expect(cellsIn(spans)).toBe(5);
});
