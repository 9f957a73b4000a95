import { expect, test } from "bun:test";
import { readKeys } from "../../../../src/control/console/top/keys.ts";

const names = (chunk: string) =>
  readKeys(chunk).map((key) => (key.type === "key" ? key.name : `paste ${key.text}`));

test("sequences, controls and characters are told apart, several of them at once, too", () => {
  expect(names("\x1b[A\x1bOB\x1b[5~\x1b[6~\x1b[H\x1b[4~")).toEqual([
    "up",
    "down",
    "pgup",
    "pgdn",
    "home",
    "end",
  ]);
  expect(names("j\r\x7f\x03\x0c\t ")).toEqual(["j", "enter", "backspace", "ctrl-c", "ctrl-l", "tab", " "]);
  expect(names("\x1b")).toEqual(["esc"]);
  expect(names("é漢😀")).toEqual(["é", "漢", "😀"]);
});

test("sequences that nobody knows are left out whole, so that none of their letters gives an order", () => {
  expect(names("\x1b[1;5R\x1b[24~\x1b[200;1Kp\x00\x1b[I")).toEqual(["p"]);
});

test("a paste is one piece, even without its end", () => {
  expect(names("\x1b[200~Kyp\x1b[201~q")).toEqual(["paste Kyp", "q"]);
  expect(names("\x1b[200~Ky\x1b[")).toEqual(["paste Ky\x1b["]);
});

test("a flood of keys is taken in part", () => {
  expect(names("j".repeat(5000))).toHaveLength(1000);
});
