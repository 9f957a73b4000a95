import { describe, expect, test } from "bun:test";
import { createAnsi } from "../../src/proto/ansi.ts";
import { createLines, type LineEvent, openLineMaxBytes, openTextMaxBytes } from "../../src/proto/lines.ts";
import { bestMs, everyWay, whole } from "../cuts.ts";

function read(pieces: readonly Uint8Array[]): LineEvent[] {
  const lines = createLines();
  const ansi = createAnsi(lines.handler);
  return pieces.flatMap((piece) => {
    ansi.feed(piece);
    return lines.take();
  });
}

const line = (text: string): LineEvent => ({ type: "line", text });
const open = (text: string): LineEvent => ({ type: "open", text });
const erased: LineEvent = { type: "erased" };

const prompt = "\x1b[35mCommand [\x1b[1;33mTL\x1b[0;33m=\x1b[1m00:00:00\x1b[0;35m]? : ";
const promptText = "Command [TL=00:00:00]? : ";

const examples: Record<string, [bytes: string, events: LineEvent[]]> = {
  "the game's lines end CR, colour, LF": ["\x1b[36mone\r\x1b[0m\ntwo\r\x1b[0m\n", [line("one"), line("two")]],
  "the menus' lines end LF CR, and no blank line comes between": [
    "one\n\rtwo\n\r",
    [line("one"), line("two")],
  ],
  "blank lines are lines": ["one\r\n\r\n\r\n", [line("one"), line(""), line("")]],
  "trailing spaces stay": ["Password? \r\n", [line("Password? ")]],
  "backspaces let the next words overwrite": [
    `Computing shortest path...${"\b".repeat(26)}Computed.                 \r\n`,
    [line(`Computed.${" ".repeat(17)}`)],
  ],
  "CR alone goes back and what follows overwrites": ["12345\rab\r\n", [line("ab345")]],
  "a key that was taken back is gone from the line": ["name: x\b \by\r\n", [line("name: y")]],
  "moving right leaves spaces, moving left overwrites": [
    "a\x1b[3Cb\x1b[2Dc\x1b[10Gd\r\n",
    [line("a  cb    d")],
  ],
  "a tab goes to the next multiple of eight": ["ab\tc\r\n", [line("ab      c")]],
  "a message wipes the prompt, stands alone, and the prompt returns": [
    `${prompt}\r\x1b[K\x1b[33mF \x1b[1;36mWingma \x1b[33mHello\r\x1b[0m\n\r\n${prompt}`,
    [erased, line("F Wingma Hello"), line(""), open(promptText)],
  ],
  "the second message climbs a row first": [
    `${prompt}\r\x1b[K\x1b[1A\x1b[36mR Wingma hi\r\x1b[0m\n\r\n${prompt}`,
    [erased, line("R Wingma hi"), line(""), open(promptText)],
  ],
  "wiping a line with nothing on it says nothing": ["\r\x1b[K  \r\x1b[K\x1b[2Kx\r\n", [line("x")]],
  "wiping the end of a line keeps its beginning": ["abcdef\x1b[3D\x1b[Kx\r\n", [line("abcx")]],
  "wiping up to the cursor leaves the rest": ["abcdef\x1b[3D\x1b[1K\r\n", [line("    ef")]],
  "wiping up to the cursor at the end wipes all": ["abc\x1b[1K\r\n", [erased, line("   ")]],
  "wiping the whole line leaves the cursor where it is": ["abc\x1b[2Kd\r\n", [erased, line("   d")]],
  "clearing from the cursor on wipes the prompt like ESC[K": ["abc\r\x1b[Jd\r\n", [erased, line("d")]],
  "clearing the screen finishes the line": ["abc\x1b[2J\x1b[Hd\r\n", [line("abc"), line("d")]],
  "motion to another row finishes the line, unless it is blank": [
    "a\x1b[5;10Hb\x1b[A   \x1b[Bc\r\n",
    [line("a"), line("b"), line("c")],
  ],
  "letters beyond ASCII are decoded": ["\xc9\xcd\xbb \x91\b \r\n", [line("╔═╗  ")]],
  "colours and private modes say nothing": ["a\x1b[0m\x1b[?25lb\r\n", [line("ab")]],
};

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const settled = (events: readonly LineEvent[]): LineEvent[] => events.filter(({ type }) => type !== "open");

for (const [name, [bytes, expected]] of Object.entries(examples)) {
  test(name, () => {
    expect(read(whole(bytesOf(bytes)))).toEqual(expected);
    for (const { how, pieces } of everyWay(bytesOf(bytes))) {
      expect({ how, events: settled(read(pieces)) }).toEqual({ how, events: settled(expected) });
    }
  });
}

describe("the open line", () => {
  test("is told up to the cursor, once for each change, last of all", () => {
    const pieces = ["Your of", "fer", "", "\x1b[0m", " [79]\b", "\r", "x\r\ny"].map(bytesOf);
    expect(read(pieces)).toEqual([
      open("Your of"),
      open("Your offer"),
      open("Your offer [79"),
      line("xour offer [79]"),
      open("y"),
    ]);
  });

  test("is told again when the same prompt comes back", () => {
    const again = [`${prompt}`, `\r\n${prompt}`, `\r\x1b[K${prompt}`].map(bytesOf);
    expect(read(again)).toEqual([
      open(promptText),
      line(promptText),
      open(promptText),
      erased,
      open(promptText),
    ]);
  });

  test("is told only when finished once it is too long for a prompt", () => {
    const long = "x".repeat(openTextMaxBytes);
    expect(read([bytesOf(long), bytesOf("y"), bytesOf("\n")])).toEqual([open(long), line(`${long}y`)]);
  });
});

describe("a line without an end", () => {
  test("of 10 MB takes under 100 ms, keeps 64 KB, counts the rest, and the session goes on", () => {
    const sent = 10 * 2 ** 20;
    const piece = new Uint8Array(16_384).fill(0x58);
    let lines = createLines();
    let ansi = createAnsi(lines.handler);
    let told = 0;
    const took = bestMs(100, () => {
      lines = createLines();
      ansi = createAnsi(lines.handler);
      for (let at = 0; at < sent; at += piece.length) {
        ansi.feed(piece);
        told += lines.take().length;
      }
    });
    expect(took).toBeLessThan(100);
    expect(told).toBe(0);
    expect(lines.droppedBytes()).toBe(sent - openLineMaxBytes);
    ansi.feed(bytesOf("\r\nnext\r\n"));
    expect(lines.take()).toEqual([line("X".repeat(openLineMaxBytes)), line("next")]);
  });

  test("made by motion alone goes no further than a screen at a time", () => {
    const [event] = read(whole(bytesOf("\x1b[9999Cx\r\n")));
    expect(event).toEqual(line(`${" ".repeat(80)}x`));
    const lines = createLines();
    const ansi = createAnsi(lines.handler);
    for (let i = 0; i < 2_000; i++) ansi.feed(bytesOf("\x1b[80C"));
    ansi.feed(bytesOf("x\n"));
    expect(lines.take()[0]).toEqual(line(" ".repeat(openLineMaxBytes)));
  });
});
