import { expect, test } from "bun:test";
import iconv from "iconv-lite";
import { glyphOf, readCp437, writeCp437 } from "../../src/proto/cp437.ts";

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test("all 256 bytes read as another implementation of the page reads them", () => {
  expect(readCp437(allBytes)).toBe(iconv.decode(Buffer.from(allBytes), "cp437"));
});

test("what was read is written back as the same bytes", () => {
  expect(writeCp437(readCp437(allBytes))).toEqual(allBytes);
});

test("a stretch is read from its start up to its end", () => {
  expect(readCp437(allBytes, 0x41, 0x44)).toBe("ABC");
  expect(readCp437(allBytes, 0x80, 0x83)).toBe("Çüé");
  expect(readCp437(allBytes, 5, 5)).toBe("");
});

test("text of any length reads the same, however it is decoded inside", () => {
  for (const length of [1, 255, 256, 257, 4_095, 4_096, 4_097, 70_000]) {
    const ascii = new Uint8Array(length).fill(0x41);
    expect(readCp437(ascii)).toBe("A".repeat(length));
    const boxed = ascii.slice();
    boxed[length - 1] = 0xdb;
    expect(readCp437(boxed)).toBe(`${"A".repeat(length - 1)}█`);
  }
});

test("a character that the page lacks becomes one question mark", () => {
  expect(readCp437(writeCp437("5 € für ñandú ✓"))).toBe("5 ? für ñandú ?");
  expect(readCp437(writeCp437("a🚀b"))).toBe("a?b");
  expect(readCp437(writeCp437("\ud83d"))).toBe("?");
});

test("the screen draws the controls as the PC drew them", () => {
  expect([0x00, 0x01, 0x0f, 0x1f, 0x41, 0x7f, 0xdb].map(glyphOf).join("")).toBe(" ☺☼▼A⌂█");
});
