import { expect, test } from "bun:test";
import {
  createKeyboard,
  escapeMs,
  keysOfText,
  type Press,
} from "../../../src/dashboard/terminal/keyboard.ts";

function keyboard() {
  let now = 0;
  const meant = createKeyboard(() => now);
  const press = (key: string, held: Partial<Press> = {}) =>
    meant({ key, ctrlKey: false, altKey: false, metaKey: false, ...held });
  return { press, pass: (ms: number) => void (now += ms) };
}
const keys = (text: string) => ({ type: "keys", keys: text }) as const;

test("keys with names go as a caller's terminal sends them", () => {
  const { press } = keyboard();
  expect(press("Enter")).toEqual(keys("\r"));
  expect(press("Backspace")).toEqual(keys("\b"));
  expect(press("ArrowUp")).toEqual(keys("\u001b[A"));
});

test("Tab, letters and what is held with Ctrl are left to the browser", () => {
  const { press } = keyboard();
  for (const key of ["Tab", "a", "F5", "constructor"]) expect(press(key)).toBeUndefined();
  expect(press("c", { ctrlKey: true })).toBeUndefined();
  expect(press("Enter", { metaKey: true })).toBeUndefined();
});

test("Esc twice gives the keys back, but not slowly, and not with another key between", () => {
  const { press, pass } = keyboard();
  expect(press("Escape")).toEqual(keys("\u001b"));
  pass(escapeMs + 1);
  expect(press("Escape")).toEqual(keys("\u001b"));
  press("a");
  expect(press("Escape")).toEqual(keys("\u001b"));
  pass(escapeMs);
  expect(press("Escape")).toEqual({ type: "give" });
});

test("Ctrl-] gives them back", () => {
  expect(keyboard().press("]", { ctrlKey: true })).toEqual({ type: "give" });
  expect(keyboard().press("]")).toBeUndefined();
});

test("text becomes the game's keys: Enter for each line end, nothing that its alphabet lacks", () => {
  expect(keysOfText("a\r\nb\nc\rd")).toBe("a\rb\rc\rd");
  expect(keysOfText("é€😀█")).toBe("é█");
});
