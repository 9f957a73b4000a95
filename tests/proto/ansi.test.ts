import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  type AnsiHandler,
  createAnsi,
  paramMax,
  paramsMax,
  sequenceMaxBytes,
  stringMaxBytes,
} from "../../src/proto/ansi.ts";
import { everyWay, whole } from "../cuts.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** What the handler was told, in words; neighbouring prints are one, since cuts part them. */
function told(pieces: readonly Uint8Array[]): string[] {
  const words: string[] = [];
  const handler: AnsiHandler = {
    print(bytes, start, end) {
      const text = String.fromCharCode(...bytes.subarray(start, end));
      if (words.at(-1)?.startsWith("print ")) words.push(words.pop() + text);
      else words.push(`print ${text}`);
    },
    execute: (control) => words.push(`execute ${control}`),
    csi: (final, params, count, marker) =>
      words.push(
        `csi ${marker ? String.fromCharCode(marker) : ""}${params.subarray(0, count).join(";")} ${String.fromCharCode(final)}`,
      ),
    style: (params, count) => words.push(`style ${params.subarray(0, count).join(";")}`),
    esc: (final) => words.push(`esc ${String.fromCharCode(final)}`),
  };
  const ansi = createAnsi(handler);
  for (const piece of pieces) ansi.feed(piece);
  return words;
}

const examples: Record<string, [bytes: string, told: string[]]> = {
  "text, controls and colours come out in their order": [
    "ab\r\x1b[1;36mc\n",
    ["print ab", "execute 13", "style 1;36", "print c", "execute 10"],
  ],
  "a number left out is 0": ["\x1b[H\x1b[;5H\x1b[2;H", ["csi 0 H", "csi 0;5 H", "csi 2;0 H"]],
  "bytes 80 to 9F are letters, not controls": ["\x84\x9b31m\x90x\x9c", ["print \x84\x9b31m\x90x\x9c"]],
  "a letter of the upper half ends a broken sequence and is printed": [
    "\x1b[3\xdb\x1b\xb0",
    ["print \xdb\xb0"],
  ],
  "a control inside a sequence is carried out at once": ["\x1b[3\r1m", ["execute 13", "style 31"]],
  "CAN ends a sequence": ["\x1b[3\x181m", ["execute 24", "print 1m"]],
  "ESC inside a sequence begins a new one": ["\x1b[3\x1b[1mx", ["style 1", "print x"]],
  "a private sequence keeps its mark": ["\x1b[?25l", ["csi ?25 l"]],
  "sequences with intermediate bytes or colons are dropped whole": [
    "\x1b[1 q\x1b(B\x1b[38:5:1mx\x1b[1m",
    ["print x", "style 1"],
  ],
  "two-byte sequences are told apart": ["\x1b7\x1bM", ["esc 7", "esc M"]],
  "strings say nothing, whichever way they end": [
    "\x1b]0;title\x07a\x1bPq#0\x1b\\b\x1b_x\x18c\x1b^y\nd",
    ["print a", "esc \\", "print b", "execute 24", "print c", "execute 10", "print d"],
  ],
  "the prompt probe of TWX is a letter and a backspace": [
    "Command\x91\b [",
    ["print Command\x91", "execute 8", "print  ["],
  ],
};

for (const [name, [bytes, expected]] of Object.entries(examples)) {
  test(name, () => {
    for (const { how, pieces } of everyWay(bytesOf(bytes)))
      expect({ how, told: told(pieces) }).toEqual({ how, told: expected });
  });
}

test("a number too great is cut to the greatest, numbers too many are dropped", () => {
  expect(told(whole(bytesOf("\x1b[99999999999C")))).toEqual([`csi ${paramMax} C`]);
  const many = Array.from({ length: 40 }, (_, at) => at + 1);
  expect(told(whole(bytesOf(`\x1b[${many.join(";")}m`)))).toEqual([
    `style ${many.slice(0, paramsMax).join(";")}`,
  ]);
});

test("a sequence without an end is given up and the text after it is seen", () => {
  for (const opening of ["\x1b[", "\x1b", "\x1b[ "]) {
    const filler = opening === "\x1b" ? " " : "1";
    const [word] = told(whole(bytesOf(`${opening}${filler.repeat(sequenceMaxBytes)}seen`)));
    expect(word).toEndWith("seen");
  }
});

test("a sequence is given up at the same length whether it comes whole or in pieces", () => {
  for (let digits = sequenceMaxBytes - 4; digits < sequenceMaxBytes + 2; digits++) {
    const bytes = bytesOf(`\x1b[${"0".repeat(digits)}1mx`);
    const [asWhole, ...others] = everyWay(bytes).map(({ pieces }) => told(pieces));
    for (const other of others) expect(other).toEqual(asWhole!);
  }
});

test("a string without an end is given up after its limit", () => {
  const [word] = told(whole(bytesOf(`\x1b]${"x".repeat(stringMaxBytes)}seen`)));
  expect(word).toBe("print seen");
});

test("any bytes mean the same however they are cut", () => {
  const likely = fc.constantFrom(
    0x1b,
    0x5b,
    0x3b,
    0x31,
    0x6d,
    0x4b,
    0x5d,
    0x0d,
    0x0a,
    0x08,
    0x41,
    0x18,
    0xff,
    0x90,
  );
  const bytes = fc
    .array(fc.oneof(likely, fc.nat(255)), { maxLength: 300 })
    .map((array) => Uint8Array.from(array));
  fc.assert(
    fc.property(bytes, fc.nat(), (input, seed) => {
      const [asWhole, ...others] = everyWay(input, seed).map(({ pieces }) => told(pieces).join("|"));
      for (const other of others) expect(other).toBe(asWhole!);
    }),
    { numRuns: 200, seed: 437 },
  );
});
