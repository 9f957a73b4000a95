import { expect, test } from "bun:test";
import { createAttention } from "../../src/player/attention.ts";

/** Any line that ends in "? " asks; what stands before it is what it asks. */
const begin = () =>
  createAttention((open) => (open.endsWith("? ") ? { type: open.split(" ")[0]! } : undefined));

function asked(text: string) {
  const line = begin();
  line.shown(text);
  expect(line.look().prompt).toBeDefined();
  line.answered(text.split(" ")[0]!, { keys: "20\r" });
  return line;
}

test("a prompt is met once: not again while it stands, nor while its echo grows", () => {
  const line = asked("Bid 58? ");
  expect(line.look()).toEqual({ heard: false });
  line.shown("Bid 58? 2");
  expect(line.look()).toEqual({ heard: true });
});

test("once its line is finished with the echo, the same words are a new appearance", () => {
  const line = asked("Bid 58? ");
  expect(line.finished("Bid 58? 20")).toBe(true);
  expect(line.finished("You must be joking!")).toBe(true);
  line.shown("Bid 58? ");
  expect(line.look()).toEqual({ heard: true, prompt: { type: "Bid" } });
});

test("wiped by a message and printed again it is the same appearance, even if its clock has moved on", () => {
  const line = asked("Go 12:00? ");
  line.erased();
  expect(line.finished("F Somebo hello")).toBe(false);
  line.finished("");
  line.shown("Go 12:01? ");
  expect(line.look().prompt).toBeUndefined();
  line.finished("Go 12:01? 20");
  line.shown("Go 12:01? ");
  expect(line.look().prompt).toEqual({ type: "Go" });
});

test("another prompt after a wiped one is new: the keys have led on", () => {
  const line = asked("Bid 58? ");
  line.erased();
  line.shown("How many? ");
  expect(line.look().prompt).toEqual({ type: "How" });
});

test("keys that spell a prompt are an echo", () => {
  const line = begin();
  line.shown("Name? ");
  line.look();
  line.answered("Name", { keys: "Who? Me? \r" });
  line.shown("Name? Who? ");
  expect(line.look()).toEqual({ heard: true });
});

test("a new connection forgets what stood on the old one", () => {
  const line = asked("Bid 58? ");
  line.clear();
  expect([line.open(), line.above(), line.outstanding()]).toEqual(["", "", undefined]);
  line.shown("Bid 58? ");
  expect(line.look().prompt).toEqual({ type: "Bid" });
});
