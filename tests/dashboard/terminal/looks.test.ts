import { expect, test } from "bun:test";
import { piecesOf, signOf } from "../../../src/dashboard/terminal/looks.ts";
import { oddLetters } from "../../../src/dashboard/terminal/odd-letters.ts";
import { createAnsi } from "../../../src/proto/ansi.ts";
import { writeCp437 } from "../../../src/proto/cp437.ts";
import { createScreen } from "../../../src/proto/screen.ts";

function rowOf(text: string, odd = "") {
  const screen = createScreen(20, 1);
  createAnsi(screen.handler).feed(writeCp437(text));
  return piecesOf(screen.rows()[0]!, (letter) => odd.includes(letter));
}

test("bold ink is the bright one, and reversed ink and paper change places", () => {
  expect(rowOf("\u001b[1;31;44mab\u001b[0;7;32mc\u001b[0;5md")).toEqual([
    { text: "ab", look: "ink-9 paper-4" },
    { text: "c", look: "ink-0 paper-2" },
    { text: "d", look: "ink-7 paper-0 blink" },
  ]);
});

test("letters that the font lacks stand in cells of their own", () => {
  expect(rowOf("a█░b", "░")).toEqual([
    { text: "a█", look: "ink-7 paper-0" },
    { text: "░", look: "ink-7 paper-0 cell" },
    { text: "b", look: "ink-7 paper-0" },
  ]);
  expect(rowOf("░░", "░").map(({ text }) => text)).toEqual(["░", "░"]);
});

test("a letter is odd when it is not as wide as the others", () => {
  const widths: Record<string, number> = { "█": 61, "☺": 100, é: 60.2 };
  expect([...oddLetters((letter) => widths[letter] ?? 60)].toSorted()).toEqual(["☺", "█"].toSorted());
});

test("blanks at the end are left out, unless their paper shows", () => {
  expect(rowOf("a \u001b[1m  ")).toEqual([{ text: "a", look: "ink-7 paper-0" }]);
  expect(rowOf("")).toEqual([]);
  expect(rowOf("\u001b[44m  ").map(({ text }) => text)).toEqual(["  "]);
});

test("rows that look different have different signs", () => {
  const signs = ["ab", "\u001b[1mab", "a\u001b[1mb", "ab\u001b[44m "].map((text) => signOf(rowOf(text)));
  expect(new Set(signs).size).toBe(signs.length);
});
