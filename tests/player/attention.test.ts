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
  line.finished("F Somebo hello");
  line.shown("How many? ");
  expect(line.look().prompt).toEqual({ type: "How" });
});

test("on a line that was wiped nothing is met but what stood there: others' names begin so", () => {
  const line = asked("Bid 58? ");
  line.erased();
  for (const name of ["How many? ", "Bid 5? "]) {
    line.shown(name);
    expect(line.look().prompt).toBeUndefined();
  }
  line.finished("Bid 5? waves at you.");
  line.shown("Bid 58? ");
  expect(line.look()).toEqual({ heard: false });
  line.finished("Bid 58? 20");
  line.shown("How many? ");
  expect(line.look().prompt).toEqual({ type: "How" });
});

test("what we have just typed, printed at the beginning of a line, is no prompt until nothing follows", () => {
  const line = begin();
  line.shown("Name? ");
  line.look();
  line.answered("Name", { keys: "Who?\r" });
  line.finished("Name? Who?");
  line.shown("Who? ");
  expect(line.look()).toEqual({ heard: true, doubtful: true });
  expect(line.anew()).toEqual({ type: "Who?" });
});

test("among the words of others a prompt is met only when nothing follows", () => {
  const line = begin();
  line.shown("Bid 58? ");
  expect(line.look(true)).toEqual({ heard: true, doubtful: true });
  expect(line.look()).toEqual({ heard: true, prompt: { type: "Bid" } });
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

/** The first question is answered, and those that are to follow with it. */
function ahead(text: string, keys: string, ...later: [at: string, keys: string][]) {
  const line = begin();
  line.shown(text);
  line.look();
  line.answered(text.split(" ")[0]!, { keys, ahead: later.map(([at, typed]) => ({ at, keys: typed })) });
  return line;
}

test("an awaited prompt is met with the keys that were typed ahead, whether it is seen open or only with its echo", () => {
  const line = ahead("Go on? ", "M", ["To", "87\r"], ["Bid", "5\r"]);
  line.finished("Go on? M");
  line.shown("To where? ");
  expect(line.look()).toEqual({ heard: true, prompt: { type: "To" }, answered: true });
  line.shown("To where? 8");
  expect(line.look()).toEqual({ heard: true });
  line.finished("To where? 87");
  line.finished("Here we are.");
  line.finished("Bid 58? 5");
  expect([line.awaited(), line.astray()]).toEqual([0, false]);
  line.shown("Go on? ");
  expect(line.look()).toEqual({ heard: true, prompt: { type: "Go" } });
});

test("another prompt than the awaited one means that the keys went astray, and is met only anew", () => {
  const line = ahead("Go on? ", "M", ["To", "87\r"]);
  line.finished("Go on? M");
  line.finished("No turns left.");
  line.shown("Go on? ");
  line.look();
  expect([line.astray(), line.awaited()]).toEqual([true, 0]);
  expect(line.anew()).toEqual({ type: "Go" });
  expect(line.astray()).toBe(false);
});

test("an echo that is not of our keys means that they went astray", () => {
  const eaten = ahead("Go on? ", "M", ["To", "87\r"]);
  eaten.finished("Go on? 87");
  expect(eaten.astray()).toBe(true);
  const halved = ahead("Go on? ", "M", ["To", "87\r"], ["Bid", "5\r"]);
  halved.finished("Go on? M");
  halved.finished("To where? 7");
  halved.shown("Bid 58? ");
  halved.look();
  expect(halved.astray()).toBe(true);
});

test("one key may be echoed as a word, in capitals or not at all; a line only as it was typed", () => {
  const signs = (keys: string, shown: string) => {
    const line = ahead("Go on? ", keys, ["To", "\r"]);
    line.finished(`Go on? ${shown}`);
    return !line.astray();
  };
  expect([signs("y", "Y"), signs("Y", "Yes"), signs("\r", "No"), signs("Y", "No")]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect([signs("87\r", "87"), signs("87\r", "8"), signs("87\r", "877")]).toEqual([true, false, false]);
});

test("an awaited prompt that a message wiped away is still answered once", () => {
  const line = ahead("Go 12:00? ", "M", ["To", "87\r"]);
  line.erased();
  line.finished("F Somebo hello");
  line.shown("Go 12:01? ");
  expect(line.look().prompt).toBeUndefined();
  line.finished("Go 12:01? M");
  line.finished("To where? 87");
  expect([line.awaited(), line.astray(), line.outstanding()]).toEqual([0, false, undefined]);
});

test("a prompt printed twice while a line is on its way is not answered twice; after a single key only time can tell", () => {
  const line = asked("Bid 58? ");
  line.finished("Bid 58? ");
  line.finished("");
  line.shown("Bid 58? ");
  expect(line.look()).toEqual({ heard: false });
  line.finished("Bid 58? 20");
  line.shown("Bid 58? ");
  expect(line.look().prompt).toEqual({ type: "Bid" });
  const key = ahead("Go on? ", "M");
  key.finished("Go on? ");
  key.shown("Go on? ");
  expect(key.look()).toEqual({ heard: true, doubtful: true });
  expect(key.anew()).toEqual({ type: "Go" });
});

test("what may be the beginning of another prompt is not met before its time, and leaves what is awaited alone", () => {
  const line = createAttention(
    (open) => (open === "Well? " ? { type: "any" } : open === "Well? (Y/N) " ? { type: "sure" } : undefined),
    ["any"],
  );
  line.shown("Well? ");
  expect(line.look()).toEqual({ heard: true, doubtful: true });
  line.shown("Well? (Y/N) ");
  expect(line.look().prompt).toEqual({ type: "sure" });
});
