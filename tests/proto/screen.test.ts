import { describe, expect, test } from "bun:test";
import { createAnsi } from "../../src/proto/ansi.ts";
import { createScreen, type Screen } from "../../src/proto/screen.ts";
import { capturesMissing, serverBytes, sessionNames, whyMissing } from "../captures.ts";
import { byteByByte, seeded } from "../cuts.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function shown(text: string, columns = 10, rows = 4): Screen {
  const screen = createScreen(columns, rows);
  createAnsi(screen.handler).feed(bytesOf(text));
  return screen;
}

const examples: Record<string, [bytes: string, rows: string[]]> = {
  "text goes where the cursor stands": ["ab\r\ncd\x1b[4;3Hef", ["ab", "cd", "", "  ef"]],
  "a full row wraps when one more letter comes": [
    "0123456789\r\nab\x1b[3;8Hxyz!",
    ["0123456789", "ab", "       xyz", "!"],
  ],
  "LF in the last row scrolls": ["1\r\n2\r\n3\r\n4\r\n5", ["2", "3", "4", "5"]],
  "LF keeps the column": ["a\nb", ["a", " b", "", ""]],
  "CR and BS go back and let overwrite": ["abc\rx\b\by\x1b[3Cz", ["ybc z", "", "", ""]],
  "motions stop at the edges": [
    "\x1b[99;99Hx\x1b[99Ay\x1b[99D\x1b[99Bz",
    ["         y", "", "", "z        x"],
  ],
  "ESC[K wipes to the end, before, or the whole row": [
    "abcde\r\nabcde\r\nabcde\x1b[1;3H\x1b[K\x1b[2;3H\x1b[1K\x1b[3;3H\x1b[2K",
    ["ab", "   de", "", ""],
  ],
  "ESC[J wipes below the cursor": ["ab\r\ncd\r\nef\x1b[2;2H\x1b[J", ["ab", "c", "", ""]],
  "ESC[2J wipes all and goes home": ["ab\r\ncd\x1b[2Jx", ["x", "", "", ""]],
  "saving and restoring brings the cursor back": [
    "ab\x1b[s\x1b[4;4Hc\x1b[ud\x1b7\x1b[3;1He\x1b8f",
    ["abdf", "", "e", "   c"],
  ],
  "rows are put in and taken out": ["1\r\n2\r\n3\r\n4\x1b[2;1H\x1b[L\x1b[1;1H\x1b[M", ["", "2", "3", ""]],
  "letters are put in and taken out": [
    "abcdef\x1b[1;2H\x1b[2@\x1b[1;6H\x1b[P\x1b[1;1H\x1b[X",
    ["   bcef", "", "", ""],
  ],
  "a region scrolls alone": ["1\r\n2\r\n3\r\n4\x1b[2;3r\x1b[3;1H\nx\x1b[r\x1b[2;1H", ["1", "3", "x", "4"]],
  "scrolling by command": ["1\r\n2\r\n3\r\n4\x1b[2S\x1b[T", ["", "3", "4", ""]],
  "ESC M at the top scrolls down": ["1\r\n2\x1b[H\x1bMx", ["x", "1", "2", ""]],
  "controls without a meaning are drawn as on a PC, the bell is not": [
    "\x0f\x1f\x07\x00|",
    ["☼▼|", "", "", ""],
  ],
};

for (const [name, [bytes, rows]] of Object.entries(examples)) {
  test(name, () => expect(shown(bytes).text()).toEqual(rows));
}

describe("what leaves the screen is told", () => {
  const goneOf = (text: string): string[] => {
    const told: string[] = [];
    const { handler } = createScreen(10, 4, (row) => told.push(row.map((span) => span.text).join("")));
    createAnsi(handler).feed(bytesOf(text));
    return told.map((row) => row.trimEnd());
  };
  const cases: Record<string, [bytes: string, gone: string[]]> = {
    "row by row as it scrolls": ["1\r\n2\r\n3\r\n4\r\n5\r\n6", ["1", "2"]],
    "several at once by command": ["1\r\n2\r\n3\r\n4\x1b[3S", ["1", "2", "3"]],
    "all that was written when it is cleared": ["1\r\n\r\n3\x1b[2J\x1b[2J", ["1", "", "3"]],
    "nothing from a region that scrolls below the top": ["1\r\n2\r\n3\x1b[2;3r\x1b[3;1H\n\n", []],
    "nothing when it scrolls down": ["1\r\n2\x1b[T\x1b[H\x1bM", []],
  };
  for (const [name, [bytes, gone]] of Object.entries(cases))
    test(name, () => expect(goneOf(bytes)).toEqual(gone));
  test("in its colours", () => {
    const told: unknown[] = [];
    createAnsi(createScreen(2, 1, (row) => told.push(...row)).handler).feed(bytesOf("\x1b[1;31mab\r\n"));
    expect(told).toEqual([{ text: "ab", ink: 1, paper: 0, bold: true, blink: false, reverse: false }]);
  });
});

describe("colours", () => {
  test("come as spans that fill the row", () => {
    const [row] = shown("\x1b[1;5;31;44mab\x1b[0mc\x1b[7;32md", 6, 1).rows();
    const plain = { ink: 7, paper: 0, bold: false, blink: false, reverse: false };
    expect(row).toEqual([
      { ...plain, text: "ab", ink: 1, paper: 4, bold: true, blink: true },
      { ...plain, text: "c" },
      { ...plain, text: "d", ink: 2, reverse: true },
      { ...plain, text: "  " },
    ]);
  });

  test("of the paper stay where a row is wiped", () => {
    const [row] = shown("\x1b[44mab\x1b[K", 5, 1).rows();
    expect(row).toEqual([{ text: "ab   ", ink: 7, paper: 4, bold: false, blink: false, reverse: false }]);
  });
});

test("no bytes whatever put the cursor off the screen", () => {
  const chance = seeded(25);
  const likely = bytesOf("\x1b[0123456789;;;HJKABCDEFGLMPSTX@rsudm\r\n\b\tab78DEMc");
  const screen = createScreen();
  const ansi = createAnsi(screen.handler);
  for (let round = 0; round < 500; round++) {
    ansi.feed(Uint8Array.from({ length: 200 }, () => likely[Math.floor(chance() * likely.length)]!));
    const { row, column } = screen.cursor();
    expect(row >= 0 && row < 25 && column >= 0 && column < 80).toBe(true);
  }
  expect(screen.rows().map((spans) => spans.reduce((sum, { text }) => sum + text.length, 0))).toEqual(
    Array.from({ length: 25 }, () => 80),
  );
});

test.skipIf(capturesMissing)(
  `a recorded session ends on the same screen whole and byte by byte${whyMissing}`,
  () => {
    for (const name of sessionNames()) {
      const bytes = serverBytes(name);
      const [asWhole, inBytes] = [[bytes], byteByByte(bytes)].map((pieces) => {
        const screen = createScreen();
        const ansi = createAnsi(screen.handler);
        for (const piece of pieces) ansi.feed(piece);
        return screen.rows();
      });
      expect(inBytes).toEqual(asWhole!);
    }
  },
);
