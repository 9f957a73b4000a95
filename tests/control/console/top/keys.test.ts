import { expect, test } from "bun:test";
import { stage } from "../../../doubles/console.ts";
import {
  createKeyReader,
  pasteMaxChars,
  pasteMaxMs,
  readKeys,
  sequenceMaxMs,
} from "../../../../src/control/console/top/keys.ts";

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

function reading() {
  const { doors, pass } = stage();
  const heard: string[] = [];
  const reader = createKeyReader(doors.tty.later, (keys) => {
    for (const key of keys) heard.push(key.type === "key" ? key.name : `paste ${key.text}`);
  });
  return { ...reader, heard, pass };
}

test("sequences and pastes are the same whole and byte by byte", () => {
  const typed = "j\x1b[A\x1bOB\x1b[5~K\x1b[200~Ky\x1b[200~R\x1b[201~q\x1b[1;5R\x1b[6~p";
  const whole = reading();
  whole.feed(typed);
  const single = reading();
  for (const character of typed) single.feed(character);
  expect(single.heard).toEqual(whole.heard);
  expect(single.heard).toEqual(["j", "up", "down", "pgup", "K", "paste Ky\x1b[200~R", "q", "pgdn", "p"]);
});

test("Escape alone is a key as soon as nothing follows", () => {
  const { feed, pass, heard } = reading();
  feed("\x1b");
  pass(sequenceMaxMs - 1);
  expect(heard).toEqual([]);
  pass(1);
  expect(heard).toEqual(["esc"]);
});

test("a paste gives no orders however long it is, and however slowly its end comes", () => {
  const { feed, pass, heard } = reading();
  feed("\x1b[200~");
  for (let times = 0; times < 3; times++) {
    feed("K".repeat(pasteMaxChars));
    pass(pasteMaxMs - 1);
  }
  feed("\x1b[20");
  feed("1~q");
  expect(heard.map((one) => one.slice(0, 7))).toEqual(["paste K", "q"]);
  expect(heard[0]!.length).toBeLessThan(pasteMaxChars + 20);
});
